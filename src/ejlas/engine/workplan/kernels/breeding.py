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
    """(size,) its end."""
    spread: Array
    """(size,) sum of its starts: what tells schedules of one end apart, and the less the better."""


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
    """Let the schedule at hand live in this place."""
    herd.order[place] = desk.order
    herd.start[place] = desk.start
    herd.span[place] = span
    herd.spread[place] = desk.start.sum()


@compiled
def tournament(desk: Desk, herd: Herd) -> int:
    """Return the better of two that are drawn."""
    one, other = draw(desk, len(herd.span)), draw(desk, len(herd.span))
    return other if is_better(herd, other, one) else one


@compiled
def is_better(herd: Herd, one: int, other: int) -> bool:
    """Return whether one ends before another, or at the same time with less standing about."""
    if herd.span[one] != herd.span[other]:
        return bool(herd.span[one] < herd.span[other])
    return bool(herd.spread[one] < herd.spread[other])


@compiled
def cross(desk: Desk, first: Array, second: Array) -> None:
    """Make a list of two: a stretch of the first stays together, the rest stands as in the second."""
    n = len(first)
    low, high = draw(desk, n + 1), draw(desk, n + 1)
    if low > high:
        low, high = high, low
    desk.mark[:] = 0
    place = 0
    for each in first[:low]:
        desk.order[place] = each
        desk.mark[each] = 1
        place += 1
    for each in second:
        if place == high:
            break
        if not desk.mark[each]:
            desk.order[place] = each
            desk.mark[each] = 1
            place += 1
    for each in first:
        if not desk.mark[each]:
            desk.order[place] = each
            place += 1


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
def worst_of(desk: Desk, herd: Herd) -> int:
    """Return the worst of a few that are drawn."""
    worst = draw(desk, len(herd.span))
    for _ in range(3):
        other = draw(desk, len(herd.span))
        if is_better(herd, worst, other):
            worst = other
    return worst


@compiled
def is_there(desk: Desk, herd: Herd, span: int) -> bool:
    """Return whether the schedule at hand lives in the herd already."""
    spread = desk.start.sum()
    for place in range(len(herd.span)):
        if herd.span[place] == span and herd.spread[place] == spread and (herd.start[place] == desk.start).all():
            return True
    return False


@compiled
def breed(work: Work, desk: Desk, herd: Herd, n_children: int, chance: int, goal: int) -> int:
    """Raise children until there were so many, or one ends by the goal; return how many there were."""
    for child in range(n_children):
        one, other = tournament(desk, herd), tournament(desk, herd)
        cross(desk, herd.order[one], herd.order[other])
        change(work, desk, chance)
        end = forwards(work, desk)
        end = justify(work, desk, end)
        if is_there(desk, herd, end):
            continue
        place = worst_of(desk, herd)
        if end < herd.span[place] or (end == herd.span[place] and desk.start.sum() <= herd.spread[place]):
            keep(desk, herd, place, end)
            if end <= goal:
                return child + 1
    return n_children
