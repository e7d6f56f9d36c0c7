"""When a worker counts as dead, and how often a task is tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ejlas.core.errors import RuleBroken, marked

BEAT_EVERY_S = 5
DEAD_AFTER = timedelta(seconds=30)
# A task that ends every worker that takes it is not tried for ever.
MOST_TRIES = 3
KEPT_FINISHED = timedelta(days=7)


class WorkerLost(RuleBroken):
    """Each worker that took this task ended before the task did."""

    message = marked("The work was begun %(tries)d times and never came to its end.")


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of a worker: where it runs, as which process, and its last sign of life."""

    name: str
    place: str
    process: int
    beat_at: datetime


def is_dead(life: Life, *, at: datetime, gone_here: bool) -> bool:
    """Tell whether a worker will never end its task: silent too long, or seen to be gone on this very machine."""
    return gone_here or at - life.beat_at > DEAD_AFTER
