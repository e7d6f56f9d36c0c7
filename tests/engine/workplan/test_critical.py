"""The critical path against times counted by hand and one by one."""

import numpy as np
from hypothesis import given, settings

from ejlas.engine.workplan.critical import critical_path, earliest_starts
from ejlas.engine.workplan.problem import WorkProblem
from tests.engine.workplan.problems import work_problems


def test_times_slack_and_critical_activities():
    problem = WorkProblem(
        duration=np.array([3, 2, 4, 1]),
        link=np.array([[0, 2, 1], [1, 2, 0], [0, 3, 0]]),
        due=np.array([-1, -1, -1, 6]),
    )

    path = critical_path(problem)

    assert path.end == 8
    assert path.earliest_start.tolist() == [0, 0, 4, 3]
    assert path.earliest_finish.tolist() == [3, 2, 8, 4]
    assert path.latest_start.tolist() == [0, 2, 4, 5]
    assert path.latest_finish.tolist() == [3, 4, 8, 6]
    assert path.slack.tolist() == [0, 2, 0, 2]
    assert path.critical.tolist() == [True, False, True, False]


def test_what_is_too_late_has_slack_below_nothing():
    problem = WorkProblem(duration=np.array([3, 2]), link=np.array([[0, 1, 0]]))

    assert critical_path(problem, end=4).slack.tolist() == [-1, -1]


@given(work_problems())
@settings(max_examples=50, deadline=None)
def test_levels_give_what_one_activity_after_the_other_gives(problem):
    expected = np.where(problem.pinned >= 0, problem.pinned, problem.release)
    for each in problem.order.tolist():
        for first, after, lag in problem.link.tolist():
            if after == each:
                expected[each] = max(expected[each], expected[first] + problem.duration[first] + lag)

    found = earliest_starts(problem, problem.duration)

    assert found.tolist() == expected.tolist()


def test_many_durations_go_through_at_once():
    problem = WorkProblem(duration=np.array([3, 2, 4]), link=np.array([[0, 1, 0], [1, 2, 2]]))
    many = np.array([[3, 2, 4], [1, 1, 1], [0, 5, 2]])

    assert earliest_starts(problem, many).tolist() == [[0, 3, 7], [0, 1, 4], [0, 0, 7]]


def test_a_plan_of_nothing_ends_at_once():
    path = critical_path(WorkProblem(duration=np.zeros(0, dtype=np.int64)))

    assert (path.end, path.slack.tolist()) == (0, [])
