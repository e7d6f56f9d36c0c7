import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from ejlas.engine.meetings.check import check
from ejlas.engine.meetings.greedy import one_by_one
from ejlas.engine.meetings.plan import MeetingResult
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.meetings.solve import solve
from ejlas.engine.result import Broken, Certificate, Status
from ejlas.engine.stop import FirstOf, MaxWork, Never, Spent
from tests.engine.meetings.instances import slots, small, summit, with_rooms

TRIO = ((0, 1), (0, 2), (0, 3))  # three wishes for participant 0


def solved(problem: MeetingProblem) -> MeetingResult:
    result = solve(problem, stop=MaxWork(20), seed=7)
    assert check(problem, result) == ()
    return result


def granted(problem: MeetingProblem) -> list[int]:
    return np.flatnonzero(solved(problem).granted).tolist()


def test_all_wishes_are_granted_where_nothing_is_scarce() -> None:
    result = solved(small(TRIO))

    assert result.status is Status.OPTIMAL
    assert result.certificates == (
        Certificate("mandatory", 0, 0),
        Certificate("weight", 3, 3),
        Certificate("gaps", 0, 0),
    )
    assert result.certificate("weight").proven


def test_a_problem_without_wishes_is_solved() -> None:
    result = solved(small(()))

    assert result.status is Status.OPTIMAL
    assert result.start.tolist() == []


def test_participants_meet_only_while_all_are_available() -> None:
    result = solved(small(((0, 1),), available=slots("xx..xx", ".xxx.x"), length=np.array([1])))

    assert result.start[0] in (1, 5)


def test_the_heavier_wish_wins_a_single_hour() -> None:
    problem = small(TRIO, available=slots("x.....", "xxxxxx", "xxxxxx", "xxxxxx"), weight=np.array([2, 5, 3]))

    assert granted(problem) == [1]


def test_a_meeting_lies_within_one_day() -> None:
    problem = small(((0, 1),), days=(2, 3), length=np.array([3]))

    assert solved(problem).start.tolist() == [2]
    assert granted(replace(problem, length=np.array([4]))) == []


@pytest.mark.parametrize(("buffer", "number"), [(0, 3), (1, 2), (2, 1)])
def test_the_buffer_keeps_meetings_of_a_participant_apart(buffer: int, number: int) -> None:
    assert len(granted(small(TRIO, days=(3,), buffer_slots=buffer))) == number


@pytest.mark.parametrize(("rest", "number"), [(1, 2), (2, 1)])
def test_meetings_do_not_follow_each_other_where_that_is_not_allowed(rest: int, number: int) -> None:
    assert len(granted(small(TRIO, days=(3,), consecutive_allowed=False, rest_slots=rest))) == number


def test_days_are_never_adjacent() -> None:
    problem = with_rooms(small(((0, 1), (0, 1)), days=(1, 1), buffer_slots=5), "xx", turnaround_slots=5)

    assert granted(problem) == [0, 1]


def test_the_daily_cap_holds_on_each_day() -> None:
    problem = small(TRIO, days=(4, 4), daily_cap=np.array([1, -1, -1, -1]), weight=np.array([1, 2, 3]))

    assert granted(problem) == [1, 2]


def test_a_room_stays_empty_for_the_turnaround() -> None:
    problem = with_rooms(small(((0, 1), (2, 3)), days=(4,), length=np.array([2, 2])), "xxxx")

    assert granted(problem) == [0, 1]
    assert len(granted(replace(problem, turnaround_slots=1))) == 1


def test_a_room_serves_only_while_open_with_seats_enough_and_allowed() -> None:
    problem = small(
        ((0, 1), (2, 3), (4, 5)),
        days=(2,),
        seats=np.array([8, 2, 2]),
        room_open=slots("xx", ".x", "xx"),
        room_seats=np.array([4, 9, 4]),
        allowed_rooms=np.array([[True, True, True], [False, False, True], [True, True, False]]),
    )

    result = solved(problem)

    assert result.room.tolist() == [1, 2, 0]
    assert result.start[0] == 1


def test_pins_hold() -> None:
    problem = small(TRIO, fixed_start=np.array([-1, 3, -1]), fixed_room=np.array([2, -1, 2]))

    result = solved(problem)

    assert result.start[1] == 3
    assert (result.room[0], result.room[2]) == (2, 2)


def test_a_mandatory_meeting_goes_before_any_weight() -> None:
    problem = small(TRIO, days=(1,), weight=np.array([9, 0, 9]), mandatory=np.array([False, True, False]))

    result = solved(problem)

    assert np.flatnonzero(result.granted).tolist() == [1]
    assert result.certificate("mandatory") == Certificate("mandatory", 1, 1)


def test_interpreters_are_of_the_pair_free_and_not_in_two_meetings() -> None:
    problem = small(
        ((0, 1), (2, 3), (4, 5)),
        days=(2,),
        pool=np.array([0, 0, 1]),
        interpreter_pool=np.array([0, 1]),
        interpreter_available=slots("xx", ".x"),
        interpreter_daily_slots=np.array([9, 9]),
    )

    result = solved(problem)

    assert result.interpreters == ((0,), (0,), (1,))
    assert sorted(result.start[:2].tolist()) == [0, 1]
    assert result.start[2] == 1


def test_an_interpreter_works_no_longer_a_day_than_allowed() -> None:
    problem = small(
        TRIO,
        days=(4, 4),
        length=np.array([2, 1, 1]),
        pool=np.zeros(3, dtype=int),
        interpreter_pool=np.array([0]),
        interpreter_available=slots("xxxxxxxx"),
        interpreter_daily_slots=np.array([2]),
    )

    result = solved(problem)

    assert len(np.flatnonzero(result.granted)) == 3
    assert len(set(problem.day_of_slot[result.start[1:]]) | {problem.day_of_slot[result.start[0]]}) == 2
    assert len(granted(replace(problem, day_of_slot=np.zeros(8, dtype=int)))) == 2


def test_a_meeting_gets_as_many_interpreters_as_it_needs() -> None:
    problem = small(
        ((0, 1), (2, 3)),
        days=(1,),
        pool=np.zeros(2, dtype=int),
        interpreters_needed=np.array([2, 1]),
        interpreter_pool=np.zeros(3, dtype=int),
        interpreter_available=np.ones((3, 1), dtype=bool),
        interpreter_daily_slots=np.array([1, 1, 1]),
    )

    result = solved(problem)

    assert sorted(result.interpreters[0] + result.interpreters[1]) == [0, 1, 2]
    assert [len(each) for each in result.interpreters] == [2, 1]


def test_rooms_that_are_enough_in_each_slot_may_still_serve_no_whole_meeting() -> None:
    # One room may serve slots 0-1 and the other 2-3, but each meeting of three slots needs one room throughout.
    problem = with_rooms(small(((0, 1), (2, 3)), days=(5,), length=np.array([2, 3])), "xxx..", "..xxx")
    problem = replace(problem, allowed_start=slots("xx...", ".xx.."))

    assert granted(problem) == [0, 1]


def test_uneven_hours_of_alike_limits_are_shared_out() -> None:
    # Three meetings of two slots and two interpreters of three slots a day: in sum enough, but not one by one.
    problem = small(
        ((0, 1), (2, 3), (4, 5)),
        length=np.array([2, 2, 2]),
        pool=np.zeros(3, dtype=int),
        interpreter_pool=np.zeros(2, dtype=int),
        interpreter_available=np.ones((2, 6), dtype=bool),
        interpreter_daily_slots=np.array([3, 3]),
        weight=np.array([4, 2, 3]),
    )

    result = solved(problem)

    assert np.flatnonzero(result.granted).tolist() == [0, 2]
    assert result.certificate("weight").value == 7
    assert result.certificate("weight").proven


def test_a_gap_is_avoided_when_the_weight_is_the_same() -> None:
    problem = small(((0, 1), (0, 2)), allowed_start=slots("x.....", "...x.x"))

    result = solved(replace(problem, allowed_start=slots("x.....", ".x...x")))

    assert result.start.tolist() == [0, 1]
    assert result.certificate("gaps") == Certificate("gaps", 0, 0)
    assert solved(problem).certificate("gaps") == Certificate("gaps", 1, 1)


def test_no_gap_lies_where_the_participant_is_away_nor_in_a_short_wait() -> None:
    problem = small(((0, 1), (0, 2)), allowed_start=slots("x.....", "...x.."))

    away = solved(replace(problem, available=slots("x..xxx", "xxxxxx", "xxxxxx")))
    waiting = solved(replace(problem, wait_slots=2))
    resting = solved(replace(problem, buffer_slots=2))

    assert [each.certificate("gaps").value for each in (away, waiting, resting)] == [0, 0, 0]


def test_two_pinned_meetings_of_one_participant_clash_and_are_named() -> None:
    problem = small(((0, 1), (2, 3), (0, 2)), fixed_start=np.array([1, -1, 1]))

    result = solve(problem, stop=MaxWork(5), seed=7)

    assert result.status is Status.INFEASIBLE
    assert result.certificate("mandatory") == Certificate("mandatory", 1, 1)
    assert result.broken == (Broken("participant_clash", 0, (0, 2)),)
    assert result.granted[1]


@pytest.mark.parametrize(
    ("problem", "broken"),
    [
        (small(((0, 1),), available=slots("xxx...", "...xxx")), Broken("participant_hours", 0, (0,))),
        (small(((0, 1),), allowed_start=slots("......")), Broken("start", 0, (0,))),
        (small(((0, 1),), seats=np.array([11])), Broken("room_number", -1, (0,))),
        (small(((0, 1),), pool=np.array([2])), Broken("interpreter", 2, (0,))),
        (small(((0, 1), (0, 2)), daily_cap=np.array([1, -1, -1])), Broken("daily_cap", 0, (0, 1))),
        (with_rooms(small(((0, 1), (2, 3)), days=(1,)), "x"), Broken("room_number", -1, (0, 1))),
    ],
)
def test_an_impossible_problem_names_what_is_broken(problem: MeetingProblem, broken: Broken) -> None:
    problem = replace(problem, mandatory=np.ones(problem.n_meetings, dtype=bool))

    result = solve(problem, stop=MaxWork(5), seed=7)

    assert result.status is Status.INFEASIBLE
    assert broken in result.broken
    assert [each.constraint for each in check(problem, result)] == ["required"]


def test_the_same_seed_gives_the_same_plan_with_any_number_of_workers() -> None:
    problem = summit(seed=4, n_delegations=8, n_requests=24, n_days=2)

    one, other = (solve(problem, stop=MaxWork(1), seed=3, workers=workers) for workers in (1, 2))

    assert one.start.tolist() == other.start.tolist()
    assert one.room.tolist() == other.room.tolist()
    assert (one.interpreters, one.certificates) == (other.interpreters, other.certificates)


def test_the_work_of_a_search_stays_near_its_limit() -> None:
    problem = replace(summit(seed=2), wait_slots=0)

    result = solve(problem, stop=MaxWork(1.5), seed=3)

    assert result.statistics.work < 3
    assert result.status is Status.FEASIBLE
    assert check(problem, result) == ()


def test_a_stop_before_the_start_grants_nothing_and_claims_nothing() -> None:
    problem = small(TRIO, mandatory=np.array([True, False, False]))

    result = solve(problem, stop=MaxWork(0), seed=3)

    assert result.status is Status.UNKNOWN
    assert result.certificate("weight") == Certificate("weight", 0, 3)
    assert result.start.tolist() == [-1, -1, -1]


def test_a_search_without_time_still_places_what_is_required() -> None:
    problem = summit(seed=8)
    problem = replace(problem, mandatory=np.arange(problem.n_meetings) % 5 == 0)
    assert (one_by_one(problem).start[problem.required] == -1).any()

    result = solve(problem, stop=MaxWork(1e-6), seed=3)

    assert result.status is Status.FEASIBLE
    assert result.granted.sum() > problem.required.sum()
    assert check(problem, result) == ()


def test_any_callable_stops_a_search() -> None:
    asked: list[Spent] = []

    def enough(spent: Spent) -> bool:
        asked.append(spent)
        return True

    result = solve(summit(seed=4), stop=FirstOf((MaxWork(20), enough)), seed=3)

    assert asked
    assert result.status is not Status.OPTIMAL


def test_progress_tells_objective_value_and_bound() -> None:
    told: list[tuple[str, int, int]] = []

    result = solve(small(TRIO), stop=Never(), seed=3, progress=lambda *each: told.append(each))

    assert {each[0] for each in told} <= {"mandatory", "weight", "gaps"}
    assert ("weight", 3, 3) in told
    assert result.status is Status.OPTIMAL


def test_a_summit_of_60_wishes_is_solved_to_its_proven_weight() -> None:
    problem = summit(seed=3)

    result = solved(problem)

    assert result.certificate("weight") == Certificate("weight", 215, 215)


def test_the_solver_is_loaded_only_when_it_solves() -> None:
    code = "import sys, ejlas.engine.meetings.solve, ejlas.engine.meetings.explain; sys.exit('ortools' in sys.modules)"

    answer = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}, check=False)

    assert answer.returncode == 0
