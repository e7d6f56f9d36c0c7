"""Limited hands: plans keep every constraint, bounds hold, tiny plans are the best there are."""

import numpy as np
import pytest
from hypothesis import given, settings

from ejlas.engine.result import Broken, Status
from ejlas.engine.stop import MaxWork, Switch
from ejlas.engine.workplan.bounds import lower_bound
from ejlas.engine.workplan.chains import chains
from ejlas.engine.workplan.check import check
from ejlas.engine.workplan.critical import earliest_starts
from ejlas.engine.workplan.kernels import breeding, schedule
from ejlas.engine.workplan.kernels.state import NONE
from ejlas.engine.workplan.plan import late
from ejlas.engine.workplan.population import Herds, Numbered
from ejlas.engine.workplan.problem import WorkProblem
from ejlas.engine.workplan.solve import solve
from tests.engine.workplan.problems import least_makespan, work_problems


def by_chance(seed, n=90):
    """A plan of work that no bound of the first look proves."""
    random = np.random.default_rng(seed)
    first = random.integers(0, n - 1, 2 * n)
    after = np.minimum(first + random.integers(1, 9, 2 * n), n - 1)
    kept = first < after
    return WorkProblem(
        duration=random.integers(1, 9, n),
        link=np.stack([first[kept], after[kept], random.integers(0, 2, kept.sum())], axis=1),
        capacity=np.array([10, 9]),
        need=random.integers(0, 8, (n, 2)),
    )


@given(work_problems(most=6))
@settings(max_examples=25, deadline=None)
def test_tiny_plans_are_the_best_there_are(problem):
    best = least_makespan(problem)

    plan = solve(problem, stop=MaxWork(5), seed=1)

    assert check(problem, plan.start) == ()
    assert (plan.status, plan.makespan, plan.bound) == (Status.OPTIMAL, best, best)
    assert lower_bound(problem) <= best


@given(work_problems())
@settings(max_examples=40, deadline=None)
def test_justification_keeps_every_constraint_and_never_lengthens(problem):
    numbered = Numbered(problem)
    work = numbered.work
    herds = Herds(numbered, seed=3, count=1, tail=np.zeros(problem.n_activities, dtype=np.int64))
    desk = herds.desks[0]
    for make in (schedule.forwards, schedule.in_parallel):
        breeding.draw_list(work, desk, work.duration)
        end = make(work, desk)
        before = numbered.starts(desk.start)

        justified = schedule.justify(work, desk, end)

        assert justified <= end
        assert check(problem, before) == check(problem, numbered.starts(desk.start)) == ()
        assert (desk.free == work.free).all()
        assert [desk.start[each] for each in desk.order] == sorted(desk.start)


@given(work_problems())
@settings(max_examples=15, deadline=None)
def test_who_keeps_the_links_and_the_chains_needs_no_more_hands_than_there_are(problem):
    plan = solve(problem, stop=MaxWork(0.001), seed=1)
    ways = chains(problem, plan.start)
    free = problem.pinned[ways[:, 1]] == NONE
    tied = WorkProblem(
        duration=problem.duration,
        link=np.concatenate([problem.link, ways[free]]),
        capacity=problem.capacity,
        need=problem.need,
        release=problem.release,
        pinned=problem.pinned,
    )

    start = earliest_starts(tied, tied.duration)

    assert check(tied, start) == ()
    assert (start <= plan.start).all()


def test_the_same_work_gives_the_same_plan_with_any_number_of_workers():
    problem = by_chance(1)

    plans = [solve(problem, stop=MaxWork(0.2), seed=7, workers=workers) for workers in (1, 2)]

    assert check(problem, plans[0].start) == ()
    assert plans[0].start.tolist() == plans[1].start.tolist()
    assert plans[0].bound <= plans[0].makespan


def test_more_search_and_windows_never_make_it_worse(monkeypatch):
    for name, value in {"WINDOW_WORK": 0.02, "STALE": 10}.items():
        monkeypatch.setattr(f"ejlas.engine.workplan.search.{name}", value)
    problem = by_chance(2)
    told = []

    short = solve(problem, stop=MaxWork(0.01), seed=7)
    long = solve(problem, stop=MaxWork(0.3), seed=7, progress=lambda *each: told.append(each))

    assert check(problem, long.start) == ()
    assert long.makespan <= short.makespan
    assert [value for _name, value, _bound in told] == sorted((value for _n, value, _b in told), reverse=True)
    assert long.statistics["windows"] > 0


def test_a_thrown_switch_leaves_a_whole_plan():
    switch = Switch()
    switch.throw()
    problem = by_chance(3)

    plan = solve(problem, stop=switch, seed=1)

    assert check(problem, plan.start) == ()
    assert plan.status is Status.FEASIBLE


def test_hands_that_are_not_there_are_named():
    problem = WorkProblem(
        duration=np.array([2, 3, 0]), capacity=np.array([2, 1]), need=np.array([[1, 0], [3, 1], [9, 9]])
    )

    plan = solve(problem, stop=MaxWork(1), seed=1)

    assert (plan.status, plan.broken) == (Status.INFEASIBLE, (Broken("hands", 0, (1,), 1),))


def test_hands_in_work_at_once_that_are_not_there_are_named():
    problem = WorkProblem(
        duration=np.array([4, 3]), capacity=np.array([2]), need=np.array([[2], [1]]), pinned=np.array([0, 2])
    )

    assert solve(problem, stop=MaxWork(1), seed=1).broken == (Broken("hands", 0, (0, 1), 1),)


def test_many_hands_and_long_times_are_counted_right():
    problem = WorkProblem(
        duration=np.array([480, 960, 480]),
        capacity=np.array([900_000_000, 3, 70_000, 1, 5]),
        need=np.array([[600_000_000, 1, 40_000, 0, 5], [300_000_000, 1, 30_000, 1, 0], [600_000_000, 0, 1, 0, 0]]),
    )

    plan = solve(problem, stop=MaxWork(1), seed=1)

    assert (plan.makespan, plan.status, check(problem, plan.start)) == (960, Status.OPTIMAL, ())


def test_what_ends_after_its_due_time_is_counted():
    problem = WorkProblem(duration=np.array([3, 2]), link=np.array([[0, 1, 0]]), due=np.array([-1, 4]))

    assert late(problem, solve(problem, stop=MaxWork(1), seed=1)).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("start", "broken"),
    [
        ([0, 3, 0], Broken("hands", 0, (0, 2), 1)),
        ([0, 2, 5], Broken("link", 0, (0, 1), 1)),
        ([-1, 3, 5], Broken("release", 0, (0,), 1)),
    ],
)
def test_the_checker_names_what_is_wrong(start, broken):
    problem = WorkProblem(
        duration=np.array([3, 2, 1]), link=np.array([[0, 1, 0]]), capacity=np.array([2]), need=np.array([[1], [1], [2]])
    )

    assert check(problem, np.array([0, 3, 5])) == ()
    assert check(problem, np.array(start)) == (broken,)


def test_a_plan_of_nothing_is_proven():
    plan = solve(WorkProblem(duration=np.zeros(0, dtype=np.int64)), stop=MaxWork(1), seed=1)

    assert (plan.status, plan.makespan) == (Status.OPTIMAL, 0)
