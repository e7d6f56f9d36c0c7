"""A fair plan made of one that is not: meetings are given back until it is."""

import numpy as np

from ejlas.engine.meetings.tables.objectives import breaks
from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.meetings.tables.start import gains
from ejlas.engine.values import Ints


def fair_part(problem: TableProblem, slot: Ints) -> Ints:
    """Return a plan with some of the grants, in the same slots, that is fair.

    Of the participant with the most breaks, one meeting after the other is given back: the one whose loss leaves the
    least unfairness, and of those the one worth least. The plan without meetings is fair, so it comes to an end.
    """
    slot, gain = slot.copy(), gains(problem)
    while problem.most_difference != NONE and problem.n_participants and _over(problem, slot)[0] > 0:
        most = int(breaks(problem, slot).argmax())
        mine = [meeting for meeting in problem.meetings_of[most].tolist() if slot[meeting] != NONE]
        slot[min(mine, key=lambda meeting: (*_over(problem, _lacking(slot, meeting)), int(gain[meeting])))] = NONE
    return slot


def _over(problem: TableProblem, slot: Ints) -> tuple[int, int]:
    """Return by how much fairness is broken at most, and by all participants together."""
    counts = breaks(problem, slot)
    over = np.maximum(counts - int(counts.min()) - problem.most_difference, 0)
    return int(over.max()), int(over.sum())


def _lacking(slot: Ints, meeting: int) -> Ints:
    """Return the plan without a meeting."""
    fewer = slot.copy()
    fewer[meeting] = NONE
    return fewer
