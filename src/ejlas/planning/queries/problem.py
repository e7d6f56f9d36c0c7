"""The engine's problem of meetings, made from an edition: parties, hours, rooms, interpreters and wishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from ejlas.core.errors import RuleBroken, marked
from ejlas.core.intervals import Interval
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.values import Bools, Ints
from ejlas.forum.models import Edition, Party
from ejlas.forum.rules import bilateral_rules
from ejlas.planning.queries.facts import Facts, facts_of, span_of
from ejlas.planning.queries.grid import Grid, grid_of
from ejlas.planning.queries.hours import hours_of
from ejlas.planning.rules import NoSharedLanguage, Pair, needed_pair, ordered
from ejlas.programme.models import Bilateral, Interpreter, Room

NOTHING = np.zeros((0, 3), dtype=np.int64)
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
    """A problem, and what its indices stand for; what is settled stands outside it and only takes room and time."""

    facts: Facts
    problem: MeetingProblem
    grid: Grid
    bilaterals: tuple[Bilateral, ...]
    settled: tuple[Bilateral, ...]
    pools: tuple[tuple[str, ...], ...]

    @property
    def edition(self) -> Edition:
        """The edition that is planned."""
        return self.facts.edition

    @property
    def parties(self) -> tuple[Party, ...]:
        """What the numbers of participants stand for."""
        return self.facts.parties

    @property
    def rooms(self) -> tuple[Room, ...]:
        """What the numbers of rooms stand for."""
        return self.facts.rooms

    @property
    def interpreters(self) -> tuple[Interpreter, ...]:
        """What the numbers of interpreters stand for."""
        return self.facts.interpreters


def problem_of(edition: Edition) -> Built:
    """Build the problem of an edition's bilaterals. Seven SQL queries. Raises OffTheGrid, NoRoomForBilaterals."""
    return built_of(facts_of(edition))


def built_of(facts: Facts, *, moving: Bilateral | None = None) -> Built:
    """Build the problem of these facts: for the planner, or for a person who moves one bilateral.

    A pinned bilateral keeps its time and room. One that stands despite a house rule is settled: inside the problem it
    would leave no plan at all. While a person moves one, whatever stands off the grid is settled too.

    Raises OffTheGrid, NoRoomForBilaterals.
    """
    if not facts.rooms:
        raise NoRoomForBilaterals()
    grid = grid_of(facts.edition)
    settled = tuple(each for each in facts.bilaterals if _is_settled(each, grid, facts, moving))
    bilaterals = tuple(each for each in facts.bilaterals if each not in settled)
    rules, of_slug = bilateral_rules(facts.edition.settings), {party.slug: party for party in facts.parties}
    pools, pool = _pools(bilaterals, of_slug, facts.interpreters)
    index = {party.slug: number for number, party in enumerate(facts.parties)}
    problem = MeetingProblem(
        **_house_rules(rules, facts, grid),
        **_hours(facts, settled, grid),
        participants=tuple(tuple(index[slug] for slug in bilateral.parties) for bilateral in bilaterals),
        length=_ints([grid.slots(bilateral.length_min) for bilateral in bilaterals]),
        weight=_ints([bilateral.weight for bilateral in bilaterals]),
        mandatory=np.asarray([bilateral.mandatory for bilateral in bilaterals], dtype=np.bool_),
        allowed_start=_allowed_starts(bilaterals, grid),
        fixed_start=_ints([_fixed_slot(bilateral, grid, moving) for bilateral in bilaterals]),
        fixed_room=_ints([_fixed_room(bilateral, facts.rooms, moving) for bilateral in bilaterals]),
        seats=_ints([bilateral.seats for bilateral in bilaterals]),
        pool=pool,
        relays=_relays(pools, facts.interpreters) if rules["relay"] else NOTHING,
        rank=_ints([min(of_slug[slug].rank_class for slug in bilateral.parties) for bilateral in bilaterals]),
        by_rank=rules["by_rank"],
        room_seats=_ints([room.seats for room in facts.rooms]),
        allowed_rooms=np.ones((len(bilaterals), len(facts.rooms)), dtype=np.bool_),
        interpreter_pool=_ints([pools.index(ordered(*person.languages)) for person in facts.interpreters]),
        interpreter_daily_slots=_ints([person.daily_min // grid.slot_min for person in facts.interpreters]),
    )
    return Built(facts, problem, grid, bilaterals, settled, pools)


def _house_rules(rules: dict[str, Any], facts: Facts, grid: Grid) -> dict[str, Any]:
    venue_of_room = _venues(facts.rooms)
    n_venues = int(venue_of_room.max()) + 1
    return {
        "day_of_slot": grid.day_of_slot,
        "part_of_slot": grid.part_of_slot,
        "slot_min": grid.slot_min,
        "daily_cap": _ints([rules["daily_cap"]] * len(facts.parties)),
        "buffer_slots": grid.slots(rules["buffer_min"]),
        "consecutive_allowed": rules["consecutive"],
        "rest_slots": max(1, grid.slots(rules["rest_min"])),
        "wait_slots": rules["wait_min"] // grid.slot_min,
        "turnaround_slots": grid.slots(rules["turnaround_min"]),
        "venue_of_room": venue_of_room,
        "travel_slots": grid.slots(rules["travel_min"]) * (1 - np.eye(n_venues, dtype=np.int64)),
        "most_slots_in_row": rules["row_min"] // grid.slot_min or NONE,
        "rest_after_slots": max(1, grid.slots(rules["pause_min"])),
    }


def _venues(rooms: Sequence[Room]) -> Ints:
    """(n_rooms,) venue of each room; one that is only thought of stands in the venue with most rooms."""
    known = [room.venue_id for room in rooms if room.venue_id is not None]
    usual = max(known, key=known.count, default=0)
    numbers = {venue: number for number, venue in enumerate(dict.fromkeys([*known, usual]))}
    return _ints([numbers[usual if room.venue_id is None else room.venue_id] for room in rooms])


def _hours(facts: Facts, settled: Sequence[Bilateral], grid: Grid) -> dict[str, Any]:
    return {
        "available": _availability(facts, settled, grid),
        "room_open": _room_hours(facts, settled, grid),
        "interpreter_available": _interpreter_hours(facts.interpreters, settled, grid),
    }


def _is_settled(bilateral: Bilateral, grid: Grid, facts: Facts, moving: Bilateral | None) -> bool:
    if bilateral.starts_at is None or (moving and moving.pk == bilateral.pk):
        return False
    if bilateral.pinned and bilateral.despite:
        return True
    fits = grid.slot_at(bilateral.starts_at) is not None and any(room.pk == bilateral.room_id for room in facts.rooms)
    return not fits and (bilateral.pinned or moving is not None)


def _ints(values: Sequence[int]) -> Ints:
    return np.asarray(values, dtype=np.int64)


def _stack(rows: Sequence[Bools], width: int) -> Bools:
    return np.asarray(rows, dtype=np.bool_).reshape(len(rows), width)


def _availability(facts: Facts, settled: Sequence[Bilateral], grid: Grid) -> Bools:
    """(n_parties, n_slots) whether the party is in town, in no session that binds it and in nothing settled."""
    spans = [(Interval(session.starts_at, session.ends_at), set(session.parties)) for session in facts.binding]
    pause = bilateral_rules(facts.edition.settings)["buffer_min"]
    spans += [(span, set(each.parties)) for each in settled if (span := widened(each, pause))]
    rows = []
    for party in facts.parties:
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


def _fixed_slot(bilateral: Bilateral, grid: Grid, moving: Bilateral | None) -> int:
    """Return the slot in which the request, or a person, has fixed the bilateral; -1 = none."""
    is_moving = moving is not None and moving.pk == bilateral.pk
    moment = bilateral.starts_at if bilateral.pinned and not is_moving else bilateral.fixed_at
    if moment is None:
        return NONE
    slot = grid.slot_at(moment)
    if slot is None and moving is None:
        local = moment.astimezone(bilateral.edition.zone)
        raise OffTheGrid(bilateral=bilateral.slug, starts_at=f"{local:%Y-%m-%d %H:%M}")
    return NONE if slot is None else slot


def _fixed_room(bilateral: Bilateral, rooms: Sequence[Room], moving: Bilateral | None) -> int:
    is_moving = moving is not None and moving.pk == bilateral.pk
    fixed = bilateral.room_id if bilateral.pinned and not is_moving else bilateral.fixed_room_id
    return next((number for number, room in enumerate(rooms) if room.pk == fixed), NONE)


def _room_hours(facts: Facts, settled: Sequence[Bilateral], grid: Grid) -> Bools:
    """(n_rooms, n_slots) whether the room is open and nothing stands in it or in its turnaround."""
    turnaround = bilateral_rules(facts.edition.settings)["turnaround_min"]
    wide = timedelta(minutes=turnaround)
    busy = [(s.room_id, Interval(s.starts_at - wide, s.ends_at + wide)) for s in facts.occupying]
    busy += [(each.room_id, span) for each in settled if (span := widened(each, turnaround))]
    rows = [
        grid.within(hours_of(facts.edition, room.opens, room.closes))
        & grid.free(span for taken, span in busy if taken == room.pk)
        for room in facts.rooms
    ]
    return _stack(rows, grid.n_slots)


def _interpreter_hours(interpreters: Sequence[Interpreter], settled: Sequence[Bilateral], grid: Grid) -> Bools:
    """(n_interpreters, n_slots) whether the interpreter is on duty (none stated: always) and in nothing settled."""
    working: dict[str, list[Interval]] = {}
    for bilateral in settled:
        for person in bilateral.interpreters.all():
            working.setdefault(person.slug, []).extend(filter(None, [span_of(bilateral)]))
    rows = []
    for person in interpreters:
        spans = [Interval(*map(datetime.fromisoformat, span)) for span in person.available]
        rows.append(grid.within(spans or [Interval(*ALWAYS)]) & grid.free(working.get(person.slug, ())))
    return _stack(rows, grid.n_slots)


def widened(bilateral: Bilateral, minutes: int) -> Interval | None:
    """Return the time of a bilateral that has a place, with so many minutes before and after."""
    span, wide = span_of(bilateral), timedelta(minutes=minutes)
    return Interval(span.starts_at - wide, span.ends_at + wide) if span else None


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


def _relays(pools: Sequence[tuple[str, ...]], interpreters: Sequence[Interpreter]) -> Ints:
    """(n_relays, 3) each pair that nobody interprets, and the two pairs over a third language that somebody does."""
    served = {ordered(*person.languages) for person in interpreters}
    spoken = sorted({language for pair in served for language in pair})
    rows = []
    for number, pair in enumerate(pools):
        if len(pair) != 2 or pair in served:
            continue
        for pivot in spoken:
            legs = [ordered(language, pivot) for language in pair]
            if pivot not in pair and served.issuperset(legs):
                rows.append((number, *map(pools.index, legs)))
    return np.asarray(rows, dtype=np.int64).reshape(-1, 3)
