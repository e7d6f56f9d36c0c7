"""The engine's problem of meetings, made from an edition: parties, hours, rooms, interpreters and wishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from ejlas.core.errors import RuleBroken, marked
from ejlas.core.intervals import Interval
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.values import Bools, Ints
from ejlas.forum import queries as forum
from ejlas.forum.models import Edition, Party
from ejlas.planning.queries.grid import Grid, grid_of, hours_of
from ejlas.planning.rules import NoSharedLanguage, Pair, needed_pair, ordered
from ejlas.programme import queries as programme
from ejlas.programme.models import Bilateral, Interpreter, Room, Session

ALWAYS = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))


class OffTheGrid(RuleBroken):
    """A fixed bilateral starts between two slots, or outside the hours of bilaterals."""

    message = marked(
        "The bilateral “%(bilateral)s” is fixed at %(starts_at)s, where no slot of the grid starts; "
        "move it, or change the hours or the grid of bilaterals."
    )


class NoRoomForBilaterals(RuleBroken):
    """There is nowhere to plan anything."""

    message = marked("The edition has no room of kind “meeting”; add one before planning.")


@dataclass(frozen=True)
class Built:
    """A problem, and what its indices stand for."""

    edition: Edition
    problem: MeetingProblem
    grid: Grid
    parties: tuple[Party, ...]
    bilaterals: tuple[Bilateral, ...]
    rooms: tuple[Room, ...]
    interpreters: tuple[Interpreter, ...]
    pools: tuple[tuple[str, ...], ...]


def problem_of(edition: Edition) -> Built:
    """Build the problem of an edition's bilaterals. Six SQL queries. Raises OffTheGrid, NoRoomForBilaterals."""
    grid = grid_of(edition)
    parties = tuple(forum.parties_of(edition))
    rooms = tuple(programme.rooms_for_bilaterals(edition))
    interpreters = tuple(programme.interpreters_of(edition))
    bilaterals = tuple(programme.plannable_bilaterals(edition))
    if not rooms:
        raise NoRoomForBilaterals()
    pools, pool = _pools(bilaterals, {party.slug: party for party in parties}, interpreters)
    rules = edition.settings["bilaterals"]
    index = {party.slug: number for number, party in enumerate(parties)}
    problem = MeetingProblem(
        day_of_slot=grid.day_of_slot,
        slot_min=grid.slot_min,
        available=_availability(parties, programme.binding_sessions(edition), grid),
        daily_cap=_ints([rules["daily_cap"]] * len(parties)),
        buffer_slots=grid.slots(rules["buffer_min"]),
        consecutive_allowed=rules["consecutive"],
        rest_slots=max(1, grid.slots(rules["rest_min"])),
        wait_slots=rules["wait_min"] // grid.slot_min,
        participants=tuple(tuple(index[slug] for slug in bilateral.parties) for bilateral in bilaterals),
        length=_ints([grid.slots(bilateral.length_min) for bilateral in bilaterals]),
        weight=_ints([bilateral.weight for bilateral in bilaterals]),
        mandatory=np.asarray([bilateral.mandatory for bilateral in bilaterals], dtype=np.bool_),
        allowed_start=_allowed_starts(bilaterals, grid),
        fixed_start=_ints([_fixed_slot(bilateral, grid, edition) for bilateral in bilaterals]),
        fixed_room=_ints([_fixed_room(bilateral, rooms) for bilateral in bilaterals]),
        seats=_ints([bilateral.seats for bilateral in bilaterals]),
        pool=pool,
        room_open=_room_hours(edition, rooms, programme.sessions_in_meeting_rooms(edition), grid),
        room_seats=_ints([room.seats for room in rooms]),
        turnaround_slots=grid.slots(rules["turnaround_min"]),
        allowed_rooms=np.ones((len(bilaterals), len(rooms)), dtype=np.bool_),
        interpreter_pool=_ints([pools.index(ordered(*person.languages)) for person in interpreters]),
        interpreter_available=_interpreter_hours(interpreters, grid),
        interpreter_daily_slots=_ints([person.daily_min // grid.slot_min for person in interpreters]),
    )
    return Built(edition, problem, grid, parties, bilaterals, rooms, interpreters, pools)


def _ints(values: Sequence[int]) -> Ints:
    return np.asarray(values, dtype=np.int64)


def _stack(rows: Sequence[Bools], width: int) -> Bools:
    return np.asarray(rows, dtype=np.bool_).reshape(len(rows), width)


def _availability(parties: Sequence[Party], sessions: Sequence[Session], grid: Grid) -> Bools:
    """(n_parties, n_slots) whether the party is in town and in no session that binds it."""
    spans = [(Interval(session.starts_at, session.ends_at), set(session.parties)) for session in sessions]
    rows = []
    for party in parties:
        stay = Interval(party.arrives_at or ALWAYS[0], party.departs_at or ALWAYS[1])
        busy = [span for span, bound in spans if not bound or party.slug in bound]
        rows.append(grid.within([stay]) & grid.free(busy))
    return _stack(rows, grid.n_slots)


def _allowed_starts(bilaterals: Sequence[Bilateral], grid: Grid) -> Bools:
    """(n_bilaterals, n_slots) whether the bilateral may start in the slot and still ends in its window and day."""
    rows = []
    for bilateral in bilaterals:
        length = grid.slots(bilateral.length_min)
        inside = grid.within([Interval(bilateral.earliest or ALWAYS[0], bilateral.latest or ALWAYS[1])])
        row = inside.copy()
        for step in range(1, length):
            row[:-step] &= inside[step:] & (grid.day_of_slot[step:] == grid.day_of_slot[:-step])
            row[-step:] = False
        rows.append(row)
    return _stack(rows, grid.n_slots)


def _fixed_slot(bilateral: Bilateral, grid: Grid, edition: Edition) -> int:
    if bilateral.fixed_at is None:
        return NONE
    slot = grid.slot_at(bilateral.fixed_at)
    if slot is None:
        moment = bilateral.fixed_at.astimezone(edition.zone)
        raise OffTheGrid(bilateral=bilateral.slug, starts_at=f"{moment:%Y-%m-%d %H:%M}")
    return slot


def _fixed_room(bilateral: Bilateral, rooms: Sequence[Room]) -> int:
    if bilateral.fixed_room is None:
        return NONE
    return next((number for number, room in enumerate(rooms) if room.pk == bilateral.fixed_room_id), NONE)


def _room_hours(edition: Edition, rooms: Sequence[Room], sessions: Sequence[Session], grid: Grid) -> Bools:
    """(n_rooms, n_slots) whether the room is open and no session stands in it or in its turnaround."""
    turnaround = timedelta(minutes=edition.settings["bilaterals"]["turnaround_min"])
    rows = []
    for room in rooms:
        busy = [
            Interval(session.starts_at - turnaround, session.ends_at + turnaround)
            for session in sessions
            if session.room_id == room.pk
        ]
        rows.append(grid.within(hours_of(edition, room.opens, room.closes)) & grid.free(busy))
    return _stack(rows, grid.n_slots)


def _interpreter_hours(interpreters: Sequence[Interpreter], grid: Grid) -> Bools:
    """(n_interpreters, n_slots) whether the interpreter is on duty; none stated means always."""
    rows = []
    for person in interpreters:
        spans = [Interval(*map(datetime.fromisoformat, span)) for span in person.available]
        rows.append(grid.within(spans or [Interval(*ALWAYS)]))
    return _stack(rows, grid.n_slots)


def _pools(
    bilaterals: Sequence[Bilateral], parties: dict[str, Party], interpreters: Sequence[Interpreter]
) -> tuple[tuple[tuple[str, ...], ...], Ints]:
    """Return the language pairs, and (n_bilaterals,) the pair each bilateral needs, -1 for none.

    A meeting whose languages no pair serves gets a pool of its own languages, in which nobody works: so it is
    refused for want of an interpreter, and the refusal names the languages.
    """
    pairs: set[Pair] = {ordered(*person.languages) for person in interpreters}
    pools: list[tuple[str, ...]] = sorted(pairs)
    needed = []
    for bilateral in bilaterals:
        speakers = [parties[slug].languages for slug in bilateral.parties]
        pair = needed_pair(speakers, pairs, stated=bilateral.languages)
        if pair is None:
            needed.append(NONE)
            continue
        languages = pair.languages if isinstance(pair, NoSharedLanguage) else pair
        if languages not in pools:
            pools.append(languages)
        needed.append(pools.index(languages))
    return tuple(pools), _ints(needed)
