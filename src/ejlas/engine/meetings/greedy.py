"""A plan made meeting by meeting, for where the solver has none in time."""

import numpy as np

from ejlas.engine.meetings.places import free_places
from ejlas.engine.meetings.plan import Placements, nothing_placed
from ejlas.engine.meetings.problem import MeetingProblem


def one_by_one(problem: MeetingProblem) -> Placements:
    """Return a plan in which each meeting has the first free place: required ones first, then by class and weight."""
    plan = nothing_placed(problem)
    order = np.lexsort((-problem.weight, problem.ranks, ~problem.required))
    for meeting in map(int, order):
        places = free_places(problem, plan, meeting)
        slots = np.flatnonzero(places.rooms.any(axis=0))
        if slots.size:
            slot = int(slots[0])
            rooms = np.flatnonzero(places.rooms[:, slot])
            room = int(rooms[problem.room_costs[meeting, rooms].argmin()])
            plan = plan.placed(meeting, slot, room, places.people(slot, room))
    return plan
