"""How a run searches: a plan from nothing until it is good enough, or from the plan in force with few moves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic

from ejlas.engine.meetings.objectives import WEIGHT
from ejlas.engine.meetings.plan import MeetingResult, Placements
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.meetings.repair import repair
from ejlas.engine.meetings.solve import solve
from ejlas.engine.result import Broken, Progress, Status
from ejlas.engine.stop import Deadline, FirstOf, MaxSeconds, Stop, Switch
from ejlas.planning.models import Run
from ejlas.planning.queries.changed import without_impossible
from ejlas.planning.rules import RunKind, gap_percent

WITH_PLAN = frozenset({Status.OPTIMAL, Status.FEASIBLE})
PARTS_TO_REPAIR = {RunKind.WHAT_IF: 0.4, RunKind.REPAIR: 0.8}
"""Of the time of a run, that after which the first repair ends."""
PART_TO_GRANT = 0.7
"""That after which the search for what could be granted besides ends; the rest is for its fewest moves."""
LEAST_SECONDS = 1.0
"""What each search gets, whatever those before it have used."""


@dataclass(frozen=True)
class Found:
    """What a search ended with."""

    problem: MeetingProblem
    """The problem that the plan keeps."""
    result: MeetingResult
    broken: tuple[Broken, ...]
    """What has to take place and cannot."""
    is_enough: bool = False
    """Whether it ended because it was good enough."""


class _Enough:
    """Tells the progress on, and ends the search once no more than so many per cent of weight could be missing."""

    def __init__(self, percent: float | None, tell: Progress | None) -> None:
        self.percent, self.tell, self.switch = percent, tell, Switch()

    def __call__(self, objective: str, value: int, bound: int) -> None:
        if self.tell is not None:
            self.tell(objective, value, bound)
        if objective == WEIGHT and self.holds(value, bound):
            self.switch.throw()

    def holds(self, value: int, bound: int) -> bool:
        """Whether a plan of this value is good enough."""
        return self.percent is not None and value > 0 and gap_percent(value, bound) <= self.percent


def planned_anew(problem: MeetingProblem, run: Run, *, switch: Switch, progress: Progress | None) -> Found:
    """Search for a plan from nothing, until it is proven, good enough, at the end of its time or stopped."""
    enough = _Enough(run.enough_percent, progress)

    def solved(*stops: Stop) -> MeetingResult:
        stop = FirstOf((MaxSeconds(run.seconds), switch, *stops))
        return solve(problem, stop=stop, seed=run.seed, workers=run.workers, progress=enough)

    result = solved(enough.switch)
    weight = result.certificate(WEIGHT)
    is_enough = result.status in WITH_PLAN and enough.holds(weight.value, weight.bound)
    if enough.switch.is_thrown and not switch.is_thrown and not is_enough:
        # What was told so far had no rooms or interpreters for all of it.
        result = solved()
    is_enough = is_enough and result.status is not Status.OPTIMAL and enough.switch.is_thrown
    return Found(problem, result, result.broken, is_enough)


def planned_from(
    problem: MeetingProblem, standing: Placements, run: Run, *, switch: Switch, progress: Progress | None
) -> Found:
    """Search for a plan that moves little of what stands; a "what if" then grants all that the moves of others allow.

    What has to take place and cannot is told, and the rest is planned without it.
    """
    begun = monotonic()

    def until(part: float) -> Stop:
        return FirstOf((Deadline(max(begun + part * run.seconds, monotonic() + LEAST_SECONDS), monotonic), switch))

    def repaired(wanted: MeetingProblem, part: float) -> MeetingResult:
        stop = until(part)
        return repair(wanted, standing, stop=stop, seed=run.seed, workers=run.workers, progress=progress)

    first = PARTS_TO_REPAIR[RunKind(run.kind)]
    result = repaired(problem, first)
    broken = result.broken
    if result.status is Status.INFEASIBLE:
        problem = without_impossible(problem, result.granted)
        result = repaired(problem, first)
    if result.status is Status.UNKNOWN and not switch.is_thrown:
        # So much has to move that little is won by holding on to what stands.
        result = solve(problem, stop=until(1.0), seed=run.seed, workers=run.workers, progress=progress)
    if run.kind == RunKind.WHAT_IF and result.status in WITH_PLAN and not result.granted.all():
        # All that is granted stays so; the fewest moves that grant the rest are found once it is known what fits.
        kept = replace(problem, mandatory=problem.mandatory | result.granted)
        more = solve(kept, stop=until(PART_TO_GRANT), seed=run.seed, workers=run.workers, progress=progress)
        if more.status in WITH_PLAN and (more.granted & ~result.granted).any():
            again = repaired(replace(problem, mandatory=problem.mandatory | more.granted), 1.0)
            result = again if again.status in WITH_PLAN else result
    return Found(problem, result, broken)
