from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ejlas.engine.meetings.check import check
from ejlas.engine.meetings.plan import MeetingResult, Placements
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.meetings.solve import solve
from ejlas.engine.result import Broken, Certificate
from ejlas.engine.stop import MaxWork
from tests.engine.meetings.instances import slots, small

PLAN = Placements(np.array([0, 3, 7]), np.array([0, 1, 0]), ((0,), (), (1, 2)))


def problem_of_three(**changes: Any) -> MeetingProblem:
    """Return a problem of two days of five slots that PLAN keeps."""
    fields: dict[str, Any] = {
        "days": (5, 5),
        "length": np.array([2, 2, 2]),
        "seats": np.array([4, 4, 4]),
        "daily_cap": np.array([2, 1, 1, 1]),
        "buffer_slots": 1,
        "mandatory": np.array([True, False, False]),
        "pool": np.array([0, -1, 1]),
        "interpreters_needed": np.array([1, 1, 2]),
        "room_open": slots("xxxxxxxxxx", "xxxxxxxxxx"),
        "room_seats": np.array([4, 4]),
        "turnaround_slots": 1,
        "allowed_rooms": np.ones((3, 2), dtype=bool),
        "interpreter_pool": np.array([0, 1, 1]),
        "interpreter_available": np.ones((3, 10), dtype=bool),
        "interpreter_daily_slots": np.array([2, 2, 2]),
    }
    return small(((0, 1), (0, 2), (0, 3)), **{**fields, **changes})


def plan(start: list[int], room: list[int] | None = None, people: tuple[tuple[int, ...], ...] = ()) -> Placements:
    return Placements(np.array(start), np.array(room or [0, 1, 0]), people or PLAN.interpreters)


def test_a_right_plan_breaks_nothing() -> None:
    assert check(problem_of_three(), PLAN) == ()


@pytest.mark.parametrize(
    ("problem", "wrong", "expected"),
    [
        (problem_of_three(allowed_start=slots("x" * 10, "." * 10, "x" * 10)), PLAN, Broken("start", 1, (1,))),
        (problem_of_three(), plan([0, 99, 7]), Broken("start", 1, (1,))),
        (problem_of_three(), plan([-3, 3, 7]), Broken("start", 0, (0,))),
        (problem_of_three(fixed_start=np.array([-1, -1, 6])), PLAN, Broken("start", 2, (2,))),
        (problem_of_three(), plan([0, 4, 7]), Broken("one_day", 1, (1,))),
        (
            problem_of_three(available=slots("x" * 10, "x.xxxxxxxx", "x" * 10, "x" * 10)),
            PLAN,
            Broken("participant_hours", 1, (0,)),
        ),
        (problem_of_three(), plan([0, 2, 7]), Broken("participant_clash", 0, (0, 1))),
        (problem_of_three(daily_cap=np.array([1, 1, 1, 1])), PLAN, Broken("daily_cap", 0, (0, 1))),
        (problem_of_three(), plan(PLAN.start.tolist(), [0, -1, 0]), Broken("room_suits", 1, (1,))),
        (problem_of_three(), plan(PLAN.start.tolist(), [0, 2, 0]), Broken("room_suits", 1, (1,))),
        (problem_of_three(seats=np.array([4, 5, 4])), PLAN, Broken("room_suits", 1, (1,))),
        (problem_of_three(fixed_room=np.array([-1, 0, -1])), PLAN, Broken("room_suits", 1, (1,))),
        (
            problem_of_three(allowed_rooms=np.array([[True, True], [True, False], [True, True]])),
            PLAN,
            Broken("room_suits", 1, (1,)),
        ),
        (problem_of_three(room_open=slots("xxxxxxx..x", "x" * 10)), PLAN, Broken("room_hours", 0, (2,), 2)),
        (problem_of_three(turnaround_slots=2), plan([0, 3, 7], [1, 1, 0]), Broken("room_clash", 1, (0, 1))),
        (
            problem_of_three(),
            plan(PLAN.start.tolist(), people=((), (), (1, 2))),
            Broken("interpreter_suits", 0, (0,)),
        ),
        (
            problem_of_three(),
            plan(PLAN.start.tolist(), people=((0,), (), (1, 1))),
            Broken("interpreter_suits", 2, (2,), 2),
        ),
        (
            problem_of_three(),
            plan(PLAN.start.tolist(), people=((0,), (), (1, 9))),
            Broken("interpreter_suits", 2, (2,), 2),
        ),
        (
            problem_of_three(),
            plan(PLAN.start.tolist(), people=((0,), (1,), (1, 2))),
            Broken("interpreter_suits", 1, (1,)),
        ),
        (
            problem_of_three(interpreter_available=slots(".xxxxxxxxx", "x" * 10, "x" * 10)),
            PLAN,
            Broken("interpreter_hours", 0, (0,)),
        ),
        (
            problem_of_three(pool=np.array([0, 0, 1])),
            plan([0, 1, 7], people=((0,), (0,), (1, 2))),
            Broken("interpreter_clash", 0, (0, 1)),
        ),
        (
            problem_of_three(interpreter_daily_slots=np.array([1, 2, 2])),
            PLAN,
            Broken("interpreter_day", 0, (0,)),
        ),
        (problem_of_three(), plan([-1, 3, 7]), Broken("required", 0, (0,))),
    ],
)
def test_each_kind_of_corruption_is_named(problem: MeetingProblem, wrong: Placements, expected: Broken) -> None:
    assert expected in check(problem, wrong)


@pytest.mark.parametrize(
    "corrupt",
    [
        lambda each: Certificate(each.objective, each.value + 1, each.bound + 1),
        lambda each: Certificate(each.objective, each.value, each.bound + (1 if each.objective == "gaps" else -1)),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_false_certificate_is_named(corrupt: Callable[[Certificate], Certificate], place: int) -> None:
    problem = problem_of_three()
    result = solve(problem, stop=MaxWork(5), seed=1)
    certificates = [corrupt(each) if each is result.certificates[place] else each for each in result.certificates]

    wrong = MeetingResult(
        result.start,
        result.room,
        result.interpreters,
        status=result.status,
        certificates=tuple(certificates),
        statistics=result.statistics,
    )

    assert check(problem, result) == ()
    assert [(each.constraint, each.holder) for each in check(problem, wrong)] == [("claim", place)]


def test_a_plan_for_another_number_of_meetings_is_refused() -> None:
    with pytest.raises(ValueError, match="places for 2 meetings, expected 3"):
        check(problem_of_three(), replace(PLAN, start=np.array([0, 3])))
