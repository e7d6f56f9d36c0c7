"""The algebra of spans, and local times on days when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ejlas.core.intervals import (
    Interval,
    NaiveMoment,
    ReversedInterval,
    days_of,
    free_within,
    local_span,
    merge,
    subtract,
)

TEHRAN, BERLIN, AKTAU = ZoneInfo("Asia/Tehran"), ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Aqtau")
OPENING = datetime(2025, 11, 18, tzinfo=UTC)
SPRING, AUTUMN = date(2025, 3, 30), date(2025, 10, 26)


def span(start, end):
    return Interval(OPENING + timedelta(minutes=start), OPENING + timedelta(minutes=end))


def minutes_of(intervals):
    return {
        minute
        for each in intervals
        for minute in range(
            (each.starts_at - OPENING) // timedelta(minutes=1), (each.ends_at - OPENING) // timedelta(minutes=1)
        )
    }


spans = st.tuples(st.integers(0, 300), st.integers(1, 60)).map(lambda pair: span(pair[0], pair[0] + pair[1]))
many_spans = st.lists(spans, max_size=8)


def test_interval_keeps_its_moments_in_utc():
    found = Interval(datetime(2025, 11, 18, 9, tzinfo=TEHRAN), datetime(2025, 11, 18, 12, 30, tzinfo=AKTAU))

    assert (found.starts_at.isoformat(), found.ends_at.isoformat(), found.duration_min) == (
        "2025-11-18T05:30:00+00:00", "2025-11-18T07:30:00+00:00", 120,
    )  # fmt: skip


def test_interval_refuses_moments_without_a_zone():
    with pytest.raises(NaiveMoment):
        Interval(datetime(2025, 11, 18, 9), OPENING)
    with pytest.raises(NaiveMoment):
        Interval(OPENING, datetime(2025, 11, 18, 9))


@pytest.mark.parametrize("end", [0, -1])
def test_interval_refuses_an_end_that_is_not_after_the_start(end):
    with pytest.raises(ReversedInterval) as refused:
        span(0, end)

    assert "must come after the start, 2025-11-18T00:00:00+00:00" in str(refused.value)


def test_neighbours_touch_and_do_not_overlap():
    one, other = span(0, 30), span(30, 60)

    found = one.overlaps(other), one.touches(other), other.touches(one), one.gap_min(other)

    assert found == (False, True, True, 0)


def test_gap_is_the_same_from_both_sides_and_never_negative():
    one, other, inside = span(0, 30), span(45, 60), span(50, 55)

    found = one.gap_min(other), other.gap_min(one), other.gap_min(inside)

    assert found == (15, 15, 0)


def test_contains_its_start_and_not_its_end():
    whole = span(0, 60)

    found = [
        whole.contains(thing)
        for thing in (whole, span(0, 10), span(50, 60), span(50, 61), whole.starts_at, whole.ends_at)
    ]

    assert found == [True, True, True, False, True, False]


def test_contains_refuses_a_moment_without_a_zone():
    with pytest.raises(NaiveMoment):
        span(0, 60).contains(datetime(2025, 11, 18))


def test_shifted_keeps_the_length():
    assert (span(0, 60).shifted(15), span(0, 60).shifted(-15)) == (span(15, 75), span(-15, 45))


def test_clipped_is_the_part_inside():
    found = [span(0, 60).clipped(window) for window in (span(30, 90), span(-10, 70), span(60, 90))]

    assert found == [span(30, 60), span(0, 60), None]


def test_merge_joins_what_overlaps_or_touches():
    found = merge([span(50, 60), span(0, 20), span(20, 30), span(5, 10), span(40, 45)])

    assert found == [span(0, 30), span(40, 45), span(50, 60)]


def test_free_within_keeps_what_is_long_enough():
    busy = [span(0, 10), span(30, 40), span(50, 80)]

    found = free_within(span(5, 60), busy, at_least_min=15)

    assert found == [span(10, 30)]


@given(many_spans)
def test_merge_keeps_the_time_and_leaves_gaps(busy):
    merged = merge(busy)

    assert minutes_of(merged) == minutes_of(busy)
    assert all(one.ends_at < other.starts_at for one, other in pairwise(merged))
    assert merge(merged) == merged


@given(spans, many_spans)
def test_subtract_and_the_busy_part_make_up_the_whole(window, busy):
    left = subtract(window, busy)
    taken = [part for each in busy if (part := each.clipped(window))]

    assert minutes_of(left) | minutes_of(taken) == minutes_of([window])
    assert minutes_of(left) & minutes_of(taken) == set()
    assert merge(left) == left
    assert merge([*left, *taken]) == [window]


@given(spans, spans)
def test_two_spans_overlap_touch_or_stand_apart(one, other):
    shared, gap = one.clipped(other), one.gap_min(other)

    assert [one.overlaps(other), one.touches(other), gap > 0].count(True) == 1
    assert (shared is not None) == one.overlaps(other) == other.overlaps(one)
    assert gap == other.gap_min(one)


def test_local_span_in_a_zone_without_a_clock_change():
    found = local_span(date(2025, 11, 18), time(9), time(10, 30), TEHRAN)

    assert found == Interval(datetime(2025, 11, 18, 5, 30, tzinfo=UTC), datetime(2025, 11, 18, 7, tzinfo=UTC))


def test_local_span_past_midnight_ends_on_the_next_day():
    found = local_span(date(2025, 11, 18), time(22), time(0, 30), TEHRAN)

    assert (found.duration_min, days_of(found, TEHRAN)) == (150, [date(2025, 11, 18), date(2025, 11, 19)])


@pytest.mark.parametrize(
    ("day", "from_time", "to_time", "minutes"),
    [
        (SPRING, time(1, 30), time(3, 30), 60),  # the clock skips an hour
        (AUTUMN, time(1, 30), time(3, 30), 180),  # and shows one twice
        (SPRING, time(22), time(6), 480),
        (SPRING - timedelta(days=1), time(22), time(6), 420),
        (AUTUMN - timedelta(days=1), time(22), time(6), 540),
        (SPRING, time(2, 10), time(2, 50), 40),  # neither time exists: 03:10 to 03:50
        (SPRING, time(2, 30), time(4), 30),  # 03:30 to 04:00
        (AUTUMN, time(2, 10), time(2, 50), 40),  # both are the first
        (AUTUMN, time(2, 10), time(2, 50, fold=1), 100),
        (AUTUMN, time(2, 50), time(2, 10, fold=1), 20),
        (AUTUMN, time(2, 10, fold=1), time(3), 50),
    ],
)
def test_local_span_counts_the_minutes_that_pass(day, from_time, to_time, minutes):
    found = local_span(day, from_time, to_time, BERLIN)

    assert found.duration_min == minutes


@pytest.mark.parametrize(
    ("from_time", "to_time"), [(time(9), time(9)), (time(2, 30), time(3, 15)), (time(2, 30), time(3, 30))]
)
def test_local_span_refuses_a_span_in_which_no_time_passes(from_time, to_time):
    with pytest.raises(ReversedInterval):
        local_span(SPRING, from_time, to_time, BERLIN)


def test_days_of_leaves_out_the_day_that_begins_at_the_end():
    until_midnight = local_span(date(2025, 11, 18), time(9), time(0), TEHRAN)

    assert days_of(until_midnight, TEHRAN) == [date(2025, 11, 18)]
    assert days_of(until_midnight, AKTAU) == [date(2025, 11, 18), date(2025, 11, 19)]


def test_days_of_counts_every_day_of_a_long_interval():
    found = days_of(Interval(OPENING, OPENING + timedelta(days=2, minutes=1)), UTC)

    assert found == [date(2025, 11, 18), date(2025, 11, 19), date(2025, 11, 20)]
