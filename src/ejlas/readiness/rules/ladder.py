"""The ladder of reminders (rule 29): who is told on which day of what a body owes; no framework."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from ejlas.readiness.rules.states import WORKED, ObligationState


class Rung(StrEnum):
    """A step of the ladder, from the lowest to the highest."""

    ASKED = "asked"  # newly given: the body is to answer
    RETURNED = "returned"  # sent back to be mended, or opened again
    BEFORE = "before"
    AGAIN = "again"
    HEAD_OF_BODY = "head-of-body"
    SECRETARIAT = "secretariat"


class Level(StrEnum):
    """Who is told."""

    BODY = "body"  # its focal point, and the accounts that answer for it
    HEAD_OF_BODY = "head-of-body"
    SECRETARIAT = "secretariat"  # its head


HEIGHT = {rung: place for place, rung in enumerate(Rung)}
_UP = tuple(Level)
# Whom a rung reaches: those of the lower ones know what is told above them.
_TOLD = {
    Rung.HEAD_OF_BODY: (Level.BODY, Level.HEAD_OF_BODY),
    Rung.SECRETARIAT: tuple(Level),
}
_ASKING = frozenset({ObligationState.PLANNED, ObligationState.ACCEPTED, ObligationState.IN_WORK})


@dataclass(frozen=True, slots=True)
class Ladder:
    """The house's days of the ladder, counted before and after the due day."""

    before: int
    again: int
    head_of_body: int
    secretariat: int

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Ladder:
        """Return the ladder in the stored rules for readiness."""
        return cls(
            before=stored["remind_before"],
            again=stored["remind_again"],
            head_of_body=stored["tell_head_of_body_after"],
            secretariat=stored["tell_secretariat_after"],
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """An obligation as the ladder sees it.

    Parameters
    ----------
    due_on : its due day, if it has one
    is_returned : it came back to its body, with what is to be mended or why it is asked for again
    has_body : a body owes it
    told_on : the first day on which its body, or whoever stood in for it, was told of it; None: not yet
    """

    state: ObligationState
    due_on: date | None
    is_returned: bool = False
    has_body: bool = True
    told_on: date | None = None


def reached(standing: Standing, ladder: Ladder, today: date, until: date | None = None) -> Rung | None:
    """Return the highest rung that an obligation has reached, whatever was sent before; None where nobody is told.

    Parameters
    ----------
    until : the last day before mails leave again: what would be told until then, before the due day, is told today
    """
    if standing.state in WORKED:
        is_waiting = standing.state is not ObligationState.DONE and _is_past(standing.due_on, ladder.secretariat, today)
        return Rung.SECRETARIAT if is_waiting else None
    if standing.state not in _ASKING:
        return None
    if not standing.has_body:
        return Rung.SECRETARIAT if _is_past(standing.due_on, ladder.secretariat, today) else None
    return _by_day(standing, ladder, today, until or today) or _news(standing)


def _by_day(standing: Standing, ladder: Ladder, today: date, until: date) -> Rung | None:
    due = standing.due_on
    if due is None or until < due - timedelta(days=max(ladder.before, ladder.again)):
        return None
    # Nobody is told of another's delay before the other was asked at all: the days count from then.
    late_from = max(due, standing.told_on) if standing.told_on else None
    if _is_past(late_from, ladder.secretariat, today):
        return Rung.SECRETARIAT
    if _is_past(late_from, ladder.head_of_body, today):
        return Rung.HEAD_OF_BODY
    return Rung.AGAIN if until >= due - timedelta(days=ladder.again) else Rung.BEFORE


def _is_past(day: date | None, n_days: int, today: date) -> bool:
    return day is not None and today >= day + timedelta(days=n_days)


def _news(standing: Standing) -> Rung | None:
    if standing.is_returned:
        return Rung.RETURNED
    return Rung.ASKED if standing.state is ObligationState.PLANNED else None


def still_to_send(rung: Rung, due_on: date | None, sent: Collection[tuple[Rung, date]]) -> bool:
    """Whether a rung is still to be sent to somebody who was sent these, each for a due day.

    Only the highest is sent, so whoever had a higher one for the same day is not told a lower one afterwards.
    """
    if rung in (Rung.ASKED, Rung.RETURNED):
        return not sent
    return not any(HEIGHT[other] >= HEIGHT[rung] for other, day in sent if day == due_on)


def levels(rung: Rung, state: ObligationState, reachable: Collection[Level]) -> tuple[Level, ...]:
    """Return whom a rung is sent to, of those who have an address.

    In the place of one who has none, the next one up is told. What was delivered waits for the secretariat alone.
    """
    wanted = (Level.SECRETARIAT,) if state in WORKED else _TOLD.get(rung, (Level.BODY,))
    found = {stand_in for level in wanted if (stand_in := _first_up(level, reachable)) is not None}
    return tuple(level for level in Level if level in found)


def _first_up(level: Level, reachable: Collection[Level]) -> Level | None:
    return next((other for other in _UP[_UP.index(level) :] if other in reachable), None)
