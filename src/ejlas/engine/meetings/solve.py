"""The exact solver: first what has to be placed, then the granted weight, then the idle gaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, count

import numpy as np

from ejlas.engine.meetings.assign import assign
from ejlas.engine.meetings.cp import Model, total
from ejlas.engine.meetings.diagnose import diagnose
from ejlas.engine.meetings.idle import gaps
from ejlas.engine.meetings.model import build, hint, required_placed, starts_in, weights
from ejlas.engine.meetings.objectives import GAPS, MANDATORY, WEIGHT, idle_gaps
from ejlas.engine.meetings.plan import MeetingResult, Placements, Statistics, nothing_placed
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.meetings.runner import Aim, Answer, Runner
from ejlas.engine.result import Certificate, Progress, Status
from ejlas.engine.stop import Stop
from ejlas.engine.values import Ints

PART_FOR_WEIGHT = 0.7
"""How much of the limits the search for weight may use, so that something is left for the gaps."""
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
    return search.result()


@dataclass
class _Search:
    """The state of one search."""

    problem: MeetingProblem
    runner: Runner
    plan: Placements
    exact: bool = False
    has_plan: bool = False
    certificates: dict[str, Certificate] = field(default_factory=dict)

    def grant(self) -> bool:
        """Place what has to be placed and grant the most weight; whether there is a plan."""
        self._certify(WEIGHT, 0, int(self.problem.weight.sum()))
        answer, model = self._most_weight()
        if answer.values is None:
            return False
        if not self._adopt(model, answer):
            # The rooms and interpreters are enough in each slot, but nobody can stay through a whole meeting.
            self.exact = True
            self._adopt_in_part(model, answer)
            answer, model = self._most_weight()
            if answer.values is not None:
                self._adopt(model, answer)
        self._certify(WEIGHT, self._granted_weight(), self.certificates[WEIGHT].bound)
        return self.has_plan

    def _most_weight(self) -> tuple[Answer, Model]:
        """Search for the greatest weight with all required meetings, or with as many of them as possible."""
        n_required = int(self.problem.required.sum())
        self._certify(MANDATORY, n_required, n_required)
        model = self._model(n_required)
        if self.has_plan:
            hint(model, self.plan.start)
        answer = self._maximise_weight(model)
        if answer.infeasible:
            # With fewer required meetings there may be more weight than a bound found so far says.
            self._certify(WEIGHT, 0, int(self.problem.weight.sum()))
            model = self._model(0)
            model.cp.maximize(required_placed(model))
            placed = self.runner.optimise(model.cp, Aim(MANDATORY), part=PART_FOR_WEIGHT)
            if placed.values is None:
                self._certify(MANDATORY, 0, n_required)
                return placed, model
            self._certify(MANDATORY, placed.value, placed.bound)
            model.cp.add(required_placed(model) >= placed.value)
            hint(model, starts_in(model, placed.values))
            answer = self._maximise_weight(model)
            answer = placed if answer.values is None else answer
        return answer, model

    def _maximise_weight(self, model: Model) -> Answer:
        """Search for the greatest weight, and keep the bound; a bound of the lean model holds as well."""
        model.cp.maximize(weights(model))
        answer = self.runner.optimise(model.cp, Aim(WEIGHT), part=PART_FOR_WEIGHT)
        if answer.values is not None:
            self._certify(WEIGHT, answer.value, min(answer.bound, self.certificates[WEIGHT].bound))
        return answer

    def _model(self, n_required: int) -> Model:
        """Return the model in which at least so many required meetings are placed."""
        model = build(self.problem, exact=self.exact)
        for meeting in map(int, np.flatnonzero(self.problem.required) if n_required else ()):
            model.cp.add(total(model.starts_of(meeting)) == 1)
        return model

    def close_gaps(self) -> None:
        """Take the fewest idle gaps among the plans of this weight."""
        if self.runner.is_over:
            self._certify(GAPS, int(idle_gaps(self.problem, self.plan).sum()), 0)
            return
        while True:
            model = self._model_for_gaps()
            settled = self.runner.find(_within_days(model, self.plan.start, ()).cp)
            self._certify(GAPS, settled.value, 0)
            if self._fewest_gaps(model):
                return
            self.exact = True

    def _model_for_gaps(self) -> Model:
        """Return the model of the plans that are as good as this one in all but the gaps."""
        certificates = self.certificates
        model = self._model(0)
        model.cp.add(required_placed(model) >= certificates[MANDATORY].value)
        model.cp.add(weights(model) >= certificates[WEIGHT].value)
        model.cp.minimize(gaps(model))
        return model

    def _fewest_gaps(self, model: Model) -> bool:
        """Search within few days and within all, in turns; False where a better plan lacks rooms or interpreters."""
        every_day = range(self.problem.n_days)
        for turn in count():
            few = ((days, WORK_FOR_DAYS) for days in _few_days(self.problem.n_days))
            for days, most_work in (*few, (every_day, WORK_FOR_ALL * 2**turn)):
                if self.certificates[GAPS].proven or self.runner.is_over:
                    return True
                part = _within_days(model, self.plan.start, days)
                aim = Aim(GAPS, None if days is every_day else self.certificates[GAPS].bound)
                answer = self.runner.optimise(part.cp, aim, most_work=most_work, turn=turn)
                if not self._take_fewer(part, answer, answer.bound if days is every_day else 0):
                    return False
        return True

    def _take_fewer(self, model: Model, answer: Answer, bound: int) -> bool:
        """Take the plan if it has fewer gaps; False if it lacks rooms or interpreters."""
        value = self.certificates[GAPS].value
        if answer.values is not None and answer.value < value:
            if not self._adopt(model, answer):
                return False
            value = answer.value
        self._certify(GAPS, value, max(bound, self.certificates[GAPS].bound))
        return True

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

    def _granted_weight(self) -> int:
        return int(self.problem.weight[self.plan.granted].sum())

    def _certify(self, objective: str, value: int, bound: int) -> None:
        self.certificates[objective] = Certificate(objective, value, bound)

    def result(self) -> MeetingResult:
        """Return the plan with all that is known about it."""
        placed = int((self.plan.granted & self.problem.required).sum())
        self._certify(MANDATORY, placed, max(placed, self.certificates[MANDATORY].bound))
        self.certificates.setdefault(GAPS, Certificate(GAPS, 0, 0))
        broken = diagnose(self.problem, self.plan, self.runner) if self._status() is Status.INFEASIBLE else ()
        runner = self.runner
        return MeetingResult(
            self.plan.start,
            self.plan.room,
            self.plan.interpreters,
            status=self._status(),
            certificates=tuple(self.certificates[name] for name in (MANDATORY, WEIGHT, GAPS)),
            statistics=Statistics(runner.spent.seconds, runner.spent.work, runner.n_solves, runner.n_literals),
            broken=broken,
        )

    def _status(self) -> Status:
        """Return how the search ended."""
        n_required = int(self.problem.required.sum())
        mandatory = self.certificates[MANDATORY]
        if mandatory.bound < n_required:
            return Status.INFEASIBLE
        if mandatory.value < n_required:
            return Status.UNKNOWN
        return Status.OPTIMAL if all(each.proven for each in self.certificates.values()) else Status.FEASIBLE


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
