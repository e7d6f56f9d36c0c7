"""The objectives of a plan of tables as counts, in plain arithmetic that shares nothing with the solvers."""

import numpy as np

from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.values import Bools, Ints

MANDATORY = "mandatory"
"""First: the most mandatory meetings placed."""
WEIGHT = "weight"
"""Then: the most weight granted."""
BREAKS = "breaks"
"""Then: the fewest breaks of participants."""


def mandatory_placed(problem: TableProblem, slot: Ints) -> int:
    """Count the mandatory meetings that have a slot."""
    return int((problem.mandatory & (slot != NONE)).sum())


def granted_weight(problem: TableProblem, slot: Ints) -> int:
    """Sum the weights of the meetings that have a slot."""
    return int(problem.weight[slot != NONE].sum())


def busy(problem: TableProblem, slot: Ints) -> Bools:
    """(n_participants, n_slots) whether the participant sits in a meeting in that slot."""
    table = np.zeros((problem.n_participants, problem.n_slots), dtype=np.bool_)
    granted = np.flatnonzero(slot != NONE)
    for side in (0, 1):
        table[problem.pair[granted, side], slot[granted]] = True
    return table


def breaks(problem: TableProblem, slot: Ints) -> Ints:
    """Count the breaks of each participant.

    A break lies between two successive meetings of one participant on one day that have at least one idle slot
    between them, however many.

    Returns
    -------
    (n_participants,) number of breaks
    """
    met = busy(problem, slot)
    counts = np.zeros(problem.n_participants, dtype=np.int64)
    has_met = np.zeros(problem.n_participants, dtype=np.bool_)
    has_idled = np.zeros(problem.n_participants, dtype=np.bool_)
    for each in range(problem.n_slots):
        if each == 0 or problem.day_of_slot[each] != problem.day_of_slot[each - 1]:
            has_met[:] = has_idled[:] = False
        counts += met[:, each] & has_met & has_idled
        has_idled = (has_idled | problem.idle[:, each]) & ~met[:, each]
        has_met |= met[:, each]
    return counts
