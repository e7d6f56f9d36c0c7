"""The search for large problems: right plans, near the bound, the same with any number of threads."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from ejlas.engine.meetings.tables.bound import weight_bound
from ejlas.engine.meetings.tables.check import check
from ejlas.engine.meetings.tables.groups import groups_to_grant
from ejlas.engine.meetings.tables.objectives import breaks, granted_weight
from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.meetings.tables.search import Search
from ejlas.engine.meetings.tables.solve import solve
from ejlas.engine.result import Status
from ejlas.engine.stop import FirstOf, MaxWork, Switch
from tests.engine.meetings.tables.instances import fair, tiny


def _searched(problem: TableProblem, *, work: float = 0.2, seed: int = 1, workers: int = 1) -> Search:
    search = Search(problem, MaxWork(work), seed, workers)
    search.grant(int(search.gain.sum()))
    search.close()
    return search


def _best_by_trying_all(problem: TableProblem) -> int:
    plans = product(range(NONE, problem.n_slots), repeat=problem.n_meetings)
    return max(granted_weight(problem, plan) for plan in map(np.array, plans) if not check(problem, plan))


@pytest.mark.parametrize("seed", range(60))
def test_a_plan_keeps_every_constraint_and_no_bound_is_passed(seed):
    problem = tiny(seed)
    search = _searched(problem)

    assert {fault.constraint for fault in check(problem, search.best)} <= {"mandatory"}
    assert granted_weight(problem, search.best) <= weight_bound(problem)


@pytest.mark.parametrize("seed", range(20))
def test_the_bound_is_no_less_than_the_best_plan_and_the_search_finds_it(seed):
    problem = tiny(seed)
    problem = replace(problem, mandatory=np.zeros(problem.n_meetings, dtype=bool))

    best = _best_by_trying_all(problem)

    assert best <= weight_bound(problem)
    assert granted_weight(problem, _searched(problem).best) == best


def test_what_can_be_granted_is_granted_almost_wholly_and_breaks_are_closed():
    problem = fair(people=120, slots=20, days=4, share=0.8)
    begun = Search(problem, MaxWork(0), 1)
    search = _searched(problem, work=4.0)

    assert granted_weight(problem, begun.best) == 0
    assert granted_weight(problem, search.best) >= 0.995 * problem.weight.sum()
    assert breaks(problem, search.best).sum() <= 0.2 * problem.n_participants
    assert check(problem, search.best) == ()


@pytest.mark.parametrize("days", [1, 4, 5])
def test_any_number_of_threads_comes_to_the_same_plan(days):
    problem = fair(people=40, slots=20, days=days)

    plans = [_searched(problem, work=1.5, seed=3, workers=workers).best for workers in (1, 2, 4)]
    other = _searched(problem, work=1.5, seed=4).best

    assert np.array_equal(plans[0], plans[1])
    assert np.array_equal(plans[0], plans[2])
    assert not np.array_equal(plans[0], other)


@pytest.mark.parametrize("days", [1, 2, 3, 4, 5])
def test_each_slot_is_in_one_group_and_there_is_work_for_two(days):
    problem = fair(people=6, slots=20 * days, days=days)

    for groups in (groups_to_grant(problem, np.random.default_rng(number)) for number in range(5)):
        assert sorted(np.concatenate(groups).tolist()) == list(range(problem.n_slots))
        assert len(groups) == 2
        assert all(np.all(np.diff(each) > 0) for each in groups)


def test_mandatory_meetings_come_before_any_weight():
    problem = fair(people=40, slots=10, share=1.0)
    crowded = replace(problem, tables=np.full(10, 5), mandatory=np.arange(problem.n_meetings) < 45)

    search = _searched(crowded, work=1.0)

    assert (search.best[:45] != NONE).all()
    assert check(crowded, search.best) == ()


def test_orders_are_kept_by_every_move():
    problem = fair(people=40, slots=20, days=4, share=0.5)
    ordered = replace(problem, before=np.array([[each, each + 1] for each in range(0, 60, 2)]))

    search = _searched(ordered, work=1.0)

    assert check(ordered, search.best) == ()
    assert granted_weight(ordered, search.best) >= 0.98 * ordered.weight.sum()


def test_a_switch_ends_the_search_and_the_best_plan_is_kept():
    problem = fair(people=200, slots=40, days=4)
    switch = Switch()
    told: list[tuple[str, int, int]] = []

    def tell(objective: str, value: int, bound: int) -> None:
        told.append((objective, value, bound))
        if objective == "breaks":
            switch.throw()

    plan = solve(problem, stop=FirstOf((MaxWork(60), switch)), seed=1, progress=tell)

    assert told[-1] == ("breaks", plan.certificate("breaks").value, 0)
    assert plan.status in (Status.FEASIBLE, Status.OPTIMAL)
    assert plan.statistics["work"] < 30
    assert check(problem, plan.slot) == ()
    assert [value for name, value, _bound in told if name == "weight"] == sorted(
        value for name, value, _bound in told if name == "weight"
    )


def test_a_problem_without_open_slots_grants_nothing():
    problem = fair(people=200, slots=40)
    closed = replace(problem, available=np.zeros_like(problem.available))
    large = replace(closed, allowed=np.ones_like(problem.allowed))

    search = _searched(large)

    assert (search.best == NONE).all()
    assert weight_bound(large) == 0
