"""What a supervisor watches: how full a zone is, whether a gate can be reached, and the day of which is counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

# Flows are told of so many minutes, the shorter span first.
SHORT, LONG = timedelta(minutes=5), timedelta(minutes=15)
# From this share of the capacity on, a zone is nearly full.
NEARLY = 0.9
# A device whose clock is wrong by more is named.
MOST_SKEW_MS = 120_000
# Office that approves those on no list, by the slug of the category of their pass (rule 11).
OFFICES = "walk_in_offices"
# Gates are watched from so long before the first day until so long after the last.
AROUND = timedelta(days=1)


class Fill(StrEnum):
    """How full a zone is."""

    UNCOUNTED = "uncounted"  # no capacity is set
    FREE = "free"
    NEARLY = "nearly"
    FULL = "full"
    OVER = "over"


class Reach(StrEnum):
    """Whether the server hears of a gate."""

    ONLINE = "online"
    CUT_OFF = "cut-off"
    NONE = "none"  # no device keeps it


def fill(n_inside: int, capacity: int | None) -> Fill:
    """Tell how full a zone is that holds so many."""
    if capacity is None:
        return Fill.UNCOUNTED
    if n_inside > capacity:
        return Fill.OVER
    if n_inside == capacity:
        return Fill.FULL
    return Fill.NEARLY if n_inside >= capacity * NEARLY else Fill.FREE


@dataclass(frozen=True, slots=True)
class Contact:
    """When a device was enrolled, and when it was heard of last."""

    enrolled_at: datetime
    seen_at: datetime | None

    @property
    def at(self) -> datetime:
        """The last moment at which it was there."""
        return self.seen_at or self.enrolled_at


def reach(contacts: Iterable[Contact], *, at: datetime, online_seconds: int) -> tuple[Reach, datetime | None]:
    """Tell whether a gate is heard of, and since when it is not; one device that is there is enough."""
    latest = max((contact.at for contact in contacts), default=None)
    if latest is None:
        return Reach.NONE, None
    if latest >= at - timedelta(seconds=online_seconds):
        return Reach.ONLINE, None
    return Reach.CUT_OFF, latest


def day_of(at: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when the day of a moment begins and ends at the place; it lasts 23 or 25 hours where the clock changes."""
    day = at.astimezone(zone).date()
    return _midnight(day, zone), _midnight(day + timedelta(days=1), zone)


def end_of_day(at: datetime, zone: ZoneInfo) -> datetime:
    """Return the end of the day of a moment at the place."""
    return day_of(at, zone)[1]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def is_watched(at: datetime, *, starts_on: date, ends_on: date, zone: ZoneInfo) -> bool:
    """Whether gates are expected to be kept at a moment: the days of the edition, and one before and after."""
    return _midnight(starts_on, zone) - AROUND <= at < _midnight(ends_on, zone) + timedelta(days=1) + AROUND


def offices(rules: Mapping[str, Any]) -> dict[str, str]:
    """Return the office that approves walk-ins, by category, out of an edition's rules for passes."""
    held = rules.get(OFFICES)
    return {str(slug): str(words) for slug, words in held.items() if words} if isinstance(held, dict) else {}
