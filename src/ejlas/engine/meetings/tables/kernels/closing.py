"""Closing breaks: chains of two slots are flipped, which grants the same meetings in other slots."""

import numpy as np

from ejlas.engine.meetings.tables.kernels.compiling import compiled
from ejlas.engine.meetings.tables.kernels.state import (
    NONE,
    Array,
    Desk,
    State,
    draw,
    draw_share,
    flip,
    follow,
)

FROM_BROKEN = 0.9
"""How often a participant with a break is drawn."""


@compiled
def breaks_on(state: State, person: int, first: int, end: int, here: int, there: int) -> int:
    """Count the breaks of a participant in the slots of one day, as if two slots had changed places."""
    count, has_met, has_idled = 0, False, False
    for slot in range(first, end):
        seen = there if slot == here else here if slot == there else slot
        if state.at[person, seen] != NONE:
            if has_met and has_idled:
                count += 1
            has_met, has_idled = True, False
        elif state.idle[person, slot]:
            has_idled = True
    return count


@compiled
def change_of(state: State, person: int, here: int, there: int) -> int:
    """Return how many more breaks a participant has once two of its slots change places."""
    first, end = state.day_first[here], state.day_end[here]
    change = breaks_on(state, person, first, end, here, there) - breaks_on(state, person, first, end, NONE, NONE)
    if state.day_first[there] != first:
        first, end = state.day_first[there], state.day_end[there]
        change += breaks_on(state, person, first, end, here, there) - breaks_on(state, person, first, end, NONE, NONE)
    return change


@compiled
def breaks_within(state: State, person: int, slots: Array) -> int:
    """Count the breaks of a participant on the days of these slots, which rise and fill whole days."""
    count, each = 0, 0
    while each < len(slots):
        end = state.day_end[slots[each]]
        count += breaks_on(state, person, slots[each], end, NONE, NONE)
        each += end - slots[each]
    return count


@compiled
def broken_within(state: State, slots: Array, broken: Array) -> int:
    """Gather the participants with a break on the days of these slots; return how many."""
    count = 0
    for person in range(len(state.at)):
        if breaks_within(state, person, slots) > 0:
            broken[count] = person
            count += 1
    return count


@compiled
def close(state: State, desk: Desk, slots: Array, n_moves: int, heat: float) -> int:
    """Try so many flips within whole days; return by how much the breaks have changed.

    A flip that makes more breaks is taken with the probability exp(-more / heat).
    """
    broken = np.empty(len(state.at), dtype=np.int64)
    n_broken = broken_within(state, slots, broken)
    total = 0
    for _move in range(n_moves):
        if n_broken and draw_share(desk) < FROM_BROKEN:
            person = broken[draw(desk, n_broken)]
        else:
            person = draw(desk, len(state.at))
        here, there = slots[draw(desk, len(slots))], slots[draw(desk, len(slots))]
        if state.at[person, here] == NONE:
            here, there = there, here
        if state.at[person, here] == NONE or state.at[person, there] != NONE:
            continue
        if not state.open[state.at[person, here], there]:
            continue
        change = change_of(state, person, here, there)
        # The other end gives back two breaks at most.
        if change > 2 and draw_share(desk) >= np.exp((2 - change) / heat):
            continue
        length = follow(state, desk, person, here, there)
        if length == 0:
            continue
        end = other_end(state, desk, person, length)
        change += change_of(state, end, here, there)
        if change > 0 and draw_share(desk) >= np.exp(-change / heat):
            continue
        desk.n_moved[0] = 0
        if flip(state, desk, length, here, there):
            total += change
    return total


@compiled
def other_end(state: State, desk: Desk, person: int, length: int) -> int:
    """Return the participant at the other end of the chain at hand."""
    member = person
    for each in range(length):
        meeting = desk.chain[each]
        member = state.pair[meeting, 0] + state.pair[meeting, 1] - member
    return member
