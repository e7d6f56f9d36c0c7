"""The solver against all plans of tiny problems, tried one by one."""

import pytest

from ejlas.engine.meetings.check import check
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.meetings.repair import repair
from ejlas.engine.meetings.solve import solve
from ejlas.engine.result import Status
from ejlas.engine.stop import MaxWork
from tests.engine.meetings.brute import best, least_change
from tests.engine.meetings.instances import random_rich, random_small


def is_solved_to_the_best(problem: MeetingProblem, seed: int) -> None:
    expected = best(problem)

    result = solve(problem, stop=MaxWork(20), seed=seed)

    for each in result.certificates:
        assert (each.objective, each.value, each.bound) == (each.objective, *[abs(expected[each.objective])] * 2)
    impossible = expected["mandatory"] < problem.required.sum()
    assert result.status is (Status.INFEASIBLE if impossible else Status.OPTIMAL)
    assert {each.constraint for each in check(problem, result)} == ({"required"} if impossible else set())
    assert bool(result.broken) == impossible


@pytest.mark.parametrize("seed", range(200))
def test_solve_finds_the_best_of_all_plans(seed: int) -> None:
    is_solved_to_the_best(random_small(seed), seed)


@pytest.mark.parametrize("seed", range(80))
def test_solve_finds_the_best_of_all_plans_under_every_rule(seed: int) -> None:
    is_solved_to_the_best(random_rich(seed), seed)


@pytest.mark.parametrize("seed", range(40))
def test_repair_changes_as_little_as_any_plan(seed: int) -> None:
    problem = random_rich(seed)
    old = solve(random_small(seed), stop=MaxWork(20), seed=seed)
    expected = least_change(problem, old)

    result = repair(problem, old, stop=MaxWork(20), seed=seed)

    sought = [each for each in result.certificates if each.objective in expected]
    assert {each.objective: (each.value, each.bound) for each in sought} == {
        name: (abs(value), abs(value)) for name, value in expected.items()
    }
    impossible = expected["mandatory"] < problem.required.sum()
    assert {each.constraint for each in check(problem, result, old=old)} == ({"required"} if impossible else set())
