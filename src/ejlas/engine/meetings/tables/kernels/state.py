"""A plan under way as arrays, and the moves that keep it right: placing, taking out, and flipping a chain.

A *chain* of two slots is what hangs together by participants who have a meeting in each of them: a path or a ring of
meetings that stand in the one and the other slot in turns. When all its meetings change slot, every participant inside
the path still has a meeting in each; only the two at its ends sit in another slot than before.
"""

from typing import Any, NamedTuple

import numpy as np

from ejlas.engine.meetings.tables.kernels.compiling import compiled

Array = Any
"""An array; numba, not mypy, knows of what."""

NONE = -1
LONGEST = 4000
"""Meetings of the longest chain that is followed."""
NOTHING, TOO_MUCH = -1, -2
"""What lacks for a flip: nothing, or more than another chain could bring."""


class State(NamedTuple):
    """A plan under way. `at` and `slot` say the same; the lists allow to draw a meeting of a slot at once."""

    pair: Array
    """(n_meetings, 2) participants."""
    gain: Array
    """(n_meetings,) what granting is worth, mandatory ones far above all wishes."""
    open: Array
    """(n_meetings, n_slots) whether the meeting may stand there."""
    pool: Array
    """(n_meetings,) language pair; -1 = none."""
    tables: Array
    """(n_slots,) tables."""
    interpreters: Array
    """(n_pools, n_slots) interpreters."""
    idle: Array
    """(n_participants, n_slots) whether the slot, left empty, makes a break."""
    day_first: Array
    """(n_slots,) first slot of the day of each slot."""
    day_end: Array
    """(n_slots,) slot after the day of each slot."""
    order_from: Array
    """(n_meetings + 1,) where the orders of each meeting begin in `order_other`."""
    order_other: Array
    """(n_orders * 2,) the other meeting of each order."""
    order_is_later: Array
    """(n_orders * 2,) whether that other has to be the later one."""
    slot: Array
    """(n_meetings,) slot; -1 = not granted."""
    at: Array
    """(n_participants, n_slots) the meeting there; -1 = none."""
    used: Array
    """(n_slots,) meetings in each slot."""
    in_slot: Array
    """(n_slots, most tables) the meetings of each slot, the first `used` of them."""
    place: Array
    """(n_meetings,) where the meeting stands in `in_slot`."""
    used_pool: Array
    """(n_pools, n_slots) meetings of each pool in each slot."""
    in_pool: Array
    """(n_pools, n_slots, most interpreters) the meetings of each pool and slot."""
    place_pool: Array
    """(n_meetings,) where the meeting stands in `in_pool`."""


class Desk(NamedTuple):
    """What one worker writes on: a random state, the chain at hand, and what was moved since it could be undone."""

    random: Array
    """(1,) state of the random numbers."""
    chain: Array
    """(LONGEST,) meetings of the chain at hand."""
    pool_change: Array
    """(n_pools,) more meetings of a pool in the second slot, while a chain is weighed."""
    moved: Array
    """(some,) meetings moved since the journal began."""
    moved_from: Array
    """(some,) the slot each had before."""
    n_moved: Array
    """(2,) how many, and how often they were undone."""
    seen: Array
    """(n_meetings,) at which undoing the meeting was brought back last."""


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
def draw_share(desk: Desk) -> float:
    """Return a random number from 0, below 1."""
    return draw(desk, 1 << 30) / (1 << 30)


@compiled
def keeps_order(state: State, meeting: int, slot: int) -> bool:
    """Return whether a meeting in this slot stands right to all that it has an order with."""
    for each in range(state.order_from[meeting], state.order_from[meeting + 1]):
        other = state.slot[state.order_other[each]]
        if other != NONE and (other <= slot if state.order_is_later[each] else other >= slot):
            return False
    return True


@compiled
def has_room(state: State, meeting: int, slot: int) -> bool:
    """Return whether there are a table and an interpreter for one more such meeting in this slot."""
    pool = state.pool[meeting]
    has_interpreter = pool == NONE or state.used_pool[pool, slot] < state.interpreters[pool, slot]
    return bool(has_interpreter and state.used[slot] < state.tables[slot])


@compiled
def put(state: State, meeting: int, slot: int) -> None:
    """Place a meeting; all that is needed is free."""
    state.slot[meeting] = slot
    state.at[state.pair[meeting, 0], slot] = meeting
    state.at[state.pair[meeting, 1], slot] = meeting
    state.in_slot[slot, state.used[slot]] = meeting
    state.place[meeting] = state.used[slot]
    state.used[slot] += 1
    pool = state.pool[meeting]
    if pool != NONE:
        state.in_pool[pool, slot, state.used_pool[pool, slot]] = meeting
        state.place_pool[meeting] = state.used_pool[pool, slot]
        state.used_pool[pool, slot] += 1


@compiled
def take(state: State, meeting: int) -> None:
    """Take a granted meeting out of its slot."""
    slot = state.slot[meeting]
    state.slot[meeting] = NONE
    state.at[state.pair[meeting, 0], slot] = NONE
    state.at[state.pair[meeting, 1], slot] = NONE
    state.used[slot] -= 1
    last = state.in_slot[slot, state.used[slot]]
    state.in_slot[slot, state.place[meeting]] = last
    state.place[last] = state.place[meeting]
    pool = state.pool[meeting]
    if pool != NONE:
        state.used_pool[pool, slot] -= 1
        last = state.in_pool[pool, slot, state.used_pool[pool, slot]]
        state.in_pool[pool, slot, state.place_pool[meeting]] = last
        state.place_pool[last] = state.place_pool[meeting]


@compiled
def note(desk: Desk, meeting: int, slot: int) -> bool:
    """Write into the journal where a meeting stood; False where the journal is full."""
    if desk.n_moved[0] >= len(desk.moved):
        return False
    desk.moved[desk.n_moved[0]] = meeting
    desk.moved_from[desk.n_moved[0]] = slot
    desk.n_moved[0] += 1
    return True


@compiled
def undo(state: State, desk: Desk) -> None:
    """Bring every meeting of the journal back to where it stood first."""
    for each in range(desk.n_moved[0]):
        if state.slot[desk.moved[each]] != NONE:
            take(state, desk.moved[each])
    desk.n_moved[1] += 1
    for each in range(desk.n_moved[0]):
        meeting = desk.moved[each]
        is_first = desk.seen[meeting] != desk.n_moved[1]
        desk.seen[meeting] = desk.n_moved[1]
        if is_first and desk.moved_from[each] != NONE:
            put(state, meeting, desk.moved_from[each])
    desk.n_moved[0] = 0


@compiled
def follow(state: State, desk: Desk, person: int, here: int, there: int) -> int:
    """Follow the chain of two slots from a person with a meeting `here` and none `there`; return its length.

    Its meetings come into `desk.chain`. 0 where it must not be flipped: somebody in it may not change slot, tables or
    interpreters lack, or it is too long.
    """
    length = trace(state, desk, person, here, there, 0)
    return length if length > 0 and lacking(state, desk, length, here, there) == NOTHING else 0


@compiled
def trace(state: State, desk: Desk, person: int, here: int, there: int, first: int) -> int:
    """Write the chain of two slots that begins at a person into `desk.chain`, from `first` on; return where it ends.

    0 where somebody in it may not change slot or it is too long; whether tables and interpreters are enough is another
    question.
    """
    length, member, is_here = first, person, True
    while True:
        meeting = state.at[member, here if is_here else there]
        if meeting == NONE:
            return length
        target = there if is_here else here
        if length == LONGEST or not state.open[meeting, target] or has_order_in(state, meeting, here, there):
            return 0
        desk.chain[length] = meeting
        length += 1
        member = state.pair[meeting, 0] + state.pair[meeting, 1] - member
        is_here = not is_here


@compiled
def has_order_in(state: State, meeting: int, here: int, there: int) -> bool:
    """Return whether a meeting that leaves one of the slots for the other would stand wrong to another."""
    if state.order_from[meeting] == state.order_from[meeting + 1]:
        return False
    for each in range(state.order_from[meeting], state.order_from[meeting + 1]):
        other = state.slot[state.order_other[each]]
        # The other may be in the same chain: such chains are left alone.
        if other in (here, there):
            return True
    target = there if state.slot[meeting] == here else here
    return not keeps_order(state, meeting, target)


@compiled
def lacking(state: State, desk: Desk, length: int, here: int, there: int) -> int:
    """Return what lacks once the chains at hand are flipped, so many meetings in all.

    NOTHING; TOO_MUCH; or, where one more would do, twice the language pair of the interpreter, the number of pairs
    standing for a table, and 1 more where it lacks `here`; where a table and an interpreter lack, the interpreter.
    """
    more_there, lack = 0, NOTHING
    for each in range(length):
        step = 1 if state.slot[desk.chain[each]] == here else -1
        more_there += step
        pool = state.pool[desk.chain[each]]
        if pool != NONE:
            desk.pool_change[pool] += step
    over_there = state.used[there] + more_there - state.tables[there]
    over_here = state.used[here] - more_there - state.tables[here]
    table = lack_of(len(state.interpreters), over_here, over_there)
    for each in range(length):
        pool = state.pool[desk.chain[each]]
        if pool != NONE and desk.pool_change[pool] != 0:
            change = desk.pool_change[pool]
            over_there = state.used_pool[pool, there] + change - state.interpreters[pool, there]
            over_here = state.used_pool[pool, here] - change - state.interpreters[pool, here]
            one = lack_of(pool, over_here, over_there)
            if one != NOTHING:
                lack = one if lack == NOTHING else TOO_MUCH
            desk.pool_change[pool] = 0
    if table == NOTHING or (table != TOO_MUCH and lack != NOTHING and lack % 2 == table % 2):
        return lack
    return table if lack == NOTHING else TOO_MUCH


@compiled
def lack_of(what: int, over_here: int, over_there: int) -> int:
    """Return what lacks where so much more of it is used in two slots than there is."""
    most = max(over_here, over_there)
    if most <= 0:
        return NOTHING
    return 2 * what + (1 if over_here > 0 else 0) if most == 1 else TOO_MUCH


@compiled
def flip(state: State, desk: Desk, length: int, here: int, there: int) -> bool:
    """Let the meetings of the chains at hand change slot, and write it into the journal; False where that is full."""
    first = desk.n_moved[0]
    if first + length > len(desk.moved):
        return False
    for each in range(length):
        note(desk, desk.chain[each], state.slot[desk.chain[each]])
        take(state, desk.chain[each])
    for each in range(length):
        put(state, desk.chain[each], here + there - desk.moved_from[first + each])
    return True
