"""What a device hears every few seconds: whether its list still stands, how many are inside, and what was answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from ejlas.delegations.models import Device, GateRequest
from ejlas.delegations.queries.gate.counts import inside, moves
from ejlas.delegations.queries.gate.lists import revisions
from ejlas.delegations.rules.passes.scans import RequestState

# An answer is told again and again for so long: a device that was without network hears it, too.
ANSWERS_FOR = timedelta(days=1)


def pulse(device: Device, since: int, *, at: datetime, moved: datetime | None = None) -> dict[str, Any]:
    """Return what a device is told now that holds the list of a number, and knows who moved until then.

    Four SQL queries.
    """
    revision, _rules = revisions(device.edition)
    told, moved = moves(device.edition, moved, at=at)
    return {
        "now": at.astimezone(UTC).isoformat(),
        "revision": revision,
        "is_newer": revision != since,
        "inside": inside(device.edition),
        "moves": told,
        "moved": moved.astimezone(UTC).isoformat(),
        "gate": device.gate.slug,
        "requests": answers(device, at=at),
    }


def answers(device: Device, *, at: datetime) -> list[dict[str, Any]]:
    """Return the answers of late to what a device asked. One SQL query."""
    late = GateRequest.objects.filter(device=device, answered_at__gt=at - ANSWERS_FOR)
    late = late.exclude(state=RequestState.ASKED).order_by("answered_at", "pk")
    named = late.values_list("request_id", "state", "answer", "badge__number")
    return [
        {"id": str(request_id), "state": state, "answer": answer, "number": number}
        for request_id, state, answer, number in named
    ]
