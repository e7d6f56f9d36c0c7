"""What the planner answers: a place for each granted meeting, and how good the plan is."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.result import Broken, Certificate, Status
from ejlas.engine.values import Bools, Ints


@dataclass(frozen=True, eq=False)
class Placements:
    """Where the meetings stand."""

    start: Ints
    """(n_meetings,) slot; -1 = not granted."""
    room: Ints
    """(n_meetings,) room; -1 = not granted."""
    interpreters: tuple[tuple[int, ...], ...]
    """Of each meeting, its interpreters, by number; none where it needs none or is not granted."""

    @property
    def granted(self) -> Bools:
        """(n_meetings,) whether the meeting has a place."""
        return np.asarray(self.start != NONE, dtype=np.bool_)

    def without(self, meetings: Iterable[int]) -> "Placements":
        """Return the same places without these meetings."""
        start, room, interpreters = self.start.copy(), self.room.copy(), list(self.interpreters)
        for meeting in meetings:
            start[meeting] = room[meeting] = NONE
            interpreters[meeting] = ()
        return Placements(start, room, tuple(interpreters))

    def placed(self, meeting: int, start: int, room: int, interpreters: tuple[int, ...]) -> "Placements":
        """Return the same places with this one for the meeting."""
        starts, rooms, people = self.start.copy(), self.room.copy(), list(self.interpreters)
        starts[meeting], rooms[meeting], people[meeting] = start, room, interpreters
        return Placements(starts, rooms, tuple(people))


def nothing_placed(problem: MeetingProblem) -> Placements:
    """Return the plan that grants nothing."""
    nowhere = np.full(problem.n_meetings, NONE, dtype=np.int64)
    return Placements(nowhere, nowhere.copy(), ((),) * problem.n_meetings)


@dataclass(frozen=True)
class Statistics:
    """What the search took."""

    seconds: float
    """Inside the solver, as the solver measures it."""
    work: float
    """Deterministic work of the solver."""
    n_solves: int
    n_literals: int
    """Literals of the largest model."""


@dataclass(frozen=True, eq=False)
class MeetingResult(Placements):
    """A plan of meetings, with what is known about it."""

    status: Status
    certificates: tuple[Certificate, ...]
    """One for each objective, in order: mandatory, weight, gaps."""
    statistics: Statistics
    broken: tuple[Broken, ...] = field(default=())
    """Of an impossible problem: what clashes, and the meetings in it."""

    def certificate(self, objective: str) -> Certificate:
        """Return the certificate of one objective, by its name."""
        return next(each for each in self.certificates if each.objective == objective)
