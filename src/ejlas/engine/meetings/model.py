"""The problem of meetings as a CP-SAT model: one literal for each start, and rooms and interpreters around them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ejlas.engine.meetings.apart import add_difference, add_least, add_order, add_participants
from ejlas.engine.meetings.cp import Model, total
from ejlas.engine.meetings.objectives import FAIRNESS, GAPS, RANK, names_of
from ejlas.engine.meetings.options import options_of
from ejlas.engine.meetings.people import add_interpreters, choose_ways, count_interpreters
from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.meetings.rooms import add_rooms, choose_venues, count_rooms
from ejlas.engine.values import Ints

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import LinearExpr


def build(
    problem: MeetingProblem,
    *,
    exact: bool,
    doubled: frozenset[int] = frozenset(),
    kept: Placements | None = None,
) -> Model:
    """Return the model of all hard constraints but the required meetings; the objectives come later.

    Parameters
    ----------
    problem : what to place
    exact : whether each meeting gets its room and interpreters in the model; otherwise the model is lean: it counts
        in each slot how many meetings a set of rooms or interpreters has to serve, which every plan fulfils, and
        the rooms and interpreters are found afterwards
    doubled : participants who may sit in several meetings at once, to find out who stands in the way
    kept : what is placed here has this place or none; the model then tells rooms and people apart by name
    """
    from ortools.sat.python import cp_model

    model = Model(problem, options_of(problem, kept), cp_model.CpModel())
    for meeting, slots in enumerate(model.options.starts):
        for slot in slots:
            model.at[meeting, slot] = model.cp.new_bool_var("")
        model.cp.add_at_most_one(model.starts_of(meeting))
    choose_venues(model)
    choose_ways(model)
    add_participants(model, doubled)
    add_order(model)
    add_difference(model)
    if exact:
        add_rooms(model)
        add_interpreters(model)
    else:
        count_rooms(model)
        count_interpreters(model)
    return model


def weights(model: Model, rank: int | None = None) -> "LinearExpr":
    """Return the granted weight, or that of one class."""
    weight, ranks = model.problem.weight, model.problem.ranks
    return total(int(weight[m]) * literal for (m, _), literal in model.at.items() if rank in (None, ranks[m]))


def room_costs(model: Model) -> "LinearExpr":
    """Return what the rooms and the relays of an exact model cost."""
    problem, teams = model.problem, model.options.room_teams
    rooms = (
        int(problem.room_costs[m, teams[team].members[0]]) * literal for (m, _, team), literal in model.room.items()
    )
    relays = (problem.relay_cost * literal for (_, _, way), literal in model.way.items() if way)
    return total([*rooms, *relays])


def required_placed(model: Model) -> "LinearExpr":
    """Return how many of the required meetings are placed."""
    required = np.flatnonzero(model.problem.required)
    return total(literal for meeting in required for literal in model.starts_of(int(meeting)))


def granting_goals(model: Model) -> dict[str, "LinearExpr"]:
    """Return the objectives that a grant is about, in order: the weight, by classes if they count, and fairness."""
    goals: dict[str, LinearExpr] = {}
    names = names_of(model.problem)
    for name in names[1 : names.index(GAPS)]:
        if name == FAIRNESS:
            goals[name] = total([add_least(model)])
        elif name.startswith(RANK):
            goals[name] = weights(model, int(name.removeprefix(RANK)))
        elif not any(each.startswith(RANK) for each in names):
            goals[name] = weights(model)
    return goals


def hint(model: Model, start: Ints) -> None:
    """Tell the solver where to begin: (n_meetings,) slot; -1 = not granted."""
    model.cp.clear_hints()  # type: ignore[no-untyped-call]
    for (meeting, slot), literal in model.at.items():
        model.cp.add_hint(literal, bool(start[meeting] == slot))


def starts_in(model: Model, values: Sequence[int]) -> Ints:
    """(n_meetings,) the slot in which each meeting starts, by the values of the model; -1 = not granted."""
    start = np.full(model.problem.n_meetings, NONE, dtype=np.int64)
    for (meeting, slot), literal in model.at.items():
        if values[literal.index]:
            start[meeting] = slot
    return start
