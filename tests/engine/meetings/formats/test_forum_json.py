import json
from typing import Any

import numpy as np
import pytest

from ejlas.engine.meetings.formats.forum_json import read_forum
from ejlas.engine.meetings.tables.problem import TableProblem

FORUM: dict[str, Any] = {
    "P": 3,
    "T": 4,
    "days": 2,
    "tables": 2,
    "unavailable": [[], [0, 3], [2]],
    "requests": [[0, 1, 5, -1], [1, 2, 3, 0]],
    "pools": [[1, 0, 1, 2]],
}


def read(**changes: Any) -> TableProblem:
    return read_forum(json.dumps(FORUM | changes))


def complaint(text: str) -> str:
    with pytest.raises(ValueError) as refused:
        read_forum(text)
    return str(refused.value)


def test_a_forum_becomes_a_problem_of_wishes() -> None:
    problem = read()

    assert problem.day_of_slot.tolist() == [0, 0, 1, 1]
    assert problem.available.astype(int).tolist() == [[1, 1, 1, 1], [0, 1, 1, 0], [1, 1, 0, 1]]
    assert np.array_equal(problem.idle, problem.available)
    assert problem.pair.tolist() == [[0, 1], [1, 2]]
    assert problem.weight.tolist() == [5, 3]
    assert problem.pool.tolist() == [-1, 0]
    assert problem.interpreters.tolist() == [[1, 0, 1, 2]]
    assert problem.tables.tolist() == [2, 2, 2, 2]
    assert problem.allowed.all()
    assert not problem.mandatory.any()


def test_a_forum_may_have_nobody_and_ask_for_nothing() -> None:
    problem = read(P=0, unavailable=[], requests=[], pools=[])

    assert (problem.n_participants, problem.n_meetings, problem.n_pools) == (0, 0, 0)


def test_keys_that_only_tell_where_a_forum_came_from_are_passed_over() -> None:
    assert read(pairs=[[0, 1]], seed=1).n_meetings == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"P": 2}, "unavailable: it has 3 lists of slots, expected 2"),
        ({"P": "3"}, 'P: it is "3", expected a whole number from 0 to 1000000000'),
        ({"P": True}, "P: it is true, expected a whole number from 0 to 1000000000"),
        ({"T": 10**9}, "T: it is 1000000000, expected a whole number from 1 to 10000"),
        ({"days": 3}, "days: it is 3, expected a divisor of the 4 slots: all days are equally long"),
        ({"days": 5}, "days: it is 5, expected a whole number from 1 to 4"),
        ({"tables": -1}, "tables: it is -1, expected a whole number from 0 to 1000000000"),
        ({"tables": [2, 2]}, "tables: it is [2, 2], expected a whole number from 0 to 1000000000"),
        ({"unavailable": [[], [4], []]}, "unavailable[1]: it is 4, expected a whole number from 0 to 3"),
        ({"unavailable": [[], 4, []]}, "unavailable[1]: it is 4, expected a list of slots"),
        ({"requests": {}}, "requests: it is {}, expected a list of requests"),
        (
            {"requests": [[0, 1, 5]]},
            "requests[0]: it is [0, 1, 5], expected four whole numbers: participant, participant, weight, pool or -1",
        ),
        (
            {"requests": [[0, 1, 1.5, -1]]},
            "requests[0]: it is [0, 1, 1.5, -1], expected four whole numbers: participant, participant, weight, "
            "pool or -1",
        ),
        (
            {"requests": [[0, 1, 5, -1], [0, 3, 5, -1]]},
            "requests[1]: it is [0, 3, 5, -1], expected participants from 0",
        ),
        ({"requests": [[1, 1, 5, -1]]}, "requests[0]: it is [1, 1, 5, -1], expected two different participants"),
        ({"requests": [[0, 1, -5, -1]]}, "requests[0]: it is [0, 1, -5, -1], expected a weight of 0 or more"),
        ({"requests": [[0, 1, 5, 1]]}, "requests[0]: it is [0, 1, 5, 1], expected a pool from 0 to 0, or -1 for none"),
        ({"requests": [[0, 1, 10**30, 0]]}, f"requests[0]: it is [0, 1, {10**30}, 0], expected numbers of at most"),
        ({"pools": [[1, 0, 1]]}, "pools[0]: it has 3 numbers, expected 4"),
        ({"pools": [[1, 0, 1, -2]]}, "pools[0][3]: it is -2, expected a whole number from 0 to 1000000000"),
    ],
)
def test_a_fault_is_named_with_its_place_and_what_was_expected(changes: dict[str, Any], message: str) -> None:
    assert complaint(json.dumps(FORUM | changes)).startswith(message)


def test_a_key_that_is_missing_is_named() -> None:
    without = {key: value for key, value in FORUM.items() if key != "pools"}

    assert complaint(json.dumps(without)).startswith("pools: the key is missing, expected beside: P, T, days")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1, column 1: Expecting value, expected JSON"),
        ('{"P": 3,\n"T": 4\n"days": 2}', "line 3, column 1: Expecting ',' delimiter, expected JSON"),
        ("[1, 2]", "line 1: it is [1, 2], expected one JSON object: {…}"),
        ("[" * 100_000, "line 1: lists stand in lists too deeply, expected one JSON object"),
        ('{"P": 3, "P": 4}', "P: the key stands twice in one object, expected once"),
    ],
)
def test_text_that_is_no_object_is_named_by_its_line(text: str, message: str) -> None:
    assert complaint(text) == message
