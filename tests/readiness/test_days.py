"""The working calendar of a host, and circles among predecessors."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ejlas.readiness.rules.circles import circle
from ejlas.readiness.rules.days import WorkingCalendar, calendar_of

IRAN = WorkingCalendar(frozenset({3, 4}), frozenset({date(2025, 11, 24)}), frozenset({date(2025, 11, 20)}))


def test_weekend_holidays_and_days_worked_all_the_same() -> None:
    # Thursday worked, Friday not, Monday a holiday.
    worked = [IRAN.is_worked(date(2025, 11, day)) for day in (19, 20, 21, 22, 24)]

    assert worked == [True, True, False, True, False]
    assert IRAN.plus(date(2025, 11, 19), 3) == date(2025, 11, 23)
    assert IRAN.plus(date(2025, 11, 24), 0) == date(2025, 11, 25)
    assert IRAN.plus(date(2025, 11, 23), -2) == date(2025, 11, 20)


def test_the_calendar_of_an_edition_is_its_own_else_that_of_the_state() -> None:
    assert calendar_of({}, "IR").weekend == {3, 4}
    assert calendar_of({}, "PT").weekend == {5, 6}
    own = {"readiness": {"weekend": [4], "holidays": ["2026-03-21"], "extra_days": []}}
    assert calendar_of(own, "IR") == WorkingCalendar(frozenset({4}), frozenset({date(2026, 3, 21)}))


def test_a_week_has_a_working_day() -> None:
    with pytest.raises(ValueError):
        WorkingCalendar(frozenset(range(7)))


@given(st.integers(0, 400), st.integers(0, 60))
def test_so_many_days_on_and_back_lead_to_where_one_began(start: int, n_days: int) -> None:
    day = IRAN.first_from(date(2025, 1, 1) + timedelta(days=start))

    on = IRAN.plus(day, n_days)

    assert IRAN.plus(on, -n_days) == day
    assert IRAN.between(day, on) == n_days


def test_a_circle_is_found_wherever_it_hangs() -> None:
    assert circle({1: [2], 2: [3], 3: [], 4: [1]}) == []
    assert circle({0: [1], 1: [2], 2: [3], 3: [1]}) == [1, 2, 3, 1]
    assert circle({5: [5]}) == [5, 5]
