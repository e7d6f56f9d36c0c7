from dataclasses import replace

import numpy as np
import pytest

from ejlas.engine.meetings.tables.exact import solve_exact
from ejlas.engine.meetings.tables.plan import TablePlan
from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.result import Status
from ejlas.engine.stop import MaxWork, Never
from tests.engine.meetings.tables.random_problems import best, names, random_problem


def can_stand(problem: TableProblem, meetings: tuple[int, ...]) -> bool:
    required = np.isin(np.arange(problem.n_meetings), meetings)
    return best(replace(problem, mandatory=required))[0] == len(meetings)


@pytest.mark.parametrize("seed", range(200))
def test_solve_exact_finds_the_best_of_all_plans_or_a_smallest_clash(seed: int) -> None:
    problem = random_problem(seed)
    mandatory, weight, minus_breaks = best(problem)

    plan = solve_exact(problem, stop=MaxWork(20), seed=seed)

    impossible = mandatory < problem.mandatory.sum()
    assert names(problem, plan.slot) == ({"mandatory"} if impossible else set())
    assert plan.status is (Status.INFEASIBLE if impossible else Status.OPTIMAL)
    values = tuple((each.value, each.bound) for each in plan.certificates)
    assert values[:2] == ((mandatory, mandatory), (weight, weight))
    assert impossible or values[2] == (-minus_breaks, -minus_breaks)
    assert bool(plan.broken) == impossible
    if impossible:
        check_clash(problem, plan)


@pytest.mark.parametrize("seed", range(300, 340))
def test_two_threads_find_the_same_as_one(seed: int) -> None:
    problem = random_problem(seed)
    mandatory, weight, minus_breaks = best(problem)

    plan = solve_exact(problem, stop=Never(), seed=seed, workers=2)

    values = [each.value for each in plan.certificates]
    assert values[:2] == [mandatory, weight]
    assert plan.status is Status.INFEASIBLE or values[2] == -minus_breaks
    assert plan.status is Status.INFEASIBLE or all(each.proven for each in plan.certificates)


def check_clash(problem: TableProblem, plan: TablePlan) -> None:
    clash = tuple(sorted({meeting for each in plan.broken for meeting in each.meetings}))
    if "fairness" not in {each.constraint for each in plan.broken}:
        # What clashes without fairness is told without it.
        problem = replace(problem, most_difference=NONE)
    assert problem.mandatory[list(clash)].all()
    assert not can_stand(problem, clash)
    for left_out in clash:
        assert can_stand(problem, tuple(each for each in clash if each != left_out))
