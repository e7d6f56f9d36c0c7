from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ejlas.journeys.summit_file import moments

AZORES = ZoneInfo("Atlantic/Azores")


@pytest.mark.parametrize(
    ("written", "zone", "expected"),
    [
        ("2025-11-18T09:00", "Asia/Tehran", "2025-11-18T09:00:00+03:30"),
        ("2025-11-18T09:00+03:30", "Asia/Tehran", "2025-11-18T09:00:00+03:30"),
        ("2027-10-31T00:30+00:00", "Atlantic/Azores", "2027-10-31T00:30:00+00:00"),
        ("2027-10-31T00:30-01:00", "Atlantic/Azores", "2027-10-31T00:30:00-01:00"),
        ("2027-10-31T01:00", "Atlantic/Azores", "2027-10-31T01:00:00-01:00"),
        ("2027-10-30T23:59", "Atlantic/Azores", "2027-10-30T23:59:00+00:00"),
    ],
)
def test_moment_in_zone_gives_the_moment_of_the_place(written: str, zone: str, expected: str) -> None:
    moment = moments.moment_in_zone(datetime.fromisoformat(written), zone)

    assert moment.isoformat() == expected
    assert moment.tzinfo == ZoneInfo(zone)


@pytest.mark.parametrize(
    ("written", "error", "sentence"),
    [
        (
            "2027-03-28T00:30",
            moments.NoSuchMoment,
            "The clock of the place jumps over 2027-03-28T00:30; the next time it shows is 2027-03-28T01:30.",
        ),
        (
            "2027-10-31T00:30",
            moments.AmbiguousMoment,
            "The clock of the place shows 2027-10-31T00:30 twice: "
            "it is 2027-10-31T00:30+00:00 or 2027-10-31T00:30-01:00.",
        ),
        (
            "2027-10-31T12:00+00:00",
            moments.WrongOffset,
            "The offset of 2027-10-31T12:00+00:00 is not that of the place, where it is 2027-10-31T11:00-01:00.",
        ),
        (
            "2027-03-28T00:30-01:00",
            moments.WrongOffset,
            "The offset of 2027-03-28T00:30-01:00 is not that of the place, where it is 2027-03-28T01:30+00:00.",
        ),
    ],
)
def test_moment_in_zone_refuses_what_the_clock_does_not_show_once(
    written: str, error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error) as raised:
        moments.moment_in_zone(datetime.fromisoformat(written), AZORES)

    assert str(raised.value) == sentence


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))
def test_every_moment_is_taken_when_its_offset_is_written(moment: datetime) -> None:
    local = moment.replace(tzinfo=UTC).astimezone(AZORES)

    taken = moments.moment_in_zone(datetime.fromisoformat(local.isoformat()), AZORES)

    assert taken.astimezone(UTC) == moment.replace(tzinfo=UTC)


def test_minutes_between_counts_the_time_that_passes() -> None:
    first, second = (moments.moment_in_zone(datetime.fromisoformat(f"2027-10-31T00:30{offset}"), AZORES)
                     for offset in ("+00:00", "-01:00"))  # fmt: skip

    assert moments.minutes_between(first, second) == 60
    assert moments.later_by(first, 60) == second
    assert moments.later_by(first, 60).utcoffset() == second.utcoffset()
