"""Places of bilaterals: what stands in the way of one, and what differs between two plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class ConflictKind(StrEnum):
    """What stands in the way of a bilateral at a time and in a room."""

    OFF_GRID = "off_grid"
    """No slot of the grid starts at that time."""
    DAY_ENDS = "day_ends"
    """It would end after the hours of bilaterals."""
    NOT_FOR_MEETINGS = "not_for_meetings"
    """The room is not one for bilaterals."""
    AWAY = "away"
    """A party has not arrived, or has left."""
    IN_SESSION = "in_session"
    """A party is in a session that binds it."""
    IN_MEETING = "in_meeting"
    """A party is in another bilateral."""
    TOO_CLOSE = "too_close"
    """A party has another bilateral with too little time between."""
    DAILY_CAP = "daily_cap"
    """A party has as many bilaterals that day as the rules allow."""
    WINDOW = "window"
    """It lies outside the hours that were asked for."""
    FIXED_TIME = "fixed_time"
    """The request fixes another time."""
    FIXED_ROOM = "fixed_room"
    """The request fixes another room."""
    ROOM_SMALL = "room_small"
    """The room has too few seats."""
    ROOM_CLOSED = "room_closed"
    """The room is not open then."""
    ROOM_IN_SESSION = "room_in_session"
    """A session is in the room."""
    ROOM_TAKEN = "room_taken"
    """Another bilateral is in the room."""
    TURNAROUND = "turnaround"
    """The room needs time to be put in order between two uses."""
    NO_INTERPRETER = "no_interpreter"
    """Too few interpreters of the languages are free, or named."""
    INTERPRETER_AWAY = "interpreter_away"
    """An interpreter is not on duty."""
    INTERPRETER_BUSY = "interpreter_busy"
    """An interpreter is in another bilateral."""
    INTERPRETER_DAY = "interpreter_day"
    """An interpreter would work longer that day than the rules allow."""
    INTERPRETER_REST = "interpreter_rest"
    """An interpreter would work longer in a row than the rules allow."""
    ON_THE_WAY = "on_the_way"
    """A party could not come in time from a bilateral in another venue, or to it."""
    INTERPRETER_ON_THE_WAY = "interpreter_on_the_way"
    """An interpreter could not come in time from a bilateral in another venue, or to it."""


# House rules and wishes that a person may set aside, with a reason. Nothing lets anyone be in two places at once, use a
# room that is closed or taken, or meet somebody who is not there.
MAY_BE_SET_ASIDE = frozenset(
    {
        ConflictKind.TOO_CLOSE,
        ConflictKind.DAILY_CAP,
        ConflictKind.WINDOW,
        ConflictKind.FIXED_TIME,
        ConflictKind.FIXED_ROOM,
        ConflictKind.ROOM_SMALL,
        ConflictKind.TURNAROUND,
        ConflictKind.NO_INTERPRETER,
        ConflictKind.INTERPRETER_AWAY,
        ConflictKind.INTERPRETER_DAY,
        ConflictKind.INTERPRETER_REST,
        ConflictKind.ON_THE_WAY,
        ConflictKind.INTERPRETER_ON_THE_WAY,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One thing in the way of a bilateral; things are named by slug, a moment is when it begins or ends."""

    kind: ConflictKind
    party: str = ""
    bilateral: str = ""
    session: str = ""
    room: str = ""
    interpreter: str = ""
    languages: tuple[str, ...] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    number: int | None = None

    @property
    def may_be_set_aside(self) -> bool:
        """Whether a person may set the rule aside, with a reason."""
        return self.kind in MAY_BE_SET_ASIDE


@dataclass(frozen=True, slots=True)
class Weighed:
    """A place as it would be: who would interpret, and what stands in its way."""

    interpreters: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Free:
    """A time at which a bilateral fits, and the rooms it could have then."""

    starts_at: datetime
    rooms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a bilateral stands, and who interprets; nothing where it has no place."""

    starts_at: datetime | None = None
    room: str = ""
    interpreters: tuple[str, ...] = ()
    is_pinned: bool = False
    despite: tuple[str, ...] = ()
    reason: str = ""

    @property
    def is_nowhere(self) -> bool:
        """Whether the bilateral has no place."""
        return self.starts_at is None

    def to_plain(self) -> dict[str, Any]:
        """Return the place as JSON can hold it, for an undo that comes back in a form."""
        return {
            "starts_at": self.starts_at.isoformat() if self.starts_at else None,
            "room": self.room,
            "interpreters": list(self.interpreters),
            "is_pinned": self.is_pinned,
            "despite": list(self.despite),
            "reason": self.reason,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Place:
        """Return the place that `to_plain` wrote. Raises KeyError, TypeError, ValueError on anything else."""
        starts_at = plain["starts_at"]
        return cls(
            datetime.fromisoformat(starts_at) if starts_at else None,
            str(plain["room"]),
            tuple(map(str, plain["interpreters"])),
            bool(plain["is_pinned"]),
            tuple(map(str, plain["despite"])),
            str(plain["reason"]),
        )


class Shift(StrEnum):
    """What became of a bilateral between two plans."""

    MOVED = "moved"
    NEW = "new"
    GONE = "gone"
    PEOPLE = "people"
    """It stays, with other interpreters."""
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Difference:
    """A bilateral in two plans."""

    bilateral: str
    shift: Shift
    before: Place
    after: Place


def differences(
    before: Mapping[str, Place], after: Mapping[str, Place], *, with_people: bool = False
) -> list[Difference]:
    """Compare two plans by time and room, and by interpreters if asked to, in the order of the slugs."""
    nowhere = Place()
    found = []
    for slug in sorted(before.keys() | after.keys()):
        first, second = before.get(slug, nowhere), after.get(slug, nowhere)
        if not (first.is_nowhere and second.is_nowhere):
            found.append(Difference(slug, _shift(first, second, with_people=with_people), first, second))
    return found


def _shift(before: Place, after: Place, *, with_people: bool) -> Shift:
    if before.is_nowhere:
        return Shift.NEW
    if after.is_nowhere:
        return Shift.GONE
    if (before.starts_at, before.room) != (after.starts_at, after.room):
        return Shift.MOVED
    return Shift.PEOPLE if with_people and set(before.interpreters) != set(after.interpreters) else Shift.SAME
