"""Days and moments as people write them, in either calendar and in the time of the place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ejlas.core.inputs import DayField, MomentField
from ejlas.core.inputs.moments import day_from, day_in

TEHRAN, AZORES = ZoneInfo("Asia/Tehran"), ZoneInfo("Atlantic/Azores")


def _field(kind, language, zone):
    asked = kind()
    asked.read_as(language, zone)
    return asked


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2025-11-18", date(2025, 11, 18)),
        ("1404/08/27", date(2025, 11, 18)),
        ("۱۴۰۴/۸/۲۷", date(2025, 11, 18)),
        ("٢٠٢٥-١١-١٨", date(2025, 11, 18)),
        ("1403-12-30", date(2025, 3, 20)),
        ("\u200f1404.08.27", date(2025, 11, 18)),
    ],
)
def test_a_day_is_read_in_both_calendars_and_all_digits(words, day):
    assert DayField().clean(words) == day


@pytest.mark.parametrize("words", ["2025-02-30", "1404/12/30", "1404/13/01", "0000-01-01", "2025-00-10"])
def test_a_day_that_does_not_exist_is_refused(words):
    with pytest.raises(ValidationError) as refused:
        DayField().clean(words)

    assert refused.value.code == "no_day"


@pytest.mark.parametrize("words", ["tomorrow", "18.11.2025", "2025-11", "2025-11-18 10:00"])
def test_what_is_no_day_says_how_to_write_one(words):
    with pytest.raises(ValidationError, match="year-month-day"):
        DayField().clean(words)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["gregorian", "solar_hijri"]))
def test_what_is_shown_is_read_again(day, calendar):
    assert day_from(day_in(day, calendar, "fa")) == day


def test_a_moment_stands_in_the_time_of_the_place_and_comes_back_as_it_was_shown():
    asked = _field(MomentField, "fa", TEHRAN)

    moment = asked.clean("۱۴۰۴/۰۸/۲۷ ۰۹:۳۰")

    assert moment == datetime(2025, 11, 18, 6, 0, tzinfo=UTC)
    assert asked.widget.format_value(moment) == "۱۴۰۴/۰۸/۲۷ ۰۹:۳۰"
    assert not asked.has_changed(moment, "۱۴۰۴/۰۸/۲۷ ۰۹:۳۰")


def test_the_browsers_own_form_is_read_for_gregorian_readers():
    asked = _field(MomentField, "en", TEHRAN)

    assert asked.clean("2025-11-18T09:30") == datetime(2025, 11, 18, 6, 0, tzinfo=UTC)
    assert asked.widget.format_value(datetime(2025, 11, 18, 6, 0, tzinfo=UTC)) == "2025-11-18T09:30"


def test_a_time_over_which_the_clock_jumps_is_refused():
    asked = _field(MomentField, "en", AZORES)

    with pytest.raises(ValidationError) as refused:
        asked.clean("2027-03-28T00:30")

    assert refused.value.code == "skipped"


def test_an_hour_that_the_clock_shows_twice_is_not_moved_untouched():
    asked = _field(MomentField, "en", AZORES)
    second = datetime(2027, 10, 31, 0, 30, tzinfo=AZORES, fold=1)

    assert not asked.has_changed(second, asked.widget.format_value(second))


@pytest.mark.parametrize("words", ["2025-11-18T25:00", "2025-11-18T10:60", "10:00", "2025-11-18"])
def test_what_is_no_moment_says_how_to_write_one(words):
    with pytest.raises(ValidationError):
        _field(MomentField, "en", TEHRAN).clean(words)
