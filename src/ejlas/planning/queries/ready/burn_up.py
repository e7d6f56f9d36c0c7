"""How much was to be delivered by each day, how much was, and how much a forecast expects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value

from ejlas.forum.models import Edition
from ejlas.planning.models import Forecast, ForecastLine
from ejlas.readiness.models import Obligation
from ejlas.readiness.rules.states import WORKED

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


def burn_up(edition: Edition, forecast: Forecast) -> BurnUp:
    """Return how the preparation goes and is to go on, by a forecast that was made. One SQL query."""
    made_on, target = forecast.made_on or edition.starts_on, forecast.target_on or edition.starts_on
    counts = _counts(edition, forecast)
    planned = _with_rest(counts["due"], target)
    delivered = _with_rest(counts["delivered"], min([made_on, *filter(None, counts["delivered"])]))
    likely, sure = _with_rest(counts["likely"], target), _with_rest(counts["sure"], target)
    days = _days({*planned, *delivered, *likely, *sure, made_on, target}, made_on)
    points = tuple(
        Point(
            day=day,
            planned=_until(planned, day),
            delivered=_until(delivered, day) if day <= made_on else None,
            likely=_until(likely, day) if day >= made_on else None,
            sure=_until(sure, day) if day >= made_on else None,
        )
        for day in days
    )
    return BurnUp(sum(planned.values()), (days[1] - days[0]).days if len(days) > 1 else 1, points)


def _counts(edition: Edition, forecast: Forecast) -> dict[str, Counter[date | None]]:
    """Return how many obligations each kind of day concerns, by the day."""
    owed = Obligation.objects.filter(edition=edition)
    lines = ForecastLine.objects.filter(forecast=forecast)
    rows = _grouped(owed, "due", "due_on").union(
        _grouped(owed.filter(state__in=sorted(WORKED)), "delivered", "delivered_on"),
        _grouped(lines, "likely", "ends_50"),
        _grouped(lines, "sure", "ends_80"),
        all=True,
    )
    found: dict[str, Counter[date | None]] = {kind: Counter() for kind in ("due", "delivered", "likely", "sure")}
    for kind, day, number in rows:
        found[kind][day] += number
    return found


def _grouped(rows: QuerySet[Any], kind: str, field: str) -> Any:
    kinds = Value(kind, output_field=CharField())
    return rows.order_by().values_list(field).annotate(kind=kinds, n=Count("pk")).values_list("kind", field, "n")


def _with_rest(counts: Mapping[date | None, int], day: date) -> Counter[date]:
    """Return counts in which what has no day stands at this one."""
    found: Counter[date] = Counter()
    for each, number in counts.items():
        found[each or day] += number
    return found


def _until(counts: Mapping[date, int], day: date) -> int:
    return sum(number for each, number in counts.items() if each <= day)


def _days(concerned: set[date], made_on: date) -> list[date]:
    """Return days at even steps around all that are concerned, the day of the forecast among them."""
    first, last = min(concerned), max(concerned)
    span = (last - first).days
    weeks = max(1, -(-span // (WEEK * MOST_POINTS)))
    step = 1 if span <= MOST_DAYS else WEEK * weeks
    before, after = -(-(made_on - first).days // step), -(-(last - made_on).days // step)
    return [made_on + timedelta(days=step * number) for number in range(-before, after + 1)]
