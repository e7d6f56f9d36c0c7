"""The problem of meetings: who wants to meet whom, in which slots, rooms and languages."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ejlas.engine.meetings.runs import free_runs
from ejlas.engine.meetings.validity import NONE, arrays_of, demand_sense
from ejlas.engine.values import Bools, Ints

__all__ = ["NONE", "MeetingProblem"]


def _one() -> Ints:
    return np.ones((), dtype=np.int64)


def _nothing() -> Ints:
    return np.zeros(0, dtype=np.int64)


def _no_pairs() -> Bools:
    return np.zeros((0, 0), dtype=np.bool_)


@dataclass(frozen=True, kw_only=True, eq=False)
class MeetingProblem:
    """Everything the planner knows; checks itself when built. The mathematics is in docs/engine/meetings.md.

    Slots are counted from 0 over all days. The last slot of a day and the first of the next are never adjacent.
    Arrays become read-only. An array that is left out, or has no items, says nothing of its subject.

    Raises
    ------
    ValueError : an array has the wrong shape or kind, or holds a value that means nothing; the message names it
    """

    day_of_slot: Ints
    """(n_slots,) day of each slot, from 0, never falling."""
    slot_min: int
    """Minutes of one slot."""
    part_of_slot: Ints = field(default_factory=_nothing)
    """(n_slots,) part of a day, as a morning, for which more of something can be had; from 0, never falling."""

    available: Bools
    """(n_participants, n_slots) whether the participant may sit in a meeting in that slot."""
    daily_cap: Ints
    """(n_participants,) most meetings a day; -1 = no cap."""
    buffer_slots: int = 0
    """Slots that stay free between two meetings of one participant."""
    consecutive_allowed: bool = True
    """Whether two meetings of one participant may follow each other with no more than the buffer between."""
    rest_slots: int = 1
    """Where they may not: slots that stay free between two meetings of one participant on a day."""
    wait_slots: int = 0
    """Idle slots, beyond those that have to stay free, that are a wait and not yet a gap."""

    participants: tuple[tuple[int, ...], ...]
    """Of each meeting, its participants: two or more."""
    length: Ints
    """(n_meetings,) slots."""
    weight: Ints
    """(n_meetings,) what granting the meeting is worth; 0 or more."""
    mandatory: Bools
    """(n_meetings,) whether the meeting has to be placed."""
    allowed_start: Bools
    """(n_meetings, n_slots) whether the meeting may start in that slot."""
    fixed_start: Ints
    """(n_meetings,) slot in which the meeting is pinned, and so has to be placed; -1 = free."""
    fixed_room: Ints
    """(n_meetings,) the only room the meeting may have; -1 = any."""
    seats: Ints
    """(n_meetings,) persons to be seated."""
    pool: Ints
    """(n_meetings,) language pair to be interpreted; -1 = none."""
    interpreters_needed: Ints = field(default_factory=_one)
    """(n_meetings,) interpreters for a meeting with a language pair; one number stands for all meetings."""
    before: Ints = field(default_factory=_nothing)
    """(n_orders, 2) meetings of which the first, where both are granted, ends before the second starts."""
    rank: Ints = field(default_factory=_nothing)
    """(n_meetings,) class of the meeting where wishes clash, 0 before all others; left out = all are equal."""
    by_rank: bool = False
    """Whether the granted weight of a class goes before any weight of the classes after it."""

    room_open: Bools
    """(n_rooms, n_slots) whether a meeting may sit in the room in that slot."""
    room_seats: Ints
    """(n_rooms,) persons."""
    turnaround_slots: int = 0
    """Slots a room stays empty between two meetings of one day."""
    allowed_rooms: Bools
    """(n_meetings, n_rooms) whether the meeting may have the room."""
    room_preference: Ints = field(default_factory=_nothing)
    """(n_meetings, n_rooms) what it costs to put the meeting there, 0 or more; left out = every room is as good."""
    venue_of_room: Ints = field(default_factory=_nothing)
    """(n_rooms,) venue of the room, from 0; left out = all rooms are in one venue."""
    travel_slots: Ints = field(default_factory=_nothing)
    """(n_venues, n_venues) slots on the way from one venue to another, besides those that stay free anyway."""

    interpreter_pool: Ints
    """(n_interpreters,) language pair of the interpreter; -1 = those of `interpreter_pairs` only."""
    interpreter_available: Bools
    """(n_interpreters, n_slots) whether the interpreter may work in that slot."""
    interpreter_daily_slots: Ints
    """(n_interpreters,) most slots of work a day."""
    interpreter_pairs: Bools = field(default_factory=_no_pairs)
    """(n_interpreters, n_pools) whether the interpreter works in the language pair too."""
    relays: Ints = field(default_factory=_nothing)
    """(n_relays, 3) a language pair, and the two pairs over a pivot language that may serve it together."""
    relay_cost: int = 1
    """What a meeting with relay costs in preferences."""
    most_slots_in_row: int = NONE
    """Most slots an interpreter works in a row, until a pause that is long enough; -1 = no limit."""
    rest_after_slots: int = 1
    """Slots without work that are such a pause."""

    most_difference: int = NONE
    """How much more one participant who asked may be granted than another; -1 = any difference."""
    by_share: bool = False
    """Whether grants of participants are compared in whole per cent of the weight asked for, not in meetings."""
    worst_off_before_weight: bool = False
    """Whether it is an objective before the weight that the participant with the least gets the most."""
    worst_off_after_weight: bool = False
    """Whether it is one after the weight."""

    def __post_init__(self) -> None:
        needed = np.asarray(self.interpreters_needed)
        if needed.ndim == 0:
            object.__setattr__(self, "interpreters_needed", np.full(len(self.participants), needed, dtype=np.int64))
        for name, array in arrays_of(self).items():
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        demand_sense(self)

    @property
    def n_slots(self) -> int:
        """Return the number of slots over all days."""
        return len(self.day_of_slot)

    @property
    def n_days(self) -> int:
        """Return the number of days."""
        return int(self.day_of_slot.max(initial=-1)) + 1

    @property
    def n_participants(self) -> int:
        """Return the number of participants."""
        return len(self.daily_cap)

    @property
    def n_meetings(self) -> int:
        """Return the number of meetings asked for."""
        return len(self.participants)

    @property
    def n_rooms(self) -> int:
        """Return the number of rooms."""
        return len(self.room_seats)

    @property
    def n_interpreters(self) -> int:
        """Return the number of interpreters."""
        return len(self.interpreter_pool)

    @cached_property
    def n_pools(self) -> int:
        """Return the number of language pairs."""
        named = (self.pool, self.interpreter_pool, self.relays)
        highest = max(int(each.max(initial=NONE)) for each in named)
        return max(int(self.interpreter_pairs.shape[1]), highest + 1)

    @property
    def apart_slots(self) -> int:
        """Return the slots that have to stay free between two meetings of one participant on a day."""
        return self.buffer_slots if self.consecutive_allowed else max(self.buffer_slots, self.rest_slots)

    @cached_property
    def required(self) -> Bools:
        """(n_meetings,) whether the meeting has to be placed: it is mandatory, or pinned to a slot."""
        return np.asarray(self.mandatory | (self.fixed_start != NONE), dtype=np.bool_)

    @cached_property
    def day_end(self) -> Ints:
        """(n_slots,) the first slot after the day of each slot."""
        return np.searchsorted(self.day_of_slot, self.day_of_slot, side="right").astype(np.int64)

    @cached_property
    def participant_runs(self) -> Ints:
        """(n_participants, n_slots) slots in a row from each on in which the participant may sit in a meeting."""
        return free_runs(self.available, self.day_of_slot)

    @cached_property
    def room_runs(self) -> Ints:
        """(n_rooms, n_slots) slots in a row from each on in which the room is open."""
        return free_runs(self.room_open, self.day_of_slot)

    @cached_property
    def interpreter_runs(self) -> Ints:
        """(n_interpreters, n_slots) slots in a row from each on in which the interpreter may work."""
        return free_runs(self.interpreter_available, self.day_of_slot)

    @cached_property
    def meetings_of(self) -> tuple[tuple[int, ...], ...]:
        """Of each participant, the meetings asked for with it."""
        lists: list[list[int]] = [[] for _ in range(self.n_participants)]
        for meeting, members in enumerate(self.participants):
            for participant in members:
                lists[participant].append(meeting)
        return tuple(map(tuple, lists))

    @cached_property
    def serves(self) -> Bools:
        """(n_interpreters, n_pools) whether the interpreter works in the language pair."""
        pairs = self.interpreter_pool[:, None] == np.arange(self.n_pools)
        if self.interpreter_pairs.size:
            pairs[:, : self.interpreter_pairs.shape[1]] |= self.interpreter_pairs
        return np.asarray(pairs, dtype=np.bool_)

    @cached_property
    def ways(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """Of each meeting, the ways to interpret it: the pair itself, or the two pairs of a relay; () = no need to."""
        relays: dict[int, list[tuple[int, ...]]] = {}
        for pool, first, second in self.relays.tolist():
            relays.setdefault(pool, []).append((first, second))
        return tuple(((),) if pool == NONE else ((pool,), *relays.get(pool, [])) for pool in self.pool.tolist())

    @cached_property
    def venues(self) -> Ints:
        """(n_rooms,) venue of each room."""
        return self.venue_of_room if self.venue_of_room.size else np.zeros(self.n_rooms, dtype=np.int64)

    @cached_property
    def travel(self) -> Ints:
        """(n_venues, n_venues) slots on the way; none where nothing is said."""
        n_venues = int(self.venues.max(initial=0)) + 1
        return self.travel_slots if self.travel_slots.size else np.zeros((n_venues, n_venues), dtype=np.int64)

    @cached_property
    def room_costs(self) -> Ints:
        """(n_meetings, n_rooms) what each room costs each meeting."""
        return self.room_preference if self.room_preference.size else np.zeros_like(self.allowed_rooms, dtype=np.int64)

    @cached_property
    def ranks(self) -> Ints:
        """(n_meetings,) class of each meeting; 0 for all where classes do not count."""
        return self.rank if self.by_rank and self.rank.size else np.zeros(self.n_meetings, dtype=np.int64)
