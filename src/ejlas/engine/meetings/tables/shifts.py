"""Closing breaks in a small plan by annealing over shifts, several plans side by side."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import isfinite

import numpy as np

from ejlas.engine.meetings.runner import Runner
from ejlas.engine.meetings.tables.kernels.shifting import Book, open_book, shift_about
from ejlas.engine.meetings.tables.kernels.state import Desk, State
from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.meetings.tables.start import desk_of, state_of
from ejlas.engine.stop import Spent, limits_left
from ejlas.engine.values import Ints

WORK_OF_SHIFT = 2e-7
"""Work of one shift; what a stop by work counts."""
SHIFTS_AT_ONCE = 50_000
"""Shifts between two looks at the stop."""
HEATS = (0.25, 0.16)
"""From and to which heat a search cools down."""


@dataclass(frozen=True)
class Orders:
    """What a search by shifts has to do."""

    n_shifts: int
    """Shifts of each plan."""
    goal: int
    """Breaks at which it is enough."""
    turn: int
    """Searches for the same before this one; each draws other numbers."""


def close_breaks(problem: TableProblem, slot: Ints, runner: Runner, orders: Orders) -> Ints:
    """Return a plan with the same grants and as few breaks as the search finds, never more than are there.

    Breaks of one participant beyond `most_difference` count several times, so that a plan becomes fair if it can.

    Parameters
    ----------
    problem : what to place
    slot : (n_meetings,) a plan that keeps every hard constraint but perhaps fairness and mandatory meetings
    runner : whose seed, workers and stop it takes
    orders : how long and how far
    """
    # Two plans side by side depend on the machine: a limit of work means one.
    is_by_work = isfinite(limits_left(runner.stop, runner.spent).work)
    tables = [
        _Table(problem, slot, (runner.seed % 2**63, orders.turn, number))
        for number in range(1 if is_by_work else runner.workers)
    ]
    n_left = orders.n_shifts
    with ThreadPoolExecutor(len(tables)) as pool:
        while n_left > 0 and not runner.is_over and all(each.cost > orders.goal for each in tables):
            n_tried = min(n_left, SHIFTS_AT_ONCE)
            heat = _heat(1 - n_left / orders.n_shifts)
            factor = _heat(1 / orders.n_shifts) / HEATS[0]
            heats = np.array([heat, factor, n_tried], dtype=np.float64)
            tried = sum(pool.map(lambda each, heats=heats: each.shift_about(orders.goal, heats), tables))
            n_left -= n_tried
            runner.spent += Spent(work=tried * WORK_OF_SHIFT)
    best: Ints = min(tables, key=lambda each: each.cost).book.best
    return best.copy()


def _heat(share: float) -> float:
    """Return the heat after a share of the way."""
    first, last = HEATS
    return float(first * (last / first) ** share)


class _Table:
    """One plan under way."""

    def __init__(self, problem: TableProblem, slot: Ints, seed: tuple[int, ...]) -> None:
        self.most = problem.n_slots if problem.most_difference == NONE else problem.most_difference
        self.state: State = state_of(problem, slot)
        self.desk: Desk = desk_of(problem, seed)
        self.book = _book_of(problem, np.stack([self.state.day_first, self.state.day_end]))
        open_book(self.state, self.book, self.most)

    @property
    def cost(self) -> int:
        """Return what the cheapest plan seen costs."""
        return int(self.book.cost[1])

    def shift_about(self, goal: int, heats: np.ndarray[tuple[int], np.dtype[np.float64]]) -> int:
        return shift_about(self.state, self.desk, self.book, self.most, goal, heats)


def _book_of(problem: TableProblem, days: Ints) -> Book:
    people, slots = problem.n_participants, problem.n_slots
    return Book(
        shift=np.zeros((people, slots * slots), dtype=np.int32),
        n_shifts=np.zeros(people, dtype=np.int64),
        more=np.zeros((people, slots, slots), dtype=np.int8),
        breaks=np.zeros(people, dtype=np.int64),
        broken=np.zeros(people, dtype=np.int64),
        place=np.full(people, NONE, dtype=np.int64),
        n_broken=np.zeros(1, dtype=np.int64),
        days=days,
        as_it_is=np.zeros(slots, dtype=np.int64),
        without=np.zeros(slots, dtype=np.int64),
        chosen=np.zeros(6, dtype=np.int64),
        best=np.full(problem.n_meetings, NONE, dtype=np.int64),
        cost=np.zeros(2, dtype=np.int64),
    )
