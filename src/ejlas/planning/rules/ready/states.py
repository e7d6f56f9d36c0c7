"""Where a forecast stands, what moves it, on whom what it hangs on waits, and how long it is kept whole."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from ejlas.readiness.rules.states import WORKED, ObligationState


class ForecastState(StrEnum):
    """Where a forecast stands."""

    QUEUED = "queued"
    DONE = "done"
    EMPTY = "empty"
    """Nothing was owed."""
    FAILED = "failed"
    """Its worker met a fault, whose kind stands in the trail."""


MADE = frozenset({ForecastState.DONE, ForecastState.EMPTY})


class Cause(StrEnum):
    """What moved a forecast."""

    TIME = "time"
    """Days went by in which what was not begun did not begin."""
    WORK = "work"
    """Work began, was delivered, or was sent back."""
    ESTIMATES = "estimates"
    """Work is thought to take longer or shorter, or passed to another body."""
    ORDER = "order"
    """Predecessors, earliest starts, due days or limited hands changed."""
    SCOPE = "scope"
    """Something more is owed, or something no longer."""
    RULES = "rules"
    """The opening, the calendar or the numbers of the house changed."""


class Waiting(StrEnum):
    """On whom or what an obligation waits."""

    CHOICE = "choice"
    """No body owes it yet."""
    ANSWER = "answer"
    """The body has not said whether it takes it on."""
    HOST = "host"
    """The body refused: the secretariat answers."""
    BEFORE = "before"
    """What comes before it is not delivered."""
    BODY = "body"
    """The body works on it, or can begin."""
    NOBODY = "nobody"
    """The work is over."""


def waiting_on(state: str, *, has_body: bool, is_held: bool) -> Waiting:
    """Say on whom an obligation waits; `is_held`: something before it is not delivered."""
    if state in WORKED:
        return Waiting.NOBODY
    if not has_body:
        return Waiting.CHOICE
    if state == ObligationState.REFUSED:
        return Waiting.HOST
    if is_held and state != ObligationState.IN_WORK:
        return Waiting.BEFORE
    return Waiting.ANSWER if state == ObligationState.PLANNED else Waiting.BODY


# One that was asked for so long ago and never came has lost its worker; another may be asked for.
LOST_AFTER = timedelta(minutes=5)
# Those that no meeting rests on are kept whole for so long; then their figures alone.
WHOLE_FOR = timedelta(days=14)
