"""The rules a host may add: order, ways between venues, relay, rest, rank, fairness, rooms that suit."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ejlas.engine.meetings.check import check
from ejlas.engine.meetings.explain import explain
from ejlas.engine.meetings.places import free_places
from ejlas.engine.meetings.plan import MeetingResult, Placements
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.meetings.solve import solve
from ejlas.engine.meetings.things import Scarce, Thing
from ejlas.engine.result import Broken, Certificate, Status
from ejlas.engine.stop import MaxWork
from tests.engine.meetings.instances import random_rich, slots, small, with_rooms

TRIO = ((0, 1), (0, 2), (0, 3))  # three wishes for participant 0
APART = ((0, 1), (2, 3))  # two wishes without a participant in common


def solved(problem: MeetingProblem) -> MeetingResult:
    result = solve(problem, stop=MaxWork(20), seed=7)
    assert check(problem, result) == ()
    return result


def granted(problem: MeetingProblem) -> list[int]:
    return np.flatnonzero(solved(problem).granted).tolist()


def things_for(problem: MeetingProblem, meeting: int) -> list[tuple[Thing, ...]]:
    refusals = explain(problem, solved(problem), stop=MaxWork(20), seed=7)
    return [reason.things for each in refusals if each.meeting == meeting for reason in each.reasons]


def interpreted(pairs: tuple[tuple[int, ...], ...], *people: str, **changes: Any) -> MeetingProblem:
    """Return a problem with interpreters of pair 0 for all meetings, each a string of the slots they may work in."""
    fields: dict[str, Any] = {
        "pool": np.zeros(len(pairs), dtype=int),
        "interpreter_pool": np.zeros(len(people), dtype=int),
        "interpreter_available": slots(*people),
        "interpreter_daily_slots": np.full(len(people), 9),
    }
    return small(pairs, **{**fields, **changes})


# Order


def test_a_meeting_is_over_before_one_that_comes_after_it() -> None:
    problem = small(APART, days=(2, 2), before=np.array([[1, 0]]), allowed_start=slots("xx..", "x.xx"))

    result = solved(problem)

    assert result.start.tolist() == [1, 0]


def test_of_two_in_an_order_that_can_not_be_the_heavier_is_granted() -> None:
    problem = small(APART, before=np.array([[1, 0]]), allowed_start=slots("x.....", "x....."), weight=np.array([1, 2]))

    assert granted(problem) == [1]
    assert things_for(problem, 0)[:2] == [(Thing(Scarce.BEFORE, 0),), (Thing(Scarce.START, 0),)]


def test_required_meetings_in_a_circle_can_not_stand() -> None:
    problem = small(APART, before=np.array([[0, 1], [1, 0]]), mandatory=np.array([True, True]))

    result = solve(problem, stop=MaxWork(5), seed=7)

    assert result.status is Status.INFEASIBLE
    assert Broken("before", 0, (0, 1)) in result.broken


# Venues


def two_venues(pairs: tuple[tuple[int, ...], ...], n_slots: int, **changes: Any) -> MeetingProblem:
    """Return a problem with a room for each meeting, each in a venue of its own, two slots apart."""
    ways = 2 * (1 - np.eye(len(pairs), dtype=int))
    fields = {"allowed_rooms": np.eye(len(pairs), dtype=bool), "venue_of_room": np.arange(len(pairs))}
    return small(pairs, days=(n_slots,), **{**fields, "travel_slots": ways, **changes})


@pytest.mark.parametrize(("n_slots", "number"), [(3, 1), (4, 2), (6, 2), (7, 3)])
def test_participants_have_time_for_the_way_between_venues(n_slots: int, number: int) -> None:
    assert len(granted(two_venues(TRIO, n_slots))) == number


def test_a_room_in_the_same_venue_saves_the_way() -> None:
    problem = two_venues(TRIO[:2], 2, allowed_rooms=np.ones((2, 2), dtype=bool))

    result = solved(problem)

    assert result.room[0] == result.room[1]


def test_the_way_there_may_be_longer_than_the_way_back() -> None:
    problem = two_venues(TRIO[:2], 3, travel_slots=np.array([[0, 3], [1, 0]]))

    assert solved(problem).start.tolist() == [2, 0]


def test_a_long_way_holds_for_meetings_shorter_than_it() -> None:
    problem = two_venues(TRIO[:2], 7, travel_slots=np.array([[0, 5], [5, 0]]))

    assert sorted(solved(problem).start.tolist()) == [0, 6]


def test_interpreters_have_time_for_the_way_too() -> None:
    people = {"pool": np.zeros(2, dtype=int), "interpreter_pool": np.array([0])}
    people |= {"interpreter_available": slots("xxx"), "interpreter_daily_slots": np.array([9])}
    problem = two_venues(APART, 3, **people)

    assert len(granted(problem)) == 1
    assert len(granted(replace(problem, travel_slots=np.array([[0, 1], [1, 0]])))) == 2


def test_the_way_is_named_where_it_stands_in_the_way() -> None:
    problem = two_venues(TRIO[:2], 3, weight=np.array([1, 2]))

    assert (Thing(Scarce.TRAVEL),) in things_for(problem, 0)


# Languages and relay


def test_an_interpreter_works_in_each_of_their_pairs() -> None:
    problem = interpreted(APART, "xx", days=(2,), pool=np.array([0, 3]), interpreter_pairs=np.eye(4, dtype=bool)[[3]])

    assert solved(problem).interpreters == ((0,), (0,))


def relayed(*people: str, **changes: Any) -> MeetingProblem:
    """Return a problem of one wish in pair 2, which pairs 0 and 1 may serve together over their common language."""
    fields = {"pool": np.array([2]), "relays": np.array([[2, 0, 1]]), "interpreter_pool": np.arange(len(people))}
    return interpreted(APART[:1], *people, days=(2,), **{**fields, **changes})


def test_two_interpreters_relay_where_nobody_works_in_the_pair() -> None:
    result = solved(relayed("x.", "xx"))

    assert (result.start[0], result.interpreters[0]) == (0, (0, 1))
    assert result.certificate("preference") == Certificate("preference", 1, 1)
    assert granted(relayed("x.", ".x")) == []


def test_a_direct_interpreter_goes_before_a_relay() -> None:
    result = solved(relayed("x.", "xx", ".x"))

    assert (result.start[0], result.interpreters[0]) == (1, (2,))
    assert result.certificate("preference") == Certificate("preference", 0, 0)


def test_one_person_does_not_relay_to_themselves() -> None:
    problem = relayed("xx", interpreter_pairs=np.array([[True, True, False]]))

    assert granted(problem) == []
    assert things_for(problem, 0) == [(Thing(Scarce.INTERPRETER, pair),) for pair in (0, 1, 2)]


@pytest.mark.parametrize("team", [(0,), (0, 0), (1, 1), (0, 1, 1)])
def test_a_relay_with_a_leg_missing_or_twice_is_named(team: tuple[int, ...]) -> None:
    plan = Placements(np.array([0]), np.array([0]), (team,))

    assert [each.constraint for each in check(relayed("xx", "xx"), plan) if each.constraint != "interpreter_clash"] == [
        "interpreter_suits"
    ]


# Rest


@pytest.mark.parametrize(
    ("most", "rest", "n_slots", "number"), [(1, 1, 5, 3), (2, 1, 5, 4), (1, 2, 5, 2), (3, 1, 5, 4)]
)
def test_interpreters_rest_after_so_long_in_a_row(most: int, rest: int, n_slots: int, number: int) -> None:
    pairs = tuple((2 * each, 2 * each + 1) for each in range(5))
    problem = interpreted(pairs, "x" * n_slots, days=(n_slots,), most_slots_in_row=most, rest_after_slots=rest)

    assert len(granted(problem)) == number


def test_a_short_pause_is_no_rest_and_the_night_is_one() -> None:
    problem = interpreted(APART, "xxx", days=(3,), most_slots_in_row=1, rest_after_slots=2)
    overnight = replace(problem, day_of_slot=np.array([0, 1, 1]))

    assert len(granted(problem)) == 1
    assert len(granted(overnight)) == 2


def test_a_meeting_longer_than_a_row_has_no_interpreter() -> None:
    problem = interpreted(APART[:1], "xxx", days=(3,), length=np.array([3]), most_slots_in_row=2)

    assert granted(problem) == []
    assert things_for(problem, 0) == [(Thing(Scarce.INTERPRETER_REST),)]


def test_rest_is_named_where_it_stands_in_the_way() -> None:
    problem = interpreted(APART, "xx", days=(2,), weight=np.array([1, 2]), most_slots_in_row=1)

    assert (Thing(Scarce.INTERPRETER_REST),) in things_for(problem, 0)


# Rank


def test_no_weight_of_a_later_class_outweighs_an_earlier_one() -> None:
    problem = small(TRIO, days=(1,), weight=np.array([1, 9, 9]), rank=np.array([0, 1, 2]), by_rank=True)

    result = solved(problem)

    assert np.flatnonzero(result.granted).tolist() == [0]
    assert result.certificates[1:5] == (
        Certificate("rank_0", 1, 1),
        Certificate("rank_1", 0, 0),
        Certificate("rank_2", 0, 0),
        Certificate("weight", 1, 1),
    )
    assert things_for(problem, 1) == [(Thing(Scarce.OUTWEIGHED),)]
    assert granted(replace(problem, by_rank=False)) in ([1], [2])


# Fairness


def test_the_difference_between_participants_is_bounded() -> None:
    pairs = ((0, 1), (0, 1), (0, 1), (2, 3), (0, 2))
    problem = small(pairs, days=(6,), allowed_start=slots(*["xxxxxx"] * 3, "......", "......"))

    assert granted(problem) == [0, 1, 2]
    assert granted(replace(problem, most_difference=1)) in ([0], [1], [2])
    assert granted(replace(problem, most_difference=70, by_share=True)) in ([0, 1], [0, 2], [1, 2])


def test_required_meetings_that_leave_others_too_far_behind_are_impossible() -> None:
    problem = small(
        ((0, 1), (0, 1), (2, 3)),
        allowed_start=slots("xxxxxx", "xxxxxx", "......"),
        mandatory=np.array([True, True, False]),
        most_difference=1,
    )

    result = solve(problem, stop=MaxWork(5), seed=7)

    assert result.status is Status.INFEASIBLE
    assert result.broken == (Broken("difference", -1, (0, 1)),)


def test_the_difference_is_named_where_it_stands_in_the_way() -> None:
    problem = small(((0, 1), (0, 1), (2, 3)), allowed_start=slots("xxxxxx", "xxxxxx", "......"), most_difference=1)
    (refused,) = [each for each in (0, 1) if not solved(problem).granted[each]]

    assert (Thing(Scarce.DIFFERENCE),) in things_for(problem, refused)


@pytest.mark.parametrize(
    ("setting", "weights", "chosen"),
    [("worst_off_before_weight", (9, 1, 1), [1, 2]), ("worst_off_after_weight", (9, 1, 1), [0])],
)
def test_the_worst_off_come_before_the_weight_or_after_it(
    setting: str, weights: tuple[int, ...], chosen: list[int]
) -> None:
    pairs = ((0, 1), (0, 2), (1, 3))
    problem = small(pairs, days=(1,), weight=np.array(weights), **{setting: True})

    result = solved(problem)

    assert np.flatnonzero(result.granted).tolist() == chosen
    assert result.certificate("fairness").proven


# Rooms that suit


def test_the_rooms_that_cost_least_are_taken_last_of_all() -> None:
    costs = np.array([[5, 0], [0, 3]])
    problem = small(APART, days=(1,), room_preference=costs)
    dear = replace(problem, allowed_rooms=np.array([[True, False], [True, True]]))

    assert solved(problem).room.tolist() == [1, 0]
    assert solved(problem).certificate("preference") == Certificate("preference", 0, 0)
    assert solved(dear).certificate("preference") == Certificate("preference", 8, 8)


def test_a_meeting_moves_for_a_room_where_nothing_else_is_lost() -> None:
    problem = with_rooms(small(APART, days=(2,)), "xx", "xx", room_preference=np.array([[0, 4], [0, 4]]))

    assert solved(problem).certificate("preference") == Certificate("preference", 0, 0)


# By hand


@pytest.mark.parametrize("seed", range(40))
def test_free_places_under_every_rule_are_those_in_which_the_checker_finds_nothing(seed: int) -> None:
    problem = random_rich(seed)
    plan = solved(replace(problem, mandatory=np.zeros_like(problem.mandatory), fixed_start=np.full(4, -1)))

    for meeting in range(problem.n_meetings):
        places = free_places(problem, plan, meeting)
        for room in range(problem.n_rooms):
            for slot in range(problem.n_slots):
                start, rooms, people = plan.start.copy(), plan.room.copy(), list(plan.interpreters)
                start[meeting], rooms[meeting], people[meeting] = slot, room, places.people(slot, room)
                broken = check(problem, Placements(start, rooms, tuple(people)))
                mine = [each for each in broken if meeting in each.meetings or each.constraint == "difference"]
                assert bool(places.rooms[room, slot]) == (not mine)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"before": np.array([[0, 2]])}, r"before\[0, 1\]: it is 2, expected 0 to 1"),
        ({"before": np.array([[1, 1]])}, r"before\[0\]: meeting 1 is before itself"),
        ({"before": np.array([0, 1])}, r"before: its shape is \(2,\), expected \(2, 2\)"),
        ({"rank": np.array([0, -1])}, r"rank\[1\]: it is -1, expected 0 or more"),
        ({"room_preference": np.array([[0, 0], [0, -1]])}, r"room_preference\[1, 1\]: it is -1, expected 0 or more"),
        ({"venue_of_room": np.array([0, 1]), "travel_slots": np.array([[0]])}, r"travel_slots: its shape is \(1, 1\)"),
        ({"relays": np.array([[0, 0, 1]])}, r"relays\[0\]: it names pair 0 and 1 for 0, expected three pairs"),
        ({"interpreter_pairs": np.ones((1, 2), dtype=bool)}, r"interpreter_pairs: its shape is \(1, 2\)"),
        ({"most_slots_in_row": -2}, "most_slots_in_row: it is -2, expected -1 or more"),
        ({"rest_after_slots": 0}, "rest_after_slots: it is 0, expected 1 or more"),
        ({"most_difference": -2}, "most_difference: it is -2, expected -1 or more"),
        ({"part_of_slot": np.array([0, 0, 0, 0, 1, 0])}, "part_of_slot: the parts have to start at 0 or later"),
        ({"part_of_slot": np.array([0])}, r"part_of_slot: its shape is \(1,\), expected \(6,\)"),
        ({"days": (3, 3), "part_of_slot": np.zeros(6, dtype=int)}, "part_of_slot: a part goes on over the end"),
        ({"relay_cost": -1}, "relay_cost: it is -1, expected 0 or more"),
        ({"worst_off_before_weight": True, "worst_off_after_weight": True}, "worst_off_after_weight: it is an"),
    ],
)
def test_a_rule_that_means_nothing_is_refused_and_named(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        small(APART, **changes)
