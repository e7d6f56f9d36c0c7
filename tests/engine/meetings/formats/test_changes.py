import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ejlas.engine.meetings.formats.changes import Changes, changed, read_changes
from ejlas.engine.meetings.formats.own import Problem
from ejlas.engine.meetings.tables.problem import TableProblem
from tests.engine.meetings.instances import small
from tests.engine.meetings.tables.instances import fair


def after(problem: Problem, **changes: Any) -> Problem:
    return changed(problem, read_changes(json.dumps(changes), problem))


def tables(**changes: Any) -> TableProblem:
    return replace(fair(people=4, slots=3), **changes)


def test_who_withdraws_has_no_hours_and_nothing_that_has_to_be_placed() -> None:
    problem = tables(mandatory=np.ones(fair(people=4, slots=3).n_meetings, dtype=bool))
    found = after(problem, withdraw=[1])

    assert found.available.any(axis=1).tolist() == [True, False, True, True]
    assert found.mandatory.tolist() == [1 not in pair for pair in problem.pair.tolist()]


def test_tables_close_in_every_slot() -> None:
    found = after(tables(), tables=1)

    assert isinstance(found, TableProblem)
    assert found.tables.tolist() == [1, 1, 1]


def test_idle_follows_the_hours_where_it_was_the_hours() -> None:
    problem = tables()
    follows = after(problem, unavailable={"2": [0, 1]})
    stays = after(replace(problem, available=problem.available & (np.arange(4) != 3)[:, None]), unavailable={"2": [0]})

    assert isinstance(follows, TableProblem)
    assert follows.available[2].tolist() == [False, False, True]
    assert np.array_equal(follows.idle, follows.available)
    assert isinstance(stays, TableProblem)
    assert stays.idle.all()


def test_a_meeting_pinned_for_somebody_who_withdraws_is_pinned_no_more() -> None:
    problem = replace(small(((0, 1), (0, 2))), fixed_start=np.array([2, 3]), mandatory=np.array([True, True]))
    found = after(problem, withdraw=[2])

    assert not isinstance(found, TableProblem)
    assert found.fixed_start.tolist() == [2, -1]
    assert found.mandatory.tolist() == [True, False]
    assert not found.available[2].any()


def test_nothing_changes_nothing() -> None:
    assert read_changes("{}", tables()) == Changes()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"withdraw": [4]}, "withdraw[0]: it is 4, expected a whole number from 0 to 3"),
        ({"withdraw": 4}, "withdraw: it is 4, expected a list of participants"),
        ({"tables": -1}, "tables: it is -1, expected a whole number from 0 to 1000000000"),
        ({"unavailable": [[0]]}, "unavailable: it is [[0]], expected an object"),
        ({"unavailable": {"a": [0]}}, "unavailable.a: there is no such participant, expected 0 to 3"),
        ({"unavailable": {"4": [0]}}, "unavailable.4: there is no such participant, expected 0 to 3"),
        ({"unavailable": {"0": [0, 3]}}, "unavailable.0[1]: it is 3, expected a whole number from 0 to 2"),
        ({"rooms": 1}, "rooms: there is no such key, expected one of withdraw, tables, unavailable"),
    ],
)
def test_a_fault_is_named_with_its_place_and_what_was_expected(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as refused:
        read_changes(json.dumps(changes), tables())

    assert str(refused.value).startswith(message)


def test_a_problem_with_rooms_has_no_tables_to_close() -> None:
    with pytest.raises(ValueError, match="tables: this problem has rooms and no tables"):
        read_changes('{"tables": 1}', small(((0, 1),)))
