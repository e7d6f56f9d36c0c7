"""What meetings in the CP-SAT model owe to one another: time between them, their order, and a fair share."""

from typing import TYPE_CHECKING

import numpy as np

from ejlas.engine.meetings.cp import Model, Use, add_capacity, add_travel, literals_by_day, total
from ejlas.engine.meetings.fairness import asked
from ejlas.engine.meetings.problem import NONE

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar, LinearExpr


def add_participants(model: Model, doubled: frozenset[int]) -> None:
    """Keep the meetings of each participant apart, also on the way, and no more of them a day than its cap."""
    problem = model.problem
    lasting = problem.length + problem.apart_slots
    for participant, meetings in enumerate(problem.meetings_of):
        pairs = [(meeting, slot) for meeting in meetings for slot in model.options.starts[meeting]]
        if participant not in doubled:
            add_capacity(model, (Use(model.at[m, s], s, s + int(lasting[m])) for m, s in pairs), 1)
        cap = int(problem.daily_cap[participant])
        if 0 <= cap < len(meetings):
            for literals in literals_by_day(model, pairs).values():
                model.cp.add(total(literals) <= cap)
    if problem.travel.any():
        _add_travel(model, doubled)


def _add_travel(model: Model, doubled: frozenset[int]) -> None:
    """Leave each participant time for the way between the venues of two meetings."""
    problem = model.problem
    uses: dict[int, list[tuple[int, Use]]] = {}
    for (meeting, slot, venue), literal in model.place.items():
        use = Use(literal, slot, slot + int(problem.length[meeting]) + problem.apart_slots)
        for participant in problem.participants[meeting]:
            uses.setdefault(participant, []).append((venue, use))
    for participant, mine in uses.items():
        if participant not in doubled:
            add_travel(model, mine)


def add_order(model: Model) -> None:
    """Let a meeting start only when those that come before it are over, where both are granted."""
    starts = model.options.starts
    for first, second in model.problem.before.tolist():
        for latest in starts[second]:
            late = [model.at[first, slot] for slot in starts[first] if slot + model.problem.length[first] > latest]
            if late:
                soon = [model.at[second, slot] for slot in starts[second] if slot <= latest]
                model.cp.add_at_most_one([*late, *soon])


def add_difference(model: Model) -> None:
    """Let no participant be granted more than another who asked, but for the difference that may be."""
    if model.problem.most_difference == NONE:
        return
    most = add_least(model) + model.problem.most_difference
    for granted, whole in _grants(model):
        # A share is rounded down, so it may lie just below the next whole per cent.
        model.cp.add(100 * granted <= whole * (most + 1) - 1 if model.problem.by_share else granted <= most)


def add_least(model: Model) -> "IntVar":
    """Return a number that is at most what any participant is granted who asked for something."""
    grants = _grants(model)
    ceiling = 100 if model.problem.by_share else min((whole for _, whole in grants), default=0)
    least = model.cp.new_int_var(0, ceiling if grants else 0, "")
    for granted, whole in grants:
        model.cp.add(whole * least <= 100 * granted if model.problem.by_share else least <= granted)
    return least


def _grants(model: Model) -> "list[tuple[LinearExpr, int]]":
    """Return of each participant who is compared what it is granted, and all that it asked for."""
    problem = model.problem
    value = problem.weight if problem.by_share else np.ones_like(problem.weight)
    grants = []
    for participant in asked(problem):
        meetings = problem.meetings_of[participant]
        granted = total(int(value[each]) * literal for each in meetings for literal in model.starts_of(each))
        grants.append((granted, int(value[list(meetings)].sum())))
    return grants
