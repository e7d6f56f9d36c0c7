"""Days of a template on the calendar of a host, counted backwards from the opening."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from ejlas.readiness.rules.days import WorkingCalendar
from ejlas.readiness.rules.template.values import Line

_DAY = timedelta(days=1)


def day_before(calendar: WorkingCalendar, opening: date, n_days: int) -> date:
    """Return the working day that lies so many before the opening: 1 is the last; 0 or less: from the opening on."""
    if n_days < 1:
        return calendar.plus(opening, -n_days)
    return calendar.plus(calendar.last_until(opening - _DAY), 1 - n_days)


def days_before(calendar: WorkingCalendar, opening: date, day: date) -> int:
    """Return how many working days a day lies before the opening, as `day_before` counts them."""
    return calendar.between(day, opening)


def too_early(lines: Iterable[Line]) -> list[tuple[str, str, int]]:
    """Return what a line comes after, the line, and by how many days the first is due too late for the second.

    The likely length of the second, and the days between the two, lie between their due days.
    """
    by_slug = {line.slug: line for line in lines}
    found = []
    for line in by_slug.values():
        for before, lag in line.after.items():
            other = by_slug.get(before)
            if other is None or other.due is None or line.due is None:
                continue
            missing = line.due + line.estimate.likely + lag - other.due
            if missing > 0:
                found.append((before, line.slug, missing))
    return found
