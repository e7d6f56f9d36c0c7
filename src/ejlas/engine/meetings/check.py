"""The checker: reads a plan against the problem, without the solver."""

import numpy as np

from ejlas.engine.meetings import changes, objectives
from ejlas.engine.meetings.constraints import HARD, Counts
from ejlas.engine.meetings.plan import MeetingResult, Placements
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.result import Broken

CLAIM = "claim"
"""The name under which a certificate is reported that says something else than the plan."""


def check(problem: MeetingProblem, result: Placements, *, old: Placements | None = None) -> tuple[Broken, ...]:
    """Name every hard constraint that a plan breaks, on whom, and the meetings in it; nothing if it is right.

    Of a result, the certificates are read too: each value has to be that of the plan, and no better than its bound.
    Those of a repair say something of the plan that stood before, `old`; without it they are not read.

    Raises
    ------
    ValueError : the plan has not one place for each meeting
    """
    wrong = {len(result.start), len(result.room), len(result.interpreters)} - {problem.n_meetings}
    if wrong:
        raise ValueError(f"plan: it has places for {wrong.pop()} meetings, expected {problem.n_meetings}")
    broken = [each for rule in HARD for each in _named(rule.__name__, rule(problem, result))]
    # Values are counted only where every start is a slot that exists.
    if isinstance(result, MeetingResult) and not any(each.constraint in ("start", "one_day") for each in broken):
        broken += _false_claims(problem, result, old)
    return tuple(broken)


def _named(name: str, counts: Counts) -> list[Broken]:
    """Return what is broken of one constraint, holder by holder."""
    broken = []
    for holder in np.unique(counts.holder[counts.count > 0]):
        rows = (counts.holder == holder) & (counts.count > 0)
        meetings = tuple(sorted(map(int, counts.meeting[rows])))
        broken.append(Broken(name, int(holder), meetings, int(counts.count[rows].max())))
    return broken


def _false_claims(problem: MeetingProblem, result: MeetingResult, old: Placements | None) -> list[Broken]:
    """Return the certificates, by their place, that claim a wrong value or a bound that the value passes."""
    values = objectives.values_of(problem, result)
    if old is not None:
        values[changes.STOOD] = changes.stood_weight(problem, old, result)
        values[changes.MOVED] = int(changes.moved(old, result).sum())
        values[changes.TOUCHED] = len(changes.touched(problem, old, result))
        values[changes.RETIMED] = int(changes.retimed(old, result).sum())
    false = []
    for place, claim in enumerate(result.certificates):
        value = values.get(claim.objective, claim.value)
        is_most = claim.objective == changes.STOOD or objectives.is_most(claim.objective)
        passed = claim.value > claim.bound if is_most else claim.value < claim.bound
        if claim.value != value or passed:
            false.append(Broken(CLAIM, place, (), max(1, abs(claim.value - value))))
    return false
