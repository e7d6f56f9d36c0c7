"""A plan repaired after a change: what stood keeps its place where it can, and as little as possible moves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf

import numpy as np

from ejlas.engine.meetings.assign import name_members
from ejlas.engine.meetings.changes import MOVED, RETIMED, STOOD, TOUCHED, moved, retimed, stood_weight, touched, worth
from ejlas.engine.meetings.constraints import HARD, difference, required
from ejlas.engine.meetings.cp import Model, total
from ejlas.engine.meetings.diagnose import diagnose
from ejlas.engine.meetings.keeping import Blend, first_bounds, objectives_of
from ejlas.engine.meetings.model import build, hint, starts_in, weights
from ejlas.engine.meetings.objectives import GAPS, MANDATORY, WEIGHT, granted_weight, idle_gaps
from ejlas.engine.meetings.objectives import required_placed as count_required
from ejlas.engine.meetings.places import free_places
from ejlas.engine.meetings.plan import MeetingResult, Placements, Statistics
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.meetings.runner import Aim, Runner
from ejlas.engine.result import Certificate, Progress, Status
from ejlas.engine.stop import Stop
from ejlas.engine.values import Bools

SOUGHT = (MANDATORY, STOOD, MOVED, TOUCHED, RETIMED)
"""The objectives of a repair, in order."""
SOUGHT_FIRST = SOUGHT[:3]
"""Those of them that the lean model can bound."""
MOST = (MANDATORY, STOOD, WEIGHT)
"""Those of which more is better."""
FIRST_GROWTH = 8
"""Meetings that are freed at first beside those that have to move."""
GROWTH = 3
"""How many times more are freed with each further step."""
TURNS_BEFORE_RELAXED = 2
"""Steps after which the lean model is asked too."""
WORK_FOR_RELAXED = 0.5
"""Work that its first search may use; each further one may use twice as much."""
PART_TO_PROVE = 0.05
"""How much of what is left of the limits the proof of the fewest moves may take once all stands that can."""
WORK_FOR_PART = 0.3
"""Work for each objective while not everything is free to move."""


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
        self.bounds = first_bounds(self.problem, self.old, self.runner)

    def settle(self) -> None:
        """Move what has to move, with ever more of the others free to make way."""
        free = self._wanted() & ~self.plan.granted
        if not free.any() and self._is_fair(self.plan):
            return
        for turn, wider in enumerate(_widening(self.problem, self.plan, free)):
            if turn >= TURNS_BEFORE_RELAXED and not self._is_settled(MANDATORY, STOOD):
                self._ask_relaxed(free, WORK_FOR_RELAXED * 2 ** (turn - TURNS_BEFORE_RELAXED))
            if self._is_settled() or self.runner.is_over:
                return
            # What is open after these is proven only where everything is free.
            if not self._is_settled(*SOUGHT_FIRST) or bool(wider[self._wanted()].all()):
                self._search(wider)

    @cached_property
    def _blend(self) -> Blend:
        """The first objectives in one number."""
        return Blend(int(self.old.granted.sum()), int(worth(self.problem)[self.old.granted].sum()))

    @cached_property
    def _relaxed(self) -> Model:
        """The lean model, which knows no rooms and people by name, with its objective."""
        allowed = self.problem.allowed_start & self._wanted()[:, None]
        model = build(replace(self.problem, allowed_start=allowed), exact=False)
        model.cp.maximize(self._blend.expression(model, self.old))
        return model

    def _ask_relaxed(self, free: Bools, most_work: float) -> None:
        """Ask the lean model for bounds and for what to free."""
        model = self._relaxed
        hint(model, self.plan.start)
        answer = self.runner.optimise(model.cp, Aim(STOOD, is_told=False), most_work=most_work)
        if answer.values is None:
            return
        for name, bound in self._blend.bounds(answer.bound, self._values()).items():
            self._bound(name, bound)
        differing = self._wanted() & (starts_in(model, answer.values) != self.plan.start)
        if differing.any() and not self._is_settled():
            self._search(free | differing)

    def _bound(self, name: str, bound: int) -> None:
        """Keep the bound of an objective, if it is the best so far."""
        self.bounds[name] = (min if name in MOST else max)(bound, self.bounds[name])

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
        sees_all = bool(free[self._wanted()].all())
        for name, expression in objectives_of(model, self.old).items():
            if self._is_settled(name):
                # Nothing is to be won here, if only no later objective loses it.
                model.cp.add(expression == self.bounds[name])
                continue
            (model.cp.maximize if name in MOST else model.cp.minimize)(expression)
            aim = Aim(name, None if sees_all else self.bounds[name])
            part = PART_TO_PROVE if sees_all and self._is_settled(MANDATORY, STOOD) else 1.0
            answer = self.runner.optimise(model.cp, aim, part=part, most_work=inf if sees_all else WORK_FOR_PART)
            if answer.values is None:
                return
            self._take(name_members(model, starts_in(model, answer.values), answer.values))
            if sees_all:
                self._bound(name, answer.bound)
                if not self._is_settled(name):
                    return
            value = self._values()[name]
            model.cp.add(expression >= value if name in MOST else expression <= value)
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
        if (self._is_fair(plan), _rank(self._values(plan))) > (self._is_fair(self.plan), _rank(self._values())):
            self.plan = plan

    def _wanted(self) -> Bools:
        """(n_meetings,) whether the meeting counts; a mere wish does where a grant more can make the grants fair."""
        return np.asarray(self.old.granted | self.problem.required | (self.problem.most_difference != NONE))

    def _is_fair(self, plan: Placements) -> bool:
        """Whether nobody is granted too much more than another."""
        return not difference(self.problem, plan).count.any()

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

    def _is_settled(self, *names: str) -> bool:
        """Whether nothing can be better of what a repair seeks, or of these objectives."""
        values = self._values()
        return self._is_fair(self.plan) and all(values[name] == self.bounds[name] for name in names or SOUGHT)

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
        if count_required(self.problem, self.plan) < n_required or not self._is_fair(self.plan):
            return Status.UNKNOWN
        return Status.OPTIMAL if self._is_settled() else Status.FEASIBLE


def _rank(values: Mapping[str, int]) -> tuple[int, ...]:
    """Return what is greater for a better plan."""
    return tuple(value if name in MOST else -value for name, value in values.items())


def _standing_wrong(problem: MeetingProblem, old: Placements) -> set[int]:
    """Return the meetings whose places break a hard constraint now."""
    wrong: set[int] = set()
    for rule in HARD:
        if rule not in (required, difference):
            counts = rule(problem, old)
            wrong |= set(map(int, counts.meeting[counts.count > 0]))
    return wrong


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
