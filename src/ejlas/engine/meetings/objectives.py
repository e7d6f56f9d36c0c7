"""The objectives as counts of a plan, in plain arithmetic that shares nothing with the solver."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from ejlas.engine.meetings.fairness import least_share
from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.values import Ints

MANDATORY = "mandatory"
"""First: the most required meetings placed."""
FAIRNESS = "fairness"
"""Then, or after the weight: the most for the participant who has least; only where it is asked for."""
RANK = "rank_"
"""Then, where classes count: the most weight granted of class 0, of class 1 …; the name ends in the class."""
WEIGHT = "weight"
"""Then: the most weight granted."""
GAPS = "gaps"
"""Then: the fewest idle gaps of participants."""
PREFERENCE = "preference"
"""Last: the least cost of rooms and relays; only where something costs."""


def names_of(problem: MeetingProblem) -> tuple[str, ...]:
    """Return the objectives of a problem, in order."""
    costs = problem.room_preference.any() or (len(problem.relays) and problem.relay_cost)
    ranks = [f"{RANK}{rank}" for rank in classes(problem)]
    return (
        MANDATORY,
        *([FAIRNESS] if problem.worst_off_before_weight else []),
        *(ranks if len(ranks) > 1 else []),
        WEIGHT,
        *([FAIRNESS] if problem.worst_off_after_weight else []),
        GAPS,
        *([PREFERENCE] if costs else []),
    )


def classes(problem: MeetingProblem) -> list[int]:
    """Return the classes of rank that there are, the first one first."""
    return sorted(set(problem.ranks.tolist()))


def is_most(objective: str) -> bool:
    """Whether more of it is better."""
    return objective in (MANDATORY, FAIRNESS, WEIGHT) or objective.startswith(RANK)


def values_of(problem: MeetingProblem, plan: Placements) -> dict[str, int]:
    """Return the value of each objective of the problem, in order."""
    return {name: value_of(problem, plan, name) for name in names_of(problem)}


def value_of(problem: MeetingProblem, plan: Placements, objective: str) -> int:
    """Return the value of one objective.

    Raises
    ------
    ValueError : there is no such objective
    """
    if objective.startswith(RANK):
        return int(problem.weight[plan.granted & (problem.ranks == int(objective.removeprefix(RANK)))].sum())
    if objective not in _COUNTS:
        raise ValueError(f"{objective}: there is no such objective")
    return _COUNTS[objective](problem, plan)


def required_placed(problem: MeetingProblem, plan: Placements) -> int:
    """Count the mandatory and pinned meetings that have a place. Objective O1."""
    return int((problem.required & plan.granted).sum())


def granted_weight(problem: MeetingProblem, plan: Placements) -> int:
    """Sum the weights of the granted meetings. Objective O2."""
    return int(problem.weight[plan.granted].sum())


def idle_gaps(problem: MeetingProblem, plan: Placements) -> Ints:
    """Count the gaps of each participant. Objective O3.

    A gap lies between two successive meetings of one participant on one day: when they are parted by more than the
    slots that have to stay free, and by more than `wait_slots` others in which the participant is available.

    Returns
    -------
    (n_participants,) number of gaps
    """
    gaps, granted = np.zeros(problem.n_participants, dtype=np.int64), plan.granted
    for participant, meetings in enumerate(problem.meetings_of):
        mine = sorted((int(plan.start[m]), int(problem.length[m])) for m in meetings if granted[m])
        for (first, length), (second, _) in pairwise(mine):
            if problem.day_of_slot[first] == problem.day_of_slot[second]:
                pause = problem.available[participant, first + length + problem.apart_slots : second]
                gaps[participant] += pause.sum() > problem.wait_slots
    return gaps


def number_of_gaps(problem: MeetingProblem, plan: Placements) -> int:
    """Count the gaps of all participants."""
    return int(idle_gaps(problem, plan).sum())


def cost_of_rooms(problem: MeetingProblem, plan: Placements) -> int:
    """Sum what the rooms of the granted meetings cost, and the relays. Objective O4.

    A meeting is in relay where its own pair alone can not be what its interpreters serve.
    """
    cost = 0
    for meeting in map(int, np.flatnonzero(plan.granted)):
        if 0 <= plan.room[meeting] < problem.n_rooms:
            cost += int(problem.room_costs[meeting, plan.room[meeting]])
        direct = len(problem.ways[meeting][0]) * int(problem.interpreters_needed[meeting])
        cost += problem.relay_cost * (len(plan.interpreters[meeting]) > direct)
    return cost


_COUNTS: dict[str, Callable[[MeetingProblem, Placements], int]] = {
    MANDATORY: required_placed,
    FAIRNESS: least_share,
    WEIGHT: granted_weight,
    GAPS: number_of_gaps,
    PREFERENCE: cost_of_rooms,
}
