"""What each participant is granted of what it asked for, counted in plain arithmetic."""

import numpy as np

from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.values import Ints


def asked(problem: MeetingProblem) -> tuple[int, ...]:
    """Return the participants who are compared: who asked for something, with `by_share` something that weighs."""
    weighs = problem.weight > 0
    return tuple(
        participant
        for participant, meetings in enumerate(problem.meetings_of)
        if meetings and (not problem.by_share or weighs[list(meetings)].any())
    )


def share_of_grants(problem: MeetingProblem, plan: Placements) -> Ints:
    """(n_participants,) meetings granted, or with `by_share` whole per cent of the weight asked for, rounded down."""
    share = np.zeros(problem.n_participants, dtype=np.int64)
    for participant in asked(problem):
        mine = np.array(problem.meetings_of[participant], dtype=np.int64)
        has = mine[plan.granted[mine]]
        weight = problem.weight
        share[participant] = 100 * weight[has].sum() // weight[mine].sum() if problem.by_share else len(has)
    return share


def least_share(problem: MeetingProblem, plan: Placements) -> int:
    """Return what the participant has who asked for something and has the least; 0 where nobody asked."""
    compared = list(asked(problem))
    return int(share_of_grants(problem, plan)[compared].min()) if compared else 0
