"""Estimates that learn from what really happened: the next host plans with what the last one needed."""

from __future__ import annotations

from datetime import date

from ejlas.readiness.rules.days import WorkingCalendar
from ejlas.readiness.rules.template.values import Estimate


def days_taken(calendar: WorkingCalendar, started_on: date | None, delivered_on: date | None) -> int | None:
    """Return how many working days a work took, its first and its last counted; None where one of them is unknown."""
    if started_on is None or delivered_on is None or delivered_on < started_on:
        return None
    worked = calendar.between(started_on, delivered_on) + calendar.is_worked(delivered_on)
    return max(1, worked)


def proposed(planned: Estimate, took: int | None) -> Estimate:
    """Return the estimate for the next time: the likely halfway to what it took, the bounds as wide as what happened.

    One event is one observation beside the estimate of people who knew the work: neither drowns the other.
    """
    if took is None:
        return planned
    least, most = min(planned.least, took), max(planned.most, took)
    likely = (planned.likely + took + 1) // 2
    return Estimate(least, min(max(likely, least), most), most)
