"""Where a part of a spread search stands, and how long it is waited for."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class PartState(StrEnum):
    """Where a part of a spread search stands."""

    WAITING = "waiting"
    BEGUN = "begun"
    ANSWERED = "answered"
    FAILED = "failed"


ENDED = frozenset({PartState.ANSWERED, PartState.FAILED})

# Once others have answered: longer than it takes to see that a worker of this machine is gone, and to begin anew.
PATIENCE_S = 12.0
# Without a clock the plan must not hang on how fast a worker is; one elsewhere is silent for a while before it is dead.
PATIENCE_WITHOUT_CLOCK_S = 300.0
# So long no worker lives, and nobody will answer.
ALONE_S = 30.0
# A search that was not heard of for so long has lost its coordinator.
KEPT_SILENT = timedelta(minutes=10)


def patience_s(answered_after_s: float, *, has_clock: bool) -> float:
    """Return the seconds since its beginning after which a round no longer waits for what is left of it.

    Parameters
    ----------
    answered_after_s : when the last answer came; whoever takes up the part of a dead worker needs as long again
    """
    least = PATIENCE_S if has_clock else PATIENCE_WITHOUT_CLOCK_S
    return max(least, 3 * answered_after_s)
