"""Groups of slots that can be searched side by side, and the wishes that each of them may grant."""

import numpy as np

from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.values import Ints

MOST_DAYS = 2
"""Days of one group; a chain lies within two slots, so within two days at most."""

FEWEST_SLOTS = 10
"""Slots of the smallest group in which wishes are granted where days are too few."""


def groups_to_grant(problem: TableProblem, generator: np.random.Generator) -> list[Ints]:
    """Return groups of days, or where there is one only, two groups of any slots: a wish does not ask for its day."""
    groups = groups_of(problem, generator)
    if len(groups) > 1 or len(problem.before) or problem.n_slots < 2 * FEWEST_SLOTS:
        return groups
    slots = generator.permutation(problem.n_slots).astype(np.int64)
    return [np.sort(part) for part in np.array_split(slots, 2)]


def groups_of(problem: TableProblem, generator: np.random.Generator) -> list[Ints]:
    """Return the slots of each group, rising; every slot is in one group.

    Where orders tie meetings of different days together, or there are no more than two days, one group has them all.
    """
    days = np.arange(problem.n_days)
    if len(days) <= MOST_DAYS or len(problem.before):
        return [np.arange(problem.n_slots, dtype=np.int64)]
    generator.shuffle(days)
    n_groups = len(days) // MOST_DAYS
    return [
        np.flatnonzero(np.isin(problem.day_of_slot, part)).astype(np.int64) for part in np.array_split(days, n_groups)
    ]


def shared_out(slot: Ints, n_groups: int, generator: np.random.Generator) -> list[Ints]:
    """Return the wishes without a slot, dealt out to the groups by chance."""
    pending = np.flatnonzero(slot == NONE)
    generator.shuffle(pending)
    return [pending[first::n_groups] for first in range(n_groups)]
