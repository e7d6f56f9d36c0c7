"""What a repair changes in an old plan, counted in plain arithmetic that shares nothing with the solver."""

import numpy as np

from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.values import Bools, Ints

STOOD = "stood"
"""After what is mandatory: the most weight of what stood in the old plan and still stands."""
MOVED = "moved"
"""Then: the fewest meetings that stood and have another slot, room or interpreters now, or no place."""
TOUCHED = "touched"
"""Then: the fewest participants of such meetings."""
RETIMED = "retimed"
"""Then: the fewest meetings that stood and have another slot now, or no place."""


def worth(problem: MeetingProblem) -> Ints:
    """(n_meetings,) what it is worth that a meeting keeps standing: its weight, and never nothing."""
    return np.maximum(problem.weight, 1)


def stood_weight(problem: MeetingProblem, old: Placements, plan: Placements) -> int:
    """Sum what the meetings are worth that stood and still stand. Objective R2 of docs/engine/meetings.md."""
    return int(worth(problem)[old.granted & plan.granted].sum())


def moved(old: Placements, plan: Placements) -> Bools:
    """(n_meetings,) whether the meeting stood and does not stand as it did. Objective R3."""
    same_people = [set(was) == set(now) for was, now in zip(old.interpreters, plan.interpreters, strict=True)]
    same = (old.start == plan.start) & (old.room == plan.room) & np.array(same_people, dtype=np.bool_)
    return np.asarray(old.granted & ~same, dtype=np.bool_)


def touched(problem: MeetingProblem, old: Placements, plan: Placements) -> tuple[int, ...]:
    """Return the participants of the meetings that moved or lost their place. Objective R4."""
    changed = np.flatnonzero(moved(old, plan))
    return tuple(sorted({member for meeting in changed for member in problem.participants[meeting]}))


def retimed(old: Placements, plan: Placements) -> Bools:
    """(n_meetings,) whether the meeting stood and does not start when it did. Objective R5."""
    return np.asarray(old.granted & (old.start != plan.start), dtype=np.bool_)
