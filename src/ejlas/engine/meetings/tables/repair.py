"""Repair: what still stands stays where it is, what fell out finds another place, and as few others as can be move."""

import numpy as np

from ejlas.engine.meetings.tables.bound import weight_bound
from ejlas.engine.meetings.tables.plan import TablePlan
from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.meetings.tables.solve import plan_of
from ejlas.engine.meetings.tables.start import desk_of, gains, state_of
from ejlas.engine.result import Progress
from ejlas.engine.stop import Spent, Stop
from ejlas.engine.values import Bools, Ints

LONGEST_CHAIN = 64
"""Meetings that may move so that one that fell out has a place again."""


def repair(
    problem: TableProblem,
    old_slot: Ints,
    *,
    stop: Stop,
    seed: int,
    workers: int = 1,
    progress: Progress | None = None,
) -> TablePlan:
    """Return a plan for a problem that has changed, near to the plan that stood before.

    What fell out is placed where both are free; where there is no such slot, the shortest chain found makes room. Then
    wishes that were refused take what has become free, without moving anybody.

    Parameters
    ----------
    problem : what holds now
    old_slot : (n_meetings,) the plan that stood before; -1 = not granted
    stop : when to end
    seed : of the search
    workers : has no part here; the door is that of `solve`
    progress : is told objective, value and bound
    """
    from ejlas.engine.meetings.tables.kernels import granting

    kept = still_standing(problem, old_slot)
    state, desk = state_of(problem, kept), desk_of(problem, (seed % 2**63,))
    slots = np.arange(problem.n_slots, dtype=np.int64)
    gain = gains(problem)
    fallen = np.flatnonzero((old_slot != NONE) & (kept == NONE))
    refused = np.flatnonzero(old_slot == NONE)
    for meetings, longest in ((fallen, 0), (fallen, LONGEST_CHAIN), (refused, 0)):
        if not stop(Spent()):
            order = meetings[np.lexsort((meetings, -gain[meetings]))]
            granting.fill(state, desk, order, slots, longest)
    slot = state.slot
    moved = (old_slot != NONE) & (slot != NONE) & (slot != old_slot)
    statistics: dict[str, float] = {
        "moved": int(moved.sum()),
        "fallen": len(fallen),
        "dropped": int(((old_slot != NONE) & (slot == NONE)).sum()),
        "people": len(np.unique(problem.pair[moved])),
    }
    return plan_of(problem, slot, weight_bound(problem), statistics)


def still_standing(problem: TableProblem, old_slot: Ints) -> Ints:
    """Return the part of a plan that still keeps every hard constraint, the heaviest meetings of a slot first.

    Returns
    -------
    (n_meetings,) slot of each meeting; -1 = not granted before, or fallen out
    """
    slot = np.where(_is_open(problem, old_slot), old_slot, NONE)
    gain = gains(problem)
    for pool in range(problem.n_pools):
        for at in range(problem.n_slots):
            _cut(slot, np.flatnonzero((slot == at) & (problem.pool == pool)), int(problem.interpreters[pool, at]), gain)
    for at in range(problem.n_slots):
        _cut(slot, np.flatnonzero(slot == at), int(problem.tables[at]), gain)
    return slot


def _is_open(problem: TableProblem, slot: Ints) -> Bools:
    """(n_meetings,) whether the meeting has a slot and may stand in it."""
    meeting = np.arange(problem.n_meetings)
    return np.asarray((slot != NONE) & problem.open[meeting, np.maximum(slot, 0)], dtype=np.bool_)


def _cut(slot: Ints, held: Ints, most: int, gain: Ints) -> None:
    """Take the lightest of the meetings of a slot out of it, so that no more than so many remain."""
    if len(held) > most:
        slot[held[np.argsort(-gain[held], kind="stable")[most:]]] = NONE
