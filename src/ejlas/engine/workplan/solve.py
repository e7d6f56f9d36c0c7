"""Solving limited hands: what is impossible is named, and of all else the earliest end is searched for."""

import numpy as np

from ejlas.engine.result import Broken, Progress, Status
from ejlas.engine.stop import Stop
from ejlas.engine.workplan.plan import WorkPlan
from ejlas.engine.workplan.problem import NONE, WorkProblem
from ejlas.engine.workplan.search import Search


def solve(
    problem: WorkProblem, *, stop: Stop, seed: int, workers: int = 1, progress: Progress | None = None
) -> WorkPlan:
    """Return the plan that ends earliest, as far as the stop lets it be found and proven.

    With a stop by work alone the plan is the same on any machine and with any number of workers.

    Parameters
    ----------
    seed : of all that is left to chance
    workers : processor cores to use
    progress : is told each better end, and each better bound

    Returns
    -------
    a plan; of an impossible problem, one without starts whose `broken` names what clashes
    """
    broken = impossible(problem)
    if broken:
        return WorkPlan(np.full(problem.n_activities, NONE), Status.INFEASIBLE, 0, 0, broken)
    search = Search(problem, stop, seed, workers, progress)
    search.run()
    status = Status.OPTIMAL if search.value <= search.bound else Status.FEASIBLE
    return WorkPlan(search.start, status, search.value, search.bound, statistics=search.statistics())


def impossible(problem: WorkProblem) -> tuple[Broken, ...]:
    """Return what can never be: an activity that needs more hands than there are, or such activities in work."""
    takes_time = problem.duration > 0
    found = [
        Broken("hands", kind, (activity,), int(problem.need[activity, kind] - problem.capacity[kind]))
        for activity, kind in np.argwhere((problem.need > problem.capacity) & takes_time[:, None]).tolist()
    ]
    in_work = np.flatnonzero((problem.pinned != NONE) & takes_time)
    finish = problem.pinned + problem.duration
    for moment in np.unique(problem.pinned[in_work]).tolist():
        held = in_work[(problem.pinned[in_work] <= moment) & (finish[in_work] > moment)]
        lacking = problem.need[held].sum(axis=0) - problem.capacity
        for kind in np.flatnonzero(lacking > 0).tolist():
            found.append(Broken("hands", kind, tuple(held.tolist()), int(lacking[kind])))
    return tuple({(each.holder, each.meetings): each for each in found}.values())
