"""The working days of a host in one row: what the engine counts, and the days they stand for."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from math import ceil, floor

from ejlas.readiness.rules.days import MOST_DAYS, WorkingCalendar

# What a sum of fractions of days of seven digits may be off, so that work which ends with a day ends on that day.
_TINY = 1e-3


class Axis:
    """Working days from 0 on; a day is the stretch from its number to the next.

    Parameters
    ----------
    calendar : which days are worked
    origin : the day with number 0, or the first worked day after it
    """

    def __init__(self, calendar: WorkingCalendar, origin: date) -> None:
        self._calendar = calendar
        self._worked: list[date] = []
        self._next = origin

    def start_of(self, day: date) -> int:
        """Return the number of working days that lie before a day; 0 for days before the origin."""
        while self._next < day:
            self._grow()
        return bisect_left(self._worked, day)

    def end_of(self, day: date) -> int:
        """Return the number of working days that are over when a day is."""
        return self.start_of(day + timedelta(days=1))

    def day_of_end(self, time: float) -> date:
        """Return the day on which something ends that ends at this time."""
        return self._day(ceil(time - _TINY) - 1)

    def day_of_start(self, time: float) -> date:
        """Return the day on which something begins that begins at this time."""
        return self._day(floor(time + _TINY))

    def _day(self, number: int) -> date:
        number = min(max(number, 0), MOST_DAYS)
        while len(self._worked) <= number:
            self._grow()
        return self._worked[number]

    def _grow(self) -> None:
        day = self._calendar.first_from(self._next)
        self._worked.append(day)
        self._next = day + timedelta(days=1)
