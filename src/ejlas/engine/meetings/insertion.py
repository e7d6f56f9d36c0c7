"""What is open to one more meeting in a plan, and what it would displace where it does not fit."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from ejlas.engine.meetings.options import suited_rooms
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
    """Interpreters it needs of each language pair that serves it."""


def openings_of(problem: MeetingProblem, meeting: int) -> Openings:
    """Return what would be open to the meeting if it were alone."""
    length, pools = int(problem.length[meeting]), sorted({pool for way in problem.ways[meeting] for pool in way})
    slots = np.arange(problem.n_slots)
    pinned = int(problem.fixed_start[meeting])
    starts = problem.allowed_start[meeting] & (slots + length <= problem.day_end)
    starts &= (pinned == NONE) | (slots == pinned)
    starts &= (problem.participant_runs[list(problem.participants[meeting])] >= length).all(axis=0)
    speaks = problem.serves[:, pools].any(axis=1) & (problem.interpreter_daily_slots >= length)
    speaks &= problem.most_slots_in_row == NONE or length <= problem.most_slots_in_row
    return Openings(
        tuple(map(int, np.flatnonzero(starts))),
        (problem.room_runs >= length) & suited_rooms(problem)[meeting][:, None],
        (problem.interpreter_runs >= length) & speaks[:, None],
        int(problem.interpreters_needed[meeting]) if pools else 0,
    )


def served_by(problem: MeetingProblem, plan: Placements) -> list[list[int]]:
    """Return of each interpreter the meetings it serves."""
    served: list[list[int]] = [[] for _ in range(problem.n_interpreters)]
    for meeting in map(int, np.flatnonzero(plan.granted)):
        for person in plan.interpreters[meeting]:
            if 0 <= person < problem.n_interpreters:
                served[person].append(meeting)
    return served


def is_rested(problem: MeetingProblem, plan: Placements, others: Iterable[int], meeting: int, slot: int) -> bool:
    """Whether an interpreter of the other meetings who serves this one too never works too long in a row."""
    day, length = problem.day_of_slot, problem.length
    stands = [(int(plan.start[each]), int(length[each])) for each in others if day[plan.start[each]] == day[slot]]
    worked = end = 0
    for first, lasting in sorted([*stands, (slot, int(length[meeting]))]):
        worked = lasting if not worked or first - end >= problem.rest_after_slots else worked + lasting
        end = max(end, first + lasting)
        if worked > problem.most_slots_in_row:
            return False
    return True


def ways_between(problem: MeetingProblem, venue: int | None, room: int) -> tuple[int, int]:
    """Return the slots on the way from a venue to a room and back; none where either is not known."""
    if venue is None or not 0 <= room < problem.n_rooms:
        return 0, 0
    return int(problem.travel[venue, problem.venues[room]]), int(problem.travel[problem.venues[room], venue])


def weigh(problem: MeetingProblem, meetings: Iterable[int]) -> tuple[int, ...]:
    """Return what it costs to give up the meetings, to be compared: required ones first, then the weight by class."""
    chosen = list(meetings)
    weight, ranks = problem.weight[chosen], problem.ranks[chosen]
    by_class = (int(weight[ranks == rank].sum()) for rank in sorted(set(problem.ranks.tolist())))
    return int(problem.required[chosen].any()), *by_class


def cheapest_place(problem: MeetingProblem, plan: Placements, meeting: int) -> Place | None:
    """Return a place of the meeting that displaces little weight and nothing required, or None.

    What it displaces is enough for it to fit; some other set may weigh less.
    """
    openings = openings_of(problem, meeting)
    best: tuple[tuple[int, ...], int, Place] | None = None
    for slot in openings.starts:
        displaced = _Displacing(problem, plan, meeting, slot).least(openings)
        if displaced is None or problem.required[list(displaced)].any():
            continue
        place = (weigh(problem, displaced), len(displaced), Place(slot, tuple(sorted(displaced))))
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
        displaced = self._out_of_order()
        for participant in self.problem.participants[self.meeting]:
            if self.problem.daily_cap[participant] == 0:
                return None
            displaced |= self._of_participant(participant, displaced)
        rooms = [(self._of_room(room) - displaced, room) for room in self._open(openings.rooms)]
        if not rooms:
            return None
        others, room = min(rooms, key=lambda each: self._weight(each[0]))
        displaced |= others
        people = {each: self._of_interpreter(each, displaced, room) for each in self._open(openings.interpreters)}
        teams = [self._of_team(people, way, openings.needed) for way in self.problem.ways[self.meeting]]
        possible = [team for team in teams if team is not None]
        return displaced | min(possible, key=self._weight) if possible else None

    def _of_team(self, people: dict[int, set[int]], way: tuple[int, ...], needed: int) -> set[int] | None:
        """Return the meetings of the people who would serve in this way, those of least weight, or None."""
        team: list[int] = []
        for pool in way:
            able = [each for each in people if self.problem.serves[each, pool] and each not in team]
            if len(able) < needed:
                return None
            team += sorted(able, key=lambda each: self._weight(people[each]))[:needed]
        return {meeting for each in team for meeting in people[each]}

    def _out_of_order(self) -> set[int]:
        """Return the granted meetings that would have to come before this one, or after it, and do not."""
        start, length = self.plan.start, self.problem.length
        wrong = set()
        for first, second in self.problem.before.tolist():
            if second == self.meeting and self.plan.granted[first] and start[first] + length[first] > self.slot:
                wrong.add(first)
            ends = self.slot + length[self.meeting]
            if first == self.meeting and self.plan.granted[second] and ends > start[second]:
                wrong.add(second)
        return wrong

    def _open(self, table: Bools) -> Iterable[int]:
        """Return the rows that are open at the start."""
        return map(int, np.flatnonzero(table[:, self.slot]))

    def _weight(self, meetings: Iterable[int]) -> tuple[int, ...]:
        """Return what the meetings weigh; something required weighs more than all else."""
        return weigh(self.problem, meetings)

    def _near(self, others: Ints, apart: int, room: int | None = None) -> set[int]:
        """Return those of the other meetings that stand closer than this, with the way from a room if one is given."""
        problem, plan = self.problem, self.plan
        first, length = plan.start[others], problem.length[others]
        end = self.slot + int(problem.length[self.meeting])
        venue = None if room is None else int(problem.venues[room])
        ways = [ways_between(problem, venue, int(plan.room[each])) for each in others]
        to, back = np.array(ways, dtype=np.int64).reshape(-1, 2).T
        near = (first < end + apart + to) & (self.slot < first + length + apart + back) & self._same_day(others)
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
        """Return the meetings that would have to go for the room: those in it, and those too far from it."""
        inside = self._granted(lambda each: bool(self.plan.room[each] == room))
        displaced = self._near(inside, self.problem.turnaround_slots)
        members = set(self.problem.participants[self.meeting])
        if self.problem.travel.any():
            theirs = self._granted(lambda each: not members.isdisjoint(self.problem.participants[each]))
            displaced |= self._near(theirs, self.problem.apart_slots, room)
        return displaced

    def _of_interpreter(self, person: int, gone: set[int], room: int) -> set[int]:
        """Return the meetings of an interpreter that would have to go, beside those that are gone."""
        problem = self.problem
        others = self._granted(lambda each: person in self.plan.interpreters[each])
        displaced = self._near(others, 0, room) - gone
        limit = int(problem.interpreter_daily_slots[person]) - int(problem.length[self.meeting])
        staying = [each for each in map(int, others[self._same_day(others)]) if each not in displaced | gone]
        staying.sort(key=lambda each: self._weight([each]))
        while staying and (int(problem.length[staying].sum()) > limit or not self._is_rested(staying)):
            displaced.add(staying.pop(0))
        return displaced

    def _is_rested(self, others: Iterable[int]) -> bool:
        """Whether an interpreter of the other meetings could serve this one too without too long a row."""
        limit = self.problem.most_slots_in_row
        return limit == NONE or is_rested(self.problem, self.plan, others, self.meeting, self.slot)
