"""The chart of a plan as a table with drawings: what reads without scripts, and on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ejlas.core import languages
from ejlas.core.text import Text
from ejlas.exports.ready_labels import share_words
from ejlas.planning.queries.ready.gantt import Asked, Only, Order, Row
from ejlas.readiness.rules.days import WorkingCalendar
from ejlas.web.desk.readiness.ready.answer import obligations_base
from ejlas.web.desk.readiness.ready.calendar_axis import CalendarAxis, calendars_of
from ejlas.web.desk.readiness.ready.charts import short_day
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.labels import word
from ejlas.web.ui.readiness_labels import OBLIGATION_STATES

PER_PAGE = 50
ON_PAPER = 2_000
_LONGEST = 60
# A month is named where it takes so much of the chart, and with its year where it takes more.
_NAMED, _WITH_YEAR = 0.05, 0.12
ORDERS = {
    Order.STREAM: gettext_lazy("By workstream"),
    Order.BODY: gettext_lazy("By body"),
    Order.BEGIN: gettext_lazy("By begin"),
    Order.DUE: gettext_lazy("By due day"),
    Order.RISK: gettext_lazy("By risk"),
}
KEPT = {
    Only.ALL: gettext_lazy("All"),
    Only.CRITICAL: gettext_lazy("Critical"),
    Only.LATE: gettext_lazy("Late by the plan"),
    Only.OPEN: gettext_lazy("Not delivered"),
    Only.UNANSWERED: gettext_lazy("Unanswered or refused"),
}
ZOOMS = {"week": gettext_lazy("Week"), "month": gettext_lazy("Month"), "all": gettext_lazy("Everything")}


def read_asked(data: QueryDict) -> Asked:
    """Read an address; what it names wrongly is left out."""
    only, order = data.get("only", ""), data.get("sort", "")
    return Asked(
        body=data.get("body", "")[:_LONGEST],
        stream=data.get("workstream", "")[:_LONGEST],
        only=Only(only) if only in set(Only) else Only.ALL,
        order=Order(order) if order in set(Order) else Order.STREAM,
    )


def address_of(asked: Asked, **more: Any) -> str:
    """Return the query of what is asked, with more."""
    state = {"body": asked.body, "workstream": asked.stream, "only": asked.only.value, "sort": asked.order.value}
    return urlencode({name: value for name, value in {**state, **more}.items() if value})


@dataclass(frozen=True, slots=True)
class Drawing:
    """Places of days in per cent of the width, as the reader reads."""

    axis: CalendarAxis
    is_right_to_left: bool

    def at(self, number: float) -> str:
        """Return where a moment stands, in days from the first."""
        share = 100 * number / self.axis.n_days
        return f"{100 - share if self.is_right_to_left else share:.2f}%"

    def bar(self, first: int, last: int) -> dict[str, str]:
        """Return where a bar stands that reaches from the first day to the end of the last."""
        width = 100 * (last + 1 - first) / self.axis.n_days
        start = 100 * first / self.axis.n_days
        return {"x": f"{100 - start - width if self.is_right_to_left else start:.2f}%", "width": f"{width:.2f}%"}


@dataclass(frozen=True, slots=True)
class ChartPage:
    """One page of the table for one reader."""

    drawing: Drawing
    sheet: Sheet
    names: Mapping[str, Text]
    by_body: bool
    base: str

    @classmethod
    def of(
        cls, axis: CalendarAxis, sheet: Sheet, *, bodies: Sequence[Any], streams: Sequence[Any], asked: Asked
    ) -> ChartPage:
        """Prepare a page; rows are grouped as they are ordered."""
        drawing = Drawing(axis, languages.direction(sheet.reader.language) == "rtl")
        by_body = asked.order is Order.BODY
        names = {f"b{slug}": name for slug, name in bodies} | {f"s{slug}": name for slug, name in streams}
        return cls(drawing, sheet, names, by_body, obligations_base(sheet.edition.slug))

    def head(self, calendar: WorkingCalendar, places: Mapping[str, int]) -> dict[str, Any]:
        """Return months, days off, and the lines of today, of the last day and of the opening."""
        language = self.sheet.reader.language
        axis = self.drawing.axis
        return {
            "calendars": [
                (16 + 18 * line, self._months(axis.months(language, each)))
                for line, each in enumerate(calendars_of(language, self.sheet.reader.calendars))
            ],
            "off": [self.drawing.bar(first, last) for first, last in _stretches(axis.days_off(calendar))],
            **{f"{name}_at": self.drawing.at(place + (name != "opening")) for name, place in places.items()},
        }

    def _months(self, months: Sequence[Any]) -> list[dict[str, str]]:
        n_days = self.drawing.axis.n_days
        ends = [*(month.start for month in months[1:]), n_days]
        found = []
        for month, end in zip(months, ends, strict=True):
            share = (end - month.start) / n_days
            name = month.name if share >= _WITH_YEAR else month.name.rsplit(" ", 1)[0] if share >= _NAMED else ""
            found.append({"at": self.drawing.at(month.start), "name": name})
        return found

    def groups(self, rows: Sequence[Row], order: Order) -> list[dict[str, Any]]:
        """Return the rows in their groups; in an order across groups they stand in one without a name."""
        found: list[dict[str, Any]] = []
        for row in rows:
            key = self._key(row, order)
            if not found or found[-1]["key"] != key:
                found.append({"key": key, "name": self._group_name(key, order), "rows": []})
            found[-1]["rows"].append(self._row(row))
        return found

    def _key(self, row: Row, order: Order) -> str | None:
        if order is Order.STREAM:
            return row.stream or ""
        return (row.body or "") if order is Order.BODY else None

    def _group_name(self, key: str | None, order: Order) -> Any:
        if key is None:
            return ""
        if not key:
            return _("No body") if order is Order.BODY else _("Without a workstream")
        return self.sheet.text(self.names.get(f"{'b' if order is Order.BODY else 's'}{key}")) or key

    def _row(self, row: Row) -> dict[str, Any]:
        place, language = self.drawing.axis.place, self.sheet.reader.language
        begin, end = place(row.begins), place(row.ends)
        address = f"{self.base}{row.slug}/"
        return {
            "thing": format_html('<a href="{}">{}</a>', address, self.sheet.text(row.name)),
            "beside": self._beside(row),
            "state": word(OBLIGATION_STATES, row.state),
            "is_critical": row.is_critical,
            "is_late": row.is_late,
            "is_worked": row.is_worked,
            "bar": self.drawing.bar(begin, max(begin, end)),
            "tail": self.drawing.bar(begin, max(begin, place(row.ends_95))),
            "tail_80": self.drawing.bar(begin, max(begin, place(row.ends_80))),
            "due_at": self.drawing.at(place(row.due) + 1) if row.due else "",
            "begins": short_day(self.sheet, row.begins),
            "ends": short_day(self.sheet, row.ends),
            "due": short_day(self.sheet, row.due) if row.due else "",
            "on_time": share_words(row.p_on_time, language),
        }

    def _beside(self, row: Row) -> Any:
        """Return the body of a row; where rows are grouped by bodies, its workstream."""
        key = f"s{row.stream or ''}" if self.by_body else f"b{row.body or ''}"
        return self.sheet.text(self.names.get(key))


def _stretches(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return days that follow one another as stretches."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
