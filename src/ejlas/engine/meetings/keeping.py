"""What a repair keeps, as expressions of the CP-SAT model, and what no repair can do better."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ejlas.engine.meetings.changes import MOVED, RETIMED, STOOD, TOUCHED, worth
from ejlas.engine.meetings.cp import Model, total
from ejlas.engine.meetings.model import build, required_placed
from ejlas.engine.meetings.objectives import GAPS, MANDATORY, WEIGHT
from ejlas.engine.meetings.options import options_of
from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.meetings.runner import Runner

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar, LinearExpr


def first_bounds(problem: MeetingProblem, old: Placements, runner: Runner) -> dict[str, int]:
    """Return what no plan can pass, by what each meeting and its old place admit by themselves."""
    starts = options_of(problem).starts
    possible = np.array([bool(slots) for slots in starts], dtype=np.bool_)
    # Other grants may make up for a difference.
    allowed = problem.allowed_start & old.granted[:, None]
    alone = replace(problem, allowed_start=allowed, most_difference=NONE)
    model = build(alone, exact=True, kept=old)
    stays = _stays(model, old)
    model.cp.maximize(total(stays.values()))
    leaving = {meeting for meeting in map(int, np.flatnonzero(old.granted)) if meeting not in stays}
    return {
        MANDATORY: int((problem.required & possible).sum()),
        STOOD: int(worth(problem)[old.granted & possible].sum()),
        MOVED: int(old.granted.sum()) - runner.find(model.cp).bound,
        TOUCHED: len({member for meeting in leaving for member in problem.participants[meeting]}),
        RETIMED: sum(int(old.start[meeting]) not in starts[meeting] for meeting in leaving),
        WEIGHT: int(problem.weight[possible].sum()),
        GAPS: 0,
    }


def _stays(model: Model, old: Placements) -> dict[int, "IntVar"]:
    """Return of each meeting that could stay as it stood the literal that says so; the model tells people by name."""
    stays: dict[int, IntVar] = {}
    for meeting in map(int, np.flatnonzero(old.granted)):
        slot, people = int(old.start[meeting]), old.interpreters[meeting]
        room = model.room.get((meeting, slot, int(old.room[meeting])))
        named = model.interpreters.get((meeting, slot), [])
        if room is None or not {each for each, _ in named}.issuperset(people) or bool(people) != bool(named):
            continue
        stays[meeting] = model.cp.new_bool_var("")
        model.cp.add(stays[meeting] <= room)
        # Nobody else serves then: those who stood are as many as are needed, in this way or in a relay.
        for person in sorted({each for each, _ in named}):
            serves = total(number for each, number in named if each == person)
            model.cp.add(serves == 1 if person in people else serves <= 0).only_enforce_if(stays[meeting])
    return stays


def objectives_of(model: Model, old: Placements) -> dict[str, "LinearExpr"]:
    """Return the objectives of a repair, in order."""
    stays = _stays(model, old)
    touches: dict[int, IntVar] = {}
    for meeting in map(int, np.flatnonzero(old.granted)):
        for member in model.problem.participants[meeting]:
            touches.setdefault(member, model.cp.new_bool_var(""))
            model.cp.add(touches[member] + stays.get(meeting, 0) >= 1)
    return {
        MANDATORY: required_placed(model),
        STOOD: worth_standing(model, old),
        MOVED: int(old.granted.sum()) - total(stays.values()),
        TOUCHED: total(touches.values()),
        RETIMED: shifted(model, old),
    }


def worth_standing(model: Model, old: Placements) -> "LinearExpr":
    """Return what the meetings are worth that stood and still stand."""
    value = worth(model.problem)
    return total(int(value[meeting]) * literal for (meeting, _), literal in model.at.items() if old.granted[meeting])


def shifted(model: Model, old: Placements) -> "LinearExpr":
    """Return the number of meetings that stood and have another slot or no place."""
    same = (literal for (meeting, slot), literal in model.at.items() if old.start[meeting] == slot)
    return int(old.granted.sum()) - total(same)


@dataclass(frozen=True)
class Blend:
    """The first objectives of a repair in one number, so that a single search of the lean model bounds them all.

    Of two plans the number is greater for the one that comes first: more required meetings, then more that stands,
    then fewer in another slot.
    """

    n_stood: int
    most_worth: int

    @property
    def of_worth(self) -> int:
        """What a unit of what stands counts: more than all moves."""
        return self.n_stood + 1

    @property
    def of_required(self) -> int:
        """What a required meeting counts: more than all that stands."""
        return (self.most_worth + 1) * self.of_worth

    def expression(self, model: Model, old: Placements) -> "LinearExpr":
        """Return the number as an expression of the model."""
        first = self.of_required * required_placed(model) + self.of_worth * worth_standing(model, old)
        return first - shifted(model, old)

    def bounds(self, bound: int, values: Mapping[str, int]) -> dict[str, int]:
        """Return what a bound of the number says of each objective, for plans that reach the values before it."""
        placed, standing = self.of_required * values[MANDATORY], self.of_worth * values[STOOD]
        changed = max(0, placed + standing - bound)
        return {
            MANDATORY: (bound + self.n_stood) // self.of_required,
            STOOD: (bound + self.n_stood - placed) // self.of_worth,
            MOVED: changed,
            RETIMED: changed,
        }
