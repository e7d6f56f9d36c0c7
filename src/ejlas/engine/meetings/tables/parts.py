"""Parts of a plan of tables: some slots, and the meetings that stand there or may come there.

A part shares no slot and no meeting with another. So parts may be searched anywhere, and a part that nobody searched
leaves its meetings where they stood.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ejlas.engine.meetings.tables.groups import shared_out
from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.values import Bools, Ints

LEAST_SLOTS = 10
"""Slots of the smallest part in which wishes are granted."""


class Phase(StrEnum):
    """What a part is searched for."""

    GRANT = "grant"
    """More weight; any slots may make a part."""
    CLOSE = "close"
    """Fewer breaks with the same grants; a part has whole days."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """Some slots of a problem, the meetings of a plan that may stand in them, and how they are to be searched."""

    phase: Phase
    slots: Ints
    """(n,) slots of the whole problem, rising."""
    meetings: Ints
    """(k,) meetings of the whole problem, rising: those that stand there, and wishes that may come there."""
    slot: Ints
    """(k,) where each of them stands, as slots of the whole problem; -1 = nowhere."""
    moves: int
    """Moves to be tried."""
    heats: tuple[float, float]
    """Heat of the first and the last moves, in weight or in breaks."""
    seed: int
    """Seed of the random numbers."""


def cut(problem: TableProblem, phase: Phase, n_parts: int, generator: np.random.Generator) -> list[Ints]:
    """Return the slots of each part, rising: so many parts at most; every slot is in one of them.

    To close breaks, whole days stay together, and one cut in two has pairs of days where there could be a part for
    each: some breaks are closed only between days. Where meetings have orders, all slots are one part.
    """
    every = np.arange(problem.n_slots, dtype=np.int64)
    if n_parts == 1 or len(problem.before):
        return [every]
    if phase is Phase.GRANT:
        n_groups = min(n_parts, max(1, problem.n_slots // LEAST_SLOTS))
        return [np.sort(group) for group in np.array_split(generator.permutation(every), n_groups)]
    days = generator.permutation(problem.n_days)
    n_groups = min(n_parts, len(days))
    if n_groups == len(days) and generator.random() < 0.5:
        n_groups = (n_groups + 1) // 2
    return [every[np.isin(problem.day_of_slot, group)] for group in np.array_split(days, n_groups)]


def members(slot: Ints, groups: Sequence[Ints], phase: Phase, generator: np.random.Generator) -> list[Ints]:
    """Return the meetings of each part, rising: those in its slots and, to grant more, wishes dealt out by chance.

    Parameters
    ----------
    slot : (n_meetings,) slot of each meeting; -1 = not granted
    groups : the slots of each part
    """
    standing = [np.flatnonzero(np.isin(slot, group)) for group in groups]
    if phase is Phase.CLOSE:
        return standing
    wishes = shared_out(slot, len(groups), generator)
    return [np.sort(np.concatenate(each)) for each in zip(standing, wishes, strict=True)]


def problem_of(problem: TableProblem, part: Part) -> TableProblem:
    """Return a part as a problem of its own: slots, days and meetings counted anew, the participants as they are."""
    slots, meetings = part.slots, part.meetings
    position = np.full(problem.n_meetings, NONE, dtype=np.int64)
    position[meetings] = np.arange(len(meetings))
    before = position[problem.before]
    return TableProblem(
        day_of_slot=np.unique(problem.day_of_slot[slots], return_inverse=True)[1],
        available=problem.available[:, slots],
        idle=problem.idle[:, slots],
        pair=problem.pair[meetings],
        weight=problem.weight[meetings],
        mandatory=problem.mandatory[meetings],
        allowed=problem.allowed[np.ix_(meetings, slots)],
        pool=problem.pool[meetings],
        before=before[(before != NONE).all(axis=1)],
        tables=problem.tables[slots],
        interpreters=problem.interpreters[:, slots],
    )


def is_answer(problem: TableProblem, part: Part, answer: Ints) -> bool:
    """Return whether an answer may take the place of what stood: it keeps every hard constraint within the part.

    Parameters
    ----------
    answer : (k,) where the meetings of the part are to stand, as slots of the whole problem; -1 = nowhere
    """
    if answer.shape != part.meetings.shape or not np.isin(np.unique(answer), [NONE, *part.slots]).all():
        return False
    stands = answer != NONE
    if part.phase is Phase.CLOSE and not stands.all():
        return False
    meetings, slot = part.meetings[stands], answer[stands]
    if not problem.open[meetings, slot].all() or not _in_order(problem, meetings, slot):
        return False
    seats = (problem.pair[meetings] * problem.n_slots + slot[:, np.newaxis]).reshape(-1)
    if (np.bincount(seats) > 1).any() or (np.bincount(slot, minlength=problem.n_slots) > problem.tables).any():
        return False
    pool = problem.pool[meetings]
    at = pool[pool != NONE] * problem.n_slots + slot[pool != NONE]
    needed = np.bincount(at, minlength=problem.interpreters.size).reshape(problem.interpreters.shape)
    return not (needed > problem.interpreters).any()


def _in_order(problem: TableProblem, meetings: Ints, slot: Ints) -> Bools:
    whole = np.full(problem.n_meetings, NONE, dtype=np.int64)
    whole[meetings] = slot
    first, second = whole[problem.before].T
    return np.asarray(((first == NONE) | (second == NONE) | (first < second)).all())
