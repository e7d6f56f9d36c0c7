"""Questions about searches that are spread over workers, and about who could take part."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from ejlas.core.workers import queries as workers
from ejlas.core.workers.adapters import gone_here
from ejlas.planning.models import Part, Spread
from ejlas.planning.rules import ENDED, PartState

if TYPE_CHECKING:
    from ejlas.engine.meetings.tables.problem import TableProblem


def n_workers(*, at: datetime) -> int:
    """Count the workers that are alive. One SQL query."""
    return len(workers.living_workers(at=at, gone_here=gone_here))


def part_to_solve(key: int) -> Part | None:
    """Return a part with its search, unless it is answered or no longer asked for. One SQL query."""
    open_parts = Part.objects.exclude(state__in=ENDED).select_related("spread").defer("spread__problem")
    return open_parts.filter(pk=key).first()


def ended_parts(spread: Spread) -> int:
    """Count the parts that nobody works on any more. One SQL query."""
    return spread.parts.filter(state__in=ENDED).count()


def is_asking_nothing(spread: Spread) -> bool:
    """Whether a search goes on, and no part of it waits for a worker. One SQL query."""
    states = Counter(Spread.objects.filter(pk=spread.pk).values_list("parts__state", flat=True))
    return bool(states) and not states[PartState.WAITING]


def problem_of(spread: Spread) -> TableProblem:
    """Return the problem of a search; a worker reads it once. At most one SQL query. Raises Spread.DoesNotExist."""
    return _problem(spread.pk, spread.asked_at)


@lru_cache(maxsize=1)
def _problem(key: int, _asked_at: datetime) -> TableProblem:
    # numpy and the engine come with it; a web process needs neither.
    from ejlas.engine.meetings.tables.transport import problem_from_bytes

    return problem_from_bytes(bytes(Spread.objects.get(pk=key).problem))
