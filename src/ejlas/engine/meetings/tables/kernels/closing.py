"""Closing breaks: chains of two slots are flipped, which grants the same meetings in other slots."""

import numpy as np

from ejlas.engine.meetings.tables.kernels.compiling import compiled
from ejlas.engine.meetings.tables.kernels.state import (
    LONGEST,
    NONE,
    NOTHING,
    TOO_MUCH,
    Array,
    Desk,
    State,
    draw,
    draw_share,
    flip,
    lacking,
    trace,
)

FROM_BROKEN = 0.9
"""How often a participant with a break is drawn."""
PARTNERS = 4
"""Second chains that are drawn for one that lacks a table or an interpreter, until one makes no more breaks."""
INTO_BREAK = 0.7
"""How often one of its meetings is to go into a break."""


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
def watch(state: State, person: int, slots: Array, broken: Array, place: Array, n_broken: int) -> int:
    """Keep the list of participants with a break on the days of these slots right for one of them; return its length.

    `place` says where each participant stands in the list; -1 = not in it.
    """
    has_break = breaks_within(state, person, slots) > 0
    if has_break and place[person] == NONE:
        broken[n_broken] = person
        place[person] = n_broken
        return n_broken + 1
    if not has_break and place[person] != NONE:
        last = broken[n_broken - 1]
        broken[place[person]] = last
        place[last] = place[person]
        place[person] = NONE
        return n_broken - 1
    return n_broken


@compiled
def close(state: State, desk: Desk, slots: Array, n_moves: int, heat: float) -> int:
    """Try so many flips within whole days; return by how much the breaks have changed.

    A flip that makes more breaks is taken with the probability exp(-more / heat).
    """
    broken, place, ends = np.empty(len(state.at), dtype=np.int64), np.full(len(state.at), NONE), np.full(4, NONE)
    n_broken, total = 0, 0
    for person in range(len(state.at)):
        n_broken = watch(state, person, slots, broken, place, n_broken)
    for _move in range(n_moves):
        is_from_list = n_broken > 0 and draw_share(desk) < FROM_BROKEN
        ends[0] = broken[draw(desk, n_broken)] if is_from_list else draw(desk, len(state.at))
        here, there = two_slots(state, desk, ends[0], slots, place[ends[0]] != NONE)
        if here == NONE:
            continue
        change = change_of(state, ends[0], here, there)
        # The other ends give back two breaks at most.
        if change > 2 and draw_share(desk) >= np.exp((2 - change) / heat):
            continue
        length = chains(state, desk, ends, here, there)
        if length == 0:
            continue
        change += change_of_all(state, ends[1:], here, there)
        if change > 0 and draw_share(desk) >= np.exp(-change / heat):
            continue
        desk.n_moved[0] = 0
        if flip(state, desk, length, here, there):
            total += change
            for person in ends:
                if person != NONE:
                    n_broken = watch(state, person, slots, broken, place, n_broken)
    return total


@compiled
def two_slots(state: State, desk: Desk, person: int, slots: Array, has_break: bool) -> tuple[int, int]:  # noqa: FBT001
    """Draw a slot in which a participant has a meeting, and one into which that may go; -1 where they do not suit."""
    here, there = slots[draw(desk, len(slots))], slots[draw(desk, len(slots))]
    if has_break and draw_share(desk) < INTO_BREAK:
        there = slot_in_break(state, desk, person, slots)
    elif state.at[person, here] == NONE:
        here, there = there, here
    meeting = state.at[person, here]
    if meeting == NONE or state.at[person, there] != NONE or not state.open[meeting, there]:
        return NONE, NONE
    return here, there


@compiled
def change_of_all(state: State, people: Array, here: int, there: int) -> int:
    """Return how many more breaks these participants have once two slots of each change places; -1 is nobody."""
    change = 0
    for person in people:
        if person != NONE:
            change += change_of(state, person, here, there)
    return change


@compiled
def chains(state: State, desk: Desk, ends: Array, here: int, there: int) -> int:
    """Follow the chain from the first of the ends, and a second one where the first lacks a table or an interpreter.

    The tables, or the interpreters of a language pair, are often all taken: then a meeting changes slot only if
    another one comes the other way. Returns how many meetings are in `desk.chain`, 0 where nothing may be
    flipped; `ends` gets the other end of the first chain and both of the second, -1 where there is none.
    """
    length = trace(state, desk, ends[0], here, there, 0)
    if length == 0:
        return 0
    ends[1] = other_end(state, desk, ends[0], 0, length)
    ends[2] = ends[3] = NONE
    lack = lacking(state, desk, length, here, there)
    if lack == NOTHING:
        return length
    if lack == TOO_MUCH:
        return 0
    both = 0
    for _each in range(PARTNERS):
        person = end_of(state, partner(state, desk, lack // 2, here if lack % 2 else there), here, there)
        # The same chain again, or a ring, which brings nothing.
        if person in (NONE, ends[0], ends[1]):
            continue
        begins_here = state.at[person, here] != NONE
        both = trace(state, desk, person, here if begins_here else there, there if begins_here else here, length)
        if both == 0 or lacking(state, desk, both, here, there) != NOTHING:
            both = 0
            continue
        ends[2], ends[3] = person, other_end(state, desk, person, length, both)
        if change_of_all(state, ends[2:], here, there) <= 0:
            break
    return both


@compiled
def partner(state: State, desk: Desk, pool: int, slot: int) -> int:
    """Draw a meeting of a language pair from a slot, any one where the pair stands for a table; -1 where none is."""
    if pool == len(state.interpreters):
        return int(state.in_slot[slot, draw(desk, state.used[slot])]) if state.used[slot] else NONE
    count = state.used_pool[pool, slot]
    return int(state.in_pool[pool, slot, draw(desk, count)]) if count else NONE


@compiled
def end_of(state: State, meeting: int, here: int, there: int) -> int:
    """Return the participant at one end of the chain of a meeting that stands in one of two slots; -1 for a ring."""
    if meeting == NONE:
        return NONE
    first, member = meeting, state.pair[meeting, 0]
    for _each in range(LONGEST):
        slot = there if state.slot[meeting] == here else here
        meeting = state.at[member, slot]
        if meeting == NONE:
            return int(member)
        if meeting == first:
            return NONE
        member = state.pair[meeting, 0] + state.pair[meeting, 1] - member
    return NONE


@compiled
def slot_in_break(state: State, desk: Desk, person: int, slots: Array) -> int:
    """Draw an idle slot from the breaks of a participant on the days of these slots; -1 where there is no break."""
    drawn, n_slots, each = NONE, 0, 0
    while each < len(slots):
        first, end = slots[each], state.day_end[slots[each]]
        each += end - first
        last = end - 1
        while last > first and state.at[person, last] == NONE:
            last -= 1
        has_met = False
        for slot in range(first, last):
            if state.at[person, slot] != NONE:
                has_met = True
            elif has_met and state.idle[person, slot]:
                n_slots += 1
                # Each of those seen so far is the drawn one with the same probability.
                if draw(desk, n_slots) == 0:
                    drawn = slot
    return drawn


@compiled
def other_end(state: State, desk: Desk, person: int, first: int, length: int) -> int:
    """Return the participant at the other end of the chain that stands from `first` until `length` in `desk.chain`."""
    member = person
    for each in range(first, length):
        meeting = desk.chain[each]
        member = state.pair[meeting, 0] + state.pair[meeting, 1] - member
    return member
