"""Compiling what the search needs, before anybody waits for it."""

from dataclasses import replace

import numpy as np

from ejlas.engine.meetings.tables.problem import TableProblem
from ejlas.engine.stop import MaxWork
from ejlas.engine.values import Ints

WORK = 0.02
"""Enough for every part of the search to have its turn."""


def warm() -> None:
    """Solve and repair two tiny problems from end to end, so that everything compiled is compiled and kept."""
    from ejlas.engine.meetings.tables.repair import repair
    from ejlas.engine.meetings.tables.solve import solve

    for mandatory in (False, True):
        problem = _tiny(mandatory=mandatory)
        plan = solve(problem, stop=MaxWork(WORK), seed=1)
        repair(_with_a_late_arrival(problem), plan.slot, stop=MaxWork(WORK), seed=1)


def _tiny(*, mandatory: bool) -> TableProblem:
    """Return a problem of two days, with too many wishes, or with fewer meetings that all have to be placed."""
    pair = _pairs(n_participants=12, step=4 if mandatory else 1)
    n_slots, n_meetings = 8, len(pair)
    available = np.ones((12, n_slots), dtype=np.bool_)
    available[::5, 3] = False
    return TableProblem(
        day_of_slot=np.repeat(np.arange(2), n_slots // 2),
        available=available,
        idle=available,
        pair=pair,
        weight=1 + np.arange(n_meetings) % 7,
        mandatory=np.full(n_meetings, mandatory),
        allowed=np.ones((n_meetings, n_slots), dtype=np.bool_),
        pool=np.where(np.arange(n_meetings) % 5 == 0, 0, -1),
        before=np.array([[0, n_meetings - 1]]),
        tables=np.full(n_slots, 4),
        interpreters=np.ones((1, n_slots), dtype=np.int64),
        most_difference=2 if mandatory else -1,
    )


def _pairs(*, n_participants: int, step: int) -> Ints:
    """(n_meetings, 2) every so manieth of all pairs."""
    upper = np.argwhere(np.triu(np.ones((n_participants, n_participants), dtype=np.bool_), 1))
    return upper[::step].astype(np.int64)


def _with_a_late_arrival(problem: TableProblem) -> TableProblem:
    """Return the same problem, in which the first participant misses the first two slots."""
    available = problem.available.copy()
    available[0, :2] = False
    return replace(problem, available=available, idle=available)
