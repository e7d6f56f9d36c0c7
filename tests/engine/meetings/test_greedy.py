from dataclasses import replace

import numpy as np
import pytest

from ejlas.engine.meetings.check import check
from ejlas.engine.meetings.greedy import one_by_one
from ejlas.engine.meetings.solve import solve
from ejlas.engine.result import Status
from ejlas.engine.stop import Spent
from tests.engine.meetings.instances import random_rich, small, summit


@pytest.mark.parametrize("seed", range(30))
def test_a_plan_made_one_by_one_breaks_nothing_but_what_is_required(seed: int) -> None:
    problem = random_rich(seed)

    broken = check(problem, one_by_one(problem))

    assert {each.constraint for each in broken} <= {"required"}


def test_what_is_required_comes_first_and_then_what_weighs_most() -> None:
    pairs = ((0, 1), (0, 2), (0, 3))
    problem = small(pairs, days=(2,), weight=np.array([1, 2, 3]), mandatory=np.array([True, False, False]))

    assert one_by_one(problem).start.tolist() == [0, -1, 1]


def test_a_search_that_is_stopped_while_the_solver_has_nothing_keeps_such_a_plan() -> None:
    problem = replace(summit(seed=4), most_difference=2)
    asked = 0

    def enough(_: Spent) -> bool:
        nonlocal asked
        asked += 1
        return asked > 1

    result = solve(problem, stop=enough, seed=3)

    assert result.granted.any()
    assert result.status is Status.FEASIBLE
    assert check(problem, result) == ()
