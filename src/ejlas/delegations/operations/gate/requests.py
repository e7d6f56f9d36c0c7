"""People on no list who ask at a gate to come in: asked by the officer there, answered by a named office (rule 11)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.core.errors import RuleBroken, marked
from ejlas.delegations.models import Badge, Category, Device, GateRequest
from ejlas.delegations.operations.passes import steps
from ejlas.delegations.rules.passes.badges import BadgeKind
from ejlas.delegations.rules.passes.scans import RequestState
from ejlas.delegations.rules.passes.shapes import Asked

EVENT = "delegations.gate_request"


class AnsweredAlready(RuleBroken):
    """Two officers answered at once: the first answer holds, and the person at the gate has heard it."""

    message = marked("This was answered already by %(name)s.")


class ApproverNeeded(RuleBroken):
    """Nobody comes in without an office that answers for it (rule 11)."""

    message = marked("Name the office that approves this.")
    field = "approver"


class SpareNeeded(RuleBroken):
    """Who is let in wears a card."""

    message = marked("Choose a printed spare card to hand out.")
    field = "badge"


@transaction.atomic
def ask_to_enter(*, device: Device, asked: Asked, at: datetime) -> GateRequest:
    """Ask the desk for somebody at a gate who is on no list; what was asked before is not asked twice."""
    there = GateRequest.objects.filter(request_id=asked.request_id).first()
    if there is not None:
        return there
    made, is_new = GateRequest.objects.get_or_create(
        request_id=asked.request_id,
        defaults={
            "edition": device.edition,
            "gate": device.gate,
            "device": device,
            "name": asked.name,
            "office": asked.office,
            "why": asked.why,
            "asked_at": at,
            "asked_by": device.enrolled_by,
        },
    )
    if is_new:
        _record(made, "added", {"after": {"gate": device.gate.slug, "device": device.name}}, device.enrolled_by, at)
    return made


@transaction.atomic
def answer_request(
    *,
    request: GateRequest,
    is_granted: bool,
    approver: str,
    by: User,
    at: datetime,
    answer: str = "",
    badge: Badge | None = None,
    ends_at: datetime | None = None,
    category: Category | None = None,
) -> GateRequest:
    """Let somebody in with a printed spare, or refuse; the gate hears of it with its next pulse.

    Parameters
    ----------
    approver : the office that answers for it; needed to let somebody in
    badge, ends_at, category : the spare that is handed out, when it ends, and what it opens if not what it is made for

    Raises AnsweredAlready, ApproverNeeded, SpareNeeded, BadgeStepNotPossible.
    """
    rows = GateRequest.objects.select_for_update(of=("self",), no_key=True).select_related("edition", "gate")
    row = rows.get(pk=request.pk)
    if row.state != RequestState.ASKED:
        raise AnsweredAlready(name=row.answered_by)
    if is_granted:
        if not approver.strip():
            raise ApproverNeeded
        row.badge = _given(row, badge, ends_at, category, by=by, at=at)
    row.state = RequestState.GRANTED if is_granted else RequestState.REFUSED
    row.answer, row.approver = answer.strip(), approver.strip()[:200]
    row.answered_at, row.answered_by = at, by.name
    row.save(update_fields=["state", "answer", "approver", "answered_at", "answered_by", "badge"])
    values = {"state": row.state, "approver": row.approver, "number": row.badge.number if row.badge else None}
    _record(row, "answered", {"after": values}, by.name, at)
    return row


def _given(
    row: GateRequest, badge: Badge | None, ends_at: datetime | None, category: Any, *, by: User, at: datetime
) -> Badge:
    if badge is None or badge.kind != BadgeKind.SPARE or badge.edition_id != row.edition_id or ends_at is None:
        raise SpareNeeded
    return steps.give_spare(
        badge=badge, holder=row.name or "", ends_at=ends_at, by=by, at=at, reason=row.why, category=category
    )


def _record(row: GateRequest, act: str, values: dict[str, Any], by: str, at: datetime) -> None:
    # The name stands sealed in its row, and nowhere in the trail.
    entry = Entry(f"{EVENT}.{act}", "gate_request", str(row.request_id), values)
    audit.record([entry], scope=row.edition.slug, by=by, at=at)
