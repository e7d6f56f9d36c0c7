"""The working calendar of a host: its weekend, its holidays, and counting by working days; no framework."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

SETTINGS = "readiness"
# Monday is 0, as in Python; a host in Iran rests on Friday (4), and often on Thursday (3).
_WEEKEND = {"IR": (3, 4), "AF": (3, 4), "SA": (4, 5), "AE": (5, 6), "KW": (4, 5), "QA": (4, 5), "EG": (4, 5)}
_ELSEWHERE = (5, 6)
# Nobody plans over more than these; a calendar without a working day would never end.
MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days are worked.

    Parameters
    ----------
    weekend : days of the week, Monday is 0
    holidays : days on which nobody works, whatever the day of the week
    extra : days that are worked although they are neither
    """

    weekend: frozenset[int]
    holidays: frozenset[date] = frozenset()
    extra: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if len(self.weekend) > 6:
            raise ValueError("a week has a working day")

    def is_worked(self, day: date) -> bool:
        """Whether a day is worked."""
        if day in self.extra:
            return True
        return day.weekday() not in self.weekend and day not in self.holidays

    def first_from(self, day: date) -> date:
        """Return the day itself if it is worked, else the next that is."""
        for more in range(MOST_DAYS):
            found = day + timedelta(days=more)
            if self.is_worked(found):
                return found
        raise ValueError("no working day follows")

    def last_until(self, day: date) -> date:
        """Return the day itself if it is worked, else the last before that is."""
        for less in range(MOST_DAYS):
            found = day - timedelta(days=less)
            if self.is_worked(found):
                return found
        raise ValueError("no working day comes before")

    def between(self, first: date, last: date) -> int:
        """Return how many days are worked from the first to the day before the last; below 0 where last comes first."""
        if last < first:
            return -self.between(last, first)
        return sum(self.is_worked(first + timedelta(days=more)) for more in range((last - first).days))

    def plus(self, day: date, n_days: int) -> date:
        """Return the working day that lies so many working days after the first one from a day; below 0: before."""
        found = self.first_from(day) if n_days >= 0 else self.last_until(day)
        step = 1 if n_days >= 0 else -1
        left = abs(n_days)
        while left:
            found += timedelta(days=step)
            left -= self.is_worked(found)
        return found


def standard_weekend(country: str) -> tuple[int, ...]:
    """Return the days on which a state rests, where the host says nothing else."""
    return _WEEKEND.get(country, _ELSEWHERE)


def calendar_of(settings: Mapping[str, Any], country: str) -> WorkingCalendar:
    """Return the working calendar in the settings of an edition."""
    own: Mapping[str, Any] = settings.get(SETTINGS, {})
    weekend: Collection[int] = own.get("weekend", standard_weekend(country))
    return WorkingCalendar(
        frozenset(weekend),
        frozenset(map(date.fromisoformat, own.get("holidays", ()))),
        frozenset(map(date.fromisoformat, own.get("extra_days", ()))),
    )
