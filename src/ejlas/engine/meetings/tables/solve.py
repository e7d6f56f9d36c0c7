"""The door to the problem of tables: a search that comes near the bound, and an exact one for small problems."""

import numpy as np

from ejlas.engine.meetings.tables.bound import weight_bound
from ejlas.engine.meetings.tables.objectives import BREAKS, MANDATORY, WEIGHT, breaks, granted_weight, mandatory_placed
from ejlas.engine.meetings.tables.plan import TablePlan
from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.result import Certificate, Progress, Status
from ejlas.engine.stop import FirstOf, MaxWork, Stop
from ejlas.engine.values import Ints

MOST_LITERALS = 15_000
"""Meetings times the slots open to each, up to which a problem is solved exactly."""
WORK_FOR_START = 1.0
"""Work for the plan with which the exact search begins."""


def solve(
    problem: TableProblem, *, stop: Stop, seed: int, workers: int = 1, progress: Progress | None = None
) -> TablePlan:
    """Return the best plan that can be found until the stop, and how sure it is to be the best.

    Parameters
    ----------
    problem : what to place
    stop : when to end; a stop by work gives the same plan on any machine, with any number of workers
    seed : of the search
    workers : threads
    progress : is told objective, value and bound, whenever a better plan is found
    """
    if is_small(problem):
        return _solve_small(problem, stop, seed, workers, progress)
    from ejlas.engine.meetings.tables.search import Search

    bound = weight_bound(problem)
    search = Search(problem, stop, seed, workers, progress)
    search.run(bound + int(search.gain.sum() - problem.weight.sum()))
    return plan_of(problem, search.best, bound, {"work": search.spent.work, "rounds": search.n_rounds})


def is_small(problem: TableProblem) -> bool:
    """Return whether the exact search takes the problem; fairness is a matter for it alone."""
    return problem.most_difference != NONE or int(problem.open.sum()) <= MOST_LITERALS


def _solve_small(problem: TableProblem, stop: Stop, seed: int, workers: int, progress: Progress | None) -> TablePlan:
    from ejlas.engine.meetings.tables.exact import solve_exact
    from ejlas.engine.meetings.tables.search import Search

    search = Search(problem, FirstOf((stop, MaxWork(WORK_FOR_START))), seed, workers)
    search.grant(int(search.gain.sum()))
    return solve_exact(problem, stop=stop, seed=seed, workers=workers, progress=progress, start=search.best)


def plan_of(problem: TableProblem, slot: Ints, bound: int, statistics: dict[str, float]) -> TablePlan:
    """Return a plan of the search with what is known about it.

    Parameters
    ----------
    slot : (n_meetings,) slot of each meeting; -1 = not granted
    bound : on the granted weight
    statistics : what the search took
    """
    placed, wanted = mandatory_placed(problem, slot), problem.mandatory
    possible = int((wanted & problem.open.any(axis=1)).sum())
    weight, broken = granted_weight(problem, slot), int(breaks(problem, slot).sum())
    certificates = (
        Certificate(MANDATORY, placed, max(placed, possible)),
        Certificate(WEIGHT, weight, max(weight, bound)),
        Certificate(BREAKS, broken, 0),
    )
    status = Status.OPTIMAL if all(each.proven for each in certificates) else Status.FEASIBLE
    if placed < int(wanted.sum()):
        status = Status.UNKNOWN if possible == int(wanted.sum()) else Status.INFEASIBLE
    return TablePlan(np.asarray(slot, dtype=np.int64), status, certificates, (), statistics)
