"""The axis of the chart of a plan: its days by number, the months of each calendar, days off."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ejlas.core import calendars, languages
from ejlas.planning.queries.ready.gantt import Span
from ejlas.readiness.rules.days import WorkingCalendar

# What lies further from the opening is drawn at the edge of the chart.
_MOST_BEFORE, _MOST_AFTER = timedelta(days=3 * 365), timedelta(days=120)
_MARGIN = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Month:
    """A month on the axis: the number of its first day that is shown, its name, and which day of the month that is."""

    start: int
    name: str
    first_day: int


@dataclass(frozen=True, slots=True)
class CalendarAxis:
    """Days counted from 0; a bar reaches from its first day to the end of its last."""

    first: date
    n_days: int

    def place(self, day: date) -> int:
        """Return the number of a day; what lies outside stands at the edge."""
        return min(max((day - self.first).days, 0), self.n_days - 1)

    def days_off(self, calendar: WorkingCalendar) -> list[int]:
        """Return the numbers of the days on which nobody works."""
        return [number for number, day in enumerate(self._days()) if not calendar.is_worked(day)]

    def months(self, language: str, calendar: calendars.Calendar) -> list[Month]:
        """Return the months of a calendar that begin on the axis, and the one with which it begins."""
        found: list[Month] = []
        before = None
        for number, day in enumerate(self._days()):
            shown = calendars.to_solar_hijri(day) if calendar == calendars.SOLAR_HIJRI else day
            if (shown.year, shown.month) != before:
                before = (shown.year, shown.month)
                year = languages.digits(str(shown.year), language)
                name = f"{calendars.month_name(shown.month, language, calendar=calendar)} {year}"
                found.append(Month(number, name, shown.day))
        return found

    def week_starts(self, language: str) -> list[int]:
        """Return the numbers of the days with which the reader's week begins."""
        begins = calendars.week_start(language)
        return [number for number, day in enumerate(self._days()) if day.weekday() == begins]

    def _days(self) -> Iterator[date]:
        return (self.first + timedelta(days=number) for number in range(self.n_days))


def calendars_of(language: str, asked: Collection[str]) -> tuple[calendars.Calendar, ...]:
    """Return the calendars of a reader, the own one first, as dates are written."""
    if calendars.home_calendar(language) == calendars.SOLAR_HIJRI:
        return calendars.SOLAR_HIJRI, calendars.GREGORIAN
    other = (calendars.SOLAR_HIJRI,) if calendars.SOLAR_HIJRI in asked else ()
    return calendars.GREGORIAN, *other


def axis_of(span: Span, *, opening: date, today: date) -> CalendarAxis:
    """Return an axis on which a whole plan, today and the opening stand."""
    first = min(filter(None, [span.first, today, opening]))
    last = max(filter(None, [span.last, span.last_due, today, opening]))
    first = max(first - _MARGIN, opening - _MOST_BEFORE)
    last = max(min(last, opening + _MOST_AFTER), first) + _MARGIN
    return CalendarAxis(first, (last - first).days + 1)
