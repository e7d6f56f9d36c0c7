"""Repair of tables: what stands stays, what fell out finds a place, few others move."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ejlas.engine.meetings.tables.check import check
from ejlas.engine.meetings.tables.objectives import granted_weight
from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.meetings.tables.repair import repair, still_standing
from ejlas.engine.meetings.tables.solve import solve
from ejlas.engine.stop import MaxWork
from tests.engine.meetings.tables.instances import fair, tiny


@pytest.fixture(scope="module")
def planned():
    """A problem of some hundred meetings and a plan for it."""
    problem = fair(people=200, slots=40, days=4, share=0.6)
    return problem, solve(problem, stop=MaxWork(2), seed=1).slot


def _without(problem: TableProblem, people: list[int], *, tables: int) -> TableProblem:
    available = problem.available.copy()
    available[people] = False
    return replace(problem, available=available, tables=np.full(problem.n_slots, tables))


def test_who_withdraws_leaves_almost_all_others_where_they_are(planned):
    problem, old = planned
    gone = [3, 77]
    changed = _without(problem, gone, tables=int(problem.tables[0]) - 1)

    plan = repair(changed, old, stop=MaxWork(5), seed=1)

    others = (old != NONE) & ~np.isin(problem.pair, gone).any(axis=1)
    assert check(changed, plan.slot) == ()
    assert (plan.slot[others] == old[others]).mean() > 0.98
    assert (plan.slot[np.isin(problem.pair, gone).any(axis=1)] == NONE).all()
    assert plan.statistics["dropped"] <= 2 * len(np.flatnonzero(np.isin(problem.pair, gone).any(axis=1)))


def test_a_late_participant_gets_other_slots_and_loses_little(planned):
    problem, old = planned
    available = problem.available.copy()
    available[5, :4] = False
    changed = replace(problem, available=available)

    plan = repair(changed, old, stop=MaxWork(5), seed=1)

    fallen = (old != NONE) & (old < 4) & (problem.pair == 5).any(axis=1)
    assert fallen.sum() >= 2
    assert check(changed, plan.slot) == ()
    assert (plan.slot[fallen] != NONE).all()
    assert plan.statistics["moved"] <= 6 * fallen.sum()


def test_nothing_changed_moves_nobody(planned):
    problem, old = planned

    plan = repair(problem, old, stop=MaxWork(5), seed=1)

    assert plan.statistics["moved"] == plan.statistics["dropped"] == 0
    assert granted_weight(problem, plan.slot) >= granted_weight(problem, old)


def test_of_too_many_in_a_slot_the_lightest_fall_out():
    problem = fair(people=8, slots=4, share=1.0)
    old = solve(problem, stop=MaxWork(0.5), seed=1).slot
    narrow = replace(problem, tables=np.full(4, 2), interpreters=np.full((3, 4), 8))

    kept = still_standing(narrow, old)

    for slot in range(4):
        held, stays = np.flatnonzero(old == slot), np.flatnonzero(kept == slot)
        assert sorted(problem.weight[stays]) == sorted(problem.weight[held])[-2:]


@pytest.mark.parametrize("seed", range(40))
def test_a_repaired_plan_keeps_every_constraint(seed):
    old_problem, problem = tiny(seed), tiny(seed)
    old = solve(old_problem, stop=MaxWork(0.1), seed=1).slot
    available = problem.available.copy()
    available[0] = False
    changed = replace(problem, available=available, tables=np.maximum(problem.tables - 1, 0))

    plan = repair(changed, old, stop=MaxWork(1), seed=1)

    assert {fault.constraint for fault in check(changed, plan.slot)} <= {"mandatory"}
