"""The chart of a plan as compact data for the browser: rows as lists, days as numbers, names once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from ejlas.core import calendars, languages
from ejlas.core.text import Text
from ejlas.planning.queries.ready.gantt import Row
from ejlas.readiness.rules.days import WorkingCalendar
from ejlas.readiness.rules.states import ObligationState
from ejlas.web.desk.readiness.ready.calendar_axis import CalendarAxis, calendars_of
from ejlas.web.ui.readiness_labels import OBLIGATION_STATES
from ejlas.web.ui.reading import Reader

# What the flags of a row say.
CRITICAL, LATE, WORKED, BEGUN, UNANSWERED = 1, 2, 4, 8, 16
_ANSWERS = frozenset({ObligationState.PLANNED, ObligationState.REFUSED})
_STATES = {state.value: place for place, state in enumerate(ObligationState)}
Named = Sequence[tuple[str, Text]]


@dataclass(frozen=True, slots=True)
class ChartData:
    """What the data of one chart share."""

    axis: CalendarAxis
    reader: Reader
    bodies: Named
    streams: Named

    def frame(self, calendar: WorkingCalendar, places: dict[str, int]) -> dict[str, Any]:
        """Return what stands around the rows; `places` are the numbers of today, the last day and the opening."""
        language, axis = self.reader.language, self.axis
        shown = calendars_of(language, self.reader.calendars)
        days = (axis.first + timedelta(days=number) for number in range(axis.n_days))
        return {
            "days": axis.n_days,
            **places,
            "off": axis.days_off(calendar),
            "weeks": axis.week_starts(language),
            "calendars": [
                [[month.start, month.name, month.first_day] for month in axis.months(language, each)] for each in shown
            ],
            "dates": [calendars.format_date(day, language, calendar=shown[0], style="short") for day in days],
            "digits": languages.digits("0123456789", language),
            "bodies": [self._name(slug, name) for slug, name in self.bodies],
            "streams": [self._name(slug, name) for slug, name in self.streams],
            "states": [str(OBLIGATION_STATES[state]) for state in ObligationState],
            "words": _words() | {"percent": self._percent()},
        }

    def _percent(self) -> str:
        """Return how the language writes a number in per cent, with a place for the number."""
        language = self.reader.language
        return languages.percent(0.07, language).replace(languages.digits("7", language), "{number}")

    def rows(self, rows: Sequence[Row]) -> list[list[Any]]:
        """Return the rows, each as a list in the order that `frontend/src/readiness/data.ts` names."""
        bodies = {slug: place for place, (slug, _name) in enumerate(self.bodies)}
        streams = {slug: place for place, (slug, _name) in enumerate(self.streams)}
        place = self.axis.place
        return [
            [
                *self._name(row.slug, row.name),
                bodies.get(row.body or "", -1),
                streams.get(row.stream or "", -1),
                _STATES[row.state],
                place(row.begins),
                place(row.ends),
                place(row.ends_80),
                place(row.ends_95),
                -1 if row.due is None else place(row.due),
                round(row.p_on_time * 100),
                round(row.criticality * 100),
                round(row.share * 1000),
                row.slack,
                flags_of(row),
            ]
            for row in rows
        ]

    def _name(self, slug: str, name: Text) -> list[str]:
        """Return the short name, the name for this reader, and its language where it is not that of the page."""
        words, language = self.reader.wording(name.to_stored())
        return [slug, words or slug, "" if language == self.reader.around else language]


def flags_of(row: Row) -> int:
    """Return what is to be seen of a row at once, as bits."""
    return (
        CRITICAL * row.is_critical
        | LATE * row.is_late
        | WORKED * row.is_worked
        | BEGUN * (row.state == ObligationState.IN_WORK)
        | UNANSWERED * (row.state in _ANSWERS)
    )


def links_between(rows: Sequence[Row], links: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """Return links as pairs of numbers of rows."""
    place = {row.slug: number for number, row in enumerate(rows)}
    return [(place[before], place[after]) for before, after in links if before in place and after in place]


def _words() -> dict[str, str]:
    """Return the words that the script puts on the chart."""
    return {
        "critical": _("critical"),
        "late": _("late"),
        "no_body": _("No body"),
        "no_stream": _("Without a workstream"),
        "today": _("Today"),
        "target": _("Everything ready"),
        "opening": _("Opening"),
        "row": _("{name}: {state}, {begin} to {end}, due {due}, in time with {share}"),
        "row_undated": _("{name}: {state}, {begin} to {end}, in time with {share}"),
        "shown": _("Shown: {number} of {all}"),
        "nothing": _("Nothing fits these filters."),
    }
