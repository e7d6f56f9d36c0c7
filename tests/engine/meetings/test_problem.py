from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest

from ejlas.engine.meetings.problem import MeetingProblem
from tests.engine.meetings.instances import small


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"available": np.ones((2, 5), dtype=bool)}, r"available: its shape is \(2, 5\), expected \(2, 6\)"),
        ({"length": np.array([1, 2])}, r"length: its shape is \(2,\), expected \(1,\)"),
        ({"length": np.array([1.5])}, "length: it holds float64, expected integers"),
        ({"mandatory": np.array([1])}, "mandatory: it holds int64, expected bool"),
        ({"length": np.array([0])}, r"length\[0\]: it is 0, expected 1 or more"),
        ({"weight": np.array([-1])}, r"weight\[0\]: it is -1, expected 0 or more"),
        ({"daily_cap": np.array([0, -2])}, r"daily_cap\[1\]: it is -2, expected -1 or more"),
        ({"fixed_start": np.array([6])}, r"fixed_start\[0\]: it is 6, expected -1 to 5"),
        ({"fixed_room": np.array([1])}, r"fixed_room\[0\]: it is 1, expected -1 to 0"),
        ({"pool": np.array([-2])}, r"pool\[0\]: it is -2"),
        ({"interpreters_needed": np.array([0])}, r"interpreters_needed\[0\]: it is 0, expected 1 or more"),
        ({"slot_min": 0}, "slot_min: it is 0, expected 1 or more"),
        ({"buffer_slots": -1}, "buffer_slots: it is -1"),
        ({"rest_slots": 0}, "rest_slots: it is 0, expected 1 or more"),
        ({"wait_slots": -1}, "wait_slots: it is -1"),
        ({"turnaround_slots": -1}, "turnaround_slots: it is -1"),
        ({"day_of_slot": np.array([0, 0, 1, 1, 0, 0])}, "day_of_slot: the days"),
        ({"day_of_slot": np.array([-1, 0, 0, 0, 0, 0])}, "day_of_slot: the days"),
    ],
)
def test_a_malformed_problem_is_refused_and_named(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        small(((0, 1),), **changes)


@pytest.mark.parametrize(
    ("participants", "message"),
    [
        ((0,), r"participants\[0\]: 1 named, expected 2 or more"),
        ((1, 1), r"participants\[0\]: one is named twice"),
        ((0, 2), r"participants\[0\]: \(0, 2\) names one outside 0 to 1"),
        ((-1, 0), r"participants\[0\]: \(-1, 0\) names one outside 0 to 1"),
    ],
)
def test_wrong_participants_are_refused_and_named(participants: tuple[int, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        small((participants,), available=np.ones((2, 6), dtype=bool), daily_cap=np.array([-1, -1]))


def test_one_number_of_interpreters_stands_for_all_meetings() -> None:
    problem = small(((0, 1), (1, 2)), interpreters_needed=np.array(2))

    assert problem.interpreters_needed.tolist() == [2, 2]


def test_a_problem_can_not_be_changed() -> None:
    lengths = np.array([1])
    problem = small(((0, 1),), length=lengths)

    lengths[0] = 5

    assert problem.length.tolist() == [1]
    with pytest.raises(ValueError, match="read-only"):
        problem.length[0] = 2
    with pytest.raises(FrozenInstanceError):
        setattr(problem, "slot_min", 5)  # noqa: B010


def test_what_is_derived_from_the_fields() -> None:
    problem = small(
        ((0, 1), (1, 2), (0, 2)),
        days=(2, 3),
        mandatory=np.array([True, False, False]),
        fixed_start=np.array([-1, 4, -1]),
    )

    assert (problem.n_slots, problem.n_days, problem.n_participants, problem.n_meetings) == (5, 2, 3, 3)
    assert problem.day_end.tolist() == [2, 2, 5, 5, 5]
    assert problem.required.tolist() == [True, True, False]
    assert problem.meetings_of == ((0, 2), (0, 1), (1, 2))


@pytest.mark.parametrize(("consecutive", "buffer", "apart"), [(True, 0, 0), (True, 3, 3), (False, 0, 2), (False, 3, 3)])
def test_slots_apart_are_the_buffer_or_the_rest_where_none_may_follow(
    consecutive: bool, buffer: int, apart: int
) -> None:
    problem: MeetingProblem = small(((0, 1),), buffer_slots=buffer, consecutive_allowed=consecutive, rest_slots=2)

    assert problem.apart_slots == apart
