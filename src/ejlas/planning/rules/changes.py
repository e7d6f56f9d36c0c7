"""Changes that are only thought of: what a "what if" is asked about, as it stands in an address and in a run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ChangeKind(StrEnum):
    """What could be otherwise."""

    ROOM_CLOSED = "room_closed"
    """A room is closed for a time; the thing is its slug."""
    ROOM_ADDED = "room_added"
    """There is a room more, at all hours or for a time; the thing is its number of seats."""
    ROOMS_OPEN = "rooms_open"
    """All rooms are open at all hours of bilaterals."""
    ROOMS_LARGE = "rooms_large"
    """All rooms have seats enough."""
    INTERPRETER_ADDED = "interpreter_added"
    """There is an interpreter more, at all hours or for a time; the thing is the two languages."""
    INTERPRETER_AWAY = "interpreter_away"
    """An interpreter is not there for a time; the thing is the slug."""
    PARTY_AWAY = "party_away"
    """A party is not there for a time: its flight is late, it leaves early; the thing is its slug."""
    PARTY_FREE = "party_free"
    """A party has time at all hours of bilaterals; the thing is its slug."""
    NO_CAP = "no_cap"
    """A party may have any number of bilaterals in a day; the thing is its slug."""
    ANY_TIME = "any_time"
    """A bilateral may be at any time; the thing is its slug."""
    WITHDRAWN = "withdrawn"
    """A bilateral is not wished for any more; the thing is its slug."""


# Kinds that name nothing, and those that last for a time which has to be said.
_OF_NOTHING = frozenset({ChangeKind.ROOMS_OPEN, ChangeKind.ROOMS_LARGE})
_FOR_A_TIME = frozenset({ChangeKind.ROOM_CLOSED, ChangeKind.INTERPRETER_AWAY, ChangeKind.PARTY_AWAY})
_MAY_HAVE_A_TIME = _FOR_A_TIME | {ChangeKind.ROOM_ADDED, ChangeKind.INTERPRETER_ADDED}
_PATTERN = {
    ChangeKind.ROOM_ADDED: r"[1-9][0-9]{0,5}",
    ChangeKind.INTERPRETER_ADDED: r"[A-Za-z][-A-Za-z0-9]{1,20},[A-Za-z][-A-Za-z0-9]{1,20}",
}
MOST_CHANGES = 20


class NotAChange(ValueError):
    """What is written is none of the changes that can be thought of."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that could be otherwise; without a start it holds from the beginning, without an end to the end.

    Raises NotAChange where the parts do not go together.
    """

    kind: ChangeKind
    thing: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def __post_init__(self) -> None:
        pattern = "" if self.kind in _OF_NOTHING else _PATTERN.get(self.kind, r"[-\w]{1,60}")
        if not re.fullmatch(pattern, self.thing, re.ASCII):
            raise NotAChange(f"{self.kind}: it cannot be about {self.thing!r}")
        times = [moment for moment in (self.starts_at, self.ends_at) if moment]
        if (times and self.kind not in _MAY_HAVE_A_TIME) or (not times and self.kind in _FOR_A_TIME):
            raise NotAChange(f"{self.kind}: its time is {'wrong' if times else 'missing'}")
        if any(moment.utcoffset() is None for moment in times):
            raise NotAChange(f"{self.kind}: a moment has no time zone")
        if len(times) == 2 and times[1] <= times[0]:
            raise NotAChange(f"{self.kind}: the end does not come after the start")

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the two languages of an interpreter more."""
        return tuple(self.thing.split(",")) if self.kind is ChangeKind.INTERPRETER_ADDED else ()

    def written(self) -> str:
        """Return the change as an address carries it; `read` takes it back."""
        moments = (self.starts_at, self.ends_at)
        parts = [self.kind.value, self.thing, *(each.isoformat(timespec="minutes") if each else "" for each in moments)]
        return "/".join(parts).rstrip("/")

    @classmethod
    def read(cls, written: str) -> Change:
        """Return the change that `written` wrote. Raises NotAChange on anything else."""
        parts = written[:200].split("/")
        if len(parts) > 4:
            raise NotAChange("it has too many parts")
        kind, thing, first, last = (*parts, "", "", "")[:4]
        try:
            moments = [datetime.fromisoformat(each) if each else None for each in (first, last)]
            return cls(ChangeKind(kind), thing, *moments)
        except ValueError as fault:
            raise NotAChange(str(fault)) from fault
