"""Coordination meetings: where one stands, and what its points are."""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256


class MeetingState(StrEnum):
    """Where a coordination meeting stands."""

    PLANNED = "planned"
    OPEN = "open"  # minutes are typed
    CLOSED = "closed"  # the report stands


class PointState(StrEnum):
    """What became of a point of the agenda."""

    OPEN = "open"
    DECIDED = "decided"
    POSTPONED = "postponed"  # comes back on the next agenda by itself


class DecisionState(StrEnum):
    """What became of a decision."""

    NOTED = "noted"
    GIVEN = "given"  # an obligation of a body came of it
    DROPPED = "dropped"


class Result(StrEnum):
    """What an inspector found at a line of the checklist."""

    OPEN = "open"
    GOOD = "good"
    WANTING = "wanting"
    NOT_SEEN = "not-seen"


def mark_of(minutes: str) -> str:
    """Return what tells whether minutes still stand as somebody read them."""
    return sha256("\n".join(minutes.splitlines()).strip().encode()).hexdigest()[:16]
