"""A plan repaired after a change: what stood keeps its place where it can, and as little as possible moves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from ejlas.engine.meetings.assign import name_members
from ejlas.engine.meetings.changes import MOVED, RETIMED, STOOD, TOUCHED, moved, retimed, stood_weight, touched, worth
from ejlas.engine.meetings.constraints import HARD, required
from ejlas.engine.meetings.diagnose import diagnose
from ejlas.engine.meetings.model import Model, build, hint, required_placed, starts_in, total, weights
from ejlas.engine.meetings.objectives import GAPS, MANDATORY, WEIGHT, granted_weight, idle_gaps
from ejlas.engine.meetings.objectives import required_placed as count_required
from ejlas.engine.meetings.options import options_of
from ejlas.engine.meetings.places import free_places
from ejlas.engine.meetings.plan import MeetingResult, Placements, Statistics
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.meetings.runner import Aim, Runner
from ejlas.engine.result import Certificate, Progress, Status
from ejlas.engine.stop import Stop
from ejlas.engine.values import Bools

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar, LinearExpr

SOUGHT = (MANDATORY, STOOD, MOVED, TOUCHED, RETIMED)
"""The objectives of a repair, in order."""
FIRST_GROWTH = 8
"""Meetings that are freed at first beside those that have to move."""
GROWTH = 3
"""How many times more are freed with each further step."""


def repair(
    problem: MeetingProblem,
    old: Placements,
    *,
    stop: Stop,
    seed: int,
    workers: int = 1,
    progress: Progress | None = None,
) -> MeetingResult:
    """Return a plan that changes as little as possible of one that stood before something changed.

    In this order: the most required meetings placed, the most of what stood still standing, the fewest meetings
    moved, the fewest participants touched, the fewest meetings in another slot. Then wishes are granted that fit
    into what is left free.

    Parameters
    ----------
    problem : what holds now; the meetings are those of the old plan, in the same order
    old : what stood; a place that no longer exists is one that has to be left
    stop : when to end; `MaxWork` gives the same plan on any machine
    seed : of the search
    workers : threads of the solver; a stop by work uses one
    progress : is told objective, value and bound, whenever a better plan is found

    Returns
    -------
    certificates for those, weight and gaps. The status is `optimal` when all but the last two are proven; wishes are
    granted where they fit, and gaps are counted and not sought.

    Raises
    ------
    ValueError : the old plan has not one place for each meeting
    """
    wrong = {len(old.start), len(old.room), len(old.interpreters)} - {problem.n_meetings}
    if wrong:
        raise ValueError(f"old: it has places for {wrong.pop()} meetings, expected {problem.n_meetings}")
    search = _Repair(problem, old, Runner(stop, seed, workers, progress))
    search.settle()
    search.grant_what_fits()
    return search.result()


@dataclass
class _Repair:
    """The state of one repair."""

    problem: MeetingProblem
    old: Placements
    runner: Runner
    plan: Placements = field(init=False)
    bounds: dict[str, int] = field(init=False)
    """Of each objective, what no plan can pass."""

    def __post_init__(self) -> None:
        self.plan = self.old.without(_standing_wrong(self.problem, self.old))
        self.bounds = _first_bounds(self.problem, self.old, self.runner)

    def settle(self) -> None:
        """Move what has to move, with ever more of the others free to make way."""
        free = (self.old.granted | self.problem.required) & ~self.plan.granted
        for wider in _widening(self.problem, self.plan, free) if free.any() else ():
            if self._is_settled() or self.runner.is_over:
                return
            self._search(wider)

    def grant_what_fits(self) -> None:
        """Grant the most weight of what has no place, in what is left free."""
        if self.runner.is_over:
            return
        model = self._model(~self.plan.granted)
        model.cp.maximize(weights(model))
        answer = self.runner.optimise(model.cp, Aim(WEIGHT, self.bounds[WEIGHT]))
        if answer.values is not None:
            self._take(name_members(model, starts_in(model, answer.values), answer.values))

    def _search(self, free: Bools) -> None:
        """Take the best plan in which all but these meetings stand where they stood."""
        model = self._model(free)
        sees_all = bool(free[self.old.granted | self.problem.required].all())
        for name, expression in _objectives(model, self.old).items():
            is_most = name in (MANDATORY, STOOD)
            (model.cp.maximize if is_most else model.cp.minimize)(expression)
            answer = self.runner.optimise(model.cp, Aim(name, None if sees_all else self.bounds[name]))
            if answer.values is None:
                return
            self._take(name_members(model, starts_in(model, answer.values), answer.values))
            if sees_all:
                self.bounds[name] = (min if is_most else max)(answer.bound, self.bounds[name])
            value = self._values()[name]
            model.cp.add(expression >= value if is_most else expression <= value)
            hint(model, self.plan.start)

    def _model(self, free: Bools) -> Model:
        """Return the exact model in which the free meetings look for a place and the others keep theirs."""
        held = self.plan.without(map(int, np.flatnonzero(free)))
        allowed = self.problem.allowed_start & (free | held.granted)[:, None]
        for meeting in map(int, np.flatnonzero(free)) if held.granted.any() else ():
            allowed[meeting] &= free_places(self.problem, held, meeting).rooms.any(axis=0)
        model = build(replace(self.problem, allowed_start=allowed), exact=True, kept=held)
        for meeting in map(int, np.flatnonzero(held.granted)):
            model.cp.add(total(model.starts_of(meeting)) == 1)
        hint(model, self.plan.start)
        return model

    def _take(self, plan: Placements) -> None:
        """Make this the plan if it is better in the order of the objectives."""
        if _rank(self._values(plan)) > _rank(self._values()):
            self.plan = plan

    def _values(self, plan: Placements | None = None) -> dict[str, int]:
        """Return the value of each objective, in order."""
        problem, old, plan = self.problem, self.old, self.plan if plan is None else plan
        return {
            MANDATORY: count_required(problem, plan),
            STOOD: stood_weight(problem, old, plan),
            MOVED: int(moved(old, plan).sum()),
            TOUCHED: len(touched(problem, old, plan)),
            RETIMED: int(retimed(old, plan).sum()),
            WEIGHT: granted_weight(problem, plan),
            GAPS: int(idle_gaps(problem, plan).sum()),
        }

    def _is_settled(self) -> bool:
        """Whether nothing that a repair seeks can be better."""
        values = self._values()
        return all(values[name] == self.bounds[name] for name in SOUGHT)

    def result(self) -> MeetingResult:
        """Return the plan with all that is known about it."""
        status, runner = self._status(), self.runner
        return MeetingResult(
            self.plan.start,
            self.plan.room,
            self.plan.interpreters,
            status=status,
            certificates=tuple(Certificate(name, value, self.bounds[name]) for name, value in self._values().items()),
            statistics=Statistics(runner.spent.seconds, runner.spent.work, runner.n_solves, runner.n_literals),
            broken=diagnose(self.problem, self.plan, runner) if status is Status.INFEASIBLE else (),
        )

    def _status(self) -> Status:
        """Return how the repair ended."""
        n_required = int(self.problem.required.sum())
        if self.bounds[MANDATORY] < n_required:
            return Status.INFEASIBLE
        if count_required(self.problem, self.plan) < n_required:
            return Status.UNKNOWN
        return Status.OPTIMAL if self._is_settled() else Status.FEASIBLE


def _rank(values: Mapping[str, int]) -> tuple[int, ...]:
    """Return what is greater for a better plan."""
    return tuple(value if name in (MANDATORY, STOOD, WEIGHT) else -value for name, value in values.items())


def _standing_wrong(problem: MeetingProblem, old: Placements) -> set[int]:
    """Return the meetings whose places break a hard constraint now."""
    wrong: set[int] = set()
    for rule in HARD:
        if rule is not required:
            counts = rule(problem, old)
            wrong |= set(map(int, counts.meeting[counts.count > 0]))
    return wrong


def _first_bounds(problem: MeetingProblem, old: Placements, runner: Runner) -> dict[str, int]:
    """Return what no plan can pass, by what each meeting and its old place admit by themselves."""
    starts = options_of(problem).starts
    possible = np.array([bool(slots) for slots in starts], dtype=np.bool_)
    alone = replace(problem, allowed_start=problem.allowed_start & old.granted[:, None])
    model = build(alone, exact=True, kept=old)
    stays = _stays(model, old)
    model.cp.maximize(total(stays.values()))
    leaving = {meeting for meeting in map(int, np.flatnonzero(old.granted)) if meeting not in stays}
    return {
        MANDATORY: int((problem.required & possible).sum()),
        STOOD: int(worth(problem)[old.granted & possible].sum()),
        MOVED: int(old.granted.sum()) - runner.find(model.cp).bound,
        TOUCHED: len({member for meeting in leaving for member in problem.participants[meeting]}),
        RETIMED: sum(int(old.start[meeting]) not in starts[meeting] for meeting in leaving),
        WEIGHT: int(problem.weight[possible].sum()),
        GAPS: 0,
    }


def _widening(problem: MeetingProblem, plan: Placements, free: Bools) -> Iterator[Bools]:
    """Yield ever more meetings that are free to move; those that have most in common with the first ones come first."""
    yield free
    members = {member for meeting in np.flatnonzero(free) for member in problem.participants[meeting]}
    pools, others = set(problem.pool[free].tolist()) - {NONE}, map(int, np.flatnonzero(plan.granted))

    def in_common(meeting: int) -> tuple[int, bool]:
        return len(members & set(problem.participants[meeting])), int(problem.pool[meeting]) in pools

    order = sorted(others, key=in_common, reverse=True)
    freed, number = 0, FIRST_GROWTH
    while freed < len(order):
        freed = min(number, len(order))
        wider = free.copy()
        wider[order[:freed]] = True
        yield wider
        number *= GROWTH


def _stays(model: Model, old: Placements) -> dict[int, "IntVar"]:
    """Return of each meeting that could stay as it stood the literal that says so; the model tells people by name."""
    stays: dict[int, IntVar] = {}
    for meeting in map(int, np.flatnonzero(old.granted)):
        slot = int(old.start[meeting])
        people = old.interpreters[meeting]
        needed = [model.at.get((meeting, slot)), model.room.get((meeting, slot, int(old.room[meeting])))]
        needed += [model.interpreter.get((meeting, slot, person)) for person in people]
        literals = [each for each in needed if each is not None]
        if len(literals) == len(needed) and len(people) == _needed(model.problem, meeting):
            stays[meeting] = model.cp.new_bool_var("")
            for literal in literals:
                model.cp.add(stays[meeting] <= literal)
    return stays


def _needed(problem: MeetingProblem, meeting: int) -> int:
    """Return how many interpreters the meeting needs."""
    return 0 if problem.pool[meeting] == NONE else int(problem.interpreters_needed[meeting])


def _objectives(model: Model, old: Placements) -> dict[str, "LinearExpr"]:
    """Return the objectives of a repair, in order."""
    stays, stood, value = _stays(model, old), list(map(int, np.flatnonzero(old.granted))), worth(model.problem)
    touches: dict[int, IntVar] = {}
    for meeting in stood:
        for member in model.problem.participants[meeting]:
            touches.setdefault(member, model.cp.new_bool_var(""))
            model.cp.add(touches[member] + stays.get(meeting, 0) >= 1)
    return {
        MANDATORY: required_placed(model),
        STOOD: total(int(value[meeting]) * literal for meeting in stood for literal in model.starts_of(meeting)),
        MOVED: len(stood) - total(stays.values()),
        TOUCHED: total(touches.values()),
        RETIMED: len(stood) - total(model.at.get((meeting, int(old.start[meeting])), 0) for meeting in stood),
    }
