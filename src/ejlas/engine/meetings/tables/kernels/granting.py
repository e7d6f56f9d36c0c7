"""Granting more: a wish is placed where there is room, or a chain makes room, or others give way for a while."""

import numpy as np

from ejlas.engine.meetings.tables.kernels.compiling import compiled
from ejlas.engine.meetings.tables.kernels.state import (
    LONGEST,
    NONE,
    Array,
    Desk,
    State,
    draw,
    draw_share,
    flip,
    follow,
    has_room,
    keeps_order,
    note,
    put,
    take,
    undo,
)

TRIES = 6
"""Pairs of slots in which a chain is tried for one wish."""
FILL_TRIES = 20
"""How often pairs of slots are drawn for a chain of each length, where others should move as little as can be."""
SAMPLES = 3
"""Slots of which the one is taken where the least has to give way."""
MOST_EVICTED = 5


@compiled
def place(state: State, desk: Desk, meeting: int, slots: Array) -> bool:
    """Place a wish in one of these slots without taking any other out, and write it into the journal."""
    return place_free(state, desk, meeting, slots) or place_by_chain(state, desk, meeting, slots, LONGEST)


@compiled
def place_free(state: State, desk: Desk, meeting: int, slots: Array) -> bool:
    """Place a wish where both are free and a table and an interpreter are."""
    first, second = state.pair[meeting, 0], state.pair[meeting, 1]
    offset = draw(desk, len(slots))
    for each in range(len(slots)):
        slot = slots[(each + offset) % len(slots)]
        if (
            state.open[meeting, slot]
            and state.at[first, slot] == NONE
            and state.at[second, slot] == NONE
            and has_room(state, meeting, slot)
            and keeps_order(state, meeting, slot)
        ):
            if not note(desk, meeting, NONE):
                return False
            put(state, meeting, slot)
            return True
    return False


@compiled
def place_by_chain(state: State, desk: Desk, meeting: int, slots: Array, longest: int) -> bool:
    """Place a wish where one of both is free, after a chain of two slots, so long at most, has freed the other one."""
    for _each in range(TRIES):
        here, there = slots[draw(desk, len(slots))], slots[draw(desk, len(slots))]
        if here == there or not state.open[meeting, here]:
            continue
        first, second = state.pair[meeting, 0], state.pair[meeting, 1]
        if state.at[first, here] != NONE:
            first, second = second, first
        if state.at[first, here] != NONE or state.at[second, here] == NONE or state.at[second, there] != NONE:
            continue
        length = follow(state, desk, second, here, there)
        if length == 0 or length > longest:
            continue
        before = desk.n_moved[0]
        if not flip(state, desk, length, here, there):
            return False
        if (
            state.at[first, here] == NONE
            and state.at[second, here] == NONE
            and has_room(state, meeting, here)
            and keeps_order(state, meeting, here)
            and note(desk, meeting, NONE)
        ):
            put(state, meeting, here)
            return True
        # The chain is flipped back; nothing but it was written since.
        for each in range(length):
            take(state, desk.chain[each])
        for each in range(length):
            put(state, desk.chain[each], desk.moved_from[before + each])
        desk.n_moved[0] = before
    return False


@compiled
def drawn_in(state: State, desk: Desk, slot: int) -> int:
    """Return the lightest of a few meetings drawn from a slot."""
    lightest = int(state.in_slot[slot, draw(desk, state.used[slot])])
    for _each in range(SAMPLES - 1):
        other = int(state.in_slot[slot, draw(desk, state.used[slot])])
        if state.gain[other] < state.gain[lightest]:
            lightest = other
    return lightest


@compiled
def in_the_way(state: State, desk: Desk, meeting: int, slot: int, found: Array) -> int:
    """Find the meetings that have to leave a slot for a wish; return how many, -1 where none may help."""
    count, has_freed_interpreter = 0, False
    pool = state.pool[meeting]
    for side in range(2):
        other = state.at[state.pair[meeting, side], slot]
        # Two wishes of the same two participants stand in both their ways as one.
        if other != NONE and (count == 0 or found[0] != other):
            found[count] = other
            count += 1
            has_freed_interpreter |= state.pool[other] == pool
    if pool != NONE and not has_freed_interpreter and state.used_pool[pool, slot] >= state.interpreters[pool, slot]:
        if state.used_pool[pool, slot] == 0:
            return -1
        found[count] = state.in_pool[pool, slot, draw(desk, state.used_pool[pool, slot])]
        count += 1
    if count == 0 and state.used[slot] >= state.tables[slot]:
        if state.used[slot] == 0:
            return -1
        found[count] = drawn_in(state, desk, slot)
        count += 1
    return out_of_order(state, meeting, slot, found, count)


@compiled
def out_of_order(state: State, meeting: int, slot: int, found: Array, count: int) -> int:
    """Add what would stand wrong to a wish in this slot to what has to leave; return how many, -1 for too many."""
    for each in range(state.order_from[meeting], state.order_from[meeting + 1]):
        other = state.order_other[each]
        stands = state.slot[other]
        if stands == NONE or (stands > slot if state.order_is_later[each] else stands < slot):
            continue
        is_new = True
        for known in range(count):
            is_new &= found[known] != other
        if is_new:
            if count == MOST_EVICTED:
                return -1
            found[count] = other
            count += 1
    return count


@compiled
def cheapest_slot(state: State, desk: Desk, meeting: int, slots: Array, found: Array, best: Array) -> int:
    """Draw a few slots and return the one in which the least has to give way; the meetings come into `best`."""
    chosen, least, n_best = NONE, np.int64(1) << 60, 0
    for _each in range(SAMPLES):
        slot = slots[draw(desk, len(slots))]
        if not state.open[meeting, slot]:
            continue
        count = in_the_way(state, desk, meeting, slot, found)
        if count < 0:
            continue
        loss = np.int64(0)
        for each in range(count):
            loss += state.gain[found[each]]
        if loss < least:
            chosen, least, n_best = slot, loss, count
            best[:count] = found[:count]
    best[MOST_EVICTED] = n_best
    return int(chosen)


@compiled
def improve(state: State, desk: Desk, slots: Array, pending: Array, n_pending: int, n_moves: int, heat: float) -> int:
    """Try so many moves within some slots; what is pending is the first `n_pending` of the array, kept up to date.

    A move that loses weight is taken with the probability exp(loss / heat). Returns how many are pending at the end.
    """
    found, best = np.empty(MOST_EVICTED + 1, dtype=np.int64), np.zeros(MOST_EVICTED + 1, dtype=np.int64)
    for _move in range(n_moves):
        if n_pending == 0:
            break
        drawn = draw(desk, n_pending)
        meeting = pending[drawn]
        desk.n_moved[0] = 0
        if place(state, desk, meeting, slots):
            n_pending -= 1
            pending[drawn] = pending[n_pending]
            continue
        slot = cheapest_slot(state, desk, meeting, slots, found, best)
        if slot == NONE:
            continue
        change = force(state, desk, meeting, slot, slots, best)
        if change < 0 and draw_share(desk) >= np.exp(change / heat):
            undo(state, desk)
            continue
        n_pending -= 1
        pending[drawn] = pending[n_pending]
        for each in range(best[MOST_EVICTED]):
            if state.slot[best[each]] == NONE:
                pending[n_pending] = best[each]
                n_pending += 1
    return n_pending


@compiled
def force(state: State, desk: Desk, meeting: int, slot: int, slots: Array, out: Array) -> int:
    """Place a wish in a slot and find other places for what has to leave it; return the change of weight."""
    for each in range(out[MOST_EVICTED]):
        note(desk, out[each], state.slot[out[each]])
        take(state, out[each])
    note(desk, meeting, NONE)
    put(state, meeting, slot)
    change = state.gain[meeting]
    for each in range(out[MOST_EVICTED]):
        if not place(state, desk, out[each], slots):
            change -= state.gain[out[each]]
    return int(change)


@compiled
def construct(state: State, desk: Desk, order: Array, slots: Array) -> None:
    """Place the wishes in this order, each where it can stand without taking any other out."""
    for each in range(len(order)):
        desk.n_moved[0] = 0
        if state.slot[order[each]] == NONE:
            place(state, desk, order[each], slots)


@compiled
def fill(state: State, desk: Desk, order: Array, slots: Array, most: int) -> None:
    """Place what has no slot in this order, where all is free, or where the shortest of some chains makes room.

    No chain is longer than `most`; 0 means that nobody is moved.
    """
    for each in range(len(order)):
        meeting = order[each]
        desk.n_moved[0] = 0
        if state.slot[meeting] != NONE or place_free(state, desk, meeting, slots):
            continue
        longest, tries = 1, 0
        while longest <= most and not place_by_chain(state, desk, meeting, slots, longest):
            tries += 1
            if tries == FILL_TRIES:
                longest, tries = longest * 2, 0
