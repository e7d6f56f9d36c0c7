"""What is ready besides the obligations of bodies: halls, interpreters, invitations, lists, passes, words, gates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ejlas.delegations.rules.house import Windows


class OtherKind(StrEnum):
    """A part of the summit that counts as readiness too; each counts what is not ready."""

    INVITATIONS_UNSENT = "invitations-unsent"
    INVITATIONS_UNANSWERED = "invitations-unanswered"
    HEADS_UNKNOWN = "heads-unknown"
    LETTERS_WAITING = "letters-waiting"
    LISTS_MISSING = "lists-missing"
    LISTS_UNCONFIRMED = "lists-unconfirmed"
    PEOPLE_UNDECIDED = "people-undecided"
    PEOPLE_LACKING = "people-lacking"
    PEOPLE_WITHOUT_PASS = "people-without-pass"  # noqa: S105
    CARDS_UNPRINTED = "cards-unprinted"
    ROOMS_WITHOUT_SEATS = "rooms-without-seats"
    HALLS_UNSAID = "halls-unsaid"
    """Nobody has said who enters the hall, so nobody knows whether its seats suffice."""
    HALLS_FULL = "halls-full"
    """More people are named for the hall than it has seats (rule 6)."""
    SESSIONS_UNSPOKEN = "sessions-unspoken"
    """A session is heard in a language that no interpreter of the host works in."""
    BILATERALS_UNPLACED = "bilaterals-unplaced"
    BILATERALS_WITHOUT_PLAN = "bilaterals-without-plan"
    BILATERALS_UNSPOKEN = "bilaterals-unspoken"
    """A bilateral has its place and not the interpreter whom its languages need."""
    WORDINGS = "wordings"
    PUBLICATION = "publication"
    GATES_WITHOUT_DEVICE = "gates-without-device"


class Level(StrEnum):
    """How a part stands on a day."""

    LATE = "late"
    OPEN = "open"
    FINE = "fine"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPart:
    """One part of the summit besides the obligations.

    Parameters
    ----------
    number : how many are not ready
    of : of how many; 0 where a share says nothing
    due_on : the day by which none should be left
    """

    kind: OtherKind
    number: int
    of: int
    level: Level
    due_on: date

    @property
    def is_ready(self) -> bool:
        """Whether nothing of it is left."""
        return self.level is Level.FINE


# Days before the opening by which none should be left, where no rule of the house names the day.
_DAYS_BEFORE: Mapping[OtherKind, int] = {
    OtherKind.INVITATIONS_UNSENT: 60,
    OtherKind.HEADS_UNKNOWN: 14,
    OtherKind.LETTERS_WAITING: 7,
    OtherKind.PEOPLE_WITHOUT_PASS: 5,
    OtherKind.CARDS_UNPRINTED: 3,
    OtherKind.ROOMS_WITHOUT_SEATS: 60,
    OtherKind.HALLS_UNSAID: 30,
    OtherKind.HALLS_FULL: 21,
    OtherKind.SESSIONS_UNSPOKEN: 30,
    OtherKind.BILATERALS_UNPLACED: 14,
    OtherKind.BILATERALS_WITHOUT_PLAN: 21,
    OtherKind.BILATERALS_UNSPOKEN: 10,
    OtherKind.WORDINGS: 14,
    OtherKind.PUBLICATION: 7,
    OtherKind.GATES_WITHOUT_DEVICE: 2,
}
# Those that end with a window of the delegations (rule 4).
_BY_WINDOW: Mapping[OtherKind, Callable[[Windows], date]] = {
    OtherKind.INVITATIONS_UNANSWERED: lambda windows: windows.nominate_by.date(),
    OtherKind.LISTS_MISSING: lambda windows: windows.nominate_by.date(),
    OtherKind.LISTS_UNCONFIRMED: lambda windows: windows.confirm_by.date(),
    OtherKind.PEOPLE_UNDECIDED: lambda windows: windows.confirm_by.date(),
    OtherKind.PEOPLE_LACKING: lambda windows: windows.confirm_by.date(),
}


def due_day(kind: OtherKind, *, opening: date, windows: Windows) -> date:
    """Return the day by which none of a kind should be left.

    Parameters
    ----------
    windows : of the edition, in its own zone
    """
    by_window = _BY_WINDOW.get(kind)
    return by_window(windows) if by_window else opening - timedelta(days=_DAYS_BEFORE[kind])


def level_of(number: int, *, due_on: date, today: date) -> Level:
    """Return how a part stands of which so many are left."""
    if number == 0:
        return Level.FINE
    return Level.LATE if today > due_on else Level.OPEN


def in_order(parts: Mapping[OtherKind, OtherPart]) -> tuple[OtherPart, ...]:
    """Return parts, those that are late first, each group by its day."""
    levels, kinds = tuple(Level), tuple(OtherKind)
    return tuple(
        sorted(parts.values(), key=lambda part: (levels.index(part.level), part.due_on, kinds.index(part.kind)))
    )
