"""The days and hours of bilaterals: when the grid runs, and when each room is open."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from ejlas.core.intervals import Interval, local_span
from ejlas.forum.models import Edition


def days_of_bilaterals(edition: Edition) -> list[date]:
    """Return the days on which bilaterals are held; without a setting, those of the summit."""
    rules: dict[str, Any] = edition.settings["bilaterals"]
    first = date.fromisoformat(rules["starts_on"]) if rules["starts_on"] else edition.starts_on
    last = date.fromisoformat(rules["ends_on"]) if rules["ends_on"] else edition.ends_on
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def hours_of(edition: Edition, opens: time | None = None, closes: time | None = None) -> list[Interval]:
    """Return the hours of a room on each day of bilaterals; without its own hours, those of the edition."""
    rules = edition.settings["bilaterals"]
    first = opens or time.fromisoformat(rules["opens"])
    last = closes or time.fromisoformat(rules["closes"])
    return [local_span(day, first, last, edition.zone) for day in days_of_bilaterals(edition)]


def slots_of(edition: Edition) -> list[list[datetime]]:
    """Return the moments at which a slot starts, day by day; the grid counts minutes that pass."""
    slot_min = int(edition.settings["bilaterals"]["grid_min"])
    return [
        [span.starts_at + timedelta(minutes=slot_min * step) for step in range(span.duration_min // slot_min)]
        for span in hours_of(edition)
    ]
