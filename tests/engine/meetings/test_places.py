"""The places in which one meeting fits, against the checker that tries every place."""

from __future__ import annotations

import numpy as np
import pytest

from ejlas.engine.meetings.check import check
from ejlas.engine.meetings.places import free_places
from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.solve import solve
from ejlas.engine.stop import MaxWork
from tests.engine.meetings.instances import summit


def _moved(plan, meeting, slot, room, people):
    start, rooms, interpreters = plan.start.copy(), plan.room.copy(), list(plan.interpreters)
    start[meeting], rooms[meeting], interpreters[meeting] = slot, room, people
    return Placements(start, rooms, tuple(interpreters))


def _by_trying(problem, plan, meeting, people):
    """(n_rooms, n_slots) whether the checker finds nothing wrong with the meeting there."""
    free = np.zeros((problem.n_rooms, problem.n_slots), dtype=bool)
    for room in range(problem.n_rooms):
        for slot in range(problem.n_slots):
            chosen = tuple(map(int, np.flatnonzero(people[:, slot])))[: 0 if problem.pool[meeting] < 0 else 1]
            broken = check(problem, _moved(plan, meeting, slot, room, chosen))
            free[room, slot] = not any(meeting in each.meetings for each in broken)
    return free


@pytest.mark.parametrize("seed", range(4))
def test_free_places_are_those_in_which_the_checker_finds_nothing(seed: int) -> None:
    problem = summit(seed=seed, n_delegations=8, n_requests=24, n_days=2, n_rooms=3, n_interpreters=4)
    plan = solve(problem, stop=MaxWork(1), seed=seed)

    for meeting in range(0, problem.n_meetings, 4):
        places = free_places(problem, plan, meeting)
        assert (places.rooms == _by_trying(problem, plan, meeting, places.interpreters)).all()


def test_free_places_of_a_granted_meeting_hold_the_one_it_has() -> None:
    problem = summit(seed=1, n_requests=30)
    plan = solve(problem, stop=MaxWork(1), seed=1)

    granted = np.flatnonzero(plan.granted)

    assert granted.size
    assert all(free_places(problem, plan, int(m)).rooms[plan.room[m], plan.start[m]] for m in granted)
