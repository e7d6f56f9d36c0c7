"""The grid of slots on which bilaterals are planned, made from the days and hours of an edition."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

from ejlas.core.intervals import Interval, local_span
from ejlas.engine.values import Bools, Ints
from ejlas.forum.models import Edition


@dataclass(frozen=True)
class Grid:
    """The slots of all days: when each starts, its day, and how many minutes it lasts."""

    starts: tuple[datetime, ...]
    day_of_slot: Ints
    slot_min: int

    @property
    def n_slots(self) -> int:
        """Number of slots over all days."""
        return len(self.starts)

    def interval(self, slot: int, length: int = 1) -> Interval:
        """Return the time of so many slots from this one on."""
        return Interval(self.starts[slot], self.starts[slot] + timedelta(minutes=self.slot_min * length))

    def slot_at(self, moment: datetime) -> int | None:
        """Return the slot that starts at this moment, or None."""
        found = bisect_left(self.starts, moment)
        return found if found < self.n_slots and self.starts[found] == moment else None

    def slots(self, minutes: int) -> int:
        """Return how many slots hold so many minutes."""
        return -(-minutes // self.slot_min)

    def free(self, busy: Iterable[Interval]) -> Bools:
        """(n_slots,) whether none of the busy spans has a part in the slot."""
        free = np.ones(self.n_slots, dtype=np.bool_)
        for span in busy:
            first = bisect_left(self.starts, span.starts_at - timedelta(minutes=self.slot_min) + timedelta.resolution)
            last = bisect_left(self.starts, span.ends_at)
            free[first:last] = False
        return free

    def within(self, spans: Iterable[Interval]) -> Bools:
        """(n_slots,) whether the whole slot lies inside one of the spans."""
        inside = np.zeros(self.n_slots, dtype=np.bool_)
        length = timedelta(minutes=self.slot_min)
        for span in spans:
            first = bisect_left(self.starts, span.starts_at)
            last = bisect_left(self.starts, span.ends_at - length + timedelta.resolution)
            inside[first:last] = True
        return inside


def grid_of(edition: Edition) -> Grid:
    """Return the grid of an edition's bilateral hours."""
    rules = edition.settings["bilaterals"]
    slot_min = int(rules["grid_min"])
    opens, closes = time.fromisoformat(rules["opens"]), time.fromisoformat(rules["closes"])
    starts: list[datetime] = []
    days: list[int] = []
    for number, day in enumerate(days_of_bilaterals(edition)):
        span = local_span(day, opens, closes, edition.zone)
        count = span.duration_min // slot_min
        starts += [span.starts_at + timedelta(minutes=slot_min * step) for step in range(count)]
        days += [number] * count
    return Grid(tuple(starts), np.asarray(days, dtype=np.int64), slot_min)


def days_of_bilaterals(edition: Edition) -> list[date]:
    """Return the days on which bilaterals are held; without a setting, those of the summit."""
    rules: dict[str, Any] = edition.settings["bilaterals"]
    first = date.fromisoformat(rules["starts_on"]) if rules["starts_on"] else edition.starts_on
    last = date.fromisoformat(rules["ends_on"]) if rules["ends_on"] else edition.ends_on
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def hours_of(edition: Edition, opens: time | None, closes: time | None) -> list[Interval]:
    """Return the hours of a room on each day of bilaterals; without its own hours, those of the edition."""
    rules = edition.settings["bilaterals"]
    first = opens or time.fromisoformat(rules["opens"])
    last = closes or time.fromisoformat(rules["closes"])
    return [local_span(day, first, last, edition.zone) for day in days_of_bilaterals(edition)]
