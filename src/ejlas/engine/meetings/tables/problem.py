"""The problem of tables: who wants to meet whom, in which slots, at how many tables and with which interpreters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ejlas.engine.values import Bools, Ints

NONE = -1
"""No slot, no pool, no limit: the value that stands for nothing in the arrays of integers."""


@dataclass(frozen=True, kw_only=True, eq=False)
class TableProblem:
    """Meetings of two that take one slot each, at tables that are all alike; docs/engine/tables.md has the mathematics.

    Slots are counted from 0 over all days. Arrays become read-only.

    Raises
    ------
    ValueError : an array has the wrong shape or kind, or holds a value that means nothing; the message names it
    """

    day_of_slot: Ints
    """(n_slots,) day of each slot, from 0, never falling; breaks never reach from one day into another."""
    available: Bools
    """(n_participants, n_slots) whether the participant may sit in a meeting in that slot."""
    idle: Bools
    """(n_participants, n_slots) whether that slot, left empty between two meetings, makes a break."""

    pair: Ints
    """(n_meetings, 2) the two participants of each meeting, different ones."""
    weight: Ints
    """(n_meetings,) what granting the meeting is worth; 0 or more."""
    mandatory: Bools
    """(n_meetings,) whether the meeting has to be placed."""
    allowed: Bools
    """(n_meetings, n_slots) whether the meeting may stand in that slot, its participants' hours aside."""
    pool: Ints
    """(n_meetings,) language pair to be interpreted; -1 = none."""
    before: Ints = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int64))
    """(n_orders, 2) meetings of which the first, where both are granted, stands in an earlier slot than the second."""

    tables: Ints
    """(n_slots,) tables of each slot."""
    interpreters: Ints
    """(n_pools, n_slots) interpreters of each language pair in each slot."""
    most_difference: int = NONE
    """How many breaks one participant may have more than another; -1 = any number."""

    def __post_init__(self) -> None:
        _check_shapes(self)
        _check_values(self)

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
        return len(self.available)

    @property
    def n_meetings(self) -> int:
        """Return the number of meetings asked for."""
        return len(self.pair)

    @property
    def n_pools(self) -> int:
        """Return the number of language pairs with interpreters."""
        return len(self.interpreters)

    @cached_property
    def open(self) -> Bools:
        """(n_meetings, n_slots) whether the meeting may stand there, and both its participants are available."""
        hours = self.available
        return np.asarray(self.allowed & hours[self.pair[:, 0]] & hours[self.pair[:, 1]], dtype=np.bool_)

    @cached_property
    def meetings_of(self) -> tuple[Ints, ...]:
        """Of each participant, the meetings asked for with it, in their order."""
        member = self.pair.T.reshape(-1)
        meeting = np.tile(np.arange(self.n_meetings, dtype=np.int64), 2)
        order = np.lexsort((meeting, member))
        ends = np.searchsorted(member[order], np.arange(1, self.n_participants))
        return tuple(np.split(meeting[order], ends)) if self.n_participants else ()


def _shapes(problem: TableProblem) -> Mapping[str, tuple[int, ...]]:
    """Return the shape each array has to have."""
    slots, meetings, people = len(problem.day_of_slot), len(problem.weight), len(problem.available)
    return {
        "day_of_slot": (slots,),
        "available": (people, slots),
        "idle": (people, slots),
        "pair": (meetings, 2),
        "weight": (meetings,),
        "mandatory": (meetings,),
        "allowed": (meetings, slots),
        "pool": (meetings,),
        "before": (len(problem.before), 2),
        "tables": (slots,),
        "interpreters": (len(problem.interpreters), slots),
    }


_BOOLS = frozenset({"available", "idle", "mandatory", "allowed"})


def _check_shapes(problem: TableProblem) -> None:
    """Bring every array to its kind, read-only; refuse one of another shape or kind."""
    for name, shape in _shapes(problem).items():
        # In one order of memory: what is compiled for it then serves every problem.
        array = np.array(getattr(problem, name), order="C")
        if array.size == 0 and 0 in shape:
            array = np.zeros(shape, dtype=np.bool_ if name in _BOOLS else np.int64)
        if array.shape != shape:
            raise ValueError(f"{name}: its shape is {array.shape}, expected {shape}")
        wanted = np.bool_ if name in _BOOLS else np.integer
        if not np.issubdtype(array.dtype, wanted):
            raise ValueError(f"{name}: it holds {array.dtype}, expected {'bool' if name in _BOOLS else 'integers'}")
        array = array.astype(np.bool_ if name in _BOOLS else np.int64, order="C")
        array.flags.writeable = False
        object.__setattr__(problem, name, array)


def _check_values(problem: TableProblem) -> None:
    """Refuse a value outside its range, days that fall, and meetings of one participant with itself."""
    ranges: dict[str, tuple[int, float]] = {
        "pair": (0, problem.n_participants),
        "weight": (0, np.inf),
        "pool": (NONE, problem.n_pools),
        "before": (0, problem.n_meetings),
        "tables": (0, np.inf),
        "interpreters": (0, np.inf),
        "day_of_slot": (0, np.inf),
    }
    for name, (low, end) in ranges.items():
        values = getattr(problem, name)
        wrong = np.argwhere((values < low) | (values >= end))
        if len(wrong):
            place = tuple(map(int, wrong[0]))
            raise ValueError(f"{name}{list(place)}: it is {values[place]}, expected {low} or more, below {end}")
    if np.any(np.diff(problem.day_of_slot) < 0):
        raise ValueError("day_of_slot: the days fall somewhere, expected days that never fall")
    alone = np.flatnonzero(problem.pair[:, 0] == problem.pair[:, 1])
    if alone.size:
        raise ValueError(f"pair[{alone[0]}]: both are participant {problem.pair[alone[0], 0]}, expected two")
    if problem.most_difference < NONE:
        raise ValueError(f"most_difference: it is {problem.most_difference}, expected -1 or more")
