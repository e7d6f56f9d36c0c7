"""Our own file of a plan of work: what it says, and what is wrong in it by key and place."""

import json
from pathlib import Path

import pytest

from ejlas.engine.workplan.formats.own import read_work

PLAN = {
    "problem": "workplan",
    "unit": "day",
    "now": 4,
    "opening": 30,
    "spread": 0.2,
    "bodies": {"city": 0.3},
    "resources": {"crew": 3},
    "activities": [
        {"name": "power", "duration": 3, "started": 0, "finished": 3.5, "body": "city", "needs": {"crew": 2}},
        {
            "name": "hall",
            "estimate": [3, 5, 9],
            "after": ["power"],
            "started": 4,
            "needs": {"crew": 2},
            "stream": "venue",
        },
        {"name": "lights", "estimate": [1, 1.5, 2], "after": ["hall", ["power", 2]], "needs": {"crew": 1}, "due": 20},
        {"name": "road", "duration": 8, "body": "province", "release": 6},
    ],
}


def changed(path, value):
    plan = json.loads(json.dumps(PLAN))
    place = plan
    for each in path[:-1]:
        place = place[each]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return json.dumps(plan)


def test_a_file_is_read_as_work_with_limited_hands():
    problem = read_work(json.dumps(PLAN)).work()

    assert problem.duration.tolist() == [4, 5, 2, 8]
    assert problem.link.tolist() == [[1, 2, 0], [0, 2, 2]]
    assert problem.need.tolist() == [[0], [2], [1], [0]]
    assert problem.pinned.tolist() == [0, 4, -1, -1]
    assert problem.release.tolist() == [0, 0, 4, 6]
    assert problem.due.tolist() == [-1, -1, 20, -1]
    assert problem.name == ("power", "hall", "lights", "road")


def test_a_file_is_read_as_a_forecast():
    problem = read_work(json.dumps(PLAN)).forecast()

    assert problem.least.tolist() == [3, 3, 1, 8]
    assert problem.most.tolist() == [3, 9, 2, 8]
    assert problem.link.tolist() == [[0, 1, 0], [1, 2, 0], [0, 2, 2]]
    assert problem.finished.tolist() == [3.5, -1, -1, -1]
    assert problem.due.tolist() == [-1, -1, 20, -1]
    assert (problem.body.tolist(), problem.spread.tolist()) == ([0, -1, -1, 1], [0.3, 0.2])
    assert problem.stream.tolist() == [0, 1, 0, 0]


def test_work_that_lasts_longer_than_it_was_to_last_goes_on():
    plan = read_work(changed(["now"], 12))

    assert plan.work().duration.tolist()[1] == 9


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (["problem"], "tables", 'problem: it is "tables", expected "workplan"'),
        (["activity"], [], "activity: there is no such key, expected activities"),
        (["activities", 1, "estimates"], [1, 2, 3], "activities[1].estimates: there is no such key, expected estimate"),
        (["activities", 1, "estimate"], [5, 3, 9], "activities[1].estimate: it is [5, 3, 9], expected least, likely"),
        (
            ["activities", 1, "estimate"],
            [5, 3],
            "activities[1].estimate: it has 2 times: least, likely, most, expected 3",
        ),
        (["activities", 1, "estimate"], None, "activities[1].duration: the key is missing, expected it or an estimate"),
        (["activities", 0, "duration"], -1, "activities[0].duration: it is -1, expected a whole number from 0"),
        (["activities", 2, "after"], ["hal"], 'activities[2].after[0]: it is "hal", which is not there, expected hall'),
        (["activities", 2, "after"], [["hall", -1]], "activities[2].after[0][1]: it is -1, expected a whole number"),
        (
            ["activities", 1, "needs"],
            {"crane": 1},
            "activities[1].needs.crane: there are no such hands, expected one of",
        ),
        (["activities", 1, "name"], "power", 'activities[1].name: it is "power" as in activities[0]'),
        (["activities", 1, "name"], " ", 'activities[1].name: it is " ", expected a name'),
        (["activities", 1], "hall", 'activities[1]: it is "hall", expected an activity: an object'),
        (["resources"], {"crew": 1.5}, "resources.crew: it is 1.5, expected a whole number"),
        (["activities", 3, "due"], 5, "activities[3].due: it is 5, expected 6 or more: it may not start before"),
        (["now"], True, "now: it is true, expected a number from 0"),
    ],
)
def test_a_fault_is_named_by_its_place(path, value, words):
    with pytest.raises(ValueError) as fault:
        read_work(changed(path, value))

    assert words in str(fault.value)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (["activities", 3, "after"], ["lights"], None),
        (["activities", 1, "started"], 5, "started: hall began after now"),
        (["activities", 0, "finished"], 5, "finished: power is done after now"),
        (["opening"], None, "opening: the key is missing"),
    ],
)
def test_what_makes_no_sense_for_a_forecast_is_named(path, value, words):
    read = read_work(changed(path, value))

    if words is None:
        assert read.forecast().link.tolist()[-1] == [2, 3, 0]
        return
    with pytest.raises(ValueError, match=words):
        read.forecast()


def test_a_circle_is_named_in_the_words_of_the_file():
    read = read_work(changed(["activities", 0], {"name": "power", "duration": 1, "after": ["lights"]}))

    with pytest.raises(ValueError, match="a circle of predecessors: power → lights → power"):
        read.forecast()


def test_the_example_of_the_documentation_is_a_plan():
    page = (Path(__file__).resolve().parents[4] / "docs/engine/files.md").read_text(encoding="utf-8")

    read = read_work(page.partition("## Plans of work")[2].partition("```json")[2].partition("```")[0])

    assert read.work().n_activities == read.forecast().n_obligations == 3
