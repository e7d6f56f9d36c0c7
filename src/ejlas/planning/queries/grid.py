"""The grid of slots on which bilaterals are planned, made from the days and hours of an edition."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from ejlas.core.intervals import Interval
from ejlas.engine.values import Bools, Ints
from ejlas.forum.models import Edition
from ejlas.planning.queries.hours import slots_of


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
    by_day = slots_of(edition)
    days = [number for number, slots in enumerate(by_day) for _ in slots]
    starts = tuple(moment for slots in by_day for moment in slots)
    return Grid(starts, np.asarray(days, dtype=np.int64), int(edition.settings["bilaterals"]["grid_min"]))
