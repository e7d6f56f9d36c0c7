"""Why an impossible problem is impossible: the smallest sets of required meetings and constraints that clash."""

from collections.abc import Sequence

import numpy as np

from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.meetings.runner import Runner
from ejlas.engine.meetings.things import Scarce, Thing, concerned, relax, things_of
from ejlas.engine.meetings.trial import stand_together
from ejlas.engine.result import Broken

WORK_FOR_TRIAL = 2.0
"""Work after which a trial gives up; what it left open counts as possible."""

_BESIDE = (Scarce.START, Scarce.ROOM_HOURS, Scarce.ROOM_SEATS, Scarce.DIFFERENCE)
"""What is not tried: a start that is free always helps, and one more room does what hours and seats do."""


def diagnose(problem: MeetingProblem, plan: Placements, runner: Runner) -> tuple[Broken, ...]:
    """Name for each required meeting without a place the constraints that clash, and the meetings in them.

    Parameters
    ----------
    problem : an impossible one
    plan : the most required meetings that can be placed
    runner : what solves
    """
    required = np.flatnonzero(problem.required)
    placed = [int(meeting) for meeting in required if plan.granted[meeting]]
    if problem.most_difference != NONE and stand_together(problem, list(map(int, required)), runner) is not False:
        return (Broken(Scarce.DIFFERENCE.value, NONE, tuple(map(int, required))),)
    broken: dict[Broken, None] = {}
    for meeting in map(int, required):
        if not plan.granted[meeting]:
            clash = _smallest_clash(problem, meeting, placed, runner)
            broken |= dict.fromkeys(_constraints_of(problem, clash, runner))
    return tuple(broken)


def _smallest_clash(problem: MeetingProblem, meeting: int, placed: Sequence[int], runner: Runner) -> tuple[int, ...]:
    """Return the meeting and as few of the placed ones as can not stand beside it."""
    alone = stand_together(problem, (meeting,), runner, most_work=WORK_FOR_TRIAL)
    if alone is False:
        return (meeting,)
    members = set(problem.participants[meeting])
    # Those that share no participant are left out first: they matter least.
    order = sorted(placed, key=lambda other: bool(members & set(problem.participants[other])))
    clash = [*order, meeting]
    for other in order:
        fewer = [each for each in clash if each != other]
        if stand_together(problem, fewer, runner, most_work=WORK_FOR_TRIAL) is False:
            clash = fewer
    return tuple(sorted(clash))


def _constraints_of(problem: MeetingProblem, clash: Sequence[int], runner: Runner) -> tuple[Broken, ...]:
    """Return the constraints without any one of which the meetings could stand together."""
    relaxed, doubled = problem, frozenset[int]()
    needed: list[Thing] = []
    for thing in _tried(problem, clash):
        looser, freer = relaxed, doubled
        if thing.kind is Scarce.PARTICIPANT_CLASH:
            freer = doubled | {thing.index}
        else:
            looser = relax(relaxed, thing, amount=int(problem.interpreters_needed[list(clash)].sum()))
        if stand_together(looser, clash, runner, doubled=freer, most_work=WORK_FOR_TRIAL) is False:
            relaxed, doubled = looser, freer
        else:
            needed.append(thing)
    if not needed:
        needed = [Thing(Scarce.START, meeting) for meeting in clash]
    return tuple(Broken(each.kind.value, each.index, concerned(problem, each, clash)) for each in needed)


def _tried(problem: MeetingProblem, clash: Sequence[int]) -> tuple[Thing, ...]:
    """Return the things that the meetings could lack, the ones of all of them last."""
    things = dict.fromkeys(each for meeting in clash for each in things_of(problem, meeting))
    people = dict.fromkeys(member for meeting in clash for member in problem.participants[meeting])
    rooms = [each for each in things if each.kind is Scarce.ROOM_NUMBER]
    others = [each for each in things if each.kind not in (*_BESIDE, Scarce.ROOM_NUMBER)]
    return (*others, *(Thing(Scarce.PARTICIPANT_CLASH, person) for person in people), *rooms)
