"""A problem as arrays for the compiled loops, random numbers, and hands packed side by side into whole numbers."""

from typing import Any, NamedTuple

import numpy as np

from ejlas.engine.workplan.kernels.compiling import compiled

Array = Any
"""An array; numba, not mypy, knows of what."""

NONE = -1


class Work(NamedTuple):
    """A problem that does not change. Activities are numbered so that each comes after its predecessors."""

    duration: Array
    """(n,) units."""
    release: Array
    """(n,) earliest start."""
    pinned: Array
    """(n,) start of what is in work; -1 = free."""
    before_from: Array
    """(n + 1,) where the predecessors of each activity begin in `before`."""
    before: Array
    """(n_links, 2) predecessor, lag."""
    after_from: Array
    """(n + 1,) where the successors of each begin in `after`."""
    after: Array
    """(n_links, 2) successor, lag."""
    need: Array
    """(n, n_words) hands, several kinds packed into each word with a guard bit above each."""
    free: Array
    """(n_units, n_words) hands there are in each unit, those in work taken off, with the guard bits set."""
    guard: int
    """All guard bits of a word."""


class Desk(NamedTuple):
    """What one search writes on."""

    random: Array
    """(1,) state of the random numbers."""
    free: Array
    """(n_units, n_words) hands that are left; outside a loop the same as `Work.free`."""
    start: Array
    """(n,) the schedule at hand."""
    order: Array
    """(n,) the list at hand."""
    mark: Array
    """(n,) marks of a loop."""
    count: Array
    """(n_units + 1,) counters of a sort."""


@compiled
def draw(desk: Desk, below: int) -> int:
    """Return a random number from 0, below this one (xorshift64*, the same on every machine)."""
    state = desk.random[0]
    state ^= state >> np.uint64(12)
    state ^= state << np.uint64(25)
    state ^= state >> np.uint64(27)
    desk.random[0] = state
    return int((state * np.uint64(2685821657736338717)) >> np.uint64(33)) % below


@compiled
def fits(work: Work, desk: Desk, activity: int, unit: int) -> bool:
    """Return whether the hands that an activity needs are free in a unit: no field borrows from its guard bit."""
    for word in range(work.need.shape[1]):
        if (desk.free[unit, word] - work.need[activity, word]) & work.guard != work.guard:
            return False
    return True


@compiled
def take(work: Work, desk: Desk, activity: int, start: int) -> None:
    """Take the hands of an activity that starts there, and note its start."""
    desk.start[activity] = start
    for unit in range(start, start + work.duration[activity]):
        for word in range(work.need.shape[1]):
            desk.free[unit, word] -= work.need[activity, word]


@compiled
def clear(work: Work, desk: Desk, end: int) -> None:
    """Give all hands back, up to this unit."""
    for unit in range(end):
        for word in range(work.need.shape[1]):
            desk.free[unit, word] = work.free[unit, word]


@compiled
def span_of(work: Work, desk: Desk) -> int:
    """Return the end of the schedule at hand."""
    end = 0
    for activity in range(len(work.duration)):
        end = max(end, desk.start[activity] + work.duration[activity])
    return end
