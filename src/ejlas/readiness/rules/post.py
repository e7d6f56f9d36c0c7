"""When reminders leave: by day, on days that are worked, and not before the host lets them; no framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ejlas.readiness.rules import house
from ejlas.readiness.rules.days import WorkingCalendar, calendar_of

# Nobody is written to at night: the first and the last hour, at the place of the summit, in which mails leave.
FIRST_HOUR, LAST_HOUR = 8, 19


@dataclass(frozen=True, slots=True)
class Post:
    """The days on which mails leave.

    Parameters
    ----------
    calendar : the host's; on days of rest nobody is written to
    begins_on : the host lets none leave before this day; None: it says nothing
    """

    calendar: WorkingCalendar
    begins_on: date | None = None

    @classmethod
    def of(cls, settings: Mapping[str, Any], country: str) -> Post:
        """Return what the settings of an edition say."""
        begins_on = house.stored(settings)["remind_from"]
        return cls(calendar_of(settings, country), date.fromisoformat(begins_on) if begins_on else None)

    def held_until(self, day: date) -> date | None:
        """Return until when the host holds back the mails of a day; None where it does not."""
        return self.begins_on if self.begins_on is not None and day < self.begins_on else None

    def leaves(self, moment: datetime) -> bool:
        """Whether mails leave at a moment, which is told by the clocks of the place."""
        day = moment.date()
        is_civil = FIRST_HOUR <= moment.hour <= LAST_HOUR
        return is_civil and self.calendar.is_worked(day) and self.held_until(day) is None

    def until(self, day: date) -> date:
        """Return the last day for which mails of a day speak: the days of rest that follow belong to it."""
        return self.calendar.first_from(day + timedelta(days=1)) - timedelta(days=1)
