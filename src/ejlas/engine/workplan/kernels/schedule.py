"""Schedules from lists: each activity as early, or as late, as hands and links allow; and justification."""

from ejlas.engine.workplan.kernels.compiling import compiled
from ejlas.engine.workplan.kernels.state import NONE, Array, Desk, Work, clear, fits, span_of, take


@compiled
def earliest(work: Work, desk: Desk, activity: int) -> int:
    """Return the first start at which links are kept and hands are free throughout."""
    start = work.release[activity]
    for at in range(work.before_from[activity], work.before_from[activity + 1]):
        first = work.before[at, 0]
        start = max(start, desk.start[first] + work.duration[first] + work.before[at, 1])
    unit = start
    while unit < start + work.duration[activity]:
        if not fits(work, desk, activity, unit):
            start = unit + 1
        unit += 1
    return int(start)


@compiled
def latest(work: Work, desk: Desk, activity: int, end: int) -> int:
    """Return the last start by this end at which links are kept and hands are free throughout."""
    finish = end
    for at in range(work.after_from[activity], work.after_from[activity + 1]):
        finish = min(finish, desk.start[work.after[at, 0]] - work.after[at, 1])
    unit = finish - 1
    while unit >= finish - work.duration[activity]:
        if not fits(work, desk, activity, unit):
            finish = unit
        unit -= 1
    return int(finish - work.duration[activity])


@compiled
def forwards(work: Work, desk: Desk) -> int:
    """Make the schedule of the list at hand, which keeps the links, and return its end (serial generation)."""
    for activity in desk.order:
        if work.pinned[activity] != NONE:
            desk.start[activity] = work.pinned[activity]
        else:
            take(work, desk, activity, earliest(work, desk, activity))
    end = span_of(work, desk)
    clear(work, desk, end)
    return end


@compiled
def backwards(work: Work, desk: Desk, end: int) -> None:
    """Move everything as late as it can stand by this end, the last of the list at hand first."""
    for place in range(len(desk.order) - 1, -1, -1):
        activity = desk.order[place]
        if work.pinned[activity] == NONE:
            take(work, desk, activity, latest(work, desk, activity, end))
    clear(work, desk, end)


@compiled
def sort_by_start(work: Work, desk: Desk, end: int) -> None:
    """Put the list at hand in the order of starts; of equal ones, predecessors come first."""
    sort_by(desk, desk.start, end)


@compiled
def sort_by_finish(work: Work, desk: Desk, end: int) -> None:
    """Put the list at hand in the order of ends; of equal ones, predecessors come first."""
    for activity in range(len(work.duration)):
        desk.mark[activity] = desk.start[activity] + work.duration[activity]
    sort_by(desk, desk.mark, end)


@compiled
def sort_by(desk: Desk, moment: Array, end: int) -> None:
    """Put the list at hand in the order of moments up to an end, by counting those of each."""
    desk.count[: end + 2] = 0
    for each in moment:
        desk.count[each + 1] += 1
    for unit in range(1, end + 2):
        desk.count[unit] += desk.count[unit - 1]
    for activity in range(len(moment)):
        desk.order[desk.count[moment[activity]]] = activity
        desk.count[moment[activity]] += 1


@compiled
def justify(work: Work, desk: Desk, end: int) -> int:
    """Move all of the schedule at hand as late as it can stand, then as early; return its end, never a later one."""
    sort_by_finish(work, desk, end)
    backwards(work, desk, end)
    sort_by_start(work, desk, end)
    end = forwards(work, desk)
    sort_by_start(work, desk, end)
    return end


@compiled
def in_parallel(work: Work, desk: Desk) -> int:
    """Make a schedule moment by moment: of the list at hand, what comes first and can start, starts (parallel)."""
    n = len(work.duration)
    left = n
    for activity in range(n):
        desk.start[activity] = work.pinned[activity]
        left -= work.pinned[activity] != NONE
    unit = 0
    while left:
        started = False
        for activity in desk.order:
            if desk.start[activity] == NONE and may_start(work, desk, activity, unit):
                take(work, desk, activity, unit)
                left -= 1
                started = started or work.duration[activity] == 0
        # What takes no time may let others start in the same unit.
        if not started:
            unit = next_moment(work, desk, unit)
    end = span_of(work, desk)
    clear(work, desk, end)
    return end


@compiled
def next_moment(work: Work, desk: Desk, unit: int) -> int:
    """Return the first unit after this one in which something may be able to start that was not before."""
    found = len(work.free)
    for activity in range(len(work.duration)):
        if desk.start[activity] == NONE:
            found = sooner(found, work.release[activity], unit)
        else:
            end = desk.start[activity] + work.duration[activity]
            found = sooner(found, end, unit)
            for at in range(work.after_from[activity], work.after_from[activity + 1]):
                found = sooner(found, end + work.after[at, 1], unit)
    return found


@compiled
def sooner(found: int, moment: int, unit: int) -> int:
    """Return the moment if it comes after the unit and before what was found."""
    return moment if unit < moment < found else found


@compiled
def may_start(work: Work, desk: Desk, activity: int, unit: int) -> bool:
    """Return whether an activity can start in this unit."""
    if work.release[activity] > unit:
        return False
    for at in range(work.before_from[activity], work.before_from[activity + 1]):
        first = work.before[at, 0]
        if desk.start[first] == NONE or desk.start[first] + work.duration[first] + work.before[at, 1] > unit:
            return False
    end = unit + work.duration[activity]
    while unit < end and fits(work, desk, activity, unit):
        unit += 1
    return bool(unit == end)
