"""The objectives as counts of a plan, in plain arithmetic that shares nothing with the solver."""

from itertools import pairwise

import numpy as np

from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.values import Ints

MANDATORY = "mandatory"
"""First: the most required meetings placed."""
WEIGHT = "weight"
"""Then: the most weight granted."""
GAPS = "gaps"
"""Then: the fewest idle gaps of participants."""


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
    gaps = np.zeros(problem.n_participants, dtype=np.int64)
    for participant, meetings in enumerate(problem.meetings_of):
        mine = sorted((int(plan.start[m]), int(problem.length[m])) for m in meetings if plan.granted[m])
        for (first, length), (second, _) in pairwise(mine):
            if problem.day_of_slot[first] == problem.day_of_slot[second]:
                pause = problem.available[participant, first + length + problem.apart_slots : second]
                gaps[participant] += pause.sum() > problem.wait_slots
    return gaps
