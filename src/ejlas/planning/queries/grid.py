"""The grid of slots on which bilaterals are planned, made from the days and hours of an edition."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np

from ejlas.core.intervals import Interval
from ejlas.engine.values import Bools, Ints
from ejlas.forum.models import Edition
from ejlas.planning.queries.hours import slots_of

NOON = time(12)


@dataclass(frozen=True)
class Grid:
    """The slots of all days: when each starts, its day and half of the day, and how many minutes it lasts."""

    starts: tuple[datetime, ...]
    day_of_slot: Ints
    slot_min: int
    part_of_slot: Ints
    """(n_slots,) half of a day, before and after noon at the place, counted over all days."""

    @property
    def n_slots(self) -> int:
        """Number of slots over all days."""
        return len(self.starts)

    def interval(self, slot: int, length: int = 1) -> Interval:
        """Return the time of so many slots from this one on."""
        return Interval(self.starts[slot], self.starts[slot] + timedelta(minutes=self.slot_min * length))

    def part(self, number: int) -> Interval:
        """Return the time from the first to the last slot of a half of a day."""
        slots = np.flatnonzero(self.part_of_slot == number)
        return Interval(self.starts[int(slots[0])], self.interval(int(slots[-1])).ends_at)

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
    is_late = [moment.astimezone(edition.zone).time() >= NOON for moment in starts]
    day_of_slot = np.asarray(days, dtype=np.int64)
    halves = 2 * day_of_slot + np.asarray(is_late, dtype=np.int64)
    return Grid(starts, day_of_slot, int(edition.settings["bilaterals"]["grid_min"]), halves)
