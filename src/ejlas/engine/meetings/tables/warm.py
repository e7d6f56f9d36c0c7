"""Compiling what the search needs, before anybody waits for it."""

from dataclasses import replace

import numpy as np

from ejlas.engine.meetings.tables.problem import TableProblem
from ejlas.engine.stop import MaxWork

WORK = 0.1
"""Enough for every part of the search to have its turn."""
PARTICIPANTS, SLOTS = 60, 10


def warm() -> None:
    """Solve two problems from end to end, and repair one, so that everything compiled is compiled and kept."""
    from ejlas.engine.meetings.tables.repair import repair
    from ejlas.engine.meetings.tables.solve import solve

    problem = _problem()
    plan = solve(problem, stop=MaxWork(WORK), seed=1)
    repair(_with_a_late_arrival(problem), plan.slot, stop=MaxWork(WORK), seed=1)
    solve(_with_few_wishes(problem), stop=MaxWork(WORK), seed=1)


def _problem() -> TableProblem:
    """Return a problem of two days in which everybody asks for everybody: just too large for the exact search."""
    pair = np.argwhere(np.triu(np.ones((PARTICIPANTS, PARTICIPANTS), dtype=np.bool_), 1)).astype(np.int64)
    number = np.arange(len(pair))
    available = np.ones((PARTICIPANTS, SLOTS), dtype=np.bool_)
    available[::9, 3] = False
    return TableProblem(
        day_of_slot=np.repeat(np.arange(2), SLOTS // 2),
        available=available,
        idle=available,
        pair=pair,
        weight=1 + number % 7,
        mandatory=number == 0,
        allowed=np.ones((len(pair), SLOTS), dtype=np.bool_),
        pool=np.where(number % 5 == 0, 0, -1),
        before=np.array([[0, 1]]),
        tables=np.full(SLOTS, 25),
        interpreters=np.full((1, SLOTS), 4),
    )


def _with_a_late_arrival(problem: TableProblem) -> TableProblem:
    """Return the same problem, in which the first participant misses the first two slots."""
    available = problem.available.copy()
    available[0, :2] = False
    return replace(problem, available=available, idle=available)


def _with_few_wishes(problem: TableProblem) -> TableProblem:
    """Return a part of the problem, small enough for the exact search, in which one break can not be closed.

    The first participant has to meet in the first slot and in the third, and is away in between: the search for fewer
    breaks has its turn.
    """
    few = slice(None, None, 18)
    available, allowed = problem.available.copy(), problem.allowed[few].copy()
    available[0, 1] = False
    allowed[:2] = False
    allowed[0, 0] = allowed[1, 2] = True
    return replace(
        problem,
        available=available,
        idle=np.ones_like(available),
        pair=problem.pair[few],
        weight=problem.weight[few],
        allowed=allowed,
        mandatory=np.arange(len(allowed)) < 20,
        pool=problem.pool[few],
        most_difference=2,
    )
