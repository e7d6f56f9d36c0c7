"""Devices, scans and requests at gates, as rows: what was decided there, without the way in which it was delivered."""

from __future__ import annotations

import hashlib
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from ejlas.delegations.models import Badge, Device, Gate, GateRequest, Presence, Run, Scan
from ejlas.delegations.rules.passes.scans import Answer, Way

_numbers = count(1)


def device(gate: Gate, *, at: datetime | None = None, name: str = "", **more: Any) -> Device:
    """Return a device that keeps a gate, heard of at a moment; its token fits none."""
    number, moment = next(_numbers), at or timezone.now()
    fields = {"enrolled_at": moment, "enrolled_by": "Nilufar Rad", "seen_at": moment, "list_at": moment, **more}
    return Device.objects.create(
        slug=f"device-{number}",
        edition=gate.edition,
        gate=gate,
        name=name or f"Tablet {number}",
        token_hash=hashlib.sha256(f"{number} {uuid4()}".encode()).hexdigest(),
        **fields,
    )


def scanned(
    on: Device, badge: Badge | None = None, way: Way = Way.IN, *, at: datetime | None = None, **more: Any
) -> Scan:
    """Let a device decide on a pass; who is let through is inside or not by the latest scan of the pass there."""
    run, _is_new = Run.objects.get_or_create(device=on, defaults={"run": UUID(int=on.pk)})
    moment = at or timezone.now()
    fields = {
        "scan_id": uuid4(),
        "edition": on.edition,
        "run": run,
        "seq": run.next_seq,
        "gate": on.gate,
        "zone": on.gate.zone,
        "badge": badge,
        "number": badge.number if badge is not None else None,
        "way": way,
        "verdict": "admit",
        "reason": "ok",
        "answer": Answer.ADMITTED,
        "by": "camera",
        "at": moment,
        "taken_at": moment,
    }
    scan = Scan.objects.create(**fields | more)
    Run.objects.filter(pk=run.pk).update(next_seq=run.next_seq + 1)
    if badge is not None and scan.answer == Answer.ADMITTED:
        _moved(scan, badge)
    return scan


def _moved(scan: Scan, badge: Badge) -> None:
    fields = {
        "is_inside": scan.way == Way.IN,
        "n_guests": scan.n_guests if scan.way == Way.IN else 0,
        "at": scan.at,
        "noted_at": scan.taken_at,
    }
    there = Presence.objects.filter(badge=badge, zone=scan.zone).first()
    if there is None:
        Presence.objects.create(badge=badge, zone=scan.zone, **fields)
    elif there.at <= scan.at:
        Presence.objects.filter(pk=there.pk).update(**fields)


def asked(on: Device, *, at: datetime | None = None, **more: Any) -> GateRequest:
    """Let somebody on no list ask at a gate to come in."""
    fields = {
        "request_id": uuid4(),
        "edition": on.edition,
        "gate": on.gate,
        "device": on,
        "name": "Rustam Quliyev",
        "office": "Port authority",
        "why": "Repairs a lift in the hall.",
        "asked_at": at or timezone.now(),
        "asked_by": on.enrolled_by,
    }
    return GateRequest.objects.create(**fields | more)
