"""The scarce things of a plan, and the problem as it would be with more of one of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.values import Bools


class Scarce(Enum):
    """What there is too little of; the order is the one in which reasons of equal use are told."""

    PARTICIPANT_HOURS = "participant_hours"
    """The participant is not available long enough."""
    DAILY_CAP = "daily_cap"
    """The participant may have no more meetings on a day."""
    INTERPRETER = "interpreter"
    """The language pair has too few interpreters, or they have too few hours."""
    ROOM_HOURS = "room_hours"
    """The rooms that suit are closed."""
    ROOM_SEATS = "room_seats"
    """The rooms with enough seats are taken, or there are none."""
    ROOM_NUMBER = "room_number"
    """There are too few rooms."""
    INTERPRETER_REST = "interpreter_rest"
    """Interpreters may not work longer in a row."""
    TRAVEL = "travel"
    """The way between venues takes too long."""
    BEFORE = "before"
    """The meeting has to come before others, or after them."""
    DIFFERENCE = "difference"
    """A participant would be granted too much more than another."""
    START = "start"
    """The meeting may start in too few slots."""
    PARTICIPANT_CLASH = "participant_clash"
    """The participant can not be in two meetings at once, nor without the pause between them."""
    OUTWEIGHED = "outweighed"
    """It fits, but only in the place of others; in a plan proven optimal they weigh at least as much."""
    SEARCH = "search"
    """It fits as the plan stands: it weighs nothing, or the search ended before it was tried."""
    SEVERAL = "several"
    """Nothing of the above is enough by itself, and no small set of them was found."""


IN_PARTS = (Scarce.INTERPRETER, Scarce.ROOM_NUMBER)
"""What can be had more of for a part of a day only."""


@dataclass(frozen=True)
class Thing:
    """One scarce thing."""

    kind: Scarce
    index: int = NONE
    """The participant, the pool or the meeting (START, BEFORE) it is about; -1 = the rooms, or all, or nothing."""
    part: int = NONE
    """The part of a day in which there would be more of it (INTERPRETER, ROOM_NUMBER); -1 = in all."""


def things_of(problem: MeetingProblem, meeting: int) -> tuple[Thing, ...]:
    """Return everything that this meeting could lack."""
    members = problem.participants[meeting]
    capped = [member for member in members if problem.daily_cap[member] != NONE]
    pool, pools = int(problem.pool[meeting]), {pool for way in problem.ways[meeting] for pool in way}
    return (
        *(Thing(Scarce.PARTICIPANT_HOURS, member) for member in members),
        *(Thing(Scarce.DAILY_CAP, member) for member in capped),
        *(Thing(Scarce.INTERPRETER, each) for each in sorted(pools, key=lambda each: each != pool)),
        Thing(Scarce.ROOM_HOURS),
        Thing(Scarce.ROOM_SEATS),
        Thing(Scarce.ROOM_NUMBER),
        *([Thing(Scarce.INTERPRETER_REST)] if pools and problem.most_slots_in_row != NONE else []),
        *([Thing(Scarce.TRAVEL)] if problem.travel.any() else []),
        *([Thing(Scarce.BEFORE, meeting)] if meeting in problem.before else []),
        *([Thing(Scarce.DIFFERENCE)] if problem.most_difference != NONE else []),
        Thing(Scarce.START, meeting),
    )


def concerned(problem: MeetingProblem, thing: Thing, meetings: Sequence[int]) -> tuple[int, ...]:
    """Return those of the meetings that use the thing."""
    if thing.kind in (Scarce.PARTICIPANT_HOURS, Scarce.DAILY_CAP, Scarce.PARTICIPANT_CLASH):
        return tuple(meeting for meeting in meetings if thing.index in problem.participants[meeting])
    if thing.kind is Scarce.INTERPRETER:
        ways = problem.ways
        return tuple(meeting for meeting in meetings if any(thing.index in way for way in ways[meeting]))
    if thing.kind is Scarce.INTERPRETER_REST:
        return tuple(meeting for meeting in meetings if problem.pool[meeting] != NONE)
    if thing.kind is Scarce.BEFORE:
        bound = problem.before[(problem.before == thing.index).any(axis=1)]
        return tuple(meeting for meeting in meetings if meeting in bound)
    if thing.kind is Scarce.START:
        return (thing.index,)
    return tuple(meetings)


def relax(problem: MeetingProblem, thing: Thing, *, amount: int = 1) -> MeetingProblem:
    """Return the problem with more of the thing: all hours, no cap, no limit, or so many rooms or interpreters more."""
    if thing.kind in IN_PARTS:
        hours = np.ones(problem.n_slots, dtype=np.bool_) if thing.part == NONE else problem.part_of_slot == thing.part
        hours = np.tile(hours, (amount, 1))
        return _with_rooms(problem, hours) if thing.index == NONE else _with_interpreters(problem, thing.index, hours)
    if thing.kind not in _MORE:
        raise ValueError(f"{thing.kind.value}: there can not be more of it")
    return _MORE[thing.kind](problem, thing.index)


def _with_all_hours(problem: MeetingProblem, participant: int) -> MeetingProblem:
    """Return the problem in which the participant is always available."""
    available = problem.available.copy()
    available[participant] = True
    return replace(problem, available=available)


def _without_cap(problem: MeetingProblem, participant: int) -> MeetingProblem:
    """Return the problem in which the participant may have any number of meetings a day."""
    daily_cap = problem.daily_cap.copy()
    daily_cap[participant] = NONE
    return replace(problem, daily_cap=daily_cap)


def _with_interpreters(problem: MeetingProblem, pool: int, hours: Bools) -> MeetingProblem:
    """Return the problem with more interpreters of a pair; `hours` (amount, n_slots) says when they are there."""
    amount = len(hours)
    return replace(
        problem,
        interpreter_pool=np.append(problem.interpreter_pool, [pool] * amount),
        interpreter_available=np.vstack([problem.interpreter_available, hours]),
        interpreter_daily_slots=np.append(problem.interpreter_daily_slots, [problem.n_slots] * amount),
        interpreter_pairs=_with_rows(problem.interpreter_pairs, amount),
    )


def _with_rows(pairs: Bools, amount: int) -> Bools:
    """Return the table of further pairs with so many people more, who have none; nothing said stays so."""
    return np.vstack([pairs, np.zeros((amount, pairs.shape[1]), dtype=np.bool_)]) if pairs.size else pairs


def _with_rooms(problem: MeetingProblem, hours: Bools) -> MeetingProblem:
    """Return the problem with more rooms, large enough and allowed for all; no meeting is held to one.

    They cost nothing, and stand in the venue with most rooms; `hours` (amount, n_slots) says when they are open.
    """
    amount = len(hours)
    every = np.ones((problem.n_meetings, amount), dtype=np.bool_)
    venue = int(np.bincount(problem.venues, minlength=1).argmax())
    nothing = np.zeros((problem.n_meetings, amount), dtype=np.int64)
    return replace(
        problem,
        room_open=np.vstack([problem.room_open, hours]),
        room_seats=np.append(problem.room_seats, [int(problem.seats.max(initial=0))] * amount),
        allowed_rooms=np.hstack([problem.allowed_rooms, every]),
        venue_of_room=np.append(problem.venues, [venue] * amount),
        room_preference=np.hstack([problem.room_costs, nothing]),
        fixed_room=np.full_like(problem.fixed_room, NONE),
    )


def _with_any_start(problem: MeetingProblem, meeting: int) -> MeetingProblem:
    """Return the problem in which the meeting may start in any slot."""
    allowed_start, fixed_start = problem.allowed_start.copy(), problem.fixed_start.copy()
    allowed_start[meeting], fixed_start[meeting] = True, NONE
    return replace(problem, allowed_start=allowed_start, fixed_start=fixed_start)


def _with_any_seats(problem: MeetingProblem, _: int) -> MeetingProblem:
    """Return the problem in which all rooms are large enough."""
    return replace(problem, room_seats=np.full_like(problem.room_seats, problem.seats.max(initial=0)))


def _without_order(problem: MeetingProblem, meeting: int) -> MeetingProblem:
    """Return the problem in which the meeting has to come before or after no other."""
    return replace(problem, before=problem.before[(problem.before != meeting).all(axis=1)])


_MORE: dict[Scarce, Callable[[MeetingProblem, int], MeetingProblem]] = {
    Scarce.PARTICIPANT_HOURS: _with_all_hours,
    Scarce.DAILY_CAP: _without_cap,
    Scarce.ROOM_HOURS: lambda problem, _: replace(problem, room_open=np.ones_like(problem.room_open)),
    Scarce.ROOM_SEATS: _with_any_seats,
    Scarce.INTERPRETER_REST: lambda problem, _: replace(problem, most_slots_in_row=NONE),
    Scarce.TRAVEL: lambda problem, _: replace(problem, travel_slots=np.zeros_like(problem.travel_slots)),
    Scarce.BEFORE: _without_order,
    Scarce.DIFFERENCE: lambda problem, _: replace(problem, most_difference=NONE),
    Scarce.START: _with_any_start,
}
"""How the problem looks with more of a thing, by what the thing is about."""
