"""What each participant is granted of what it asked for, counted in plain arithmetic."""

import numpy as np

from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.values import Ints


def share_of_grants(problem: MeetingProblem, plan: Placements) -> Ints:
    """(n_participants,) meetings granted, or with `by_share` whole per cent of the weight asked for, rounded down.

    A participant whose wishes weigh nothing has all it asked for: 100 per cent.
    """
    granted = np.zeros(problem.n_participants, dtype=np.int64)
    for participant, meetings in enumerate(problem.meetings_of):
        mine = np.array(meetings, dtype=np.int64)
        has = mine[plan.granted[mine]]
        if not problem.by_share:
            granted[participant] = len(has)
            continue
        asked = int(problem.weight[mine].sum())
        granted[participant] = 100 * int(problem.weight[has].sum()) // asked if asked else 100
    return granted


def least_share(problem: MeetingProblem, plan: Placements) -> int:
    """Return what the participant has who asked for something and has the least; 0 where nobody asked."""
    asked = [participant for participant, meetings in enumerate(problem.meetings_of) if meetings]
    return int(share_of_grants(problem, plan)[asked].min()) if asked else 0
