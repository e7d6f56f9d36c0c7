import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ejlas.engine.meetings.formats.instance import read_instance
from ejlas.engine.meetings.formats.own import Problem, read_problem, write_problem
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.meetings.tables.problem import TableProblem
from tests.engine.meetings.instances import small, summit
from tests.engine.meetings.tables import instances as tables

SEEDS = range(20)


def values(problem: Problem) -> dict[str, Any]:
    found = {each.name: getattr(problem, each.name) for each in fields(problem)}
    return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in found.items()}


@pytest.mark.parametrize("problem", [*map(tables.tiny, SEEDS), small(((0, 1), (0, 2))), summit(seed=3)])
def test_a_problem_is_read_as_it_was_written(problem: Problem) -> None:
    read = read_problem(write_problem(problem))

    assert type(read) is type(problem)
    assert values(read) == values(problem)
    assert write_problem(read) == write_problem(problem)


def test_every_row_stands_in_a_line_of_its_own() -> None:
    lines = write_problem(tables.tiny(1)).splitlines()

    assert json.loads("\n".join(lines))["problem"] == "tables"
    assert len(lines) > tables.tiny(1).n_meetings * 2


def written(problem: Problem, /, **changes: Any) -> str:
    return json.dumps(json.loads(write_problem(problem)) | changes)


def test_yes_and_no_may_be_written_as_in_json() -> None:
    problem = tables.tiny(1)
    text = written(problem, available=problem.available.tolist(), mandatory=problem.mandatory.tolist())

    assert values(read_problem(text)) == values(problem)


@pytest.mark.parametrize("kind", [TableProblem, MeetingProblem])
def test_what_has_a_default_may_be_left_out(kind: type[Problem]) -> None:
    problem: Problem = tables.tiny(1) if kind is TableProblem else small(((0, 1),))
    found = json.loads(write_problem(problem))
    for name in ("before", "most_difference", "buffer_slots", "interpreters_needed", "wait_slots"):
        found.pop(name, None)

    assert isinstance(read_problem(json.dumps(found)), kind)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"problem": "seating"}, 'problem: it is "seating", expected "tables" or "meetings"'),
        ({"wieght": [1]}, "wieght: there is no such key, expected weight"),
        ({"weight": [1, "a"]}, 'weight[1]: it is "a", expected a whole number of at most 1000000000, either way'),
        ({"weight": "heavy"}, 'weight: it is "heavy", expected a whole number from -1000000000 to 1000000000'),
        ({"weight": [[1, 2], [3]]}, "weight[1]: it has 1 items, expected 2 as in the first row"),
        ({"available": ["1101", "11a1"]}, 'available[1]: it is "11a1", expected a text of 1 and 0'),
        ({"available": ["1101", "111"]}, "available[1]: it has 3 items, expected 4 as in the first row"),
        ({"mandatory": [True, 1]}, "mandatory[0]: it is true, expected a text of 1 and 0"),
        ({"most_difference": None}, "most_difference: it is null, expected a whole number"),
        ({"day_of_slot": [0] * 10_001}, "day_of_slot: it has 10001 slots, expected 10000 at most"),
        ({"tables": [1, 1]}, "tables: its shape is (2,), expected (4,)"),
    ],
)
def test_a_fault_is_named_with_its_place_and_what_was_expected(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as refused:
        read_problem(written(tables.tiny(1), **changes))

    assert str(refused.value).startswith(message)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"consecutive_allowed": 1}, "consecutive_allowed: it is 1, expected true or false"),
        ({"participants": [0, 1]}, "participants[0]: it is 0, expected a list of whole numbers"),
        ({"participants": [[0, 0]]}, "participants[0]: one is named twice"),
        ({"slot_min": 0}, "slot_min: it is 0, expected 1 or more"),
    ],
)
def test_a_fault_of_a_problem_of_meetings_is_named(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as refused:
        read_problem(written(small(((0, 1),)), **changes))

    assert str(refused.value).startswith(message)


def test_a_key_that_is_missing_is_named() -> None:
    found = json.loads(write_problem(tables.tiny(1)))
    del found["pair"]

    with pytest.raises(ValueError, match="pair: the key is missing"):
        read_problem(json.dumps(found))


def test_an_instance_is_told_by_what_it_holds() -> None:
    forum = {"P": 2, "T": 1, "days": 1, "tables": 1, "unavailable": [[], []], "requests": [[0, 1, 3, -1]], "pools": []}

    assert read_instance(json.dumps(forum), is_dzn=False).n_meetings == 1
    assert values(read_instance(write_problem(tables.tiny(2)), is_dzn=False)) == values(tables.tiny(2))


def test_the_example_of_the_documentation_is_a_problem() -> None:
    page = (Path(__file__).resolve().parents[4] / "docs/engine/files.md").read_text(encoding="utf-8")
    problem = read_problem(page.partition("## Our own file")[2].partition("```json")[2].partition("```")[0])

    assert (problem.n_participants, problem.n_meetings, problem.n_slots) == (3, 2, 3)
