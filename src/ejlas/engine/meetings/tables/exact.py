"""The exact solver for tables: mandatory meetings, then weight, then breaks, each with a bound that meets the value."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import count
from math import isfinite

import numpy as np

from ejlas.engine.meetings.runner import Aim, Runner
from ejlas.engine.meetings.tables.bound import weight_bound
from ejlas.engine.meetings.tables.check import check
from ejlas.engine.meetings.tables.clash import clashes
from ejlas.engine.meetings.tables.fair import fair_part
from ejlas.engine.meetings.tables.model import TableModel, add_breaks, build
from ejlas.engine.meetings.tables.objectives import BREAKS, MANDATORY, WEIGHT, breaks, granted_weight, mandatory_placed
from ejlas.engine.meetings.tables.plan import TablePlan
from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.meetings.tables.propagate import narrow
from ejlas.engine.meetings.tables.search import Search
from ejlas.engine.meetings.tables.shifts import Orders, close_breaks
from ejlas.engine.result import Broken, Certificate, Progress, Status
from ejlas.engine.stop import FirstOf, MaxWork, Stop, Switch, limits_left
from ejlas.engine.values import Bools, Ints

PART_FOR_WEIGHT = 0.7
"""How much of the limits the search for weight may use, so that something is left for the breaks."""
SHIFTS_PER_MEETING, MOST_SHIFTS, GROWTH_OF_SHIFTS = 1_500, 32_000_000, 4
"""Shifts of the first search by shifts and of the longest, and how much longer each is than the one before."""
SHIFTS_OF_TURN = 8_000_000
"""Shifts beside the first turn of the solver for breaks, about as long; beside each further one twice as many."""
TURNS, SHIFTING = 3, 2
"""Of so many turns the solver proves in the first and finds in the last; with two threads this one is for shifts."""
WORK_FOR_START = 0.5
"""Work for the plan to begin with, where none is given."""
WORK_FOR_BREAKS = 2.0
"""Work of the solver for breaks in the first turn; in each further one it may use twice as much."""
WORK_FOR_REST = 1.0
"""Work for a plan of an impossible problem, which grants what it can."""
PROVING, FINDING = "core", "no_lp"
"""The solver's strategies: what proves bounds on breaks here, and what finds plans."""


def solve_exact(
    problem: TableProblem,
    *,
    stop: Stop,
    seed: int,
    workers: int = 1,
    progress: Progress | None = None,
    start: Ints | None = None,
) -> TablePlan:
    """Return the best plan that can be found until the stop, and how sure it is to be the best.

    An impossible problem gets a plan that grants what it can, and in `broken` a smallest set of mandatory meetings that
    can not stand together. It may be larger where the stop cuts the search for it short.

    Parameters
    ----------
    problem : what to place
    stop : when to end; `MaxWork` gives the same plan on any machine
    seed : of the search
    workers : threads; a stop by work uses one
    progress : is told objective, value and bound, whenever a better plan is found
    start : (n_meetings,) a plan to begin with; it may lack mandatory meetings and fairness
    """
    search = _Search(problem, Runner(stop, seed, workers, progress), _usable(problem, start))
    if search.place() and search.grant():
        search.close()
    return search.result()


def _usable(problem: TableProblem, start: Ints | None) -> Ints | None:
    """Return the plan to begin with, unless it breaks what a start has to keep."""
    if start is None or {each.constraint for each in check(problem, start)} - {"mandatory", "fairness"}:
        return None
    return start


@dataclass
class _Search:
    """The state of one search."""

    problem: TableProblem
    runner: Runner
    start: Ints | None
    """A plan to begin with, which may lack mandatory meetings and fairness."""
    slot: Ints | None = None
    """The best plan so far; it keeps every hard constraint, of an impossible problem all but the mandatory meetings."""
    certificates: dict[str, Certificate] = field(default_factory=dict)
    broken: tuple[Broken, ...] | None = None
    """What clashes, once the problem is known to be impossible."""

    def __post_init__(self) -> None:
        problem = self.problem
        self.required = frozenset(np.flatnonzero(problem.mandatory).tolist())
        self.open: Bools = problem.open
        self._certify(MANDATORY, 0, len(self.required))
        self._certify(WEIGHT, 0, int(problem.weight.sum()))
        self._certify(BREAKS, 0, 0)
        if self.start is not None and _is_right(problem, self.start):
            self._keep(self.start)

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan with all mandatory meetings."""
        return self.slot is not None and mandatory_placed(self.problem, self.slot) == len(self.required)

    # Mandatory meetings

    def place(self) -> bool:
        """Place what has to be placed, fairness aside; whether it can be."""
        if self.runner.is_over:
            return False
        narrowed = narrow(self.problem, self.problem.mandatory)
        if narrowed is None:
            return self._give_up()
        self.open = narrowed
        self._construct()
        return self._has_start or self._find_start()

    @property
    def _has_start(self) -> bool:
        return self.start is not None and mandatory_placed(self.problem, self.start) == len(self.required)

    def _construct(self) -> None:
        """Grant what a short search can, if that is better than the plan to begin with."""
        if self._has_start or self.runner.is_over:
            return
        limit = MaxWork(WORK_FOR_START)
        search = Search(self.problem, FirstOf((self.runner.stop, limit)), self.runner.seed, slot=self.start)
        search.grant(int(search.gain.sum()))
        self.runner.spent += search.spent
        self.start = search.best
        if _is_right(self.problem, self.start):
            self._keep(self.start)

    def _find_start(self) -> bool:
        """Search for a plan with all mandatory meetings; whether there is one."""
        model = build(self.problem, self.open, required=self.required)
        answer = self.runner.optimise(model.cp, Aim(MANDATORY, is_told=False), strategies=(FINDING, PROVING))
        if answer.infeasible:
            return self._give_up()
        if answer.values is not None:
            self.start = model.plan(answer.values)
        return answer.values is not None

    def _give_up(self) -> bool:
        """Say why the problem is impossible, and grant what can be granted."""
        self._certify(MANDATORY, self.certificates[MANDATORY].value, len(self.required) - 1)
        self.broken = clashes(self.problem, self.runner)
        self._construct()
        if self.start is not None:
            if not _is_right(self.problem, self.start):
                self.start = self._shifted(self.start, turn=0, goal=0)
            self._keep(fair_part(self.problem, self.start))
        if not self.runner.is_over:
            self._grant_some()
        return False

    def _grant_some(self) -> None:
        """Place the most mandatory meetings, then grant the most weight, within a small limit."""
        problem = self.problem
        model = self._model(frozenset(), problem.open)
        model.cp.maximize(model.gain)
        if self.slot is not None:
            model.hint(self.slot)
        answer = self.runner.optimise(model.cp, Aim(MANDATORY, is_told=False), most_work=WORK_FOR_REST)
        if answer.values is None:
            return
        self._keep(model.plan(answer.values))
        above = int(problem.weight.sum()) + 1
        placed, weight = self.certificates[MANDATORY], self.certificates[WEIGHT]
        bound = max(placed.value, min(placed.bound, answer.bound // above))
        self._certify(MANDATORY, placed.value, bound)
        if bound == placed.value:
            self._certify(WEIGHT, weight.value, max(weight.value, answer.bound - above * bound))

    # Weight and fairness

    def grant(self) -> bool:
        """Grant the most weight, in a plan that is fair; whether there is one."""
        bound = int(self.problem.weight.sum())
        if not self.problem.mandatory.all():
            bound = min(bound, weight_bound(self.problem))
        value = self.certificates[WEIGHT].value
        self._certify(WEIGHT, value, max(value, bound))
        self._make_fair()
        if not self.runner.is_over and not (self.has_plan and self.certificates[WEIGHT].proven):
            self._most_weight()
        return self.has_plan

    def _make_fair(self) -> None:
        """Take the plan at hand, after a search by shifts if it is not fair."""
        if self.start is None:
            return
        if not _is_right(self.problem, self.start):
            self.start = self._shifted(self.start, turn=0, goal=0)
        if _is_right(self.problem, self.start):
            self._keep(self.start)

    def _most_weight(self) -> None:
        """Search for the greatest weight, or for a plan at all."""
        model = self._model(self.required, self.open)
        wishes = not self.problem.mandatory.all()
        if wishes:
            model.cp.maximize(model.weight)
        if self.start is not None:
            model.hint(self.start)
        answer = self.runner.optimise(model.cp, Aim(WEIGHT), part=PART_FOR_WEIGHT if wishes else 1.0)
        if answer.infeasible:
            self._give_up()
        elif answer.values is not None:
            self._keep(model.plan(answer.values))
            weight = self.certificates[WEIGHT]
            if wishes:
                self._certify(WEIGHT, weight.value, max(weight.value, min(weight.bound, answer.bound)))

    def _model(self, required: frozenset[int], open_: Bools) -> TableModel:
        """Return the model of all hard constraints."""
        model = build(self.problem, open_, required=required)
        if self.problem.most_difference != NONE:
            add_breaks(model)
        return model

    # Breaks

    def close(self) -> None:
        """Take the fewest breaks among the plans of this weight."""
        self._close_by_shifts(turn=1)
        model: TableModel | None = None
        for turn in count(1):
            if self._is_closed:
                return
            model = self._model_for_breaks() if model is None else model
            if self.runner.is_over:
                return
            if self._has_two_hands and turn % TURNS == SHIFTING:
                self._close_by_shifts(turn + 1, SHIFTS_OF_TURN * 2 ** (turn - 1))
            elif self._has_two_hands:
                self._close_side_by_side(model, turn)
            else:
                self._close_by_proof(model, turn, self.runner)
                self._close_by_shifts(turn + 1)

    @property
    def _is_closed(self) -> bool:
        return self.certificates[BREAKS].proven or self.runner.is_over

    @property
    def _has_two_hands(self) -> bool:
        """Whether two searches may run side by side; what they find then depends on the machine."""
        return self.runner.workers > 1 and not isfinite(limits_left(self.runner.stop, self.runner.spent).work)

    def _close_by_shifts(self, turn: int, n_shifts: int = 0) -> None:
        if self.slot is None or self._is_closed:
            return
        before = self.certificates[BREAKS]
        self._keep(self._shifted(self.slot, turn=turn, goal=before.bound, n_shifts=n_shifts))
        self._tell_fewer_than(before.value)

    def _close_side_by_side(self, model: TableModel, turn: int) -> None:
        """Search by shifts while the solver proves, until one of the two knows or both have done their turn."""
        if self.slot is None:
            self._close_by_proof(model, turn, self.runner)
            return
        known, runner, before = Switch(), self.runner, self.certificates[BREAKS]
        shifting, proving = (replace(runner, stop=FirstOf((runner.stop, known)), workers=1) for _ in range(2))
        orders = Orders(min(MOST_SHIFTS, SHIFTS_OF_TURN * 2 ** (turn - 1)), before.bound, turn + 1)
        narrowed = replace(self.problem, allowed=self.open)

        def shift(slot: Ints) -> Ints:
            found = close_breaks(narrowed, slot, shifting, orders)
            if int(breaks(narrowed, found).sum()) <= orders.goal:
                known.throw()
            return found

        with ThreadPoolExecutor(1) as pool:
            promised = pool.submit(shift, self.slot)
            self._close_by_proof(model, turn, proving)
            if self.certificates[BREAKS].proven:
                known.throw()
            self._keep(promised.result())
        runner.join(shifting, proving)
        self._tell_fewer_than(before.value)

    def _tell_fewer_than(self, before: int) -> None:
        now = self.certificates[BREAKS]
        if now.value < before and self.runner.progress is not None:
            self.runner.progress(BREAKS, now.value, now.bound)

    def _shifted(self, slot: Ints, *, turn: int, goal: int, n_shifts: int = 0) -> Ints:
        n_shifts = min(MOST_SHIFTS, n_shifts or SHIFTS_PER_MEETING * self.problem.n_meetings * GROWTH_OF_SHIFTS**turn)
        narrowed = replace(self.problem, allowed=self.open)
        return close_breaks(narrowed, slot, self.runner, Orders(n_shifts, goal, turn))

    def _model_for_breaks(self) -> TableModel:
        """Return the model of the plans that are as good as this one in all but the breaks."""
        model = build(self.problem, self.open, required=self.required)
        add_breaks(model)
        if not self.problem.mandatory.all():
            model.cp.add(model.weight >= self.certificates[WEIGHT].value)
        model.cp.minimize(model.broken)
        return model

    def _close_by_proof(self, model: TableModel, turn: int, runner: Runner) -> None:
        """Search for a plan with fewer breaks than the best one, or for the proof that there is none."""
        value, bound = self.certificates[BREAKS].value, self.certificates[BREAKS].bound
        strategies = (PROVING, FINDING)
        if turn % TURNS == 0:
            strategies = (FINDING, PROVING)
            # What finds plans does so sooner where only better ones count; what proves bounds is kept from it by that.
            model = model.copy()
            model.cp.add(model.broken <= value - 1)
            model.cp.add(model.broken >= bound)
        answer = runner.optimise(
            model.cp, Aim(BREAKS), most_work=WORK_FOR_BREAKS * 2 ** (turn - 1), turn=turn, strategies=strategies
        )
        if answer.infeasible:
            self._certify(BREAKS, value, value)
            return
        if answer.values is not None:
            self._keep(model.plan(answer.values))
        value = self.certificates[BREAKS].value
        self._certify(BREAKS, value, min(value, max(bound, answer.bound)))

    # What is known

    def _keep(self, slot: Ints) -> None:
        """Make this the plan, if it is better than the one before."""
        if self.slot is None or _rank(self.problem, slot) > _rank(self.problem, self.slot):
            self.slot = slot
            placed, weight, minus_breaks = _rank(self.problem, slot)
            for name, value in ((MANDATORY, placed), (WEIGHT, weight)):
                self._certify(name, value, max(value, self.certificates[name].bound))
            self._certify(BREAKS, -minus_breaks, min(-minus_breaks, self.certificates[BREAKS].bound))

    def _certify(self, objective: str, value: int, bound: int) -> None:
        self.certificates[objective] = Certificate(objective, value, bound)

    def result(self) -> TablePlan:
        """Return the plan with all that is known about it."""
        nothing = np.full(self.problem.n_meetings, NONE, dtype=np.int64)
        runner = self.runner
        return TablePlan(
            nothing if self.slot is None else self.slot,
            self._status(),
            tuple(self.certificates[name] for name in (MANDATORY, WEIGHT, BREAKS)),
            self.broken or (),
            {"work": runner.spent.work, "solves": runner.n_solves, "literals": runner.n_literals},
        )

    def _status(self) -> Status:
        """Return how the search ended."""
        if self.broken is not None:
            return Status.INFEASIBLE
        if not self.has_plan:
            return Status.UNKNOWN
        return Status.OPTIMAL if all(each.proven for each in self.certificates.values()) else Status.FEASIBLE


def _is_right(problem: TableProblem, slot: Ints) -> bool:
    """Whether a plan keeps every hard constraint, mandatory meetings aside."""
    return all(each.constraint == "mandatory" for each in check(problem, slot))


def _rank(problem: TableProblem, slot: Ints) -> tuple[int, int, int]:
    """Return what makes one plan better than another, the more the better."""
    return mandatory_placed(problem, slot), granted_weight(problem, slot), -int(breaks(problem, slot).sum())
