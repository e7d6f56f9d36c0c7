"""The problem of meetings: who wants to meet whom, in which slots, rooms and languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ejlas.engine.values import Bools, Ints

NONE = -1
"""No cap, no room, no slot, no pool: the value that stands for nothing in the arrays of integers."""


def _one() -> Ints:
    return np.ones((), dtype=np.int64)


@dataclass(frozen=True, kw_only=True, eq=False)
class MeetingProblem:
    """Everything the planner knows; checks itself when built. The mathematics is in docs/engine/meetings.md.

    Slots are counted from 0 over all days. The last slot of a day and the first of the next are never adjacent.
    Arrays become read-only.

    Raises
    ------
    ValueError : an array has the wrong shape or kind, or holds a value that means nothing; the message names it
    """

    day_of_slot: Ints
    """(n_slots,) day of each slot, from 0, never falling."""
    slot_min: int
    """Minutes of one slot."""

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

    room_open: Bools
    """(n_rooms, n_slots) whether a meeting may sit in the room in that slot."""
    room_seats: Ints
    """(n_rooms,) persons."""
    turnaround_slots: int = 0
    """Slots a room stays empty between two meetings of one day."""
    allowed_rooms: Bools
    """(n_meetings, n_rooms) whether the meeting may have the room."""

    interpreter_pool: Ints
    """(n_interpreters,) language pair of the interpreter."""
    interpreter_available: Bools
    """(n_interpreters, n_slots) whether the interpreter may work in that slot."""
    interpreter_daily_slots: Ints
    """(n_interpreters,) most slots of work a day."""

    def __post_init__(self) -> None:
        needed = np.asarray(self.interpreters_needed)
        if needed.ndim == 0:
            object.__setattr__(self, "interpreters_needed", np.full(len(self.participants), needed, dtype=np.int64))
        _check_shapes(self)
        _check_numbers(self)
        _check_ranges(self)
        _check_days(self.day_of_slot)
        _check_participants(self)

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
    def meetings_of(self) -> tuple[tuple[int, ...], ...]:
        """Of each participant, the meetings asked for with it."""
        lists: list[list[int]] = [[] for _ in range(self.n_participants)]
        for meeting, members in enumerate(self.participants):
            for participant in members:
                lists[participant].append(meeting)
        return tuple(map(tuple, lists))


def _shapes(problem: MeetingProblem) -> Mapping[str, tuple[int, ...]]:
    """Return the shape each array has to have."""
    slots, meetings, rooms = len(problem.day_of_slot), len(problem.participants), len(problem.room_seats)
    people, interpreters = len(problem.daily_cap), len(problem.interpreter_pool)
    of_meetings = ("length", "weight", "mandatory", "fixed_start", "fixed_room", "seats", "pool", "interpreters_needed")
    return {
        "day_of_slot": (slots,),
        "available": (people, slots),
        "daily_cap": (people,),
        **dict.fromkeys(of_meetings, (meetings,)),
        "allowed_start": (meetings, slots),
        "room_open": (rooms, slots),
        "room_seats": (rooms,),
        "allowed_rooms": (meetings, rooms),
        "interpreter_pool": (interpreters,),
        "interpreter_available": (interpreters, slots),
        "interpreter_daily_slots": (interpreters,),
    }


_BOOLS = frozenset({"available", "mandatory", "allowed_start", "room_open", "allowed_rooms", "interpreter_available"})


def _check_shapes(problem: MeetingProblem) -> None:
    """Bring every array to its kind, read-only; refuse one of another shape or kind."""
    for name, shape in _shapes(problem).items():
        array = np.array(getattr(problem, name))
        if array.shape != shape:
            raise ValueError(f"{name}: its shape is {array.shape}, expected {shape}")
        wanted = np.bool_ if name in _BOOLS else np.integer
        if array.size and not np.issubdtype(array.dtype, wanted):
            raise ValueError(f"{name}: it holds {array.dtype}, expected {'bool' if name in _BOOLS else 'integers'}")
        array = array.astype(np.bool_ if name in _BOOLS else np.int64)
        array.flags.writeable = False
        object.__setattr__(problem, name, array)


def _check_numbers(problem: MeetingProblem) -> None:
    """Refuse a single number that is too small."""
    least = {"slot_min": 1, "buffer_slots": 0, "rest_slots": 1, "wait_slots": 0, "turnaround_slots": 0}
    for name, smallest in least.items():
        if getattr(problem, name) < smallest:
            raise ValueError(f"{name}: it is {getattr(problem, name)}, expected {smallest} or more")


def _check_ranges(problem: MeetingProblem) -> None:
    """Refuse an array with a value outside its range."""
    ranges: dict[str, tuple[int, float]] = {
        "daily_cap": (NONE, np.inf),
        "length": (1, np.inf),
        "weight": (0, np.inf),
        "fixed_start": (NONE, problem.n_slots),
        "fixed_room": (NONE, problem.n_rooms),
        "seats": (0, np.inf),
        "pool": (NONE, np.inf),
        "interpreters_needed": (1, np.inf),
        "room_seats": (0, np.inf),
        "interpreter_pool": (0, np.inf),
        "interpreter_daily_slots": (0, np.inf),
    }
    for name, (low, end) in ranges.items():
        values = getattr(problem, name)
        wrong = np.flatnonzero((values < low) | (values >= end))
        if wrong.size:
            where = int(wrong[0])
            upper = "or more" if end == np.inf else f"to {int(end) - 1}"
            raise ValueError(f"{name}[{where}]: it is {int(values[where])}, expected {low} {upper}")


def _check_days(day_of_slot: Ints) -> None:
    """Refuse days that go backwards or start below 0."""
    if day_of_slot.size and (day_of_slot[0] < 0 or (np.diff(day_of_slot) < 0).any()):
        raise ValueError("day_of_slot: the days have to start at 0 or later and never go back")


def _check_participants(problem: MeetingProblem) -> None:
    """Refuse a meeting with fewer than two participants, one named twice, or one that does not exist."""
    for meeting, members in enumerate(problem.participants):
        if len(members) < 2:
            raise ValueError(f"participants[{meeting}]: {len(members)} named, expected 2 or more")
        if len(set(members)) < len(members):
            raise ValueError(f"participants[{meeting}]: one is named twice")
        if not all(0 <= member < problem.n_participants for member in members):
            raise ValueError(f"participants[{meeting}]: {members} names one outside 0 to {problem.n_participants - 1}")
