"""Every place in which one meeting fits into a plan while all others stay where they are."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from ejlas.engine.meetings.insertion import Place, openings_of
from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.values import Bools, Ints


@dataclass(frozen=True, eq=False)
class FreePlaces:
    """Where a meeting fits, and who could interpret it from each slot on."""

    rooms: Bools
    """(n_rooms, n_slots) whether the meeting could start in the slot in the room and break nothing."""
    interpreters: Bools
    """(n_interpreters, n_slots) whether the interpreter serves it and is free from the slot on."""
    needed: int
    """Interpreters it needs."""


def free_places(problem: MeetingProblem, plan: Placements, meeting: int) -> FreePlaces:
    """Return every place of the meeting that keeps all hard constraints; where it stands now does not count."""
    openings, rest = openings_of(problem, meeting), plan.without([meeting])
    free = np.zeros(problem.n_slots, dtype=np.bool_)
    free[list(openings.starts)] = True
    for participant in problem.participants[meeting]:
        others = [other for other in problem.meetings_of[participant] if rest.granted[other]]
        free &= ~_too_near(problem, rest, meeting, others, problem.apart_slots)
        cap = int(problem.daily_cap[participant])
        free &= (cap == NONE) | (_sum_of_day(problem, rest, others, np.ones_like(problem.length)) < cap)
    granted = [int(other) for other in np.flatnonzero(rest.granted)]
    people = openings.interpreters.copy()
    for person in map(int, np.flatnonzero(people.any(axis=1))):
        others = [other for other in granted if person in rest.interpreters[other]]
        people[person] &= ~_too_near(problem, rest, meeting, others, 0)
        work = _sum_of_day(problem, rest, others, problem.length) + problem.length[meeting]
        people[person] &= work <= problem.interpreter_daily_slots[person]
    free &= people.sum(axis=0) >= openings.needed
    rooms = openings.rooms & free
    for room in map(int, np.flatnonzero(rooms.any(axis=1))):
        others = [other for other in granted if rest.room[other] == room]
        rooms[room] &= ~_too_near(problem, rest, meeting, others, problem.turnaround_slots)
    return FreePlaces(rooms, people, openings.needed)


def free_place(problem: MeetingProblem, plan: Placements, meeting: int) -> Place | None:
    """Return the first place in which the meeting fits while all others stay, or None."""
    slots = np.flatnonzero(free_places(problem, plan, meeting).rooms.any(axis=0))
    return Place(int(slots[0])) if slots.size else None


def _too_near(problem: MeetingProblem, plan: Placements, meeting: int, others: Collection[int], apart: int) -> Bools:
    """(n_slots,) whether the meeting would stand with fewer than so many slots between it and one of the others."""
    near, slots, length = np.zeros(problem.n_slots, dtype=np.bool_), np.arange(problem.n_slots), problem.length
    for other in others:
        first = int(plan.start[other])
        close = (slots > first - int(length[meeting]) - apart) & (slots < first + int(length[other]) + apart)
        near |= close & (problem.day_of_slot == problem.day_of_slot[first])
    return near


def _sum_of_day(problem: MeetingProblem, plan: Placements, meetings: Collection[int], amount: Ints) -> Ints:
    """(n_slots,) the sum of the amounts of the meetings that stand on the day of the slot."""
    of_day = np.zeros(problem.n_days, dtype=np.int64)
    for meeting in meetings:
        of_day[problem.day_of_slot[plan.start[meeting]]] += amount[meeting]
    return np.asarray(of_day[problem.day_of_slot], dtype=np.int64)
