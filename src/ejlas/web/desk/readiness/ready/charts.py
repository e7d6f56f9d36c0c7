"""Charts of one forecast or of many as drawings that the server makes: burn-up and trend, each with its table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from ejlas.core import calendars, languages
from ejlas.exports.ready_labels import share_words
from ejlas.planning.queries.ready.burn_up import BurnUp
from ejlas.web.desk.readiness.ready.calendar_axis import calendars_of
from ejlas.web.ui.kinds import Sheet

WIDTH, HEIGHT = 560, 240
# Room around the drawing for what stands at its axes.
LEFT, RIGHT, TOP, BOTTOM = 52, 20, 16, 34
_MOST_LABELS = 4
# So many rows of a table at most; of more, each second or third is left out.
_MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Plane:
    """Where days and values stand in a drawing; time runs as the reader reads.

    Parameters
    ----------
    first, last : the days at both ends
    most : the value at the top
    """

    first: date
    last: date
    most: float
    is_right_to_left: bool

    def x(self, day: date) -> float:
        """Return where a day stands."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        along = LEFT + (WIDTH - LEFT - RIGHT) * share
        return round(WIDTH - along if self.is_right_to_left else along, 1)

    def y(self, value: float) -> float:
        """Return how high a value stands."""
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / (self.most or 1), 1)

    def line(self, points: Iterable[tuple[date, float]]) -> str:
        """Return the points of a line."""
        return " ".join(f"{self.x(day)},{self.y(value)}" for day, value in points)

    def frame(self, sheet: Sheet, values: Sequence[float], words: Callable[[float], str]) -> dict[str, Any]:
        """Return what stands around the drawing: its size, the lines across, and some days below."""
        near, far = (WIDTH - LEFT, RIGHT) if self.is_right_to_left else (LEFT, WIDTH - RIGHT)
        beside = near + 8 if self.is_right_to_left else near - 8
        return {
            "width": WIDTH,
            "height": HEIGHT,
            "near": near,
            "far": far,
            "beside": beside,
            "anchor": "start" if self.is_right_to_left else "end",
            # What stands at the ends must not reach beyond them.
            "first_anchor": "end" if self.is_right_to_left else "start",
            "last_anchor": "start" if self.is_right_to_left else "end",
            "below": HEIGHT - BOTTOM + 20,
            "floor": HEIGHT - BOTTOM,
            "roof": TOP,
            "across": [(self.y(value), words(value)) for value in values],
            "days": [(self.x(day), sheet.reader.dates(day, "short")[0]) for day in self._some_days()],
        }

    def _some_days(self) -> list[date]:
        span = self.last - self.first
        number = min(_MOST_LABELS, max(span.days, 1) + 1)
        return [self.first + span * place / (number - 1) for place in range(number)] if number > 1 else [self.first]

    def mark(self, day: date) -> float | None:
        """Return where a line for a day stands; None outside of the drawing."""
        return self.x(day) if self.first <= day <= self.last else None


def burn_up_chart(found: BurnUp, sheet: Sheet, *, today: date, target: date) -> dict[str, Any] | None:
    """Return the burn-up as a drawing and a table; None where nothing of it was kept."""
    if not found.points:
        return None
    days = [point.day for point in found.points]
    plane = _plane(days[0], days[-1], found.n, sheet)
    number = sheet.number
    series = ("planned", "delivered", "likely", "sure")
    steps = sorted({0, *(round(found.n * part / 4) for part in (1, 2, 3)), found.n})
    kept = found.points[:: -(-len(found.points) // _MOST_ROWS)]
    return {
        "frame": plane.frame(sheet, steps, lambda value: number(int(value))),
        "lines": {
            name: plane.line(
                (point.day, getattr(point, name)) for point in found.points if getattr(point, name) is not None
            )
            for name in series
        },
        "today": plane.mark(today),
        "target": plane.mark(target),
        "rows": _rows(
            (short_day(sheet, point.day), [number(getattr(point, name)) for name in series]) for point in kept
        ),
    }


def trend_chart(forecasts: Sequence[Any], sheet: Sheet) -> dict[str, Any] | None:
    """Return how the answer moved as a drawing and a table; None until there are two of them."""
    if len(forecasts) < 2:
        return None
    plane = _plane(forecasts[0].made_on, forecasts[-1].made_on, 1.0, sheet)
    language = sheet.reader.language
    kept = list(forecasts)[:: -(-len(forecasts) // _MOST_ROWS)]
    if kept[-1] is not forecasts[-1]:
        kept.append(forecasts[-1])
    return {
        "frame": plane.frame(sheet, (0, 0.25, 0.5, 0.75, 1), lambda value: languages.percent(value, language)),
        "line": plane.line((each.made_on, each.p_ready) for each in forecasts),
        "meetings": [(plane.x(each.made_on), plane.y(each.p_ready)) for each in forecasts if each.meeting_id],
        "last": (plane.x(forecasts[-1].made_on), plane.y(forecasts[-1].p_ready)),
        "rows": _rows(
            (
                _marked(each, sheet),
                [
                    share_words(each.p_ready, language),
                    *(short_day(sheet, day) for day in (each.ends_50, each.ends_80, each.ends_95)),
                ],
            )
            for each in reversed(kept)
        ),
    }


def _marked(forecast: Any, sheet: Sheet) -> SafeString:
    """Return the day of a forecast; that of a meeting is marked."""
    day = short_day(sheet, forecast.made_on)
    return format_html('{} <span class="tag">{}</span>', day, gettext("Meeting")) if forecast.meeting_id else day


def _rows(rows: Iterable[tuple[SafeString, Sequence[str]]]) -> SafeString:
    """Return the body of a table; a template would take longer than all else on the page."""
    written = []
    for head, values in rows:
        cells = "".join(f'<td class="number">{_escaped(value)}</td>' for value in values)
        written.append(f'<tr><th scope="row">{head}</th>{cells}</tr>')
    return SafeString("".join(written))


def _escaped(words: str) -> str:
    return words if isinstance(words, SafeString) else escape(words)


def short_day(sheet: Sheet, day: date) -> SafeString:
    """Return a day in the reader's own calendar, in digits; charts have hundreds of them."""
    language = sheet.reader.language
    return _short_day(day, language, calendars_of(language, ())[0])


@lru_cache(maxsize=4096)
def _short_day(day: date, language: str, calendar: calendars.Calendar) -> SafeString:
    words = calendars.format_date(day, language, calendar=calendar, style="short")
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), words)


def _plane(first: date, last: date, most: float, sheet: Sheet) -> Plane:
    return Plane(first, last, most, languages.direction(sheet.reader.language) == "rtl")
