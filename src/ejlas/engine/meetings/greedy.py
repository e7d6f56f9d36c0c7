"""A plan made meeting by meeting, for where the solver has none in time."""

from collections.abc import Iterable

import numpy as np

from ejlas.engine.meetings.places import placed_free
from ejlas.engine.meetings.plan import Placements, nothing_placed
from ejlas.engine.meetings.problem import MeetingProblem


def one_by_one(problem: MeetingProblem) -> Placements:
    """Return a plan in which each meeting has the first free place: required ones first, then by class and weight."""
    return added(problem, nothing_placed(problem), range(problem.n_meetings))


def added(problem: MeetingProblem, plan: Placements, meetings: Iterable[int]) -> Placements:
    """Return the plan with those of the meetings that find a free place, in the same order; nothing else moves."""
    chosen = np.array(sorted(meetings), dtype=np.int64)
    order = np.lexsort((-problem.weight[chosen], problem.ranks[chosen], ~problem.required[chosen]))
    for meeting in chosen[order].tolist():
        plan = placed_free(problem, plan, meeting) or plan
    return plan
