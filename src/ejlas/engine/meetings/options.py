"""Where each meeting could stand by itself: the starts, rooms and interpreters that are open to it."""

from dataclasses import dataclass

import numpy as np

from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.values import Bools, Ints


@dataclass(frozen=True)
class Team:
    """Rooms, or interpreters, that nothing tells apart."""

    members: tuple[int, ...]
    free_run: Ints
    """(n_slots,) slots that a member is free in a row, from each slot on."""
    daily_slots: int | None = None
    """Most slots of work a day of a team of one; None = no limit that could bind."""


@dataclass(frozen=True)
class Options:
    """All starts of all meetings, each with the teams that could serve it."""

    starts: tuple[tuple[int, ...], ...]
    """Of each meeting, the slots in which it could start if it were alone."""
    room_teams: tuple[Team, ...]
    rooms: tuple[tuple[int, ...], ...]
    """Of each meeting, the room teams it may have."""
    interpreter_teams: tuple[Team, ...]
    interpreters: tuple[tuple[int, ...], ...]
    """Of each meeting, the interpreter teams of its language pair; none for a meeting without."""
    named: bool = False
    """Whether it matters which room and which person serves: then every team is of one."""


def options_of(problem: MeetingProblem, kept: Placements | None = None) -> Options:
    """Return where each meeting could stand if it were alone.

    What is placed in `kept` could stand nowhere else, and the others have named rooms and people to choose from.
    """
    suited, speaks = suited_rooms(problem), _speaks(problem)
    if kept is not None:
        suited, speaks = suited & _only(kept.room, suited), speaks & _only_team(kept, speaks)
    room_teams = _room_teams(problem, suited, apart=kept is not None)
    interpreter_teams = _interpreter_teams(problem, apart=kept is not None)
    rooms = tuple(_teams_of(room_teams, suited[meeting]) for meeting in range(problem.n_meetings))
    interpreters = tuple(_teams_of(interpreter_teams, speaks[meeting]) for meeting in range(problem.n_meetings))
    alone = _starts(problem)
    if kept is not None:
        alone &= _only(kept.start, alone)
    starts: list[tuple[int, ...]] = []
    for meeting in range(problem.n_meetings):
        in_room = _count_free(room_teams, rooms[meeting], int(problem.length[meeting]), problem.n_slots) >= 1
        heard = _count_free(interpreter_teams, interpreters[meeting], int(problem.length[meeting]), problem.n_slots)
        needed = 0 if problem.pool[meeting] == NONE else problem.interpreters_needed[meeting]
        starts.append(tuple(map(int, np.flatnonzero(alone[meeting] & in_room & (heard >= needed)))))
    return Options(tuple(starts), room_teams, rooms, interpreter_teams, interpreters, kept is not None)


def _speaks(problem: MeetingProblem) -> Bools:
    """(n_meetings, n_interpreters) whether the interpreter is of the pair of the meeting."""
    pool = problem.pool[:, None]
    return np.asarray((pool == problem.interpreter_pool) & (pool != NONE), dtype=np.bool_)


def _only(chosen: Ints, table: Bools) -> Bools:
    """Return a table of this shape: of each meeting with a choice only that, of the others all."""
    return np.asarray((chosen[:, None] == NONE) | (chosen[:, None] == np.arange(table.shape[1])), dtype=np.bool_)


def _only_team(kept: Placements, table: Bools) -> Bools:
    """Return a table of this shape: of each placed meeting only its interpreters, of the others all."""
    only = np.ones_like(table)
    for meeting in np.flatnonzero(kept.granted):
        only[meeting] = False
        only[meeting, [each for each in kept.interpreters[meeting] if 0 <= each < table.shape[1]]] = True
    return only


def free_runs(free: Bools, day_of_slot: Ints) -> Ints:
    """Count the free slots in a row of one day, from each slot on.

    Parameters
    ----------
    free : (n, n_slots)
    day_of_slot : (n_slots,)

    Returns
    -------
    (n, n_slots) slots, 0 where the slot itself is not free
    """
    runs = free.astype(np.int64)
    for slot in range(free.shape[1] - 2, -1, -1):
        if day_of_slot[slot] == day_of_slot[slot + 1]:
            runs[:, slot] *= 1 + runs[:, slot + 1]
    return runs


def suited_rooms(problem: MeetingProblem) -> Bools:
    """(n_meetings, n_rooms) whether the room is allowed, seats all, and is the pinned one if one is pinned."""
    rooms = np.arange(problem.n_rooms)
    pinned = problem.fixed_room[:, None]
    enough = problem.seats[:, None] <= problem.room_seats
    return np.asarray(problem.allowed_rooms & enough & ((pinned == NONE) | (pinned == rooms)), dtype=np.bool_)


def _starts(problem: MeetingProblem) -> Bools:
    """(n_meetings, n_slots) whether the meeting's own wishes, the day and its participants admit the start."""
    slots = np.arange(problem.n_slots)
    pinned = problem.fixed_start[:, None]
    fits_day = slots + problem.length[:, None] <= problem.day_end
    starts = problem.allowed_start & fits_day & ((pinned == NONE) | (pinned == slots))
    runs = free_runs(problem.available, problem.day_of_slot)
    for meeting, members in enumerate(problem.participants):
        starts[meeting] &= (runs[list(members)] >= problem.length[meeting]).all(axis=0)
    return np.asarray(starts, dtype=np.bool_)


def _room_teams(problem: MeetingProblem, suited: Bools, *, apart: bool) -> tuple[Team, ...]:
    """Return the rooms grouped by opening hours and by the meetings they suit, or each by itself."""
    runs = free_runs(problem.room_open, problem.day_of_slot)
    if apart:
        return tuple(Team((room,), runs[room]) for room in range(problem.n_rooms))
    groups: dict[tuple[bytes, bytes], list[int]] = {}
    for room in range(problem.n_rooms):
        groups.setdefault((problem.room_open[room].tobytes(), suited[:, room].tobytes()), []).append(room)
    return tuple(Team(tuple(members), runs[members[0]]) for members in groups.values())


def _interpreter_teams(problem: MeetingProblem, *, apart: bool) -> tuple[Team, ...]:
    """Return the interpreters grouped by pair and hours; one by one if asked, or where the daily limit may bind."""
    runs = free_runs(problem.interpreter_available, problem.day_of_slot)
    groups: dict[tuple[int, bytes, int], list[int]] = {}
    teams: list[Team] = []
    for person in range(problem.n_interpreters):
        free = problem.interpreter_available[person]
        longest_day = int(np.bincount(problem.day_of_slot, weights=free, minlength=1).max(initial=0))
        limit = int(problem.interpreter_daily_slots[person])
        if apart or limit < longest_day:
            teams.append(Team((person,), runs[person], limit if limit < longest_day else None))
        else:
            groups.setdefault((int(problem.interpreter_pool[person]), free.tobytes(), 0), []).append(person)
    return (*teams, *(Team(tuple(members), runs[members[0]]) for members in groups.values()))


def _teams_of(teams: tuple[Team, ...], suited: Bools) -> tuple[int, ...]:
    """Return the teams whose members suit."""
    return tuple(index for index, team in enumerate(teams) if suited[team.members[0]])


def _count_free(teams: tuple[Team, ...], chosen: tuple[int, ...], length: int, n_slots: int) -> Ints:
    """(n_slots,) how many members of the chosen teams are free for so long from each slot on."""
    count = np.zeros(n_slots, dtype=np.int64)
    for index in chosen:
        count += len(teams[index].members) * (teams[index].free_run >= length)
    return count


def alike(problem: MeetingProblem, first: int, second: int) -> bool:
    """Whether nothing tells two interpreters apart."""
    return bool(
        problem.interpreter_pool[first] == problem.interpreter_pool[second]
        and problem.interpreter_daily_slots[first] == problem.interpreter_daily_slots[second]
        and (problem.interpreter_available[first] == problem.interpreter_available[second]).all()
    )
