"""How full a zone is, whether a gate is heard of, and the day of a place, also when its clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ejlas.delegations.rules.passes import house, watching
from ejlas.delegations.rules.passes.watching import Contact, Fill, Reach

AT = datetime(2025, 11, 18, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("n_inside", "capacity", "expected"),
    [
        (5, None, Fill.UNCOUNTED),
        (0, 10, Fill.FREE),
        (8, 10, Fill.FREE),
        (9, 10, Fill.NEARLY),
        (10, 10, Fill.FULL),
        (11, 10, Fill.OVER),
        (1, 1, Fill.FULL),
    ],
)
def test_a_zone_is_full_at_its_capacity_and_over_above_it(n_inside, capacity, expected):
    assert watching.fill(n_inside, capacity) is expected


def _reach(*seconds_ago: int | None) -> tuple[Reach, datetime | None]:
    contacts = [
        Contact(AT - timedelta(hours=3), None if ago is None else AT - timedelta(seconds=ago)) for ago in seconds_ago
    ]
    return watching.reach(contacts, at=AT, online_seconds=60)


def test_one_device_that_is_heard_of_keeps_a_gate_online():
    assert _reach(900, 60) == (Reach.ONLINE, None)
    assert _reach(900, 61) == (Reach.CUT_OFF, AT - timedelta(seconds=61))
    assert _reach(None) == (Reach.CUT_OFF, AT - timedelta(hours=3))
    assert _reach() == (Reach.NONE, None)


@pytest.mark.parametrize(
    ("zone", "at", "hours"),
    [
        ("Asia/Tehran", datetime(2025, 11, 18, 20, 29, tzinfo=UTC), 24),
        ("Atlantic/Azores", datetime(2027, 10, 31, 12, 0, tzinfo=UTC), 25),
        ("Atlantic/Azores", datetime(2027, 3, 28, 12, 0, tzinfo=UTC), 23),
    ],
)
def test_a_day_is_as_long_as_the_clock_of_the_place_makes_it(zone, at, hours):
    begins, ends = watching.day_of(at, ZoneInfo(zone))

    assert (ends.astimezone(UTC) - begins.astimezone(UTC)) == timedelta(hours=hours)
    assert begins <= at < ends == watching.end_of_day(at, ZoneInfo(zone))


def test_gates_are_watched_around_the_days_of_the_edition():
    days = {"starts_on": date(2025, 11, 18), "ends_on": date(2025, 11, 19), "zone": ZoneInfo("Asia/Tehran")}
    moments = [datetime(2025, 11, day, hour, 0, tzinfo=UTC) for day, hour in ((16, 20), (16, 21), (20, 20), (20, 21))]

    assert [watching.is_watched(at, **days) for at in moments] == [False, True, True, False]


def test_the_offices_of_an_edition_are_those_that_are_named():
    held = {watching.OFFICES: {"press": "Press office", "support": ""}}

    assert watching.offices(house.stored({house.SETTINGS: held})) == {"press": "Press office"}
    assert watching.offices(house.stored({})) == {}
    assert watching.offices({watching.OFFICES: "nothing"}) == {}
