"""What the command answers of a plan: counted anew and checked, apart from what the search says of itself."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from ejlas.engine.meetings import check as meeting_check
from ejlas.engine.meetings import objectives as of_meetings
from ejlas.engine.meetings.formats.own import Problem
from ejlas.engine.meetings.plan import MeetingResult
from ejlas.engine.meetings.tables import check as table_check
from ejlas.engine.meetings.tables import objectives as of_tables
from ejlas.engine.meetings.tables.plan import TablePlan
from ejlas.engine.meetings.tables.problem import TableProblem
from ejlas.engine.result import Broken, Certificate, Status
from ejlas.engine.values import Ints

Plan: TypeAlias = TablePlan | MeetingResult

NONE = -1


@dataclass(frozen=True)
class Counts:
    """A plan in numbers, by the checker's arithmetic."""

    weight: int
    breaks: int
    has_all_mandatory: bool
    broken: tuple[Broken, ...]


def slots_of(plan: Plan) -> Ints:
    """(n_meetings,) slot of each meeting; -1 = not granted."""
    return plan.slot if isinstance(plan, TablePlan) else plan.start


def answer(problem: Problem, plan: Plan) -> dict[str, object]:
    """Return the answer: how good the plan is and how sure that is.

    `bound`, `gap` and `proven` are those of the weight where there are wishes, and those of the breaks where
    everything asked for is mandatory. Breaks of a plan that lacks something mandatory mean nothing: null, and so
    their gap; of an impossible problem, their bound too.
    """
    counts = _count(problem, plan)
    deciding = "weight" if _has_wishes(problem) else "breaks"
    of_breaks = _certificate(plan, of_tables.BREAKS, of_meetings.GAPS)
    is_impossible = plan.status is Status.INFEASIBLE
    if is_impossible:
        of_breaks = None
    claim = _certificate(plan, of_tables.WEIGHT) if deciding == "weight" else of_breaks
    has_value = counts.has_all_mandatory or deciding == "weight"
    found: dict[str, object] = {
        "status": plan.status.value,
        "granted_weight": counts.weight,
        "bound": claim.bound if claim else None,
        "gap": round(claim.gap, 9) if claim and has_value else None,
        "breaks": counts.breaks if counts.has_all_mandatory else None,
        "proven": is_impossible or (claim.proven if claim else False),
        "feasible": not counts.broken and _is_honest(plan, counts),
        "objective": deciding,
        "breaks_bound": of_breaks.bound if of_breaks else None,
        "granted": int((slots_of(plan) != NONE).sum()),
        "meetings": problem.n_meetings,
    }
    if plan.broken:
        found["broken"] = [_named(each) for each in plan.broken]
    return found


def _named(broken: Broken) -> dict[str, object]:
    return {"constraint": broken.constraint, "holder": broken.holder, "meetings": list(broken.meetings)}


def _count(problem: Problem, plan: Plan) -> Counts:
    if isinstance(problem, TableProblem):
        slot = slots_of(plan)
        placed = of_tables.mandatory_placed(problem, slot) == int(problem.mandatory.sum())
        broken = table_check.check(problem, slot)
        return Counts(
            of_tables.granted_weight(problem, slot), int(of_tables.breaks(problem, slot).sum()), placed, broken
        )
    if not isinstance(plan, MeetingResult):
        raise TypeError("a plan of tables answers no problem of meetings")
    placed = of_meetings.required_placed(problem, plan) == int(problem.required.sum())
    gaps = int(of_meetings.idle_gaps(problem, plan).sum())
    return Counts(of_meetings.granted_weight(problem, plan), gaps, placed, meeting_check.check(problem, plan))


def _has_wishes(problem: Problem) -> bool:
    """Whether anything is asked for that does not have to be placed, and could be."""
    if isinstance(problem, TableProblem):
        return bool((~problem.mandatory & problem.open.any(axis=1)).any())
    return not problem.required.all()


def _certificate(plan: Plan, *names: str) -> Certificate | None:
    return next((each for each in plan.certificates if each.objective in names), None)


def _is_honest(plan: Plan, counts: Counts) -> bool:
    """Whether what the search claims is what was counted, and passes no bound."""
    weight, breaks = _certificate(plan, of_tables.WEIGHT), _certificate(plan, of_tables.BREAKS, of_meetings.GAPS)
    weight_holds = weight is None or weight.value == counts.weight <= weight.bound
    return weight_holds and (breaks is None or breaks.value == counts.breaks >= breaks.bound)


def plan_file(plan: Plan, found: dict[str, object]) -> dict[str, object]:
    """Return what a plan file holds: null for what is not granted, and how good the plan was found to be."""
    places: dict[str, object] = {"placements": _or_null(slots_of(plan))}
    if isinstance(plan, MeetingResult):
        places["rooms"] = _or_null(plan.room)
        places["interpreters"] = [list(map(int, each)) for each in plan.interpreters]
    kept = ("status", "granted_weight", "bound", "breaks", "proven")
    return places | {name: found[name] for name in kept}


def _or_null(numbers: Ints) -> list[int | None]:
    return [None if each == NONE else each for each in numbers.tolist()]


def compared(problem: Problem, old: Ints, plan: Plan) -> dict[str, object]:
    """Return what a repair left as it was, in numbers.

    `untouched_share` is the part of those that kept their slot among the meetings that stood and whose participants
    are still there in that slot.
    """
    slot = slots_of(plan)
    stood = old != NONE
    kept = stood & (slot == old)
    can_stay = np.array([bool(held) and _is_there(problem, m, int(old[m])) for m, held in enumerate(stood)], dtype=bool)
    others = int(can_stay.sum())
    return {
        "moved": int((stood & (slot != NONE) & (slot != old)).sum()),
        "kept": int(kept.sum()),
        "untouched_share": round(int((kept & can_stay).sum()) / others, 6) if others else 1.0,
        "dropped": int((stood & (slot == NONE)).sum()),
    }


def _is_there(problem: Problem, meeting: int, slot: int) -> bool:
    """Whether all participants of a meeting are available while it would stand there."""
    if isinstance(problem, TableProblem):
        return bool(problem.open[meeting, slot])
    end = slot + int(problem.length[meeting])
    return bool(problem.available[list(problem.participants[meeting]), slot:end].all())
