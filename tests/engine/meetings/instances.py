"""Generated meeting problems of the real kind, the same for the same seed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.values import Bools, Ints

SLOTS_A_DAY = 48  # 08:00 to 20:00 in quarters of an hour


def summit(
    *,
    seed: int,
    n_delegations: int = 13,
    n_requests: int = 60,
    n_days: int = 3,
    n_rooms: int = 4,
    n_interpreters: int = 8,
) -> MeetingProblem:
    """Return a summit: plenaries, late arrivals and early departures, a cap of two meetings a day."""
    rng = np.random.default_rng(seed)
    n_slots = n_days * SLOTS_A_DAY
    n_pools = max(1, n_interpreters * 3 // 4)
    room_open, room_seats = _rooms(n_rooms, n_days)
    seats = rng.integers(4, 13, n_requests)
    pool = np.where(rng.random(n_requests) < 0.7, rng.integers(0, n_pools, n_requests), -1)
    return MeetingProblem(
        day_of_slot=np.repeat(np.arange(n_days), SLOTS_A_DAY),
        slot_min=15,
        available=_available(rng, n_delegations, n_days),
        daily_cap=np.full(n_delegations, 2),
        consecutive_allowed=False,
        rest_slots=1,
        wait_slots=2,
        participants=_wishes(rng, n_delegations, n_requests),
        length=rng.integers(2, 4, n_requests),
        weight=rng.integers(1, 11, n_requests),
        mandatory=np.zeros(n_requests, dtype=bool),
        allowed_start=np.ones((n_requests, n_slots), dtype=bool),
        fixed_start=np.full(n_requests, -1),
        fixed_room=np.full(n_requests, -1),
        seats=seats,
        pool=pool,
        room_open=room_open,
        room_seats=room_seats,
        turnaround_slots=1,
        allowed_rooms=np.ones((n_requests, n_rooms), dtype=bool),
        interpreter_pool=np.arange(n_interpreters) % n_pools,
        interpreter_available=_interpreter_hours(rng, n_interpreters, n_days),
        interpreter_daily_slots=np.full(n_interpreters, 16),
    )


def _wishes(rng: np.random.Generator, n_delegations: int, n_requests: int) -> tuple[tuple[int, ...], ...]:
    """Return pairs, and one trio in eight, no two alike; some delegations are in greater demand."""
    demand = rng.random(n_delegations) + 0.3
    wishes: dict[tuple[int, ...], None] = {}
    while len(wishes) < n_requests:
        size = 3 if rng.random() < 0.125 else 2
        members = rng.choice(n_delegations, size, replace=False, p=demand / demand.sum())
        wishes[tuple(sorted(int(member) for member in members))] = None
    return tuple(wishes)


def _available(rng: np.random.Generator, n_delegations: int, n_days: int) -> Bools:
    """Return the hours of the delegations: none in plenaries, some arrive late, some leave early."""
    available = np.ones((n_delegations, n_days * SLOTS_A_DAY), dtype=bool)
    for day in range(n_days):
        first = day * SLOTS_A_DAY
        available[:, first + 4 : first + 18] = False  # plenary 09:00 to 12:30
        available[:, first + 24 : first + 32] = False  # working sessions 14:00 to 16:00
        available[:, first + 44 : first + 48] = False  # dinner from 19:00
    for delegation in range(n_delegations):
        if rng.random() < 0.3:
            available[delegation, : int(rng.integers(16, SLOTS_A_DAY))] = False
        if rng.random() < 0.3:
            available[delegation, -int(rng.integers(16, SLOTS_A_DAY)) :] = False
    return available


def _rooms(n_rooms: int, n_days: int) -> tuple[Bools, Ints]:
    """Return rooms of 8, 10 and 12 seats; the last opens at noon on the first day."""
    room_open = np.ones((n_rooms, n_days * SLOTS_A_DAY), dtype=bool)
    room_open[-1, :16] = False
    return room_open, np.array([(12, 8, 10, 12)[room % 4] for room in range(n_rooms)])


def _interpreter_hours(rng: np.random.Generator, n_interpreters: int, n_days: int) -> Bools:
    """Return whole days for most interpreters, half days for some."""
    hours = np.ones((n_interpreters, n_days * SLOTS_A_DAY), dtype=bool)
    for interpreter in range(n_interpreters):
        if rng.random() < 0.4:
            day, half = int(rng.integers(n_days)), int(rng.integers(2))
            first = day * SLOTS_A_DAY + half * SLOTS_A_DAY // 2
            hours[interpreter, first : first + SLOTS_A_DAY // 2] = False
    return hours


def small(participants: tuple[tuple[int, ...], ...], *, days: tuple[int, ...] = (6,), **changes: Any) -> MeetingProblem:
    """Return a small problem in which nothing is scarce: meetings of one slot and weight 1, a room for each.

    `days` are the slots of each day; `changes` replace any field of the problem.
    """
    n_meetings, n_slots = len(participants), sum(days)
    highest = max((member for members in participants for member in members), default=-1)
    n_participants = len(changes.get("available", range(highest + 1)))
    fields: Mapping[str, Any] = {
        "day_of_slot": np.repeat(np.arange(len(days)), days),
        "slot_min": 15,
        "available": np.ones((n_participants, n_slots), dtype=bool),
        "daily_cap": np.full(n_participants, -1),
        "participants": participants,
        "length": np.ones(n_meetings, dtype=int),
        "weight": np.ones(n_meetings, dtype=int),
        "mandatory": np.zeros(n_meetings, dtype=bool),
        "allowed_start": np.ones((n_meetings, n_slots), dtype=bool),
        "fixed_start": np.full(n_meetings, -1),
        "fixed_room": np.full(n_meetings, -1),
        "seats": np.full(n_meetings, 2),
        "pool": np.full(n_meetings, -1),
        "room_open": np.ones((n_meetings, n_slots), dtype=bool),
        "room_seats": np.full(n_meetings, 10),
        "allowed_rooms": np.ones((n_meetings, n_meetings), dtype=bool),
        "interpreter_pool": np.zeros(0, dtype=int),
        "interpreter_available": np.zeros((0, n_slots), dtype=bool),
        "interpreter_daily_slots": np.zeros(0, dtype=int),
    }
    return MeetingProblem(**{**fields, **changes})


def with_rooms(problem: MeetingProblem, *open_in: str, **changes: Any) -> MeetingProblem:
    """Return the problem with these rooms, each written as a string with an x for a slot in which it is open."""
    return replace(
        problem,
        room_open=slots(*open_in),
        room_seats=np.full(len(open_in), 10),
        allowed_rooms=np.ones((problem.n_meetings, len(open_in)), dtype=bool),
        **changes,
    )


def slots(*rows: str) -> Bools:
    """Return rows of slots, each written as a string with an x for yes."""
    return np.array([[letter == "x" for letter in row] for row in rows], dtype=bool)


def random_small(seed: int) -> MeetingProblem:
    """Return a tiny problem with a little of everything; every third has no rooms or interpreters to spare."""
    rng = np.random.default_rng(seed)
    is_tight = seed % 3 == 0
    days = ((9,), (5, 3), (10,))[int(rng.integers(3))]
    n_slots, n_rooms, n_interpreters = sum(days), int(rng.integers(1, 3)), int(rng.integers(2, 5))
    pairs = tuple(tuple(map(int, rng.choice(4, int(rng.integers(2, 4)), replace=False))) for _ in range(4))
    return small(
        pairs,
        days=days,
        available=rng.random((4, n_slots)) < 0.9,
        daily_cap=rng.choice([-1, 1, 2, 3], 4),
        buffer_slots=int(rng.integers(2)),
        consecutive_allowed=bool(rng.integers(2)),
        wait_slots=int(rng.integers(2)),
        length=rng.integers(1, 3, 4),
        weight=rng.integers(0, 6, 4),
        mandatory=rng.random(4) < 0.15,
        allowed_start=rng.random((4, n_slots)) < 0.6,
        fixed_start=np.where(rng.random(4) < 0.05, rng.integers(0, n_slots, 4), -1),
        seats=rng.integers(2, 6, 4),
        pool=rng.integers(-1, 2, 4) if is_tight else rng.integers(-1, 1, 4),
        interpreters_needed=1 + (rng.random(4) < 0.3),
        room_open=rng.random((n_rooms, n_slots)) < 0.95,
        room_seats=rng.integers(3, 8, n_rooms) if is_tight else np.full(n_rooms, 8),
        turnaround_slots=int(rng.integers(2)),
        allowed_rooms=rng.random((4, n_rooms)) < 0.9,
        interpreter_pool=np.arange(n_interpreters) % 2 if is_tight else np.zeros(n_interpreters, dtype=int),
        interpreter_available=rng.random((n_interpreters, n_slots)) < (0.8 if is_tight else 1.1),
        interpreter_daily_slots=rng.integers(2, 5, n_interpreters),
    )


def random_rich(seed: int) -> MeetingProblem:
    """Return a tiny problem with some of the rules that a host may add: order, ways, relay, rest, rank, fairness."""
    problem = random_small(seed)
    rng = np.random.default_rng([seed, 1])
    n_meetings, n_rooms, n_people = problem.n_meetings, problem.n_rooms, problem.n_interpreters
    changes: dict[str, Any] = {}
    if rng.random() < 0.4:
        changes["before"] = np.array([rng.choice(n_meetings, 2, replace=False) for _ in range(int(rng.integers(1, 3)))])
    if rng.random() < 0.5:
        changes |= {"venue_of_room": rng.integers(0, 2, n_rooms), "travel_slots": rng.integers(0, 4, (2, 2))}
    if rng.random() < 0.5:
        changes |= {"pool": rng.integers(-1, 3, n_meetings), "relays": np.array([[2, 0, 1]])}
        changes["interpreter_pairs"] = rng.random((n_people, 3)) < 0.4
    if rng.random() < 0.5:
        changes |= {"most_slots_in_row": int(rng.integers(1, 4)), "rest_after_slots": int(rng.integers(1, 3))}
    if rng.random() < 0.5:
        changes |= {"rank": rng.integers(0, 3, n_meetings), "by_rank": bool(rng.integers(2))}
    if rng.random() < 0.3:
        changes |= {"most_difference": int(rng.integers(0, 2)), "by_share": False}
    elif rng.random() < 0.3:
        changes |= {"most_difference": int(rng.integers(20, 90)), "by_share": True}
    changes["worst_off_before_weight"] = bool(rng.random() < 0.3)
    changes["worst_off_after_weight"] = bool(rng.random() < 0.3) and not changes["worst_off_before_weight"]
    if rng.random() < 0.5:
        changes["room_preference"] = rng.integers(0, 4, (n_meetings, n_rooms))
    return replace(problem, **changes)
