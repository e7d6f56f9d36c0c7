"""The exact solver: first what has to be placed, then the granted weight, then the idle gaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, count

import numpy as np

from ejlas.engine.meetings.assign import assign, name_members
from ejlas.engine.meetings.cp import Model, total
from ejlas.engine.meetings.diagnose import diagnose
from ejlas.engine.meetings.greedy import added, one_by_one
from ejlas.engine.meetings.idle import gaps
from ejlas.engine.meetings.ledger import Ledger
from ejlas.engine.meetings.model import build, granting_goals, hint, required_placed, room_costs, starts_in
from ejlas.engine.meetings.objectives import GAPS, MANDATORY, PREFERENCE, values_of
from ejlas.engine.meetings.plan import MeetingResult, Placements, Statistics, nothing_placed
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.meetings.runner import Aim, Answer, Runner
from ejlas.engine.result import Certificate, Progress, Status
from ejlas.engine.stop import Stop
from ejlas.engine.values import Ints

PART_FOR_WEIGHT = 0.7
"""How much of the limits the search for weight may use, so that something is left for the gaps."""
PART_FOR_GOAL = 0.5
"""How much of what is left the search for a goal may use that comes before another one."""
WORK_TO_BEGIN = 1.0
"""Work that the search for a place of all that is required may use, where one by one leaves some of it without."""
WORK_FOR_DAYS = 2.0
"""Work that the search for gaps within a few days may use, before it turns to other days."""
WORK_FOR_ALL = 3.0
"""Work that the first search for gaps within all days may use; each further one may use twice as much."""


def solve(
    problem: MeetingProblem, *, stop: Stop, seed: int, workers: int = 1, progress: Progress | None = None
) -> MeetingResult:
    """Return the best plan that can be found until the stop, and how sure it is to be the best.

    Parameters
    ----------
    problem : what to place
    stop : when to end; `MaxWork` gives the same plan on any machine
    seed : of the search
    workers : threads of the solver; a stop by work uses one
    progress : is told objective, value and bound, whenever a better plan is found
    """
    search = _Search(problem, Runner(stop, seed, workers, progress), nothing_placed(problem))
    if search.grant():
        search.close_gaps()
        search.suit_rooms()
    return search.result()


@dataclass
class _Search:
    """The state of one search."""

    problem: MeetingProblem
    runner: Runner
    plan: Placements
    exact: bool = False
    has_plan: bool = False
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.problem)

    def grant(self) -> bool:
        """Place what has to be placed and grant the most weight; whether there is a plan."""
        if self.runner.is_over:
            return False
        if self.problem.travel.any() or self.problem.most_difference != NONE:
            # Where the solver takes long to begin, it begins from a plan.
            self._begin()
        answer, model = self._best_grants()
        if answer.values is None and not self.has_plan:
            self._begin()
            answer, model = self._best_grants()
        if answer.values is None:
            return self.has_plan
        if not self._adopt(model, answer):
            # The rooms and interpreters are enough in each slot, but nobody can stay through a whole meeting.
            self.exact = True
            self._adopt_in_part(model, answer)
            answer, model = self._best_grants()
            if answer.values is not None:
                self._adopt(model, answer)
        return self.has_plan

    def _begin(self) -> None:
        """Make a plan meeting by meeting, also when the time went by in vain; where that fails, the required first."""
        plan, required = one_by_one(self.problem), self.problem.required
        if (plan.start[required] == NONE).any():
            alone = replace(self.problem, allowed_start=self.problem.allowed_start & required[:, None])
            model = self._model(int(required.sum()), of=alone)
            values = self.runner.find(model.cp, most_work=WORK_TO_BEGIN).values
            if values is not None:
                placed = name_members(model, starts_in(model, values), values)
                plan = added(self.problem, placed, np.flatnonzero(~required).tolist())
        self._keep(plan)

    def _best_grants(self) -> tuple[Answer, Model]:
        """Search for the best grants with all required meetings, or with as many of them as possible."""
        n_required = int(self.problem.required.sum())
        model = self._model(n_required)
        if self.has_plan:
            hint(model, self.plan.start)
        answer = self._maximise(model, {MANDATORY: n_required})
        if answer.infeasible:
            self.ledger.note(MANDATORY, n_required - 1, {})
            model = self._model(0)
            model.cp.maximize(required_placed(model))
            placed = self.runner.optimise(model.cp, Aim(MANDATORY), part=PART_FOR_WEIGHT)
            if placed.values is None:
                return placed, model
            self.ledger.note(MANDATORY, placed.bound, {})
            model.cp.add(required_placed(model) >= placed.value)
            hint(model, starts_in(model, placed.values))
            answer = self._maximise(model, {MANDATORY: placed.value})
            answer = placed if answer.values is None else answer
        return answer, model

    def _maximise(self, model: Model, reaching: dict[str, int]) -> Answer:
        """Search for the best values of one goal after the other; a bound of the lean model holds as well."""
        best: Answer | None = None
        goals = granting_goals(model)
        for place, (name, goal) in enumerate(goals.items()):
            model.cp.maximize(goal)
            part = PART_FOR_WEIGHT if place == len(goals) - 1 else PART_FOR_GOAL
            answer = self.runner.optimise(model.cp, Aim(name), part=part)
            if answer.values is None:
                return best or answer
            self.ledger.note(name, answer.bound, reaching)
            reaching[name] = answer.value
            best = answer
            if place < len(goals) - 1:
                model.cp.add(goal >= answer.value)
                hint(model, starts_in(model, answer.values))
        return best or self.runner.find(model.cp)

    def _model(self, n_required: int, *, of: MeetingProblem | None = None) -> Model:
        """Return the model, or that of a part, in which at least so many required meetings are placed."""
        model = build(of or self.problem, exact=self.exact or of is not None)
        for meeting in map(int, np.flatnonzero(self.problem.required) if n_required else ()):
            model.cp.add(total(model.starts_of(meeting)) == 1)
        return model

    def close_gaps(self) -> None:
        """Take the fewest idle gaps among the plans of this weight."""
        while not self.runner.is_over:
            if self._fewest_gaps(self._model_for_gaps()):
                return
            self.exact = True

    def _as_good(self, model: Model) -> Model:
        """Hold the model to the plans that grant as well as this one."""
        values = self._values()
        model.cp.add(required_placed(model) >= values[MANDATORY])
        for name, goal in granting_goals(model).items():
            model.cp.add(goal >= values[name])
        return model

    def _model_for_gaps(self) -> Model:
        """Return the model of the plans that grant as well as this one, to have fewer gaps."""
        model = self._as_good(self._model(0))
        model.cp.minimize(gaps(model))
        return model

    def _fewest_gaps(self, model: Model) -> bool:
        """Search within few days and within all, in turns; False where a better plan lacks rooms or interpreters."""
        every_day = range(self.problem.n_days)
        for turn in count():
            few = ((days, WORK_FOR_DAYS) for days in _few_days(self.problem.n_days))
            for days, most_work in (*few, (every_day, WORK_FOR_ALL * 2**turn)):
                values = self._values()
                bound = self.ledger.bound(GAPS, values)
                if values[GAPS] == bound or self.runner.is_over:
                    return True
                part = _within_days(model, self.plan.start, days)
                aim = Aim(GAPS, None if days is every_day else bound)
                answer = self.runner.optimise(part.cp, aim, most_work=most_work, turn=turn)
                if answer.values is not None and days is every_day:
                    self.ledger.note(GAPS, answer.bound, self._granted_values())
                if answer.values is not None and answer.value < values[GAPS] and not self._adopt(part, answer):
                    return False
        return True

    def suit_rooms(self) -> None:
        """Take the rooms that cost least: first with the slots as they are, then with all that is as good."""
        settled = self.problem.allowed_start & (np.arange(self.problem.n_slots) == self.plan.start[:, None])
        for problem in (replace(self.problem, allowed_start=settled), self.problem):
            values = self._values()
            least = self.ledger.bound(PREFERENCE, values) if PREFERENCE in values else None
            if self.runner.is_over or least is None or values[PREFERENCE] == least:
                return
            model = self._as_good(build(problem, exact=True))
            model.cp.minimize(room_costs(model))
            hint(model, self.plan.start)
            if problem is self.problem:
                model.cp.add(gaps(model) <= values[GAPS])
            answer = self.runner.optimise(model.cp, Aim(PREFERENCE, None if problem is self.problem else least))
            if answer.values is None:
                return
            if problem is self.problem:
                self.ledger.note(PREFERENCE, answer.bound, {**self._granted_values(), GAPS: values[GAPS]})
            if answer.value < values[PREFERENCE]:
                self._keep(name_members(model, starts_in(model, answer.values), answer.values))

    def _adopt(self, model: Model, answer: Answer) -> bool:
        """Make this the plan; False if no rooms and interpreters serve it."""
        return answer.values is not None and self._keep(
            assign(self.problem, starts_in(model, answer.values), self.runner)
        )

    def _adopt_in_part(self, model: Model, answer: Answer) -> None:
        """Make as much of this the plan as rooms and interpreters can serve."""
        if answer.values is not None:
            self._keep(assign(self.problem, starts_in(model, answer.values), self.runner, in_part=True))

    def _keep(self, plan: Placements | None) -> bool:
        """Make this the plan, if it is one."""
        if plan is None:
            return False
        self.plan, self.has_plan = plan, True
        return True

    def _values(self) -> dict[str, int]:
        return values_of(self.problem, self.plan)

    def _granted_values(self) -> dict[str, int]:
        """Return the values of the objectives before the gaps."""
        values = self._values()
        return {name: value for name, value in values.items() if name not in (GAPS, PREFERENCE)}

    def result(self) -> MeetingResult:
        """Return the plan with all that is known about it."""
        certificates, runner = self.ledger.certificates(self._values()), self.runner
        status = self._status(certificates)
        return MeetingResult(
            self.plan.start,
            self.plan.room,
            self.plan.interpreters,
            status=status,
            broken=diagnose(self.problem, self.plan, runner) if status is Status.INFEASIBLE else (),
            certificates=certificates,
            statistics=Statistics(runner.spent.seconds, runner.spent.work, runner.n_solves, runner.n_literals),
        )

    def _status(self, certificates: Sequence[Certificate]) -> Status:
        """Return how the search ended."""
        n_required, mandatory = int(self.problem.required.sum()), certificates[0]
        if mandatory.bound < n_required:
            return Status.INFEASIBLE
        if mandatory.value < n_required or not self.has_plan:
            return Status.UNKNOWN
        return Status.OPTIMAL if all(each.proven for each in certificates) else Status.FEASIBLE


def _few_days(n_days: int) -> Iterator[Sequence[int]]:
    """Yield each day, then each two days, but never all of them."""
    for size in (1, 2):
        if size < n_days:
            yield from combinations(range(n_days), size)


def _within_days(model: Model, start: Ints, days: Sequence[int]) -> Model:
    """Return a copy of the model in which what stands on other days, or is not on these, is settled."""
    part = Model(model.problem, model.options, model.cp.clone(), model.at)
    for (meeting, slot), literal in model.at.items():
        if int(model.problem.day_of_slot[slot]) not in days:
            part.cp.add(literal == bool(start[meeting] == slot))
    hint(part, start)
    return part
