"""A CP-SAT model of meetings: its literals, sums of them, and capacities that hold in every slot."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from ejlas.engine.meetings.options import Options, Team
from ejlas.engine.meetings.problem import MeetingProblem

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr, LinearExprT

MOST_UNIONS = 64
"""Sets of teams for which the lean model counts the meetings that only they can serve."""


@dataclass
class Model:
    """A CP-SAT model and its literals."""

    problem: MeetingProblem
    options: Options
    cp: "CpModel"
    at: dict[tuple[int, int], "IntVar"] = field(default_factory=dict)
    """(meeting, slot): the meeting starts there."""
    place: dict[tuple[int, int, int], "IntVar"] = field(default_factory=dict)
    """(meeting, slot, venue): it starts there, in a room of the venue."""
    room: dict[tuple[int, int, int], "IntVar"] = field(default_factory=dict)
    """(meeting, slot, team): it starts there, in a room of the team; empty in a lean model."""
    way: dict[tuple[int, int, int], "IntVar"] = field(default_factory=dict)
    """(meeting, slot, way): it starts there and is interpreted in this way, of those the problem has for it."""
    interpreters: dict[tuple[int, int], list[tuple[int, "IntVar"]]] = field(default_factory=dict)
    """(meeting, slot): teams, and with how many of their people it starts there; empty in a lean model."""

    def starts_of(self, meeting: int) -> list["IntVar"]:
        """Return the literals of all starts of a meeting; their sum says whether it is granted."""
        return [self.at[meeting, slot] for slot in self.options.starts[meeting]]


@dataclass(frozen=True)
class Use:
    """A literal that takes something up from one slot until before another."""

    literal: "IntVar"
    start: int
    end: int
    amount: int = 1
    most: int = 1
    """How much the literal can take up at most, counted with the amount."""
    serving: frozenset[int] = frozenset()
    """The teams that can serve it."""


def total(terms: Iterable["LinearExprT"]) -> "LinearExpr":
    """Return the sum of the terms as one expression."""
    from ortools.sat.python import cp_model

    # The sum of nothing is to be an expression too.
    return cp_model.LinearExpr.sum([cp_model.LinearExpr.constant(0), *terms])


def in_slots(model: Model, uses: Iterable[Use]) -> list[list[Use]]:
    """Return for each slot the uses that last in it, to the end of their day at most."""
    found: list[list[Use]] = [[] for _ in range(model.problem.n_slots)]
    for use in uses:
        for slot in range(use.start, min(use.end, int(model.problem.day_end[use.start]))):
            found[slot].append(use)
    return found


def add_capacity(model: Model, uses: Iterable[Use], capacity: int) -> None:
    """Let no more than the capacity be in use in any slot."""
    for slot, present in enumerate(in_slots(model, uses)):
        # Where nothing begins, the slot before says the same or more.
        if sum(use.most for use in present) > capacity and any(use.start == slot for use in present):
            _share(model, present, capacity)


def count_teams(model: Model, uses: Sequence[Use], teams: Sequence[Team]) -> None:
    """For each set of teams, let no more be in use that only they can serve than they have members."""
    unions = {use.serving for use in uses}
    for first in tuple(unions):
        for second in tuple(unions):
            if len(unions) < MOST_UNIONS:
                unions.add(first | second)
    for union in sorted(unions, key=sorted):
        capacity = sum(len(teams[team].members) for team in union)
        add_capacity(model, [use for use in uses if use.serving <= union], capacity)


def serving(teams: Sequence[Team], chosen: Iterable[int], slot: int, length: int) -> frozenset[int]:
    """Return the chosen teams that are free for so long from the slot on."""
    return frozenset(index for index in chosen if teams[index].free_run[slot] >= length)


def literals_by_day(model: Model, pairs: Iterable[tuple[int, int]]) -> dict[int, list["IntVar"]]:
    """Return the literals of these meetings and slots, by day."""
    days: dict[int, list[IntVar]] = {}
    for meeting, slot in pairs:
        days.setdefault(int(model.problem.day_of_slot[slot]), []).append(model.at[meeting, slot])
    return days


def add_travel(model: Model, uses: Iterable[tuple[int, Use]], capacity: int = 1) -> None:
    """Leave so many people time for the way between their uses; each is (venue, use), slots that stay free included.

    What lasts in a slot at one venue, and what lasts so few slots later at another that nobody comes there in time,
    take different people.
    """
    by_venue: dict[int, list[Use]] = {}
    for venue, use in uses:
        by_venue.setdefault(venue, []).append(use)
    present = {venue: in_slots(model, mine) for venue, mine in by_venue.items()}
    shortest = min((use.end - use.start for mine in by_venue.values() for use in mine), default=1)
    # Any two that are too close both last in two slots some step apart, so larger steps miss nothing.
    step = max(1, shortest + int(model.problem.length.min(initial=1)) - 1)
    day = model.problem.day_of_slot
    for first, second in product(by_venue, repeat=2):
        for later in range(int(model.problem.travel[first, second]), 0, -step):
            for slot in np.flatnonzero(day[later:] == day[: len(day) - later]):
                here, there = present[first][slot], present[second][slot + later]
                if here and there:
                    _share(model, {use.literal.index: use for use in (*here, *there)}.values(), capacity)


def _share(model: Model, uses: Collection[Use], capacity: int) -> None:
    """Let no more than the capacity take part in these uses."""
    if capacity == 1 and all(use.amount == use.most == 1 for use in uses):
        model.cp.add_at_most_one([use.literal for use in uses])
    elif sum(use.most for use in uses) > capacity:
        model.cp.add(total(use.amount * use.literal for use in uses) <= capacity)
