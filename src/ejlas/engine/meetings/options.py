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
    venue: int = 0
    """Of rooms: where they are, if the way between venues takes time."""


@dataclass(frozen=True)
class Options:
    """All starts of all meetings, each with the teams that could serve it."""

    starts: tuple[tuple[int, ...], ...]
    """Of each meeting, the slots in which it could start if it were alone."""
    room_teams: tuple[Team, ...]
    rooms: tuple[tuple[int, ...], ...]
    """Of each meeting, the room teams it may have."""
    interpreter_teams: tuple[Team, ...]
    interpreters: tuple[dict[int, tuple[int, ...]], ...]
    """Of each meeting, the interpreter teams of each language pair that it may be interpreted in."""
    named: bool = False
    """Whether it matters which room and which person serves: then every team is of one."""


def options_of(problem: MeetingProblem, kept: Placements | None = None) -> Options:
    """Return where each meeting could stand if it were alone.

    What is placed in `kept` could stand nowhere else, and the others have named rooms and people to choose from.
    """
    suited = suited_rooms(problem)
    if kept is not None:
        suited = suited & _only(kept.room, suited)
    room_teams = _room_teams(problem, suited, apart=kept is not None)
    interpreter_teams = _interpreter_teams(problem, apart=kept is not None)
    rooms = tuple(_teams_of(room_teams, suited[meeting]) for meeting in range(problem.n_meetings))
    interpreters = tuple(_speakers(problem, kept, interpreter_teams, meeting) for meeting in range(problem.n_meetings))
    alone = _starts(problem)
    if kept is not None:
        alone &= _only(kept.start, alone)
    starts: list[tuple[int, ...]] = []
    for meeting in range(problem.n_meetings):
        in_room = _count_free(room_teams, rooms[meeting], int(problem.length[meeting]), problem.n_slots) >= 1
        heard = _heard(problem, interpreter_teams, interpreters[meeting], meeting)
        starts.append(tuple(map(int, np.flatnonzero(alone[meeting] & in_room & heard))))
    return Options(tuple(starts), room_teams, rooms, interpreter_teams, interpreters, kept is not None)


def _speakers(
    problem: MeetingProblem, kept: Placements | None, teams: tuple[Team, ...], meeting: int
) -> dict[int, tuple[int, ...]]:
    """Return the teams of each pair of the meeting; of one that is kept only its own people."""
    pools = sorted({pool for way in problem.ways[meeting] for pool in way})
    may = np.ones(problem.n_interpreters, dtype=np.bool_)
    if kept is not None and kept.granted[meeting]:
        may[[each for each in range(problem.n_interpreters) if each not in kept.interpreters[meeting]]] = False
    return {pool: _teams_of(teams, problem.serves[:, pool] & may) for pool in pools}


def _heard(
    problem: MeetingProblem, teams: tuple[Team, ...], speakers: dict[int, tuple[int, ...]], meeting: int
) -> Bools:
    """(n_slots,) whether there are people enough for one of the ways to interpret the meeting from the slot on."""
    length, needed = int(problem.length[meeting]), problem.interpreters_needed[meeting]
    heard = np.zeros(problem.n_slots, dtype=np.bool_)
    if speakers and problem.most_slots_in_row not in (NONE, *range(length, problem.n_slots + length)):
        return heard
    for way in problem.ways[meeting]:
        enough = np.ones(problem.n_slots, dtype=np.bool_)
        for pool in way:
            enough &= _count_free(teams, speakers[pool], length, problem.n_slots) >= needed
        heard |= enough
    return heard


def _only(chosen: Ints, table: Bools) -> Bools:
    """Return a table of this shape: of each meeting with a choice only that, of the others all."""
    return np.asarray((chosen[:, None] == NONE) | (chosen[:, None] == np.arange(table.shape[1])), dtype=np.bool_)


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
    runs = problem.participant_runs
    for meeting, members in enumerate(problem.participants):
        starts[meeting] &= (runs[list(members)] >= problem.length[meeting]).all(axis=0)
    return np.asarray(starts, dtype=np.bool_)


def _room_teams(problem: MeetingProblem, suited: Bools, *, apart: bool) -> tuple[Team, ...]:
    """Return the rooms grouped by venue, hours and the meetings they suit at one cost, or each by itself."""
    runs = problem.room_runs
    venues = problem.venues if problem.travel.any() else np.zeros(problem.n_rooms, dtype=np.int64)
    groups: dict[tuple[int | bytes, ...], list[int]] = {}
    for room in range(problem.n_rooms):
        told = (int(venues[room]), problem.room_open[room].tobytes(), suited[:, room].tobytes())
        key = (room,) if apart else (*told, problem.room_costs[:, room].tobytes())
        groups.setdefault(key, []).append(room)
    return tuple(Team(tuple(mine), runs[mine[0]], venue=int(venues[mine[0]])) for mine in groups.values())


def _interpreter_teams(problem: MeetingProblem, *, apart: bool) -> tuple[Team, ...]:
    """Return the interpreters grouped by pairs and hours; one by one if asked, or where more than hours may bind."""
    apart = apart or problem.most_slots_in_row != NONE or bool(problem.travel.any())
    runs = problem.interpreter_runs
    groups: dict[tuple[bytes, bytes], list[int]] = {}
    teams: list[Team] = []
    for person in range(problem.n_interpreters):
        free = problem.interpreter_available[person]
        longest_day = int(np.bincount(problem.day_of_slot, weights=free, minlength=1).max(initial=0))
        limit = int(problem.interpreter_daily_slots[person])
        if apart or limit < longest_day:
            teams.append(Team((person,), runs[person], limit if limit < longest_day else None))
        else:
            groups.setdefault((problem.serves[person].tobytes(), free.tobytes()), []).append(person)
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
        (problem.serves[first] == problem.serves[second]).all()
        and problem.interpreter_daily_slots[first] == problem.interpreter_daily_slots[second]
        and (problem.interpreter_available[first] == problem.interpreter_available[second]).all()
    )
