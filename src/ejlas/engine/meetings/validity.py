"""What a problem of meetings has to be to mean something; what is wrong is named by field and place."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from ejlas.engine.values import Bools, Ints

if TYPE_CHECKING:
    from ejlas.engine.meetings.problem import MeetingProblem

NONE = -1
"""No cap, no room, no slot, no pool: the value that stands for nothing in the arrays of integers."""

OPTIONAL = frozenset(
    {
        "part_of_slot",
        "before",
        "rank",
        "room_preference",
        "venue_of_room",
        "travel_slots",
        "interpreter_pairs",
        "relays",
    }
)
"""Arrays that may have no items."""


def arrays_of(problem: "MeetingProblem") -> dict[str, Ints | Bools]:
    """Return every array of the problem in its kind; refuse one of another shape or kind."""
    arrays: dict[str, Ints | Bools] = {}
    for name, shape in _shapes(problem).items():
        array, is_yes_no = np.array(getattr(problem, name)), name in _BOOLS
        is_left_out = name in OPTIONAL and not array.size
        if array.shape != shape and not is_left_out:
            raise ValueError(f"{name}: its shape is {array.shape}, expected {shape}")
        if array.size and not np.issubdtype(array.dtype, np.bool_ if is_yes_no else np.integer):
            raise ValueError(f"{name}: it holds {array.dtype}, expected {'bool' if is_yes_no else 'integers'}")
        array = np.zeros((0,) * len(shape)) if is_left_out else array
        arrays[name] = array.astype(np.bool_) if is_yes_no else array.astype(np.int64)
    return arrays


def demand_sense(problem: "MeetingProblem") -> None:
    """Refuse a value that means nothing, days that go backwards, and meetings of people who do not exist."""
    _check_numbers(problem)
    _check_ranges(problem)
    _check_days(problem)
    _check_participants(problem)
    _check_pairs(problem)


def _shapes(problem: "MeetingProblem") -> Mapping[str, tuple[int, ...]]:
    """Return the shape each array has to have."""
    slots, meetings, rooms = len(problem.day_of_slot), len(problem.participants), len(problem.room_seats)
    people, interpreters = len(problem.daily_cap), len(problem.interpreter_pool)
    of_meetings = ("length", "weight", "mandatory", "fixed_start", "fixed_room", "seats", "pool", "interpreters_needed")
    n_venues = int(np.max(problem.venue_of_room, initial=0)) + 1
    pairs = np.shape(problem.interpreter_pairs)
    return {
        **dict.fromkeys(("day_of_slot", "part_of_slot"), (slots,)),
        "available": (people, slots),
        "daily_cap": (people,),
        **dict.fromkeys((*of_meetings, "rank"), (meetings,)),
        "allowed_start": (meetings, slots),
        "before": (len(problem.before), 2),
        "room_open": (rooms, slots),
        "room_seats": (rooms,),
        "allowed_rooms": (meetings, rooms),
        "room_preference": (meetings, rooms),
        "venue_of_room": (rooms,),
        "travel_slots": _square(problem.travel_slots, n_venues),
        "interpreter_pool": (interpreters,),
        "interpreter_available": (interpreters, slots),
        "interpreter_daily_slots": (interpreters,),
        "interpreter_pairs": (interpreters, pairs[1] if len(pairs) == 2 else 0),
        "relays": (len(problem.relays), 3),
    }


def _square(array: Ints, least: int) -> tuple[int, int]:
    """Return the shape of a table from all venues to all; there may be venues without a room."""
    size = max(least, np.shape(array)[0]) if np.ndim(array) else least
    return size, size


_BOOLS = frozenset(
    {
        "available",
        "mandatory",
        "allowed_start",
        "room_open",
        "allowed_rooms",
        "interpreter_available",
        "interpreter_pairs",
    }
)


def _check_numbers(problem: "MeetingProblem") -> None:
    """Refuse a single number that is too small."""
    least = {
        "slot_min": 1,
        "buffer_slots": 0,
        "rest_slots": 1,
        "wait_slots": 0,
        "turnaround_slots": 0,
        "relay_cost": 0,
        "most_slots_in_row": NONE,
        "rest_after_slots": 1,
        "most_difference": NONE,
    }
    for name, smallest in least.items():
        if getattr(problem, name) < smallest:
            raise ValueError(f"{name}: it is {getattr(problem, name)}, expected {smallest} or more")
    if problem.worst_off_before_weight and problem.worst_off_after_weight:
        raise ValueError(
            "worst_off_after_weight: it is an objective before the weight already, expected one of the two"
        )


def _check_ranges(problem: "MeetingProblem") -> None:
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
        "before": (0, problem.n_meetings),
        "rank": (0, np.inf),
        "room_seats": (0, np.inf),
        "room_preference": (0, np.inf),
        "venue_of_room": (0, np.inf),
        "travel_slots": (0, np.inf),
        "interpreter_pool": (NONE, np.inf),
        "interpreter_daily_slots": (0, np.inf),
        "relays": (0, np.inf),
    }
    for name, (low, end) in ranges.items():
        values = getattr(problem, name)
        wrong = np.argwhere((values < low) | (values >= end))
        if len(wrong):
            place = tuple(map(int, wrong[0]))
            upper = "or more" if end == np.inf else f"to {int(end) - 1}"
            raise ValueError(
                f"{name}[{', '.join(map(str, place))}]: it is {int(values[place])}, expected {low} {upper}"
            )


def _check_days(problem: "MeetingProblem") -> None:
    """Refuse days that go backwards or start below 0, and parts that do or reach over the end of a day."""
    for name, slots in (("day_of_slot", problem.day_of_slot), ("part_of_slot", problem.part_of_slot)):
        if slots.size and (slots[0] < 0 or (np.diff(slots) < 0).any()):
            what = name.partition("_")[0]
            raise ValueError(f"{name}: the {what}s have to start at 0 or later and never go back")
    if problem.part_of_slot.size and (np.diff(problem.day_of_slot)[np.diff(problem.part_of_slot) == 0] > 0).any():
        raise ValueError("part_of_slot: a part goes on over the end of a day, expected another part for each day")


def _check_participants(problem: "MeetingProblem") -> None:
    """Refuse a meeting with fewer than two participants, one named twice, or one that does not exist."""
    for meeting, members in enumerate(problem.participants):
        if len(members) < 2:
            raise ValueError(f"participants[{meeting}]: {len(members)} named, expected 2 or more")
        if len(set(members)) < len(members):
            raise ValueError(f"participants[{meeting}]: one is named twice")
        if not all(0 <= member < problem.n_participants for member in members):
            raise ValueError(f"participants[{meeting}]: {members} names one outside 0 to {problem.n_participants - 1}")


def _check_pairs(problem: "MeetingProblem") -> None:
    """Refuse a meeting that is before itself, and a relay over the pair that it stands for."""
    for place, (first, second) in enumerate(problem.before.tolist()):
        if first == second:
            raise ValueError(f"before[{place}]: meeting {first} is before itself, expected two different ones")
    for place, (pool, *legs) in enumerate(problem.relays.tolist()):
        if pool in legs or legs[0] == legs[1]:
            raise ValueError(f"relays[{place}]: it names pair {legs[0]} and {legs[1]} for {pool}, expected three pairs")
