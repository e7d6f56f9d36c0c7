"""The hard constraints as counts of what breaks them, in plain arithmetic that shares nothing with the solver."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from ejlas.engine.meetings.fairness import least_share, share_of_grants
from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.values import Bools, Ints


@dataclass(frozen=True, eq=False)
class Counts:
    """How often a constraint is broken, one row for each holder and meeting."""

    holder: Ints
    """(n_rows,) the participant, room, interpreter or meeting whose constraint it is."""
    meeting: Ints
    """(n_rows,)"""
    count: Ints
    """(n_rows,) 0 where it holds."""


Constraint: TypeAlias = Callable[[MeetingProblem, Placements], Counts]

HARD: list[Constraint] = []
"""Every hard constraint; the name of the function is the name of the constraint."""


def hard(constraint: Constraint) -> Constraint:
    """Mark a constraint that every plan has to keep."""
    HARD.append(constraint)
    return constraint


@hard
def start(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count a start that is not allowed, or not the pinned one. Constraint H1."""
    sound = _sound(problem, plan)
    slot = np.where(sound, plan.start, 0)
    wished = problem.allowed_start[np.arange(problem.n_meetings), slot] if problem.n_slots else sound
    pinned = (problem.fixed_start == NONE) | (problem.fixed_start == plan.start)
    return _of_meetings((plan.start != NONE) & ~(sound & wished & pinned))


@hard
def one_day(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count the slots of a meeting that lie after the end of its day. Constraint H2."""
    sound = _sound(problem, plan)
    end_of_day = np.searchsorted(problem.day_of_slot, _day(problem, plan), side="right")
    return _of_meetings(np.where(sound, np.maximum(0, plan.start + problem.length - end_of_day), 0))


@hard
def participant_hours(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count the slots of a meeting in which a participant of it is not available. Constraint H3."""
    participant, meeting = _attendance(problem, plan)
    return Counts(participant, meeting, _slots_absent(problem, plan, meeting, problem.available[participant]))


@hard
def participant_clash(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count the other meetings of a participant that stand too close to one. Constraint H4."""
    participant, meeting = _attendance(problem, plan)
    return Counts(participant, meeting, _too_close(problem, plan, participant, meeting, problem.apart_slots))


@hard
def daily_cap(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count the meetings of a participant on a day beyond its cap. Constraint H5."""
    participant, meeting = _attendance(problem, plan)
    cap = problem.daily_cap[participant]
    a_day = _sum_of_day(problem, plan, participant, meeting, np.ones_like(meeting))
    return Counts(participant, meeting, np.where(cap == NONE, 0, np.maximum(0, a_day - cap)))


@hard
def room_suits(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count a granted meeting without a room, or in one not allowed, not the pinned one or too small. Constraint H6."""
    granted = _sound(problem, plan)
    has_room = (plan.room >= 0) & (plan.room < problem.n_rooms)
    room = np.where(has_room, plan.room, 0)
    if problem.n_rooms:
        has_room &= problem.allowed_rooms[np.arange(problem.n_meetings), room]
        has_room &= problem.room_seats[room] >= problem.seats
    has_room &= (problem.fixed_room == NONE) | (problem.fixed_room == plan.room)
    return _of_meetings(granted & ~has_room)


@hard
def room_hours(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count the slots of a meeting in which its room is closed. Constraint H7."""
    room, meeting = _occupation(problem, plan)
    return Counts(room, meeting, _slots_absent(problem, plan, meeting, problem.room_open[room]))


@hard
def room_clash(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count the other meetings in a room that stand too close to one. Constraint H8."""
    room, meeting = _occupation(problem, plan)
    return Counts(room, meeting, _too_close(problem, plan, room, meeting, problem.turnaround_slots))


@hard
def interpreter_suits(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count the interpreters a meeting lacks, has too many, named twice or of another pair. Constraint H9.

    Where a relay may serve the meeting, the way that lacks least counts.
    """
    count = np.zeros(problem.n_meetings, dtype=np.int64)
    for meeting in map(int, np.flatnonzero(_sound(problem, plan))):
        needed, named = int(problem.interpreters_needed[meeting]), plan.interpreters[meeting]
        known = sorted({each for each in named if 0 <= each < problem.n_interpreters})
        lacking = []
        for way in problem.ways[meeting]:
            right = _most_seated(problem.serves[known][:, list(way)], needed)
            lacking.append(abs(needed * len(way) - right) + len(named) - right)
        count[meeting] = min(lacking)
    return _of_meetings(count)


@hard
def interpreter_hours(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count the slots of a meeting in which an interpreter of it is not available. Constraint H10."""
    person, meeting = _interpretation(problem, plan)
    return Counts(person, meeting, _slots_absent(problem, plan, meeting, problem.interpreter_available[person]))


@hard
def interpreter_clash(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count the other meetings of an interpreter that overlap one. Constraint H11."""
    person, meeting = _interpretation(problem, plan)
    return Counts(person, meeting, _too_close(problem, plan, person, meeting, 0))


@hard
def interpreter_day(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count the slots an interpreter works on a day beyond the limit. Constraint H12."""
    person, meeting = _interpretation(problem, plan)
    a_day = _sum_of_day(problem, plan, person, meeting, problem.length[meeting])
    return Counts(person, meeting, np.maximum(0, a_day - problem.interpreter_daily_slots[person]))


@hard
def interpreter_rest(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count the slots an interpreter works in a row beyond the limit, until it has had its pause. Constraint H17."""
    person, meeting = _interpretation(problem, plan)
    count = np.zeros(len(person), dtype=np.int64)
    for each in np.unique(person) if problem.most_slots_in_row != NONE else ():
        mine = np.flatnonzero(person == each)
        row: list[int] = []
        for place in sorted(mine, key=lambda one: int(plan.start[meeting[one]])):
            if row and not _follows(problem, plan, meeting[row], int(meeting[place])):
                row = []
            row.append(int(place))
            worked = int(problem.length[meeting[row]].sum())
            count[row] = np.maximum(count[row], worked - problem.most_slots_in_row)
    return Counts(person, meeting, np.maximum(0, count))


@hard
def before(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count the meetings that have to be over before a meeting starts and are not. Constraint H14."""
    count, sound = np.zeros(problem.n_meetings, dtype=np.int64), _sound(problem, plan)
    for first, second in problem.before.tolist():
        if sound[first] and sound[second] and plan.start[first] + problem.length[first] > plan.start[second]:
            count[[first, second]] += 1
    return _of_meetings(count)


@hard
def travel(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count the other meetings of a participant too close in another venue to be reached. Constraint H15."""
    participant, meeting = _attendance(problem, plan)
    return Counts(participant, meeting, _out_of_reach(problem, plan, participant, meeting, problem.apart_slots))


@hard
def interpreter_travel(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count the other meetings of an interpreter too close in another venue to be reached. Constraint H16."""
    person, meeting = _interpretation(problem, plan)
    return Counts(person, meeting, _out_of_reach(problem, plan, person, meeting, 0))


@hard
def difference(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count how much more a participant is granted than another may lag behind. Constraint H18."""
    participant, meeting = _attendance(problem, plan)
    if problem.most_difference == NONE:
        return Counts(participant, meeting, np.zeros_like(meeting))
    granted = share_of_grants(problem, plan)
    least = least_share(problem, plan)
    return Counts(participant, meeting, np.maximum(0, granted[participant] - least - problem.most_difference))


@hard
def required(problem: MeetingProblem, plan: Placements) -> Counts:
    """Count a mandatory or pinned meeting without a place. Constraint H13."""
    return _of_meetings(problem.required & (plan.start == NONE))


def _sound(problem: MeetingProblem, plan: Placements) -> Bools:
    """(n_meetings,) whether the meeting is granted and its start is a slot that exists."""
    return np.asarray((plan.start >= 0) & (plan.start < problem.n_slots), dtype=np.bool_)


def _day(problem: MeetingProblem, plan: Placements) -> Ints:
    """(n_meetings,) the day of the start; -1 = not granted, or no slot that exists."""
    day = np.full(problem.n_meetings, NONE, dtype=np.int64)
    sound = _sound(problem, plan)
    day[sound] = problem.day_of_slot[plan.start[sound]]
    return day


def _of_meetings(count: Ints | Bools) -> Counts:
    """Return counts of which each meeting is its own holder."""
    meeting = np.arange(len(count), dtype=np.int64)
    return Counts(meeting, meeting, np.asarray(count, dtype=np.int64))


def _rows(pairs: list[tuple[int, int]]) -> tuple[Ints, Ints]:
    """Return the holders and the meetings of the pairs."""
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _attendance(problem: MeetingProblem, plan: Placements) -> tuple[Ints, Ints]:
    """Return a row for each participant of each granted meeting."""
    granted = map(int, np.flatnonzero(_sound(problem, plan)))
    return _rows([(member, meeting) for meeting in granted for member in problem.participants[meeting]])


def _occupation(problem: MeetingProblem, plan: Placements) -> tuple[Ints, Ints]:
    """Return a row for each granted meeting in a room that exists."""
    meeting = np.flatnonzero(_sound(problem, plan) & (plan.room >= 0) & (plan.room < problem.n_rooms))
    return plan.room[meeting], meeting.astype(np.int64)


def _interpretation(problem: MeetingProblem, plan: Placements) -> tuple[Ints, Ints]:
    """Return a row for each interpreter that exists of each granted meeting."""
    granted = map(int, np.flatnonzero(_sound(problem, plan)))
    pairs = [(each, meeting) for meeting in granted for each in plan.interpreters[meeting]]
    return _rows([(each, meeting) for each, meeting in pairs if 0 <= each < problem.n_interpreters])


def _slots_absent(problem: MeetingProblem, plan: Placements, meeting: Ints, free: Bools) -> Ints:
    """(n_rows,) slots of the meeting in which the holder is not free; `free` is (n_rows, n_slots)."""
    slots = np.arange(problem.n_slots)
    first = plan.start[meeting][:, None]
    during = (slots >= first) & (slots < first + problem.length[meeting][:, None])
    return np.asarray((during & ~free).sum(axis=1), dtype=np.int64)


def _most_seated(serves: Bools, needed: int) -> int:
    """Return how many people can have a place at once, where each pair has so many; `serves` is (people, pairs)."""
    seats = [pair for pair in range(serves.shape[1]) for _ in range(needed)]
    person_at: dict[int, int] = {}

    def seat(person: int, tried: set[int]) -> bool:
        for place, pair in enumerate(seats):
            if serves[person, pair] and place not in tried:
                tried.add(place)
                if place not in person_at or seat(person_at[place], tried):
                    person_at[place] = person
                    return True
        return False

    return sum(seat(person, set()) for person in range(len(serves)))


def _follows(problem: MeetingProblem, plan: Placements, row: Ints, meeting: int) -> bool:
    """Whether a meeting follows on others of one interpreter without a pause that is long enough."""
    day, start = problem.day_of_slot, plan.start
    pause = start[meeting] - (start[row] + problem.length[row]).max()
    return bool(day[start[row[-1]]] == day[start[meeting]] and pause < problem.rest_after_slots)


def _out_of_reach(problem: MeetingProblem, plan: Placements, holder: Ints, meeting: Ints, apart: int) -> Ints:
    """(n_rows,) other meetings of the holder on the day that leave no time for the way between their venues.

    Those that are too close anyway do not count here.
    """
    count = np.zeros(len(holder), dtype=np.int64)
    seated = (plan.room[meeting] >= 0) & (plan.room[meeting] < problem.n_rooms)
    if not problem.travel.any():
        return count
    day, first = _day(problem, plan)[meeting], plan.start[meeting]
    end = first + problem.length[meeting] + apart
    venue = problem.venues[np.where(seated, plan.room[meeting], 0)]
    for each in np.unique(holder[seated]):
        rows = np.flatnonzero((holder == each) & seated)
        between = first[rows] - end[rows, None]
        late = (between >= 0) & (between < problem.travel[venue[rows, None], venue[rows]])
        late &= day[rows, None] == day[rows]
        count[rows] = late.sum(axis=0) + late.sum(axis=1)
    return count


def _too_close(problem: MeetingProblem, plan: Placements, holder: Ints, meeting: Ints, apart: int) -> Ints:
    """(n_rows,) other meetings of the holder on the day with fewer than so many slots between."""
    count = np.zeros(len(holder), dtype=np.int64)
    day = _day(problem, plan)[meeting]
    first = plan.start[meeting]
    end = first + problem.length[meeting] + apart
    for each in np.unique(holder):
        rows = np.flatnonzero(holder == each)
        near = (first[rows, None] < end[rows]) & (first[rows] < end[rows, None])
        near &= day[rows, None] == day[rows]
        count[rows] = near.sum(axis=1) - 1
    return count


def _sum_of_day(problem: MeetingProblem, plan: Placements, holder: Ints, meeting: Ints, amount: Ints) -> Ints:
    """(n_rows,) the sum of the amounts of the holder on the day of the row."""
    if not len(holder):
        return np.zeros(0, dtype=np.int64)
    table = np.zeros((int(holder.max()) + 1, problem.n_days), dtype=np.int64)
    day = _day(problem, plan)[meeting]
    np.add.at(table, (holder, day), amount)
    return np.asarray(table[holder, day], dtype=np.int64)
