"""CP-SAT on a plan of work: the whole of it, or a part of its activities freed and all others kept in their order."""

from contextlib import ExitStack
from dataclasses import dataclass
from math import ceil, isfinite
from typing import TYPE_CHECKING

import numpy as np

from ejlas.engine.stop import Limits, Spent, Stop, limits_left, switches_of
from ejlas.engine.values import Bools, Ints
from ejlas.engine.workplan.critical import earliest_starts, tails
from ejlas.engine.workplan.problem import NONE, WorkProblem

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver, CpSolverSolutionCallback, IntVar

LONGEST_SECONDS = 1e7
"""What the solver is told where there is no limit of seconds."""


@dataclass(frozen=True)
class Answer:
    """What a search found: a better plan, or a bound, or that there is no better one."""

    start: Ints | None
    bound: int
    exhausted: bool
    """Whether there is none better than what was found, or none at all, among the plans that were looked at."""
    spent: Spent


@dataclass(frozen=True)
class Effort:
    """How much a search may use, and who may end it."""

    stop: Stop
    spent: Spent
    limits: Limits
    workers: int
    seed: int


def improve(problem: WorkProblem, below: int, bound: int, effort: Effort, keep: "Ints | None" = None) -> Answer:
    """Search for a plan that ends before a time.

    Parameters
    ----------
    below : the plan ends before
    bound : no plan ends before this
    keep : (n_pairs, 2) pairs of which the second starts after the end of the first; None = only the links
    """
    from ortools.sat.python import cp_model

    model = _Model(problem, below - 1, bound)
    if not model.is_possible:
        return Answer(None, below, exhausted=True, spent=Spent())
    for first, after in () if keep is None else keep.tolist():
        model.cp.add(model.start[after] >= model.start[first] + int(problem.duration[first]))
    solver = _solver(effort)
    with ExitStack() as told:
        for switch in switches_of(effort.stop):
            told.enter_context(switch.telling(solver.stop_search))
        status = solver.solve(model.cp, _watch(effort, solver))
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    start = np.array([solver.value(each) for each in model.start], dtype=np.int64) if found else None
    least = max(bound, ceil(solver.best_objective_bound - 1e-6)) if status != cp_model.INFEASIBLE else below
    is_over = status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return Answer(start, least, is_over, Spent(solver.wall_time, solver.deterministic_time))


class _Model:
    """A start for each activity, the links, the hands, and the end, which is to be the least."""

    def __init__(self, problem: WorkProblem, top: int, bound: int) -> None:
        from ortools.sat.python import cp_model

        self.problem = problem
        self.cp: CpModel = cp_model.CpModel()
        self.start: list[IntVar] = []
        head, tail = earliest_starts(problem, problem.duration), tails(problem)
        last = np.where(problem.pinned == NONE, top - tail - problem.duration, problem.pinned)
        self.is_possible = bound <= top and bool((head <= last).all())
        if self.is_possible:
            self.start = [
                self.cp.new_int_var(low, high, "") for low, high in zip(head.tolist(), last.tolist(), strict=True)
            ]
            self._end_by(bound, top, tail)
            self._link()
            self._share_hands()

    def _end_by(self, bound: int, top: int, tail: Ints) -> None:
        end = self.cp.new_int_var(bound, top, "")
        for activity in np.flatnonzero(tail == 0).tolist():
            self.cp.add(end >= self.start[activity] + int(self.problem.duration[activity]))
        self.cp.minimize(end)

    def _link(self) -> None:
        for first, after, lag in self.problem.link.tolist():
            self.cp.add(self.start[after] >= self.start[first] + int(self.problem.duration[first]) + lag)

    def _share_hands(self) -> None:
        problem = self.problem
        interval = [
            self.cp.new_fixed_size_interval_var(start, length, "")
            for start, length in zip(self.start, problem.duration.tolist(), strict=True)
        ]
        for kind in range(problem.n_resources):
            asks = np.flatnonzero((problem.need[:, kind] > 0) & (problem.duration > 0))
            if problem.need[asks, kind].sum() > problem.capacity[kind]:
                needs = problem.need[asks, kind].tolist()
                self.cp.add_cumulative([interval[each] for each in asks], needs, int(problem.capacity[kind]))


def order_outside(problem: WorkProblem, start: Ints, free: Bools) -> Ints:
    """(n_pairs, 2) of the activities that are not free, those of which one follows another, without what follows.

    Whatever keeps these pairs can be given the hands that the plan gives: what overlaps then, overlapped before.
    """
    fixed = np.flatnonzero(~free)
    finish = start + problem.duration
    follows = (finish[fixed][:, None] <= start[fixed][None, :]) & (fixed[:, None] != fixed[None, :])
    # Two that take no time at one moment follow each other both ways: the order of the links decides.
    place = np.argsort(problem.order)[fixed]
    follows &= ~(follows.T & (place[:, None] > place[None, :]))
    through = follows.astype(np.float32) @ follows.astype(np.float32) > 0
    first, after = np.nonzero(follows & ~through)
    return np.stack([fixed[first], fixed[after]], axis=1)


def _solver(effort: Effort) -> "CpSolver":
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    left = limits_left(effort.stop, effort.spent)
    work = min(left.work, effort.limits.work)
    # A search by several workers depends on the machine, so a stop by work means one worker.
    solver.parameters.num_workers = 1 if isfinite(left.work) else effort.workers
    solver.parameters.random_seed = effort.seed % 2**31
    solver.parameters.max_deterministic_time = work
    solver.parameters.max_time_in_seconds = min(left.seconds, effort.limits.seconds, LONGEST_SECONDS)
    return solver


def _watch(effort: Effort, solver: "CpSolver") -> "CpSolverSolutionCallback":
    """Return what the solver calls at each better plan; each better bound asks the stop as well."""
    from ortools.sat.python import cp_model

    class Watch(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            if effort.stop(effort.spent + Spent(self.wall_time, self.deterministic_time)):
                self.stop_search()

    def on_bound(_bound: float) -> None:
        if effort.stop(effort.spent):
            solver.stop_search()

    solver.best_bound_callback = on_bound
    return Watch()
