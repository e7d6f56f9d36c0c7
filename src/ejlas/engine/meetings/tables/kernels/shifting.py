"""Closing breaks in a small plan: only such chains are followed as leave one of their two ends no worse off.

In a plan with few breaks nearly every chain makes two participants worse off. Those that do not are kept as a list for
each participant: its *shifts*, from one of its slots to an empty one. A chain has two ends, so whatever is worth its
while is found from one of them.
"""

from typing import NamedTuple

import numpy as np

from ejlas.engine.meetings.tables.kernels.compiling import compiled
from ejlas.engine.meetings.tables.kernels.state import (
    NONE,
    NOTHING,
    Array,
    Desk,
    State,
    draw,
    draw_share,
    has_order_in,
    lacking,
)

FROM_BROKEN = 0.8
"""How often a participant with a break is drawn."""
PRICE_OF_UNFAIR = 3
"""Of a break beyond the most that one participant may have, added to itself."""
PACKED, PICKED = 16, 30
"""Bits of the second slot of a shift, and of a random number."""
NOT_MET, MET, IDLED = 0, 1, 2
"""What lies on one side of a slot on its day: no meeting, one next to it, one behind an idle slot."""


class Book(NamedTuple):
    """The shifts and breaks of the participants, and the best plan seen."""

    shift: Array
    """(n_participants, n_slots * n_slots) shifts, from and to packed in one, the first `n_shifts` of them."""
    n_shifts: Array
    """(n_participants,)"""
    more: Array
    """(n_participants, n_slots, n_slots) how many more breaks each shift from a meeting to an empty slot makes."""
    breaks: Array
    """(n_participants,)"""
    broken: Array
    """(n_participants,) the participants with a break, the first `n_broken[0]` of them."""
    place: Array
    """(n_participants,) where the participant stands in `broken`; -1 = nowhere."""
    n_broken: Array
    """(1,)"""
    days: Array
    """(2, n_slots) first slot of the day of each slot, and the slot after that day."""
    as_it_is: Array
    """(n_slots,) breaks that a meeting more makes in each empty slot, of the participant at hand."""
    without: Array
    """(n_slots,) the same after one of its meetings was taken out, around that one."""
    chosen: Array
    """(6,) the shift at hand: participant, from, to; who is at the other end of its chain; the breaks of both then."""
    best: Array
    """(n_meetings,) slot of each meeting in the cheapest plan seen."""
    cost: Array
    """(2,) of the plan at hand, and of the cheapest one seen."""


@compiled
def beyond(is_met: bool, is_idle: bool, side: int) -> int:  # noqa: FBT001 - a kernel takes no keywords
    """Return what lies to the side of the next slot."""
    if is_met:
        return MET
    return IDLED if side == MET and is_idle else side


@compiled
def more_with(before: int, behind: int, is_idle: bool) -> int:  # noqa: FBT001 - a kernel takes no keywords
    """Return how many more breaks a meeting makes in an empty slot with this on its sides."""
    more = int(before == IDLED) + int(behind == IDLED)
    if before != NOT_MET and behind != NOT_MET and (more > 0 or is_idle):  # noqa: PLR1714 - twice as fast
        more -= 1
    return more


@compiled
def end_of_gap(row: Array, days: Array, slot: int) -> int:
    """Return the slot after the empty ones of that day from this one on; the parameters are those of `fill_gap`."""
    end = slot
    while end < days[1, slot] and row[end] == NONE:
        end += 1
    return end


@compiled
def start_of_gap(row: Array, days: Array, slot: int) -> int:
    """Return the first of the empty slots of that day up to this one; the parameters are those of `fill_gap`."""
    first = slot
    while first > days[0, slot] and row[first - 1] == NONE:
        first -= 1
    return first


@compiled
def fill_gap(idle: Array, days: Array, first: int, end: int, more: Array) -> None:
    """Write down how many more breaks a meeting makes in each of the empty slots between two meetings of a day.

    Parameters
    ----------
    idle : (n_slots,) of the participant: whether an empty slot makes a break
    days : of the book
    first, end : the empty slots, up to the day's first and last at most
    more : (n_slots,) what is written
    """
    side = MET if first > days[0, first] else NOT_MET
    for slot in range(first, end):
        more[slot] = side
        side = beyond(False, idle[slot], side)  # noqa: FBT003
    side = MET if end < days[1, first] else NOT_MET
    for slot in range(end - 1, first - 1, -1):
        more[slot] = more_with(more[slot], side, idle[slot])
        side = beyond(False, idle[slot], side)  # noqa: FBT003


@compiled
def fill_gaps(row: Array, idle: Array, days: Array, more: Array) -> None:
    """Write down how many more breaks a meeting makes in each empty slot; the parameters are those of `fill_gap`."""
    slot = 0
    while slot < len(row):
        end = end_of_gap(row, days, slot)
        fill_gap(idle, days, slot, end, more)
        slot = max(end, slot + 1)


@compiled
def list_shifts(state: State, book: Book, person: int) -> None:
    """Write down what each shift of a participant makes of its breaks, and list those that make no more."""
    row, idle, shift, change = state.at[person], state.idle[person], book.shift[person], book.more[person]
    days, as_it_is, without, is_open = book.days, book.as_it_is, book.without, state.open
    count = 0
    fill_gaps(row, idle, days, as_it_is)
    for here in range(len(row)):
        meeting = row[here]
        if meeting == NONE:
            continue
        # Without this meeting two gaps become one; the others stay as they are.
        row[here] = NONE
        first, end = start_of_gap(row, days, here), end_of_gap(row, days, here)
        row[here] = meeting
        fill_gap(idle, days, first, end, without)
        for there in range(len(row)):
            if row[there] != NONE:
                continue
            more = without[there] if first <= there < end else as_it_is[there]
            change[here, there] = more - without[here]
            if more <= without[here] and is_open[meeting, there]:
                shift[count] = (here << PACKED) + there
                count += 1
    book.n_shifts[person] = count


@compiled
def count_breaks(row: Array, idle: Array, days: Array) -> int:
    """Count the breaks of a participant; the parameters are those of `fill_gap`, and the row of its meetings."""
    count, side = 0, NOT_MET
    for slot in range(len(row)):
        if days[0, slot] == slot:
            side = NOT_MET
        is_met = row[slot] != NONE
        count += int(side == IDLED and is_met)
        side = beyond(is_met, idle[slot], side)
    return count


@compiled
def price(breaks: int, most: int) -> int:
    """Return what so many breaks of one participant cost."""
    return breaks + PRICE_OF_UNFAIR * max(0, breaks - most)


@compiled
def renew(state: State, book: Book, person: int, breaks: int) -> None:
    """Write down the breaks and shifts of a participant after they have changed."""
    book.breaks[person] = breaks
    list_shifts(state, book, person)
    place = book.place[person]
    if breaks > 0 and place == NONE:
        book.place[person] = book.n_broken[0]
        book.broken[book.n_broken[0]] = person
        book.n_broken[0] += 1
    elif breaks == 0 and place != NONE:
        book.n_broken[0] -= 1
        last = book.broken[book.n_broken[0]]
        book.broken[place] = last
        book.place[last] = place
        book.place[person] = NONE


@compiled
def open_book(state: State, book: Book, most: int) -> None:
    """Write down everything about the plan at hand, which is the best one seen."""
    book.cost[0] = 0
    for person in range(len(state.at)):
        renew(state, book, person, count_breaks(state.at[person], state.idle[person], book.days))
        book.cost[0] += price(book.breaks[person], most)
    book.cost[1] = book.cost[0]
    book.best[:] = state.slot


@compiled
def chase(at: Array, pair: Array, is_open: Array, chain: Array, shift: Array) -> int:
    """Follow the chain of a shift; return its length, 0 where somebody in it may not change slot.

    It takes arrays and no tuples of arrays: to hand those over costs more than to follow the chain.

    Parameters
    ----------
    at, pair, is_open : of the state
    chain : what is written: the meetings, those that stand in `here` and in `there` in turns
    shift : (6,) participant, here, there; and where the participant at the other end is written
    """
    member, here, there = shift[0], shift[1], shift[2]
    length = 0
    while True:
        meeting = at[member, here]
        if meeting == NONE:
            shift[3] = member
            return length
        if length == len(chain) or not is_open[meeting, there]:
            return 0
        chain[length] = meeting
        length += 1
        member = pair[meeting, 0] + pair[meeting, 1] - member
        here, there = there, here


@compiled
def may_flip(state: State, desk: Desk, length: int, here: int, there: int) -> bool:
    """Return whether tables, interpreters and orders allow that the chain at hand changes slots."""
    if length % 2 and state.used[there] >= state.tables[there]:
        return False
    if len(state.order_other):
        for each in range(length):
            if has_order_in(state, desk.chain[each], here, there):
                return False
    return len(state.interpreters) == 0 or lacking(state, desk, length, here, there) == NOTHING


@compiled
def flip(state: State, chain: Array, length: int, here: int, there: int) -> None:
    """Let the meetings of the chain at hand change slots; the lists of meetings of each slot are not kept."""
    slot, at, pair = state.slot, state.at, state.pair
    for each in range(length):
        at[pair[chain[each], 0], slot[chain[each]]] = NONE
        at[pair[chain[each], 1], slot[chain[each]]] = NONE
    for each in range(length):
        meeting = chain[each]
        pool, old, new = state.pool[meeting], slot[meeting], here + there - slot[meeting]
        slot[meeting] = new
        at[pair[meeting, 0], new] = meeting
        at[pair[meeting, 1], new] = meeting
        state.used[old] -= 1
        state.used[new] += 1
        if pool != NONE:
            state.used_pool[pool, old] -= 1
            state.used_pool[pool, new] += 1


@compiled
def someone(desk: Desk, broken: Array, n_broken: int) -> int:
    """Draw a participant, mostly one with a break."""
    if n_broken and draw_share(desk) < FROM_BROKEN:
        return int(broken[pick(desk, n_broken)])
    return pick(desk, len(broken))


@compiled
def pick(desk: Desk, below: int) -> int:
    """Return a random number from 0, below this one, without a division."""
    return (draw(desk, 1 << PICKED) * below) >> PICKED


@compiled
def more_after(more: Array, breaks: Array, chosen: Array, length: int, most: int) -> int:
    """Return what the chain of a shift costs its two ends, and write their breaks down.

    Parameters
    ----------
    more, breaks, chosen : of the book
    length : of the chain
    most : breaks that one participant may have
    """
    person, here, there, end = chosen[0], chosen[1], chosen[2], chosen[3]
    chosen[4] = breaks[person] + more[person, here, there]
    # In a chain of even length the last meeting stands there and comes here.
    chosen[5] = breaks[end] + (more[end, here, there] if length % 2 else more[end, there, here])
    now = price(breaks[person], most) + price(breaks[end], most)
    return price(chosen[4], most) + price(chosen[5], most) - now


@compiled
def carry_out(state: State, desk: Desk, book: Book, length: int, more: int) -> None:
    """Flip the chain at hand, if tables, interpreters and orders allow it."""
    chosen = book.chosen
    if may_flip(state, desk, length, chosen[1], chosen[2]):
        flip(state, desk.chain, length, chosen[1], chosen[2])
        renew(state, book, chosen[0], chosen[4])
        renew(state, book, chosen[3], chosen[5])
        book.cost[0] += more
        if book.cost[0] < book.cost[1]:
            book.cost[1] = book.cost[0]
            book.best[:] = state.slot


@compiled
def shift_about(state: State, desk: Desk, book: Book, most: int, goal: int, heats: Array) -> int:
    """Try one shift at each heat, until a plan costs no more than the goal; return how many were tried.

    A chain that costs more is flipped with the probability exp(-more / heat).

    Parameters
    ----------
    most : breaks that one participant may have
    goal : cost at which it is enough
    heats : (3,) the heat of the first shift, the factor from one to the next, and the number of shifts
    """
    # Arrays are taken out of their tuples once: inside the loop that takes longer than all the rest.
    at, pair, is_open, chain = state.at, state.pair, state.open, desk.chain
    shift, n_shifts, broken, n_broken = book.shift, book.n_shifts, book.broken, book.n_broken
    more_of, breaks, chosen, cost = book.more, book.breaks, book.chosen, book.cost
    heat = heats[0]
    for each in range(int(heats[2])):
        if cost[1] <= goal:
            return each
        heat *= heats[1]
        person = someone(desk, broken, n_broken[0])
        if n_shifts[person] == 0:
            continue
        drawn = shift[person, pick(desk, n_shifts[person])]
        chosen[0], chosen[1], chosen[2] = person, drawn >> PACKED, drawn & (1 << PACKED) - 1
        length = chase(at, pair, is_open, chain, chosen)
        if length == 0:
            continue
        more = more_after(more_of, breaks, chosen, length, most)
        if more <= 0 or draw_share(desk) < np.exp(-more / heat):
            carry_out(state, desk, book, length, more)
    return int(heats[2])
