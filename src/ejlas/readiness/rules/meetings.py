"""Coordination meetings: where one stands, and what its points are."""

from __future__ import annotations

from enum import StrEnum


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
