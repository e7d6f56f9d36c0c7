"""Charts of one forecast or of many as drawings that the server makes: burn-up and trend, each with its table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ejlas.core import languages
from ejlas.exports.ready_labels import share_words
from ejlas.planning.queries.ready.burn_up import BurnUp
from ejlas.web.ui.kinds import Sheet

WIDTH, HEIGHT = 560, 240
# Room around the drawing for what stands at its axes.
LEFT, RIGHT, TOP, BOTTOM = 52, 20, 16, 34
_MOST_LABELS = 4
# So many rows of a table at most; of more, each second or third is left out.
_MOST_ROWS = 60


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


def burn_up_chart(found: BurnUp, sheet: Sheet, *, today: date, target: date) -> dict[str, Any]:
    """Return the burn-up as a drawing and a table."""
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
        "rows": [
            {"day": sheet.day(point.day), **{name: number(getattr(point, name)) for name in series}} for point in kept
        ],
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
        "rows": [
            {
                "day": sheet.day(each.made_on),
                "share": share_words(each.p_ready, language),
                "ends": [sheet.day(day) for day in (each.ends_50, each.ends_80, each.ends_95)],
                "is_of_meeting": each.meeting_id is not None,
            }
            for each in reversed(kept)
        ],
    }


def _plane(first: date, last: date, most: float, sheet: Sheet) -> Plane:
    return Plane(first, last, most, languages.direction(sheet.reader.language) == "rtl")
