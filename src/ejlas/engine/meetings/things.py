"""The scarce things of a plan, and the problem as it would be with more of one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from ejlas.engine.meetings.problem import NONE, MeetingProblem


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


@dataclass(frozen=True)
class Thing:
    """One scarce thing."""

    kind: Scarce
    index: int = NONE
    """The participant, the pool or the meeting (START) it is about; -1 = the rooms, or nothing."""


def things_of(problem: MeetingProblem, meeting: int) -> tuple[Thing, ...]:
    """Return everything that this meeting could lack."""
    members = problem.participants[meeting]
    capped = [member for member in members if problem.daily_cap[member] != NONE]
    pool = int(problem.pool[meeting])
    return (
        *(Thing(Scarce.PARTICIPANT_HOURS, member) for member in members),
        *(Thing(Scarce.DAILY_CAP, member) for member in capped),
        *([] if pool == NONE else [Thing(Scarce.INTERPRETER, pool)]),
        Thing(Scarce.ROOM_HOURS),
        Thing(Scarce.ROOM_SEATS),
        Thing(Scarce.ROOM_NUMBER),
        Thing(Scarce.START, meeting),
    )


def concerned(problem: MeetingProblem, thing: Thing, meetings: Sequence[int]) -> tuple[int, ...]:
    """Return those of the meetings that use the thing."""
    if thing.kind in (Scarce.PARTICIPANT_HOURS, Scarce.DAILY_CAP, Scarce.PARTICIPANT_CLASH):
        return tuple(meeting for meeting in meetings if thing.index in problem.participants[meeting])
    if thing.kind is Scarce.INTERPRETER:
        return tuple(meeting for meeting in meetings if problem.pool[meeting] == thing.index)
    if thing.kind is Scarce.START:
        return (thing.index,)
    return tuple(meetings)


def relax(problem: MeetingProblem, thing: Thing, *, amount: int = 1) -> MeetingProblem:
    """Return the problem with more of the thing: all hours, no cap, no limit, or so many rooms or interpreters more."""
    match thing.kind:
        case Scarce.PARTICIPANT_HOURS:
            available = problem.available.copy()
            available[thing.index] = True
            return replace(problem, available=available)
        case Scarce.DAILY_CAP:
            daily_cap = problem.daily_cap.copy()
            daily_cap[thing.index] = NONE
            return replace(problem, daily_cap=daily_cap)
        case Scarce.INTERPRETER:
            return _with_interpreters(problem, thing.index, amount)
        case Scarce.ROOM_HOURS:
            return replace(problem, room_open=np.ones_like(problem.room_open))
        case Scarce.ROOM_SEATS:
            return replace(problem, room_seats=np.full_like(problem.room_seats, problem.seats.max(initial=0)))
        case Scarce.ROOM_NUMBER:
            return _with_rooms(problem, amount)
        case Scarce.START:
            return _with_any_start(problem, thing.index)
        case _:
            raise ValueError(f"{thing.kind.value}: there can not be more of it")


def _with_interpreters(problem: MeetingProblem, pool: int, amount: int) -> MeetingProblem:
    """Return the problem with more interpreters of a pair, who are always there."""
    return replace(
        problem,
        interpreter_pool=np.append(problem.interpreter_pool, [pool] * amount),
        interpreter_available=np.vstack(
            [problem.interpreter_available, np.ones((amount, problem.n_slots), dtype=np.bool_)]
        ),
        interpreter_daily_slots=np.append(problem.interpreter_daily_slots, [problem.n_slots] * amount),
    )


def _with_rooms(problem: MeetingProblem, amount: int) -> MeetingProblem:
    """Return the problem with more rooms, always open, large enough and allowed for all; no meeting is held to one."""
    every = np.ones((problem.n_meetings, amount), dtype=np.bool_)
    return replace(
        problem,
        room_open=np.vstack([problem.room_open, np.ones((amount, problem.n_slots), dtype=np.bool_)]),
        room_seats=np.append(problem.room_seats, [int(problem.seats.max(initial=0))] * amount),
        allowed_rooms=np.hstack([problem.allowed_rooms, every]),
        fixed_room=np.full_like(problem.fixed_room, NONE),
    )


def _with_any_start(problem: MeetingProblem, meeting: int) -> MeetingProblem:
    """Return the problem in which the meeting may start in any slot."""
    allowed_start, fixed_start = problem.allowed_start.copy(), problem.fixed_start.copy()
    allowed_start[meeting], fixed_start[meeting] = True, NONE
    return replace(problem, allowed_start=allowed_start, fixed_start=fixed_start)
