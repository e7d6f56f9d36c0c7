"""The solver against all plans of tiny problems, tried one by one."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np
import pytest

from ejlas.engine.meetings.check import check
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.meetings.solve import solve
from ejlas.engine.result import Status
from ejlas.engine.stop import MaxWork
from tests.engine.meetings.instances import random_small

Stand = tuple[int, int, int, tuple[int, ...]]  # meeting, start, room, interpreters


def stands_alone(problem: MeetingProblem, meeting: int) -> Iterator[Stand]:
    length, pool = int(problem.length[meeting]), int(problem.pool[meeting])
    for start in range(problem.n_slots - length + 1):
        during = list(range(start, start + length))
        fixed = int(problem.fixed_start[meeting])
        if (
            not problem.allowed_start[meeting, start]
            or fixed not in (-1, start)
            or len(set(problem.day_of_slot[during])) > 1
            or not problem.available[np.ix_(problem.participants[meeting], during)].all()
        ):
            continue
        people = [
            each
            for each in range(problem.n_interpreters)
            if pool == problem.interpreter_pool[each] and problem.interpreter_available[each, during].all()
        ]
        for room in range(problem.n_rooms):
            if not problem.allowed_rooms[meeting, room] or problem.seats[meeting] > problem.room_seats[room]:
                continue
            if problem.room_open[room, during].all():
                needed = 0 if pool == -1 else int(problem.interpreters_needed[meeting])
                for team in combinations(people, needed):
                    yield meeting, start, room, team


def stand_apart(problem: MeetingProblem, one: Stand, other: Stand) -> bool:
    (a, start_a, room_a, team_a), (b, start_b, room_b, team_b) = sorted([one, other], key=lambda each: each[1])
    if problem.day_of_slot[start_a] != problem.day_of_slot[start_b]:
        return True
    between = start_b - start_a - int(problem.length[a])
    if set(problem.participants[a]) & set(problem.participants[b]) and between < problem.apart_slots:
        return False
    if room_a == room_b and between < problem.turnaround_slots:
        return False
    return not (set(team_a) & set(team_b) and between < 0)


def keeps_daily_limits(problem: MeetingProblem, plan: list[Stand]) -> bool:
    met: dict[tuple[int, int], int] = {}
    worked: dict[tuple[int, int], int] = {}
    for meeting, start, _, team in plan:
        day = int(problem.day_of_slot[start])
        for participant in problem.participants[meeting]:
            met[participant, day] = met.get((participant, day), 0) + 1
        for person in team:
            worked[person, day] = worked.get((person, day), 0) + int(problem.length[meeting])
    return all(problem.daily_cap[person] in (-1, *range(n, 99)) for (person, _), n in met.items()) and all(
        n <= problem.interpreter_daily_slots[person] for (person, _), n in worked.items()
    )


def count_gaps(problem: MeetingProblem, plan: list[Stand]) -> int:
    gaps = 0
    for participant in range(problem.n_participants):
        mine = sorted((start, meeting) for meeting, start, _, _ in plan if participant in problem.participants[meeting])
        for (first, meeting), (second, _) in pairwise(mine):
            if problem.day_of_slot[first] == problem.day_of_slot[second]:
                free = [
                    slot
                    for slot in range(first + int(problem.length[meeting]) + problem.apart_slots, second)
                    if problem.available[participant, slot]
                ]
                gaps += len(free) > problem.wait_slots
    return gaps


def plans(problem: MeetingProblem, meeting: int = 0, placed: tuple[Stand, ...] = ()) -> Iterator[list[Stand]]:
    if meeting == problem.n_meetings:
        yield list(placed)
        return
    yield from plans(problem, meeting + 1, placed)
    for stand in stands_alone(problem, meeting):
        new = (*placed, stand)
        if all(stand_apart(problem, stand, other) for other in placed) and keeps_daily_limits(problem, list(new)):
            yield from plans(problem, meeting + 1, new)


def best(problem: MeetingProblem) -> tuple[int, int, int]:
    def rank(plan: list[Stand]) -> tuple[int, int, int]:
        placed = [stand[0] for stand in plan]
        return int(problem.required[placed].sum()), int(problem.weight[placed].sum()), -count_gaps(problem, plan)

    return max(map(rank, plans(problem)))


@pytest.mark.parametrize("seed", range(200))
def test_solve_finds_the_best_of_all_plans(seed: int) -> None:
    problem = random_small(seed)
    mandatory, weight, minus_gaps = best(problem)

    result = solve(problem, stop=MaxWork(20), seed=seed)

    assert tuple((each.value, each.bound) for each in result.certificates) == (
        (mandatory, mandatory),
        (weight, weight),
        (-minus_gaps, -minus_gaps),
    )
    impossible = mandatory < problem.required.sum()
    assert result.status is (Status.INFEASIBLE if impossible else Status.OPTIMAL)
    assert {each.constraint for each in check(problem, result)} == ({"required"} if impossible else set())
    assert bool(result.broken) == impossible
