"""The population: lists are crossed and changed, made into schedules, justified, and the better ones stay."""

from typing import NamedTuple

from ejlas.engine.workplan.kernels.compiling import compiled
from ejlas.engine.workplan.kernels.schedule import forwards, in_parallel, justify, sort_by_start
from ejlas.engine.workplan.kernels.state import Array, Desk, Work, draw


class Herd(NamedTuple):
    """Schedules that live together."""

    order: Array
    """(size, n) the list of each, in the order of its starts."""
    start: Array
    """(size, n) the schedule of each."""
    span: Array
    """(size,) its end; 0 = nobody lives there yet."""
    spread: Array
    """(size,) sum of its starts: what tells schedules of one end apart, and the less the better."""
    seats: Array
    """(some times size,) how many live under each mark of end and sum: twins are turned away without a search."""


@compiled
def settle(work: Work, desk: Desk, herd: Herd, weight: Array) -> None:
    """Fill the herd with schedules of lists drawn by weight: the heavier an activity, the earlier it tends to come."""
    for place in range(len(herd.span)):
        draw_list(work, desk, weight)
        end = in_parallel(work, desk) if place % 2 else forwards(work, desk)
        sort_by_start(work, desk, end)
        keep(desk, herd, place, justify(work, desk, end))


@compiled
def draw_list(work: Work, desk: Desk, weight: Array) -> None:
    """Draw a list: of what may come next, the heaviest of two or three."""
    n = len(work.duration)
    ready, n_ready = desk.count, 0
    for activity in range(n):
        desk.mark[activity] = work.before_from[activity + 1] - work.before_from[activity]
        if desk.mark[activity] == 0:
            ready[n_ready] = activity
            n_ready += 1
    for place in range(n):
        best = draw(desk, n_ready)
        for _ in range(2):
            other = draw(desk, n_ready)
            if weight[ready[other]] > weight[ready[best]]:
                best = other
        activity = ready[best]
        n_ready -= 1
        ready[best] = ready[n_ready]
        desk.order[place] = activity
        for at in range(work.after_from[activity], work.after_from[activity + 1]):
            desk.mark[work.after[at, 0]] -= 1
            if desk.mark[work.after[at, 0]] == 0:
                ready[n_ready] = work.after[at, 0]
                n_ready += 1


@compiled
def keep(desk: Desk, herd: Herd, place: int, span: int) -> None:
    """Let the schedule at hand live in this place, instead of who lived there."""
    if herd.span[place]:
        herd.seats[seat(herd, herd.span[place], herd.spread[place])] -= 1
    herd.order[place] = desk.order
    herd.start[place] = desk.start
    herd.span[place] = span
    herd.spread[place] = desk.start.sum()
    herd.seats[seat(herd, span, herd.spread[place])] += 1


@compiled
def seat(herd: Herd, span: int, spread: int) -> int:
    """Return the seat of schedules with this end and sum."""
    return int((span * 7919 + spread) * 2654435761 & 0x7FFFFFFF) % len(herd.seats)


@compiled
def is_better(herd: Herd, one: int, other: int) -> bool:
    """Return whether one ends before another, or at the same time with less standing about."""
    if herd.span[one] != herd.span[other]:
        return bool(herd.span[one] < herd.span[other])
    return bool(herd.spread[one] < herd.spread[other])


@compiled
def mix(desk: Desk, first: Array, second: Array) -> None:
    """Make a list of two: its beginning as in the first, then a part in the order of the second, the rest as before."""
    n = len(first)
    low, high = draw(desk, n + 1), draw(desk, n + 1)
    if low > high:
        low, high = high, low
    desk.mark[:] = 0
    place = add_new(desk, first, 0, low)
    place = add_new(desk, second, place, high)
    add_new(desk, first, place, n)


@compiled
def add_new(desk: Desk, source: Array, place: int, end: int) -> int:
    """Go on with what is not in the list at hand yet, in the order of a source, up to an end."""
    for each in source:
        if place < end and not desk.mark[each]:
            desk.order[place] = each
            desk.mark[each] = 1
            place += 1
    return place


REST, STRETCH, EARLY, LATE = 0, 1, 2, 3


@compiled
def graft(work: Work, desk: Desk, herd: Herd, one: int, other: int) -> None:
    """Make a list of two: a stretch of the first stays together; the rest stands as in the second, before or after.

    Before come those that must, by their links, and those that start before the middle of the stretch in the second.
    """
    first, second, start = herd.order[one], herd.order[other], herd.start[other]
    n = len(first)
    low = draw(desk, n)
    high = min(n, low + 1 + n // 6 + draw(desk, n // 2 + 1))
    desk.mark[:] = REST
    middle = 0
    for each in first[low:high]:
        desk.mark[each] = STRETCH
        middle += start[each]
    part(work, desk, start, middle // (high - low))
    place = gather(desk, second, EARLY, 0)
    for each in first[low:high]:
        desk.order[place] = each
        place += 1
    gather(desk, second, LATE, place)


@compiled
def part(work: Work, desk: Desk, start: Array, middle: int) -> None:
    """Mark what is not in the stretch as early or late: by links first, then by its start in the other schedule."""
    n = len(start)
    for each in range(n):
        if desk.mark[each] == REST and comes_after(work, desk, each):
            desk.mark[each] = LATE
    for each in range(n - 1, -1, -1):
        if desk.mark[each] == REST:
            desk.mark[each] = EARLY if comes_before(work, desk, each) or start[each] < middle else LATE


@compiled
def comes_after(work: Work, desk: Desk, activity: int) -> bool:
    """Return whether a predecessor is in the stretch, or late."""
    found = False
    for at in range(work.before_from[activity], work.before_from[activity + 1]):
        mark = desk.mark[work.before[at, 0]]
        found = found or mark in (STRETCH, LATE)
    return found


@compiled
def comes_before(work: Work, desk: Desk, activity: int) -> bool:
    """Return whether a successor is in the stretch, or early."""
    found = False
    for at in range(work.after_from[activity], work.after_from[activity + 1]):
        mark = desk.mark[work.after[at, 0]]
        found = found or mark in (STRETCH, EARLY)
    return found


@compiled
def gather(desk: Desk, source: Array, mark: int, place: int) -> int:
    """Go on with what has a mark, in the order of a source."""
    for each in source:
        if desk.mark[each] == mark:
            desk.order[place] = each
            place += 1
    return place


@compiled
def change(work: Work, desk: Desk, chance: int) -> None:
    """Move a few activities of the list at hand to other places between their predecessors and successors."""
    n = len(work.duration)
    for place in range(n - 1):
        if draw(desk, 1000) < chance:
            one, other = desk.order[place], desk.order[place + 1]
            if not follows(work, one, other):
                desk.order[place], desk.order[place + 1] = other, one


@compiled
def follows(work: Work, first: int, second: int) -> bool:
    """Return whether there is a link from the first to the second."""
    at = work.after_from[first]
    while at < work.after_from[first + 1] and work.after[at, 0] != second:
        at += 1
    return bool(at < work.after_from[first + 1])


@compiled
def breed(work: Work, desk: Desk, herd: Herd, n_children: int, chance: int, goal: int) -> None:
    """Raise children until there were so many, or one ends by the goal; each takes the place of its worse parent.

    So schedules give way to their like alone, and a herd stays many-sided for long.
    """
    size = len(herd.span)
    for _ in range(n_children):
        one, other = draw(desk, size), draw(desk, size)
        if draw(desk, 2):
            mix(desk, herd.order[one], herd.order[other])
        else:
            graft(work, desk, herd, one, other)
        change(work, desk, chance)
        end = justify(work, desk, forwards(work, desk))
        spread = desk.start.sum()
        place = one if is_better(herd, other, one) else other
        is_worse = end > herd.span[place] or (end == herd.span[place] and spread > herd.spread[place])
        if not is_worse and not herd.seats[seat(herd, end, spread)]:
            keep(desk, herd, place, end)
            if end <= goal:
                break
