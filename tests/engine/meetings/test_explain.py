from dataclasses import replace
from typing import Any

import numpy as np

from ejlas.engine.meetings.explain import Reason, Refusal, explain
from ejlas.engine.meetings.plan import MeetingResult
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.meetings.solve import solve
from ejlas.engine.meetings.things import Scarce, Thing, relax
from ejlas.engine.stop import MaxWork
from tests.engine.meetings.instances import slots, small, summit, with_rooms

OUTWEIGHED = Thing(Scarce.OUTWEIGHED)


def explained(problem: MeetingProblem) -> tuple[MeetingResult, tuple[Refusal, ...]]:
    result = solve(problem, stop=MaxWork(20), seed=7)
    return result, explain(problem, result, stop=MaxWork(20), seed=7)


def reasons_for(problem: MeetingProblem, meeting: int) -> tuple[Reason, ...]:
    (reasons,) = (each.reasons for each in explained(problem)[1] if each.meeting == meeting)
    return reasons


def things_for(problem: MeetingProblem, meeting: int) -> list[tuple[Thing, ...]]:
    return [each.things for each in reasons_for(problem, meeting)]


def pair(**changes: Any) -> MeetingProblem:
    """Return two wishes of which the second weighs more."""
    return small(((0, 1), (0, 2)), weight=np.array([1, 2]), **changes)


def test_the_part_of_a_day_is_named_in_which_one_more_interpreter_grants_most_at_once() -> None:
    # Three wishes of one language pair in four slots of two halves: all may meet late, one early too.
    allowed = slots("..xx", "..xx", "xxx.")
    problem = small(
        ((0, 1), (2, 3), (0, 2)),
        days=(4,),
        pool=np.array([4, 4, 4]),
        allowed_start=allowed,
        part_of_slot=np.array([0, 0, 1, 1]),
    )

    refusals = explained(problem)[1]

    late = Thing(Scarce.INTERPRETER, 4, part=1)
    assert [each.reasons for each in refusals] == [
        (Reason((late,), start=2, grants=2),),
        (Reason((late,), start=2, grants=2),),
        (Reason((late,), start=2, grants=2),),
    ]
    richer = relax(problem, late)
    assert solve(richer, stop=MaxWork(20), seed=7).granted.sum() == 2


def test_a_room_more_is_named_for_a_part_of_a_day() -> None:
    problem = with_rooms(
        small(((0, 1), (2, 3)), days=(2,), weight=np.array([1, 2]), allowed_start=slots(".x", ".x")), "xx"
    )
    problem = replace(problem, part_of_slot=np.array([0, 1]))

    assert things_for(problem, 0) == [
        (Thing(Scarce.ROOM_NUMBER, part=1),),
        (Thing(Scarce.START, 0),),
        (OUTWEIGHED,),
    ]


def test_nothing_is_explained_where_all_is_granted() -> None:
    assert explained(pair())[1] == ()


def test_the_hours_of_a_participant_are_named() -> None:
    problem = pair(days=(2,), available=slots(".x", "xx", "xx"))

    reasons = reasons_for(problem, 0)

    assert reasons == (
        Reason((Thing(Scarce.PARTICIPANT_HOURS, 0),), start=0),
        Reason((OUTWEIGHED,), start=1, displaced=(1,)),
    )


def test_a_daily_cap_is_named() -> None:
    problem = pair(daily_cap=np.array([1, 1, 1]))

    assert things_for(problem, 0) == [(Thing(Scarce.DAILY_CAP, 0),), (OUTWEIGHED,)]


def test_too_few_rooms_are_named() -> None:
    problem = with_rooms(small(((0, 1), (2, 3)), days=(1,), weight=np.array([1, 2])), "x")

    assert things_for(problem, 0) == [(Thing(Scarce.ROOM_NUMBER),), (OUTWEIGHED,)]


def test_the_hours_of_the_rooms_are_named() -> None:
    problem = with_rooms(small(((0, 1), (2, 3)), days=(2,), weight=np.array([1, 2])), "x.")

    assert things_for(problem, 0) == [(Thing(Scarce.ROOM_HOURS),), (Thing(Scarce.ROOM_NUMBER),), (OUTWEIGHED,)]


def test_seats_are_named() -> None:
    problem = small(((0, 1),), seats=np.array([11]))

    assert things_for(problem, 0) == [(Thing(Scarce.ROOM_SEATS),), (Thing(Scarce.ROOM_NUMBER),)]


def test_the_interpreters_of_a_pair_are_named_and_how_many_wishes_one_more_would_grant() -> None:
    problem = small(((0, 1), (2, 3)), pool=np.array([4, 4]))

    refusals = explained(problem)[1]

    assert [each.reasons for each in refusals] == [
        (Reason((Thing(Scarce.INTERPRETER, 4),), start=0, grants=2),),
        (Reason((Thing(Scarce.INTERPRETER, 4),), start=0, grants=2),),
    ]


def test_a_window_that_is_too_narrow_is_named() -> None:
    problem = pair(allowed_start=slots("x.....", "x....."))

    assert things_for(problem, 0) == [(Thing(Scarce.START, 0),), (OUTWEIGHED,)]


def test_things_that_help_only_together_are_named_together() -> None:
    problem = small(((0, 1), (0, 2)), weight=np.array([1, 2]), daily_cap=np.array([1, 1, 1]), pool=np.array([3, -1]))

    assert things_for(problem, 0) == [(Thing(Scarce.DAILY_CAP, 0), Thing(Scarce.INTERPRETER, 3))]


def test_a_reason_is_found_where_granted_meetings_have_to_move() -> None:
    # With one more hour for participant 1, meeting 0 stands in slot 1 only if meeting 1 moves to slot 0.
    problem = small(
        ((0, 1), (0, 2)),
        days=(2,),
        weight=np.array([1, 2]),
        available=slots("xx", "..", "xx"),
        allowed_start=slots(".x", "xx"),
    )
    result = solve(problem, stop=MaxWork(5), seed=7)
    moved = replace(result, start=np.array([-1, 1]))

    (refusal,) = explain(problem, moved, stop=MaxWork(5), seed=7)
    (unsearched,) = explain(problem, moved, stop=MaxWork(0), seed=7)

    assert refusal.reasons[0] == Reason((Thing(Scarce.PARTICIPANT_HOURS, 1),), start=1)
    assert unsearched.reasons == (Reason((Thing(Scarce.PARTICIPANT_HOURS, 1), Thing(Scarce.START, 0)), start=0),)


def test_a_wish_that_fits_is_said_to_fit() -> None:
    problem = pair()
    nothing = solve(problem, stop=MaxWork(0), seed=7)

    refusals = explain(problem, nothing, stop=MaxWork(5), seed=7)

    assert [each.reasons[0].things for each in refusals] == [(Thing(Scarce.SEARCH),)] * 2


def test_a_required_meeting_is_never_displaced() -> None:
    problem = pair(days=(1,), mandatory=np.array([False, True]))

    assert things_for(problem, 0) == [(Thing(Scarce.SEVERAL),)]


def test_each_single_reason_of_a_summit_holds_when_all_is_planned_again() -> None:
    problem = summit(seed=4, n_delegations=8, n_requests=24, n_days=2)

    result, refusals = explained(problem)

    weight = result.certificate("weight").value
    assert len(refusals) == int((~result.granted).sum())
    for refusal in refusals[:5]:
        for reason in refusal.reasons:
            if reason.displaced:
                assert problem.weight[list(reason.displaced)].sum() >= problem.weight[refusal.meeting]
            elif reason.verified:
                again = problem
                for thing in reason.things:
                    again = relax(again, thing)
                better = solve(again, stop=MaxWork(20), seed=7).certificate("weight").value
                assert better >= weight + problem.weight[refusal.meeting]
