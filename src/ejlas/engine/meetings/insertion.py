"""What is open to one more meeting in a plan, and what it would displace where it does not fit."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from ejlas.engine.meetings.options import free_runs, suited_rooms
from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.values import Bools, Ints


@dataclass(frozen=True)
class Place:
    """A place for a meeting, and the meetings that would have to go."""

    start: int
    displaced: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Openings:
    """What is open to a meeting in an empty plan."""

    starts: tuple[int, ...]
    """Slots that its own wishes, the day and its participants admit."""
    rooms: Bools
    """(n_rooms, n_slots) whether it could have the room from the slot on."""
    interpreters: Bools
    """(n_interpreters, n_slots) whether it could have the interpreter from the slot on."""
    needed: int
    """Interpreters it needs."""


def openings_of(problem: MeetingProblem, meeting: int) -> Openings:
    """Return what would be open to the meeting if it were alone."""
    length, pool = int(problem.length[meeting]), int(problem.pool[meeting])
    day_of_slot, slots = problem.day_of_slot, np.arange(problem.n_slots)
    pinned = int(problem.fixed_start[meeting])
    starts = problem.allowed_start[meeting] & (slots + length <= problem.day_end)
    starts &= (pinned == NONE) | (slots == pinned)
    starts &= (free_runs(problem.available[list(problem.participants[meeting])], day_of_slot) >= length).all(axis=0)
    speaks = (problem.interpreter_pool == pool) & (problem.interpreter_daily_slots >= length)
    return Openings(
        tuple(map(int, np.flatnonzero(starts))),
        (free_runs(problem.room_open, day_of_slot) >= length) & suited_rooms(problem)[meeting][:, None],
        (free_runs(problem.interpreter_available, day_of_slot) >= length) & speaks[:, None],
        0 if pool == NONE else int(problem.interpreters_needed[meeting]),
    )


def cheapest_place(problem: MeetingProblem, plan: Placements, meeting: int) -> Place | None:
    """Return a place of the meeting that displaces little weight and nothing required, or None.

    What it displaces is enough for it to fit; some other set may weigh less.
    """
    openings = openings_of(problem, meeting)
    best: tuple[int, int, Place] | None = None
    for slot in openings.starts:
        displaced = _Displacing(problem, plan, meeting, slot).least(openings)
        if displaced is None or problem.required[list(displaced)].any():
            continue
        place = (int(problem.weight[list(displaced)].sum()), len(displaced), Place(slot, tuple(sorted(displaced))))
        best = place if best is None else min(best, place, key=lambda each: each[:2])
    return None if best is None else best[2]


@dataclass
class _Displacing:
    """What a meeting at one start would displace."""

    problem: MeetingProblem
    plan: Placements
    meeting: int
    slot: int

    def least(self, openings: Openings) -> set[int] | None:
        """Return the meetings that would have to go, or None if nothing helps."""
        displaced: set[int] = set()
        for participant in self.problem.participants[self.meeting]:
            if self.problem.daily_cap[participant] == 0:
                return None
            displaced |= self._of_participant(participant, displaced)
        rooms = [self._of_room(room) - displaced for room in self._open(openings.rooms)]
        if not rooms:
            return None
        displaced |= min(rooms, key=self._weight)
        people = [self._of_interpreter(person, displaced) for person in self._open(openings.interpreters)]
        if len(people) < openings.needed:
            return None
        for others in sorted(people, key=self._weight)[: openings.needed]:
            displaced |= others
        return displaced

    def _open(self, table: Bools) -> Iterable[int]:
        """Return the rows that are open at the start."""
        return map(int, np.flatnonzero(table[:, self.slot]))

    def _weight(self, meetings: Iterable[int]) -> tuple[bool, int]:
        """Return what the meetings weigh; something required weighs more than all else."""
        chosen = list(meetings)
        return bool(self.problem.required[chosen].any()), int(self.problem.weight[chosen].sum())

    def _near(self, others: Ints, apart: int) -> set[int]:
        """Return those of the other meetings that stand closer than this."""
        problem, plan = self.problem, self.plan
        first, length = plan.start[others], problem.length[others]
        end = self.slot + int(problem.length[self.meeting])
        near = (first < end + apart) & (self.slot < first + length + apart) & self._same_day(others)
        return set(map(int, others[near]))

    def _same_day(self, others: Ints) -> Bools:
        """(n_others,) whether the other meeting stands on the day of the start."""
        day = self.problem.day_of_slot
        return np.asarray(day[self.plan.start[others]] == day[self.slot], dtype=np.bool_)

    def _granted(self, belongs: Callable[[int], bool]) -> Ints:
        """Return the granted meetings for which this is true, the meeting itself left out."""
        granted = map(int, np.flatnonzero(self.plan.granted))
        return np.array([each for each in granted if each != self.meeting and belongs(each)], dtype=np.int64)

    def _of_participant(self, participant: int, gone: set[int]) -> set[int]:
        """Return the meetings of a participant that would have to go, beside those that are gone."""
        others = self._granted(lambda each: participant in self.problem.participants[each])
        displaced = self._near(others, self.problem.apart_slots) | gone
        cap = int(self.problem.daily_cap[participant])
        staying = [each for each in map(int, others[self._same_day(others)]) if each not in displaced]
        surplus = 0 if cap == NONE else max(0, len(staying) + 1 - cap)
        return displaced | set(sorted(staying, key=lambda each: self._weight([each]))[:surplus])

    def _of_room(self, room: int) -> set[int]:
        """Return the meetings in a room that would have to go."""
        return self._near(self._granted(lambda each: bool(self.plan.room[each] == room)), self.problem.turnaround_slots)

    def _of_interpreter(self, person: int, gone: set[int]) -> set[int]:
        """Return the meetings of an interpreter that would have to go, beside those that are gone."""
        others = self._granted(lambda each: person in self.plan.interpreters[each])
        displaced = self._near(others, 0) - gone
        limit = int(self.problem.interpreter_daily_slots[person]) - int(self.problem.length[self.meeting])
        staying = [each for each in map(int, others[self._same_day(others)]) if each not in displaced | gone]
        staying.sort(key=lambda each: self._weight([each]))
        while staying and int(self.problem.length[staying].sum()) > limit:
            displaced.add(staying.pop(0))
        return displaced
