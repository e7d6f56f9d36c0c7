from hashlib import sha256

import pytest

from benchmarks.forums import SIZES, Size, forum, growing, text
from ejlas.engine.meetings.formats.forum_json import read_forum

# Of the text, so that a change in the order of the draws is seen: others measure on the same forums.
DIGESTS = {"S": "22c1ba9c635ca38a", "M": "a2f5b3164f824590"}


@pytest.mark.parametrize("name", DIGESTS)
def test_a_forum_is_the_same_for_the_same_numbers(name):
    assert sha256(text(SIZES[name], 1).encode()).hexdigest()[:16] == DIGESTS[name]


def test_another_seed_makes_another_forum():
    assert forum(SIZES["S"], 1) != forum(SIZES["S"], 2)


def test_a_forum_is_as_large_as_it_was_asked_for():
    size = Size(80, 300, 2, 6, 9)
    problem = read_forum(text(size, 5))

    assert (problem.n_participants, problem.n_meetings, problem.n_slots, problem.n_days) == (80, 300, 12, 2)
    assert set(problem.tables.tolist()) == {9}


def test_forums_grow_in_one_shape():
    assert growing(40_000) == SIZES["L"]
    assert growing(1_000) == Size(125, 1_000, 4, 10, 25)


def test_no_request_stands_twice_and_pools_are_those_that_are_needed():
    made = forum(SIZES["S"], 3)

    pairs = [tuple(request[:2]) for request in made["requests"]]
    assert len(set(pairs)) == len(pairs)
    assert {request[3] for request in made["requests"]} - {-1} == set(range(len(made["pools"])))
