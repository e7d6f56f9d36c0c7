"""How much was to be delivered by each day, how much was, and how much a forecast expects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ejlas.planning.rules.ready.basis import Basis

if TYPE_CHECKING:
    from ejlas.planning.rules.ready.outcome import Line

WEEK = 7
# A stretch of so many days is shown day by day.
MOST_DAYS = 28
# Beyond so many points a step is several weeks.
MOST_POINTS = 110


@dataclass(frozen=True, slots=True)
class Point:
    """Numbers of obligations at the end of a day; None = not known for that day.

    Parameters
    ----------
    planned : due by then; what has no due day is due when everything has to be ready
    delivered : delivered by then, until the day of the forecast
    likely, sure : delivered by then with 50 and 80 per cent each, from the day of the forecast on
    """

    day: date
    planned: int
    delivered: int | None
    likely: int | None
    sure: int | None


@dataclass(frozen=True, slots=True)
class BurnUp:
    """Points in the order of their days, so many days apart; `n` obligations in all."""

    n: int
    step_days: int
    points: tuple[Point, ...]

    def stored(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        rows = [[point.day.isoformat(), *astuple(point)[1:]] for point in self.points]
        return {"n": self.n, "step_days": self.step_days, "points": rows}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> BurnUp:
        """Return what was stored."""
        points = tuple(Point(date.fromisoformat(day), *numbers) for day, *numbers in stored["points"])
        return cls(stored["n"], stored["step_days"], points)


def burn_up(basis: Basis, lines: Sequence[Line], *, target: date) -> BurnUp:
    """Return how a preparation goes and is to go on, by the lines of a forecast of its basis."""
    today = basis.today
    worked = [each.delivered for each in basis.owed if each.is_worked]
    planned = _counted((each.due for each in basis.owed), target)
    delivered = _counted(worked, min([today, *filter(None, worked)]))
    likely, sure = Counter(line.ends_50 for line in lines), Counter(line.ends_80 for line in lines)
    days = _days({*planned, *delivered, *likely, *sure, today, target}, today)
    sums = [_sums(counts, days) for counts in (planned, delivered, likely, sure)]
    points = tuple(
        Point(
            day=day,
            planned=due,
            delivered=over if day <= today else None,
            likely=half if day >= today else None,
            sure=most if day >= today else None,
        )
        for day, due, over, half, most in zip(days, *sums, strict=True)
    )
    return BurnUp(len(basis.owed), (days[1] - days[0]).days if len(days) > 1 else 1, points)


def _counted(days: Iterable[date | None], otherwise: date) -> Counter[date]:
    """Return how many there are of each day; what has none stands at another."""
    return Counter(day or otherwise for day in days)


def _sums(counts: Mapping[date, int], days: list[date]) -> list[int]:
    """Return how many there are by the end of each of the days, which ascend."""
    found, left, total = [], sorted(counts, reverse=True), 0
    for day in days:
        while left and left[-1] <= day:
            total += counts[left.pop()]
        found.append(total)
    return found


def _days(concerned: set[date], today: date) -> list[date]:
    """Return days at even steps around all that are concerned, the day of the forecast among them."""
    first, last = min(concerned), max(concerned)
    span = (last - first).days
    weeks = max(1, -(-span // (WEEK * MOST_POINTS)))
    step = 1 if span <= MOST_DAYS else WEEK * weeks
    before, after = -(-(today - first).days // step), -(-(last - today).days // step)
    return [today + timedelta(days=step * number) for number in range(-before, after + 1)]
