"""Every place in which one meeting fits into a plan while all others stay where they are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ejlas.engine.meetings.constraints import difference
from ejlas.engine.meetings.insertion import Place, is_rested, openings_of, served_by, ways_between
from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.values import Bools, Ints


@dataclass(frozen=True, eq=False)
class FreePlaces:
    """Where a meeting fits, and who could interpret it from each slot on."""

    problem: MeetingProblem
    meeting: int
    rooms: Bools
    """(n_rooms, n_slots) whether the meeting could start in the slot in the room and break nothing."""
    interpreters_at: Mapping[int, Bools]
    """Of each venue, (n_interpreters, n_slots) whether the interpreter serves it and is free there from the slot on."""
    needed: int
    """Interpreters it needs of each language pair."""

    @property
    def interpreters(self) -> Bools:
        """(n_interpreters, n_slots) whether the interpreter serves it and is free from the slot on in some venue."""
        people = np.zeros((self.problem.n_interpreters, self.problem.n_slots), dtype=np.bool_)
        for able in self.interpreters_at.values():
            people |= able
        return people

    def people(self, slot: int, room: int, order: Sequence[int] | None = None) -> tuple[int, ...]:
        """Return interpreters enough for the meeting in that place, the first ones of an order before others.

        None where it needs none, or where too few are free.
        """
        able = self.interpreters_at[int(self.problem.venues[room])][:, slot]
        willing = [each for each in (range(len(able)) if order is None else order) if able[each]]
        for way in self.problem.ways[self.meeting]:
            team = _team(self.problem, willing, way, self.needed)
            if team is not None:
                return tuple(sorted(team))
        return ()


def free_places(problem: MeetingProblem, plan: Placements, meeting: int) -> FreePlaces:
    """Return every place of the meeting that keeps all hard constraints; where it stands now does not count."""
    openings, rest = openings_of(problem, meeting), plan.without([meeting])
    free = np.zeros(problem.n_slots, dtype=np.bool_)
    free[list(openings.starts)] = True
    free &= _in_order(problem, rest, meeting) & is_fair(problem, rest, meeting)
    for participant in problem.participants[meeting]:
        others = [other for other in problem.meetings_of[participant] if rest.granted[other]]
        free &= ~_too_near(problem, rest, meeting, others, problem.apart_slots)
        cap = int(problem.daily_cap[participant])
        free &= (cap == NONE) | (_sum_of_day(problem, rest, others, np.ones_like(problem.length)) < cap)
    people = _free_people(problem, rest, meeting, openings.interpreters)
    rooms = openings.rooms & free
    by_venue = {}
    for venue in sorted(set(problem.venues.tolist())):
        by_venue[venue] = people & ~_people_on_the_way(problem, rest, meeting, people, venue)
        mine = problem.venues == venue
        rooms[mine] &= _are_enough(problem, meeting, by_venue[venue], openings.needed)
        rooms[mine] &= ~_participants_on_the_way(problem, rest, meeting, venue)
    granted = np.flatnonzero(rest.granted)
    for room in map(int, np.flatnonzero(rooms.any(axis=1))):
        others = granted[rest.room[granted] == room].tolist()
        rooms[room] &= ~_too_near(problem, rest, meeting, others, problem.turnaround_slots)
    return FreePlaces(problem, meeting, rooms, by_venue, openings.needed)


def free_slots(problem: MeetingProblem, plan: Placements, meeting: int) -> list[int]:
    """Return the slots in which the meeting fits while all others stay."""
    return [int(slot) for slot in np.flatnonzero(free_places(problem, plan, meeting).rooms.any(axis=0))]


def placed_free(problem: MeetingProblem, plan: Placements, meeting: int) -> Placements | None:
    """Return the plan with the meeting in the first place where it fits while all others stay, or None."""
    places = free_places(problem, plan, meeting)
    slots = np.flatnonzero(places.rooms.any(axis=0))
    if not slots.size:
        return None
    slot = int(slots[0])
    rooms = np.flatnonzero(places.rooms[:, slot])
    room = int(rooms[problem.room_costs[meeting, rooms].argmin()])
    return plan.placed(meeting, slot, room, places.people(slot, room))


def free_place(problem: MeetingProblem, plan: Placements, meeting: int) -> Place | None:
    """Return the first place in which the meeting fits while all others stay, or None."""
    slots = free_slots(problem, plan, meeting)
    return Place(slots[0]) if slots else None


def _in_order(problem: MeetingProblem, plan: Placements, meeting: int) -> Bools:
    """(n_slots,) whether the meeting starts after those that come before it and is over before the others start."""
    slots, free = np.arange(problem.n_slots), np.ones(problem.n_slots, dtype=np.bool_)
    for first, second in problem.before.tolist():
        if second == meeting and plan.granted[first]:
            free &= slots >= plan.start[first] + problem.length[first]
        if first == meeting and plan.granted[second]:
            free &= slots + problem.length[meeting] <= plan.start[second]
    return free


def is_fair(problem: MeetingProblem, plan: Placements, meeting: int) -> bool:
    """Whether nobody has too much more than another when this meeting is granted too."""
    if problem.most_difference == NONE or not problem.n_slots:
        return True
    start = plan.start.copy()
    start[meeting] = 0
    return not difference(problem, Placements(start, plan.room, plan.interpreters)).count.any()


def _free_people(problem: MeetingProblem, plan: Placements, meeting: int, open_to: Bools) -> Bools:
    """(n_interpreters, n_slots) whether the interpreter could serve the meeting from the slot on, the way aside."""
    people = open_to.copy()
    served = served_by(problem, plan)
    for person in map(int, np.flatnonzero(people.any(axis=1))):
        others = served[person]
        people[person] &= ~_too_near(problem, plan, meeting, others, 0)
        work = _sum_of_day(problem, plan, others, problem.length) + problem.length[meeting]
        people[person] &= work <= problem.interpreter_daily_slots[person]
        for slot in map(int, np.flatnonzero(people[person])) if problem.most_slots_in_row != NONE else ():
            people[person, slot] = is_rested(problem, plan, others, meeting, slot)
    return people


def _participants_on_the_way(problem: MeetingProblem, plan: Placements, meeting: int, venue: int) -> Bools:
    """(n_slots,) whether a participant would still be on the way to the venue, or from there to the next meeting."""
    late = np.zeros(problem.n_slots, dtype=np.bool_)
    for participant in problem.participants[meeting] if problem.travel.any() else ():
        others = [other for other in problem.meetings_of[participant] if plan.granted[other]]
        late |= _too_near(problem, plan, meeting, others, problem.apart_slots, venue=venue)
    return late


def _people_on_the_way(problem: MeetingProblem, plan: Placements, meeting: int, people: Bools, venue: int) -> Bools:
    """(n_interpreters, n_slots) whether the interpreter would still be on the way to the venue or from there."""
    late = np.zeros_like(people)
    served = served_by(problem, plan)
    for person in map(int, np.flatnonzero(people.any(axis=1))) if problem.travel.any() else ():
        late[person] = _too_near(problem, plan, meeting, served[person], 0, venue=venue)
    return late


def _are_enough(problem: MeetingProblem, meeting: int, people: Bools, needed: int) -> Bools:
    """(n_slots,) whether the people who are free can serve the meeting in one of the ways."""
    enough = np.zeros(problem.n_slots, dtype=np.bool_)
    for way in problem.ways[meeting]:
        serves = problem.serves[:, list(way)]
        each = [people[serves[:, leg]].sum(axis=0) >= needed for leg in range(len(way))]
        # Two pairs that share people need enough of both together.
        together = people[serves.any(axis=1)].sum(axis=0) >= needed * len(way)
        enough |= np.logical_and.reduce([together, *each])
    return enough


def _team(problem: MeetingProblem, willing: Sequence[int], way: Sequence[int], needed: int) -> set[int] | None:
    """Return people for each pair of the way, or None; those who serve one pair only go before those who serve both."""
    team: set[int] = set()
    for pool in way:
        able = [each for each in willing if problem.serves[each, pool] and each not in team]
        able.sort(key=lambda each: int(problem.serves[each, list(way)].sum()))
        if len(able) < needed:
            return None
        team |= set(able[:needed])
    return team


def _too_near(
    problem: MeetingProblem,
    plan: Placements,
    meeting: int,
    others: Collection[int],
    apart: int,
    *,
    venue: int | None = None,
) -> Bools:
    """(n_slots,) whether the meeting would stand with fewer than so many slots between it and one of the others.

    With a venue, the way between that one and the venue of the other comes on top.
    """
    near, slots, length = np.zeros(problem.n_slots, dtype=np.bool_), np.arange(problem.n_slots), problem.length
    for other in others:
        first, (to, back) = int(plan.start[other]), ways_between(problem, venue, int(plan.room[other]))
        close = (slots > first - int(length[meeting]) - apart - to) & (
            slots < first + int(length[other]) + apart + back
        )
        near |= close & (problem.day_of_slot == problem.day_of_slot[first])
    return near


def _sum_of_day(problem: MeetingProblem, plan: Placements, meetings: Collection[int], amount: Ints) -> Ints:
    """(n_slots,) the sum of the amounts of the meetings that stand on the day of the slot."""
    of_day = np.zeros(problem.n_days, dtype=np.int64)
    for meeting in meetings:
        of_day[problem.day_of_slot[plan.start[meeting]]] += amount[meeting]
    return np.asarray(of_day[problem.day_of_slot], dtype=np.int64)
