"""The problem of tables as a CP-SAT model: a literal for each meeting and slot, chains of literals for the breaks."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.meetings.tables.start import gains
from ejlas.engine.values import Bools, Ints

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExprT

MEETINGS_FOR_BREAK = 2
"""Fewer meetings have nothing between them."""


@dataclass
class TableModel:
    """A CP-SAT model and its literals."""

    problem: TableProblem
    cp: "CpModel"
    at: dict[tuple[int, int], "IntVar"] = field(default_factory=dict)
    """(meeting, slot): the meeting stands there."""
    met: dict[tuple[int, int], "IntVar"] = field(default_factory=dict)
    """(participant, slot): the participant sits in a meeting then; only where it could."""
    ends: dict[int, list["IntVar"]] = field(default_factory=dict)
    """Of each participant that could have a break, one literal for each slot in which a break could end."""

    def places_of(self, meeting: int) -> list["IntVar"]:
        """Return the literals of all slots of a meeting; their sum says whether it is granted."""
        return [self.at[meeting, slot] for slot in range(self.problem.n_slots) if (meeting, slot) in self.at]

    @property
    def broken(self) -> "LinearExprT":
        """Return the breaks of all participants."""
        return _total([literal for ends in self.ends.values() for literal in ends])

    @property
    def weight(self) -> "LinearExprT":
        """Return the granted weight."""
        weight = self.problem.weight.tolist()
        return _total([weight[meeting] * literal for (meeting, _), literal in self.at.items() if weight[meeting]])

    @property
    def gain(self) -> "LinearExprT":
        """Return the granted weight, with a mandatory meeting above the weight of all."""
        gain = gains(self.problem).tolist()
        return _total([gain[meeting] * literal for (meeting, _), literal in self.at.items()])

    def copy(self) -> "TableModel":
        """Return the same model, to which more can be added."""
        return replace(self, cp=self.cp.clone())

    def plan(self, values: Sequence[int]) -> Ints:
        """Return the slots of the meetings that these values of all variables mean; -1 = not granted."""
        slot = np.full(self.problem.n_meetings, NONE, dtype=np.int64)
        for (meeting, at), literal in self.at.items():
            if values[literal.index]:
                slot[meeting] = at
        return slot

    def hint(self, slot: Ints) -> None:
        """Let the search begin with this plan."""
        self.cp.proto.clear_solution_hint()
        for (meeting, at), literal in self.at.items():
            self.cp.add_hint(literal, bool(slot[meeting] == at))


def _total(terms: Sequence["LinearExprT"]) -> "LinearExprT":
    """Return the sum; of nothing, 0."""
    from ortools.sat.python.cp_model import LinearExpr

    return LinearExpr.sum(terms)


def build(problem: TableProblem, open_: Bools, *, required: Collection[int]) -> TableModel:
    """Return the model of all hard constraints but fairness.

    Parameters
    ----------
    problem : what to place
    open_ : (n_meetings, n_slots) where each meeting may stand; a meeting that may stand nowhere is not granted
    required : meetings that have to be placed
    """
    from ortools.sat.python import cp_model

    model = TableModel(problem, cp_model.CpModel())
    needed = set(required)
    for meeting, at in np.argwhere(open_).tolist():
        model.at[meeting, at] = model.cp.new_bool_var("")
    for meeting in np.flatnonzero(open_.any(axis=1) | np.isin(np.arange(problem.n_meetings), list(needed))).tolist():
        if meeting in needed:
            model.cp.add_exactly_one(model.places_of(meeting))
        else:
            model.cp.add_at_most_one(model.places_of(meeting))
    _add_participants(model, needed)
    _add_tables(model)
    _add_orders(model)
    return model


def _add_participants(model: TableModel, needed: set[int]) -> None:
    """Give each participant one meeting at a time, and literals for when it meets."""
    cp, problem = model.cp, model.problem
    for person, meetings in enumerate(problem.meetings_of):
        mine = meetings.tolist()
        for slot in range(problem.n_slots):
            literals = [model.at[meeting, slot] for meeting in mine if (meeting, slot) in model.at]
            if len(literals) == 1:
                model.met[person, slot] = literals[0]
            elif literals:
                met = cp.new_bool_var("")
                cp.add_exactly_one([*literals, met.negated()])
                model.met[person, slot] = met
        if len(mine) > 1 and needed.issuperset(mine):
            # Said by the meetings already; said once more, it shortens the search.
            cp.add(sum(model.met[person, slot] for slot in _slots_of(model, person)) == len(mine))


def _slots_of(model: TableModel, person: int) -> list[int]:
    """Return the slots in which a participant could meet."""
    return [slot for slot in range(model.problem.n_slots) if (person, slot) in model.met]


def _add_tables(model: TableModel) -> None:
    """Allow no more meetings in a slot than tables, and of one language pair than interpreters."""
    problem = model.problem
    pools = problem.pool.tolist()
    for slot in range(problem.n_slots):
        held = [(pools[meeting], literal) for (meeting, at), literal in model.at.items() if at == slot]
        if len(held) > problem.tables[slot]:
            model.cp.add(sum(literal for _, literal in held) <= int(problem.tables[slot]))
        for pool in range(problem.n_pools):
            interpreted = [literal for each, literal in held if each == pool]
            most = int(problem.interpreters[pool, slot])
            if len(interpreted) > most:
                model.cp.add(sum(interpreted) <= most)


def _add_orders(model: TableModel) -> None:
    """Keep the orders: the first late or the second early, in no slot both."""
    problem = model.problem
    for first, second in problem.before.tolist():
        for slot in range(problem.n_slots):
            late = [model.at[first, at] for at in range(slot, problem.n_slots) if (first, at) in model.at]
            early = [model.at[second, at] for at in range(slot + 1) if (second, at) in model.at]
            if late and early:
                model.cp.add_at_most_one([*late, *early])


def add_breaks(model: TableModel, people: Iterable[int] | None = None) -> None:
    """Give the model literals for the breaks of some participants, or of all, and fairness between them.

    The literals count no break too few. Only where all participants could have breaks, so that fairness may ask for
    some of each, they count none too many either.
    """
    problem = model.problem
    possible = {
        person: list(_possible_breaks(model, person))
        for person in (range(problem.n_participants) if people is None else people)
    }
    is_asked_of_all = problem.most_difference != NONE and all(possible.values()) and _all_could(problem)
    for person, found in possible.items():
        if found:
            model.ends[person] = [
                _end_of_break(model, literals, met, both_ways=is_asked_of_all) for met, literals in found
            ]
    if problem.most_difference != NONE and model.ends:
        _add_fairness(model, is_asked_of_all=is_asked_of_all)


def _all_could(problem: TableProblem) -> bool:
    """Whether every participant has meetings enough for a break."""
    return min((len(meetings) for meetings in problem.meetings_of), default=0) >= MEETINGS_FOR_BREAK


def _add_fairness(model: TableModel, *, is_asked_of_all: bool) -> None:
    """Let no participant have too many more breaks than another."""
    most = model.problem.most_difference
    if not is_asked_of_all:
        for ends in model.ends.values():
            model.cp.add(sum(ends) <= most)
        return
    fewest = model.cp.new_int_var(0, model.problem.n_slots, "")
    for ends in model.ends.values():
        model.cp.add(sum(ends) >= fewest)
        model.cp.add(sum(ends) <= fewest + most)


def _possible_breaks(model: TableModel, person: int) -> Iterator[tuple["IntVar", tuple[list["IntVar"], "IntVar"]]]:
    """Yield for each slot in which a break of a participant could end: meets then, meets in between, has met before.

    A break ends in a slot where it meets again, has met before the last idle slot on that day, and not since.
    """
    problem = model.problem
    if len(problem.meetings_of[person]) < MEETINGS_FOR_BREAK:
        return
    has_met: list[IntVar | None] = []
    has_met_today: IntVar | None = None
    last_idle = NONE
    for slot in range(problem.n_slots):
        if slot == 0 or problem.day_of_slot[slot] != problem.day_of_slot[slot - 1]:
            has_met_today, last_idle = None, NONE
        met = model.met.get((person, slot))
        before = None if last_idle == NONE else has_met[last_idle]
        if met is not None and before is not None:
            between = [model.met[person, at] for at in range(last_idle, slot) if (person, at) in model.met]
            yield met, (between, before)
        # What stands at a slot is whether it has met before that slot.
        has_met.append(has_met_today)
        has_met_today = _either(model, has_met_today, met)
        if problem.idle[person, slot]:
            last_idle = slot


def _either(model: TableModel, one: "IntVar | None", other: "IntVar | None") -> "IntVar | None":
    """Return a literal that says one or the other; None is one that is false."""
    if one is None or other is None:
        return other if one is None else one
    either = model.cp.new_bool_var("")
    model.cp.add_implication(one, either)
    model.cp.add_implication(other, either)
    model.cp.add_bool_or([one, other, either.negated()])
    return either


def _end_of_break(
    model: TableModel, around: tuple[list["IntVar"], "IntVar"], met: "IntVar", *, both_ways: bool
) -> "IntVar":
    """Return a literal that says that a break ends there."""
    between, before = around
    end = model.cp.new_bool_var("")
    model.cp.add_bool_or([met.negated(), before.negated(), *between, end])
    if both_ways:
        for needed in (met, before, *(each.negated() for each in between)):
            model.cp.add_implication(end, needed)
    return end
