"""One search of CP-SAT after another, under one stop."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from math import ceil, floor, inf, isfinite
from typing import TYPE_CHECKING

from ejlas.engine.result import Progress
from ejlas.engine.stop import Limits, Spent, Stop, limits_left, switches_of

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver, CpSolverSolutionCallback

LONGEST_SECONDS = 1e7
"""What the solver is told where a stop has no limit of seconds."""


@dataclass(frozen=True)
class Answer:
    """What one search found."""

    values: list[int] | None
    """The value of each variable of the model, or None where there is no plan."""
    value: int
    bound: int
    infeasible: bool
    clash: tuple[int, ...] = ()
    """Of the assumptions of an infeasible model, as many as are needed to see it, by the index of the variable."""


@dataclass
class Runner:
    """Solves models, tells the progress, and knows what is left of the limits."""

    stop: Stop
    seed: int
    workers: int = 1
    progress: Progress | None = None
    spent: Spent = field(default_factory=Spent)
    n_solves: int = 0
    n_literals: int = 0

    @property
    def is_over(self) -> bool:
        """Whether the stop says that it is enough."""
        left = limits_left(self.stop, self.spent)
        return left.seconds <= 0 or left.work <= 0 or self.stop(self.spent)

    def join(self, *others: "Runner") -> None:
        """Take over what runners copied from this one, which worked side by side, have spent since."""
        spent = [Spent(each.spent.seconds - self.spent.seconds, each.spent.work - self.spent.work) for each in others]
        solves = [each.n_solves - self.n_solves for each in others]
        self.spent += Spent(max(each.seconds for each in spent), sum(each.work for each in spent))
        self.n_solves += sum(solves)
        self.n_literals = max(self.n_literals, *(each.n_literals for each in others))

    def find(self, cp: "CpModel", *, most_work: float = inf) -> Answer:
        """Search for values that fulfil a small model, whatever the stop says, with one worker."""
        return self._run(cp, Limits(work=most_work), 1, None)

    def optimise(
        self,
        cp: "CpModel",
        aim: "Aim",
        *,
        part: float = 1.0,
        most_work: float = inf,
        turn: int = 0,
        strategies: Sequence[str] = (),
    ) -> Answer:
        """Search for the best values of the model.

        Parameters
        ----------
        cp : the model with its objective
        aim : what the progress is told
        part : how much of the limits that are left the search may use
        most_work : the work it may use at most
        turn : of searches for the same, how many came before; each turns another way
        strategies : names of the solver's subsolvers, one for each worker, those for whom there is none left out;
            none = the solver chooses
        """
        left = limits_left(self.stop, self.spent).share(part)
        # A search by several workers depends on the machine, so a limit of work alone means one worker.
        # In every second turn one worker alone tries the other strategy.
        workers = 1 if isfinite(left.work) or turn % 2 else self.workers
        if strategies:
            workers = 1 if isfinite(left.work) else self.workers
            strategies = strategies[:workers]
        return self._run(cp, Limits(left.seconds, min(left.work, most_work)), workers, aim, turn, strategies)

    def _run(
        self,
        cp: "CpModel",
        limits: Limits,
        workers: int,
        aim: "Aim | None",
        turn: int = 0,
        strategies: Sequence[str] = (),
    ) -> Answer:
        """Search, under these limits."""
        from ortools.sat.python import cp_model

        solver = cp_model.CpSolver()
        _share_out(solver, workers, strategies)
        solver.parameters.random_seed = self.seed + turn
        solver.parameters.max_time_in_seconds = min(limits.seconds, LONGEST_SECONDS)
        solver.parameters.max_deterministic_time = limits.work
        watch = None if aim is None else _watch(self, aim, solver)
        with ExitStack() as told:
            for switch in () if aim is None else switches_of(self.stop):
                told.enter_context(switch.telling(solver.stop_search))
            status = solver.solve(cp, watch)
        self.spent += Spent(solver.wall_time, solver.deterministic_time)
        self.n_solves += 1
        self.n_literals = max(self.n_literals, len(cp.proto.variables))
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        values = list(solver.response_proto.solution) if found else None
        clash = tuple(solver.response_proto.sufficient_assumptions_for_infeasibility)
        return Answer(values, *_value_and_bound(cp, solver), status == cp_model.INFEASIBLE, clash)


@dataclass(frozen=True)
class Aim:
    """The objective of a search, as the progress is told it."""

    objective: str
    bound: int | None = None
    """The bound of the whole, where the search sees a part only; None = the search finds the bound."""
    is_told: bool = True
    """Whether the progress is told at all."""


def _share_out(solver: "CpSolver", workers: int, strategies: Sequence[str]) -> None:
    """Set the workers; one alone, without a strategy, gets the one that does best on most models."""
    solver.parameters.num_workers = len(strategies) or workers
    solver.parameters.subsolvers.extend(strategies)
    if workers == 1 and not strategies:
        solver.parameters.linearization_level = 2


def _value_and_bound(cp: "CpModel", solver: "CpSolver") -> tuple[int, int]:
    """Return value and bound, rounded to the integer that it proves; without a plan, 0 and a lower bound."""
    if not cp.has_objective():
        return 0, 0
    if not solver.response_proto.solution:
        is_least = cp.proto.objective.scaling_factor >= 0
        return 0, max(0, ceil(solver.best_objective_bound - 1e-6)) if is_least else 0
    return round(solver.objective_value), _whole(solver.best_objective_bound, round(solver.objective_value))


def _whole(bound: float, value: int) -> int:
    """Return the integer that a bound proves, from the side on which it lies."""
    return max(value, floor(bound + 1e-6)) if bound > value else min(value, ceil(bound - 1e-6))


def _watch(runner: Runner, aim: Aim, solver: "CpSolver") -> "CpSolverSolutionCallback":
    """Return what the solver calls at each better plan; each better bound is told too, and asks the stop as well."""
    from ortools.sat.python import cp_model

    spent_before = runner.spent
    best: list[int] = []

    def tell(bound: float) -> None:
        if best and runner.progress is not None and aim.is_told:
            runner.progress(aim.objective, best[-1], _whole(bound, best[-1]) if aim.bound is None else aim.bound)

    class Watch(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            best[:] = [round(self.objective_value)]
            tell(self.best_objective_bound)
            if runner.stop(spent_before + Spent(self.wall_time, self.deterministic_time)):
                self.stop_search()

    def on_bound(bound: float) -> None:
        # The bound of a part says nothing of the whole.
        if aim.bound is None:
            tell(bound)
        if runner.stop(spent_before):
            solver.stop_search()

    solver.best_bound_callback = on_bound
    return Watch()
