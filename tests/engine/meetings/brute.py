"""All plans of tiny problems, tried one by one, with arithmetic of their own."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np

from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import MeetingProblem

Stand = tuple[int, int, int, tuple[int, ...]]  # meeting, start, room, interpreters


def stands_alone(problem: MeetingProblem, meeting: int) -> Iterator[Stand]:
    length = int(problem.length[meeting])
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
        people = [each for each in range(problem.n_interpreters) if problem.interpreter_available[each, during].all()]
        for room in range(problem.n_rooms):
            if not problem.allowed_rooms[meeting, room] or problem.seats[meeting] > problem.room_seats[room]:
                continue
            if problem.room_open[room, during].all():
                for team in sorted(teams(problem, meeting, people)):
                    yield meeting, start, room, team


def works_in(problem: MeetingProblem, person: int, pool: int) -> bool:
    more = problem.interpreter_pairs
    also = bool(more.size and pool < more.shape[1] and more[person, pool])
    return bool(problem.interpreter_pool[person] == pool) or also


def teams(problem: MeetingProblem, meeting: int, people: list[int]) -> set[tuple[int, ...]]:
    pool, needed = int(problem.pool[meeting]), int(problem.interpreters_needed[meeting])
    if pool == -1:
        return {()}
    found = set(combinations([each for each in people if works_in(problem, each, pool)], needed))
    for _, one, other in [relay for relay in problem.relays.tolist() if relay[0] == pool]:
        for first in combinations([each for each in people if works_in(problem, each, one)], needed):
            rest = [each for each in people if each not in first and works_in(problem, each, other)]
            found |= {tuple(sorted(first + second)) for second in combinations(rest, needed)}
    return found


def stand_apart(problem: MeetingProblem, one: Stand, other: Stand) -> bool:
    (a, start_a, room_a, team_a), (b, start_b, room_b, team_b) = sorted([one, other], key=lambda each: each[1])
    between = start_b - start_a - int(problem.length[a])
    orders = problem.before.tolist()
    if [b, a] in orders or ([a, b] in orders and between < 0):
        return False
    if problem.day_of_slot[start_a] != problem.day_of_slot[start_b]:
        return True
    way = way_between(problem, room_a, room_b)
    if set(problem.participants[a]) & set(problem.participants[b]) and between < problem.apart_slots + way:
        return False
    if room_a == room_b and between < problem.turnaround_slots:
        return False
    return not (set(team_a) & set(team_b) and between < way)


def way_between(problem: MeetingProblem, room: int, other: int) -> int:
    if not problem.travel_slots.size:
        return 0
    venues = problem.venue_of_room if problem.venue_of_room.size else np.zeros(problem.n_rooms, dtype=int)
    return int(problem.travel_slots[venues[room], venues[other]])


def rests_enough(problem: MeetingProblem, plan: list[Stand]) -> bool:
    if problem.most_slots_in_row == -1:
        return True
    for person in range(problem.n_interpreters):
        working = np.zeros(problem.n_slots, dtype=bool)
        for meeting, start, _, team in plan:
            if person in team:
                working[start : start + int(problem.length[meeting])] = True
        for day in range(problem.n_days):
            row = "".join("x" if each else "." for each in working[problem.day_of_slot == day])
            for stretch in row.split("." * problem.rest_after_slots):
                if stretch.count("x") > problem.most_slots_in_row:
                    return False
    return True


def shares(problem: MeetingProblem, plan: list[Stand]) -> list[int]:
    placed = {stand[0] for stand in plan}
    found = []
    for participant in range(problem.n_participants):
        mine = [m for m, members in enumerate(problem.participants) if participant in members]
        asked = sum(int(problem.weight[m]) for m in mine)
        granted = sum(int(problem.weight[m]) for m in mine if m in placed)
        if asked and problem.by_share:
            found.append(100 * granted // asked)
        elif mine and not problem.by_share:
            found.append(sum(m in placed for m in mine))
    return found


def is_fair(problem: MeetingProblem, plan: list[Stand]) -> bool:
    found = shares(problem, plan)
    return problem.most_difference == -1 or not found or max(found) - min(found) <= problem.most_difference


def cost(problem: MeetingProblem, plan: list[Stand]) -> int:
    rooms = sum(int(problem.room_preference[m, room]) for m, _, room, _ in plan) if problem.room_preference.size else 0
    direct = [int(problem.interpreters_needed[m]) for m, _, _, _ in plan]
    relays = sum(len(team) > needed for (_, _, _, team), needed in zip(plan, direct, strict=True))
    return rooms + problem.relay_cost * relays


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
        if is_fair(problem, list(placed)):
            yield list(placed)
        return
    yield from plans(problem, meeting + 1, placed)
    for stand in stands_alone(problem, meeting):
        new = (*placed, stand)
        if (
            all(stand_apart(problem, stand, other) for other in placed)
            and keeps_daily_limits(problem, list(new))
            and rests_enough(problem, list(new))
        ):
            yield from plans(problem, meeting + 1, new)


def rank(problem: MeetingProblem, plan: list[Stand]) -> dict[str, int]:
    """Return the objectives, greater for a better plan."""
    placed = [stand[0] for stand in plan]
    least = min(shares(problem, plan), default=0)
    found = {"mandatory": int(problem.required[placed].sum())}
    if problem.worst_off_before_weight:
        found["fairness"] = least
    if problem.by_rank and problem.rank.size and len(set(problem.rank.tolist())) > 1:
        for each in sorted(set(problem.rank.tolist())):
            found[f"rank_{each}"] = sum(int(problem.weight[m]) for m in placed if problem.rank[m] == each)
    found["weight"] = int(problem.weight[placed].sum())
    if problem.worst_off_after_weight:
        found["fairness"] = least
    found["gaps"] = -count_gaps(problem, plan)
    found["preference"] = -cost(problem, plan)
    return found


def best(problem: MeetingProblem) -> dict[str, int]:
    return max((rank(problem, plan) for plan in plans(problem)), key=lambda each: tuple(each.values()))


def least_change(problem: MeetingProblem, old: Placements) -> dict[str, int]:
    """Return the objectives of the best repair, greater for a better one."""

    def kept(plan: list[Stand]) -> dict[str, int]:
        placed = {stand[0]: stand[1:] for stand in plan}
        was = {int(m): (int(old.start[m]), int(old.room[m]), old.interpreters[m]) for m in np.flatnonzero(old.granted)}
        moved = [m for m in was if placed.get(m) != was[m]]
        return {
            "mandatory": int(problem.required[list(placed)].sum()),
            "stood": sum(max(1, int(problem.weight[m])) for m in was if m in placed),
            "moved": -len(moved),
            "touched": -len({member for m in moved for member in problem.participants[m]}),
            "retimed": -sum(m not in placed or placed[m][0] != was[m][0] for m in was),
        }

    return max((kept(plan) for plan in plans(problem)), key=lambda each: tuple(each.values()))
