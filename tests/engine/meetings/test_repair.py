from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from ejlas.engine.meetings.changes import MOVED, STOOD, TOUCHED
from ejlas.engine.meetings.check import check
from ejlas.engine.meetings.keeping import Blend
from ejlas.engine.meetings.objectives import MANDATORY, WEIGHT
from ejlas.engine.meetings.plan import MeetingResult, Placements
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.meetings.repair import repair
from ejlas.engine.meetings.solve import solve
from ejlas.engine.result import Status
from ejlas.engine.stop import MaxWork
from tests.engine.meetings.instances import slots, small, summit

TRIO = ((0, 1), (0, 2), (0, 3))  # three wishes for participant 0
STOOD_AT = Placements(np.array([0, 1, 2]), np.array([0, 0, 0]), ((), (), ()))


def repaired(problem: MeetingProblem, old: Placements) -> MeetingResult:
    result = repair(problem, old, stop=MaxWork(20), seed=7)
    assert check(problem, result, old=old) == ()
    return result


def values(result: MeetingResult) -> list[tuple[str, int, int]]:
    return [
        (each.objective, each.value, each.bound)
        for each in result.certificates
        if each.objective in (MANDATORY, STOOD, MOVED, TOUCHED)
    ]


def test_a_plan_that_still_holds_is_left_as_it_is() -> None:
    result = repaired(small(TRIO), STOOD_AT)

    assert result.start.tolist() == [0, 1, 2]
    assert result.status is Status.OPTIMAL
    assert values(result) == [(MANDATORY, 0, 0), (STOOD, 3, 3), (MOVED, 0, 0), (TOUCHED, 0, 0)]


def test_only_the_meeting_of_the_one_who_comes_late_moves() -> None:
    problem = small(TRIO, available=slots("xxxxxx", "...xxx", "xxxxxx", "xxxxxx"))

    result = repaired(problem, STOOD_AT)

    assert result.start[1:].tolist() == [1, 2]
    assert result.start[0] >= 3
    assert values(result) == [(MANDATORY, 0, 0), (STOOD, 3, 3), (MOVED, 1, 1), (TOUCHED, 2, 2)]


def test_another_meeting_makes_way_where_nothing_else_helps() -> None:
    problem = small(TRIO, days=(3,), available=slots("xxx", ".x.", "xxx", "xxx"))

    result = repaired(problem, STOOD_AT)

    assert result.start.tolist() == [1, 0, 2]
    assert values(result) == [(MANDATORY, 0, 0), (STOOD, 3, 3), (MOVED, 2, 2), (TOUCHED, 3, 3)]


def test_of_repairs_that_move_as_many_the_one_with_fewer_people_is_taken() -> None:
    pairs = ((0, 1), (0, 2), (3, 4, 5))
    problem = small(pairs, days=(3,), available=slots("xxx", ".xx", "xxx", "xxx", "xxx", "xxx"))
    problem = replace(problem, allowed_rooms=np.eye(3, dtype=bool)[[0, 1, 1]], room_open=slots("..x", "xxx", "..."))
    problem = replace(
        problem, allowed_rooms=np.array([[True, True, False]] * 3), allowed_start=slots("xx.", "xxx", "xxx")
    )
    old = Placements(np.array([0, 1, 2]), np.array([1, 1, 1]), ((), (), ()))

    result = repaired(problem, old)

    assert result.start.tolist() == [1, 0, 2]
    assert (result.certificate(MOVED).value, result.certificate(TOUCHED).value) == (2, 3)


def test_the_lighter_meeting_goes_where_one_has_to() -> None:
    problem = small(TRIO, days=(3,), available=slots("xx.", "xxx", "xxx", "xxx"), weight=np.array([5, 1, 4]))

    result = repaired(problem, STOOD_AT)

    assert result.start.tolist() == [0, -1, 1]
    assert result.certificate(STOOD).value == 9


def test_a_required_meeting_comes_before_what_stood() -> None:
    problem = small(TRIO, days=(2,), weight=np.array([1, 9, 9]), mandatory=np.array([True, False, False]))
    old = Placements(np.array([-1, 0, 1]), np.array([-1, 0, 0]), ((), (), ()))

    result = repaired(problem, old)

    assert result.granted.tolist() == [True, True, False]
    assert result.certificate(MANDATORY).proven


def test_a_wish_is_granted_that_fits_beside_what_stands() -> None:
    old = Placements(np.array([0, 1, -1]), np.array([0, 0, -1]), ((), (), ()))

    result = repaired(small(TRIO), old)

    assert result.start[:2].tolist() == [0, 1]
    assert result.granted.all()
    assert result.certificate(WEIGHT).proven


def test_a_change_of_interpreter_alone_counts_as_moved() -> None:
    problem = small(
        ((0, 1),),
        pool=np.array([0]),
        interpreter_pool=np.array([0, 0]),
        interpreter_available=slots("......", "xxxxxx"),
        interpreter_daily_slots=np.array([9, 9]),
    )

    result = repaired(problem, Placements(np.array([2]), np.array([0]), ((0,),)))

    assert (result.start[0], result.interpreters) == (2, ((1,),))
    assert result.certificate(MOVED).value == 1


def test_an_impossible_change_names_what_is_broken() -> None:
    problem = small(TRIO, days=(2,), mandatory=np.ones(3, dtype=bool))

    result = repair(problem, STOOD_AT, stop=MaxWork(20), seed=7)

    assert result.status is Status.INFEASIBLE
    assert result.broken[0].constraint == "participant_clash"
    assert result.certificate(MANDATORY).value == 2


def test_a_stop_before_the_start_leaves_what_can_stay() -> None:
    problem = small(TRIO, available=slots("xxxxxx", "...xxx", "xxxxxx", "xxxxxx"))

    result = repair(problem, STOOD_AT, stop=MaxWork(0), seed=7)

    assert result.start.tolist() == [-1, 1, 2]
    assert result.status is Status.FEASIBLE


def test_the_same_seed_repairs_a_summit_in_the_same_way() -> None:
    problem = summit(seed=4, n_delegations=8, n_requests=24, n_days=2)
    old = solve(problem, stop=MaxWork(2), seed=3)
    available = problem.available.copy()
    available[int(np.argmax([old.granted[list(each)].sum() for each in problem.meetings_of])), :30] = False
    late = replace(problem, available=available)

    one, other = (repair(late, old, stop=MaxWork(2), seed=3, workers=workers) for workers in (1, 2))

    assert check(late, one, old=old) == ()
    assert one.start.tolist() == other.start.tolist()
    assert (one.interpreters, one.certificates) == (other.interpreters, other.certificates)


def test_an_old_plan_for_another_number_of_meetings_is_refused() -> None:
    with pytest.raises(ValueError, match="old: it has places for 3 meetings, expected 1"):
        repair(small(((0, 1),)), STOOD_AT, stop=MaxWork(1), seed=7)


@pytest.mark.parametrize("bound", range(40))
def test_a_bound_of_all_in_one_number_bounds_each_objective(bound: int) -> None:
    blend = Blend(n_stood=2, most_worth=3)

    for placed, standing, changed in product(range(2), range(4), range(3)):
        number = blend.of_required * placed + blend.of_worth * standing - changed
        if number <= bound:
            bounds = blend.bounds(bound, {MANDATORY: placed, STOOD: standing})
            assert placed <= bounds[MANDATORY]
            assert standing <= bounds[STOOD]
            assert changed >= bounds[MOVED]
