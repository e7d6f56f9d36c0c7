"""Where a run of the planner stands, and what it was asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class RunKind(StrEnum):
    """What a run was asked for."""

    PLAN = "plan"
    """A plan of all bilaterals, from nothing."""
    REPAIR = "repair"
    """The plan in force made right again, moving as little as can be."""
    WHAT_IF = "what_if"
    """The plan in force as it would have to become if something were otherwise; it is never accepted."""


class RunState(StrEnum):
    """Where a run of the planner stands."""

    QUEUED = "queued"
    RUNNING = "running"
    STOPPING = "stopping"
    """A person has asked for its end; the search is about to notice."""
    DONE = "done"
    STOPPED = "stopped"
    """Ended by a person; the best plan until then, if there was one, is kept."""
    FAILED = "failed"
    ACCEPTED = "accepted"


# States of a run that still holds the place of the one run that an edition may have at a time.
ACTIVE = frozenset({RunState.QUEUED, RunState.RUNNING, RunState.STOPPING})
# States of a run whose plan, if it has one, may be accepted.
WITH_RESULT = frozenset({RunState.DONE, RunState.STOPPED, RunState.ACCEPTED})

# A run at work is heard of every two seconds at least; one that is not heard of for so long has lost its worker.
HEARD_OF_EVERY = timedelta(seconds=2)
LOST_AFTER = timedelta(seconds=20)
# A run that ends its worker so often would end the next one too.
MOST_ATTEMPTS = 3


def is_lost(state: str, *, seen_at: datetime | None, at: datetime) -> bool:
    """Whether a run that should be at work has not been heard of for too long."""
    at_work = state in {RunState.RUNNING, RunState.STOPPING}
    return at_work and (seen_at is None or at - seen_at > LOST_AFTER)


def gap_percent(value: float, bound: float) -> float:
    """Return how much more than the value could be granted at most, in per cent of the bound; 0 where nothing can."""
    return max(0.0, 100.0 * (bound - value) / bound) if bound > 0 else 0.0
