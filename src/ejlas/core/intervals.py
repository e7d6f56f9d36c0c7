"""Spans of time and their algebra: half-open, counted in elapsed minutes, safe on days when clocks change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from ejlas.core import errors


class NaiveMoment(ValueError):
    """A moment without a time zone could be anywhere in the world."""


class ReversedInterval(errors.RuleBroken, ValueError):
    """An interval must end after it starts."""

    message = errors.marked("The end, %(ends_at)s, must come after the start, %(starts_at)s.")


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The time from `starts_at` up to, not including, `ends_at`; never empty.

    Both are kept in UTC: Python compares and subtracts two moments of one zone by their clock faces, which is wrong
    across a clock change. Raises NaiveMoment, ReversedInterval.
    """

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.starts_at.utcoffset() is None or self.ends_at.utcoffset() is None:
            raise NaiveMoment(f"a moment has no time zone: {self.starts_at} to {self.ends_at}")
        starts_at, ends_at = self.starts_at.astimezone(UTC), self.ends_at.astimezone(UTC)
        if ends_at <= starts_at:
            raise ReversedInterval(starts_at=self.starts_at.isoformat(), ends_at=self.ends_at.isoformat())
        object.__setattr__(self, "starts_at", starts_at)
        object.__setattr__(self, "ends_at", ends_at)

    @property
    def duration_min(self) -> int:
        """Whole elapsed minutes."""
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)

    def overlaps(self, other: Interval) -> bool:
        """Tell whether the two share any time; those that only touch do not."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def contains(self, other: Interval | datetime) -> bool:
        """Tell whether all of the other interval, or the moment, lies inside; the end itself lies outside."""
        if isinstance(other, Interval):
            return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at
        if other.utcoffset() is None:
            raise NaiveMoment(f"a moment has no time zone: {other}")
        return self.starts_at <= other.astimezone(UTC) < self.ends_at

    def touches(self, other: Interval) -> bool:
        """Tell whether one ends at the moment when the other starts."""
        return self.ends_at == other.starts_at or other.ends_at == self.starts_at

    def gap_min(self, other: Interval) -> int:
        """Return the whole minutes between the two, whichever comes first; 0 when they touch or overlap."""
        gap = max(self.starts_at, other.starts_at) - min(self.ends_at, other.ends_at)
        return max(gap, timedelta()) // timedelta(minutes=1)

    def shifted(self, minutes: int) -> Interval:
        """Return an interval of the same length, later by so many minutes, or earlier when they are negative."""
        by = timedelta(minutes=minutes)
        return Interval(self.starts_at + by, self.ends_at + by)

    def clipped(self, window: Interval) -> Interval | None:
        """Return the part inside the window; None when there is none."""
        if not self.overlaps(window):
            return None
        return Interval(max(self.starts_at, window.starts_at), min(self.ends_at, window.ends_at))


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the same time as the fewest intervals, in order: those that overlap or touch become one."""
    merged: list[Interval] = []
    for interval in sorted(intervals):
        if merged and interval.starts_at <= merged[-1].ends_at:
            last = merged.pop()
            merged.append(Interval(last.starts_at, max(last.ends_at, interval.ends_at)))
        else:
            merged.append(interval)
    return merged


def subtract(interval: Interval, busy: Iterable[Interval]) -> list[Interval]:
    """Return what is left of the interval outside the busy ones, in order."""
    left: list[Interval] = []
    starts_at = interval.starts_at
    for taken in merge(busy):
        if not taken.overlaps(interval):
            continue
        if starts_at < taken.starts_at:
            left.append(Interval(starts_at, taken.starts_at))
        starts_at = taken.ends_at
    if starts_at < interval.ends_at:
        left.append(Interval(starts_at, interval.ends_at))
    return left


def free_within(window: Interval, busy: Iterable[Interval], *, at_least_min: int = 0) -> list[Interval]:
    """Return the free stretches of a window that are long enough, in order."""
    return [free for free in subtract(window, busy) if free.duration_min >= at_least_min]


def _moment(day: date, at: time, zone: tzinfo) -> datetime:
    # By PEP 495, fold=0 is the first of two such times, and the offset before the change where the clock jumps over it.
    return datetime.combine(day, at.replace(tzinfo=zone)).astimezone(UTC)


def local_span(day: date, from_time: time, to_time: time, zone: tzinfo) -> Interval:
    """Return the interval between two times on the clocks of a place; one that ends earlier ends on the next day.

    The rule of RFC 5545, section 3.3.5, so that calendar files say the same: a time that the clock shows twice is the
    first one, unless its `fold` is 1; a time that the clock skips is counted with the offset before the change, so
    that 02:30 becomes 03:30. The length is the time that passes. Raises ReversedInterval when none does.
    """
    starts_at, ends_at = _moment(day, from_time, zone), _moment(day, to_time, zone)
    if ends_at <= starts_at and to_time < from_time:
        ends_at = _moment(day + timedelta(days=1), to_time, zone)
    return Interval(starts_at, ends_at)


def days_of(interval: Interval, zone: tzinfo) -> list[date]:
    """Return the local days that the interval has a part in; one that ends at midnight has none in the day after."""
    first = interval.starts_at.astimezone(zone).date()
    last = (interval.ends_at - timedelta.resolution).astimezone(zone).date()
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
