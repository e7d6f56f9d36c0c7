"""Devices at the gates: enrolled by an officer, moved to another gate, heard of, and shut out."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts import queries as accounts
from ejlas.accounts.models import User
from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.delegations.models import Device, Gate
from ejlas.delegations.operations import keeping
from ejlas.delegations.queries.gate import devices as found

EVENT = "delegations.device"
N_TOKEN_BYTES = 32


@transaction.atomic
def enrol_device(*, gate: Gate, name: str, by: User, at: datetime) -> tuple[Device, str]:
    """Let a device keep a gate; return it with its token, which is not kept and can be told this once."""
    token = secrets.token_urlsafe(N_TOKEN_BYTES)
    device = Device.objects.create(
        slug=keeping.new_slug(),
        edition=gate.edition,
        gate=gate,
        name=name[:100],
        token_hash=found.hash_of(token),
        enrolled_at=at,
        enrolled_by=by.name,
        enrolled_by_user=by.pk,
        seen_at=at,
    )
    _record(device, "enrolled", {"after": {"name": device.name, "gate": gate.slug}}, by=by, at=at)
    return device, token


@transaction.atomic
def shut_out_device(*, device: Device, by: User, at: datetime, reason: str = "") -> Device:
    """Shut a device out for good: it erases what it keeps when it hears of it. A second time changes nothing."""
    row = _locked(device)
    if row.shut_out_at is None:
        row.shut_out_at, row.shut_out_by = at, by.name
        row.save(update_fields=["shut_out_at", "shut_out_by"])
        values = {"before": {"name": row.name, "gate": row.gate.slug}, "reason": reason.strip()}
        _record(row, "shut_out", values, by=by, at=at)
    return row


@transaction.atomic
def move_device(*, device: Device, gate: Gate, by: User, at: datetime) -> Device:
    """Let a device keep another gate of its edition; it learns of it with the next pulse."""
    row = _locked(device)
    if row.gate_id != gate.pk:
        values = {"before": {"gate": row.gate.slug}, "after": {"gate": gate.slug}}
        row.gate = gate
        row.save(update_fields=["gate"])
        _record(row, "changed", values, by=by, at=at)
    return row


def let_in(*, device: Device, at: datetime) -> bool:
    """Whether a device may go on; it is shut out for good with the officer who enrolled it."""
    if device.shut_out_at is None and found.has_lost_officer(device):
        shut_out_device(device=device, by=accounts.system_account(), at=at, reason="officer")
        return False
    return device.shut_out_at is None


def note_pulse(*, device: Device, at: datetime, n_queued: int, list_at: datetime | None) -> None:
    """Note that a device lives, how many scans wait on it, and how old its list is; the trail does not tell it."""
    fields: dict[str, Any] = {"seen_at": at, "n_queued": n_queued}
    if list_at is not None:
        fields["list_at"] = min(list_at, at)
    Device.objects.filter(pk=device.pk).update(**fields)


def _locked(device: Device) -> Device:
    # Whoever delivers scans meanwhile need not wait for this row, and is not waited for.
    rows = Device.objects.select_for_update(of=("self",), no_key=True).select_related("edition", "gate")
    return rows.get(pk=device.pk)


def _record(device: Device, act: str, values: dict[str, Any], *, by: User, at: datetime) -> None:
    entry = Entry(f"{EVENT}.{act}", "device", device.slug, values)
    audit.record([entry], scope=device.edition.slug, by=by.name, at=at)
