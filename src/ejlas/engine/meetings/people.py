"""The interpreters of the CP-SAT model: enough of them in each slot, or people for each meeting."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ejlas.engine.meetings.cp import Model, Use, add_capacity, add_travel, count_teams, in_slots, serving, total
from ejlas.engine.meetings.options import alike
from ejlas.engine.meetings.problem import NONE

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar, LinearExprT


def choose_ways(model: Model) -> None:
    """Give each start of a meeting that a relay may serve a literal for each way to interpret it."""
    for (meeting, slot), at in model.at.items():
        ways = model.problem.ways[meeting]
        for way in range(len(ways)) if ways[0] else ():
            model.way[meeting, slot, way] = at if len(ways) == 1 else model.cp.new_bool_var("")
        if len(ways) > 1:
            model.cp.add_exactly_one([at.negated(), *(model.way[meeting, slot, way] for way in range(len(ways)))])


def count_interpreters(model: Model) -> None:
    """Let the interpreters be enough in each slot, and their daily limits and hours in a row enough in sum."""
    teams = model.options.interpreter_teams
    uses = _uses(model)
    for pools in _groups(model):
        mine = [(meeting, use) for meeting, pool, use in uses if pool in pools]
        count_teams(model, [use for _, use in mine], teams)
    for pools in dict.fromkeys((*_groups(model), *(frozenset({pool}) for _, pool, _ in uses))):
        mine = [(meeting, use) for meeting, pool, use in uses if pool in pools]
        able = [team for team in teams if model.problem.serves[team.members[0], sorted(pools)].any()]
        limits = [team.daily_slots for team in able]
        if None not in limits:
            _add_daily_work(model, mine, sum(limit for limit in limits if limit is not None))
        _count_rest(model, mine, sum(len(team.members) for team in able))


def _groups(model: Model) -> list[frozenset[int]]:
    """Return the language pairs parted so that nobody works in pairs of two parts."""
    groups: list[frozenset[int]] = []
    pairs = {frozenset(map(int, np.flatnonzero(row))) for row in model.problem.serves}
    for pools in (*sorted(pairs, key=sorted), *(frozenset({pool}) for pool in range(model.problem.n_pools))):
        joined = [group for group in groups if group & pools]
        groups = [group for group in groups if not group & pools]
        groups.append(pools.union(*joined))
    return groups


def _uses(model: Model) -> list[tuple[int, int, Use]]:
    """Return the meeting, the language pair and the use of interpreters that each way to interpret a start means."""
    problem, options = model.problem, model.options
    uses = []
    for (meeting, slot, way), literal in model.way.items():
        length, needed = int(problem.length[meeting]), int(problem.interpreters_needed[meeting])
        for pool in problem.ways[meeting][way]:
            able = serving(options.interpreter_teams, options.interpreters[meeting][pool], slot, length)
            uses.append((meeting, pool, Use(literal, slot, slot + length, needed, needed, able)))
    return uses


def _add_daily_work(model: Model, uses: Iterable[tuple[int, Use]], limit: int) -> None:
    """Keep the interpreted slots of each day within the limit."""
    days: dict[int, list[LinearExprT]] = {}
    for meeting, use in uses:
        day = int(model.problem.day_of_slot[use.start])
        days.setdefault(day, []).append(int(model.problem.length[meeting]) * use.amount * use.literal)
    for work in days.values():
        model.cp.add(total(work) <= limit)


def _count_rest(model: Model, uses: Sequence[tuple[int, Use]], n_people: int) -> None:
    """Let nobody work longer than may be in a row within a time that would have a pause besides."""
    most, problem = model.problem.most_slots_in_row, model.problem
    if most == NONE:
        return
    for first in range(problem.n_slots):
        end = min(first + most + problem.rest_after_slots, int(problem.day_end[first]))
        work = []
        for _, use in uses:
            lasting = min(use.end, end) - max(use.start, first)
            if lasting > 0 and problem.day_of_slot[use.start] == problem.day_of_slot[first]:
                work.append((lasting * use.amount, use.literal))
        if sum(amount for amount, _ in work) > most * n_people:
            model.cp.add(total(amount * literal for amount, literal in work) <= most * n_people)


def add_interpreters(model: Model) -> None:
    """Give each granted meeting its interpreters, and none two meetings at once or too long a day or row."""
    teams = model.options.interpreter_teams
    used: list[list[tuple[int, Use]]] = [[] for _ in teams]
    for (meeting, slot), able, literal in _legs(model):
        needed, end = int(model.problem.interpreters_needed[meeting]), slot + int(model.problem.length[meeting])
        numbers = []
        for team in sorted(able):
            most = min(needed, len(teams[team].members))
            number = model.cp.new_int_var(0, most, "")
            numbers.append(number)
            model.interpreters.setdefault((meeting, slot), []).append((team, number))
            used[team].append((meeting, Use(number, slot, end, 1, most)))
        model.cp.add(total(numbers) == needed * literal)
    for team, uses in enumerate(used):
        add_capacity(model, (use for _, use in uses), len(teams[team].members))
        limit = teams[team].daily_slots
        if limit is not None:
            _add_daily_work(model, uses, limit)
        if model.problem.most_slots_in_row != NONE:
            _add_rest(model, [use for _, use in uses])
        if model.problem.travel.any():
            _add_ways_of_people(model, uses)
    if not model.options.named:
        _order_interpreters(model)


def _legs(model: Model) -> "Iterator[tuple[tuple[int, int], frozenset[int], LinearExprT]]":
    """Yield the meeting and slot, the teams that may serve, and whether they have to, for each pair of each start."""
    problem, options = model.problem, model.options
    for meeting, slot in model.at:
        ways = problem.ways[meeting]
        for pool in sorted({pool for way in ways for pool in way}):
            chosen = options.interpreters[meeting][pool]
            able = serving(options.interpreter_teams, chosen, slot, int(problem.length[meeting]))
            chosen_ways = total(model.way[meeting, slot, way] for way, pools in enumerate(ways) if pool in pools)
            yield (meeting, slot), able, chosen_ways


def _add_rest(model: Model, uses: Iterable[Use]) -> None:
    """Count what one interpreter has worked since the last pause, and let it be no more than may be in a row."""
    day, most, rest = model.problem.day_of_slot, model.problem.most_slots_in_row, model.problem.rest_after_slots
    working = [[use.literal for use in present] for present in in_slots(model, uses)]
    worked: IntVar | None = None
    for slot, now in enumerate(working):
        lately = [working[each] for each in range(max(0, slot - rest + 1), slot + 1) if day[each] == day[slot]]
        is_fresh = worked is None or day[slot] != day[slot - 1] or not any(lately)
        if is_fresh and not now:
            worked = None
            continue
        since = model.cp.new_int_var(0, most, "")
        if is_fresh or worked is None:
            model.cp.add(since >= total(now))
        else:
            pause = model.cp.new_bool_var("")
            for literals in filter(None, lately):
                model.cp.add_at_most_one([pause, *literals])
            model.cp.add(since >= worked + total(now) - most * pause)
        worked = since


def _add_ways_of_people(model: Model, uses: Iterable[tuple[int, Use]]) -> None:
    """Leave one interpreter time for the way between venues."""
    by_venue = []
    for meeting, use in uses:
        venues = [venue for venue in range(len(model.problem.travel)) if (meeting, use.start, venue) in model.place]
        literals = [use.literal] if len(venues) == 1 else [model.cp.new_bool_var("") for _ in venues]
        if len(venues) > 1:
            model.cp.add(total(literals) == use.literal)
        for venue, literal in zip(venues, literals, strict=True):
            by_venue.append((venue, Use(literal, use.start, use.end)))
            if len(venues) > 1:
                model.cp.add(literal <= model.place[meeting, use.start, venue])
    add_travel(model, by_venue)


def _order_interpreters(model: Model) -> None:
    """Let the second of two interpreters that are alike take a meeting only after the first has an earlier one."""
    teams, n_meetings = model.options.interpreter_teams, model.problem.n_meetings
    at: list[list[list[IntVar]]] = [[[] for _ in range(n_meetings)] for _ in teams]
    for (meeting, _), numbers in model.interpreters.items():
        for team, number in numbers:
            at[team][meeting].append(number)
    for first, second in pairwise(range(len(teams))):
        if len(teams[first].members) > 1 or not alike(model.problem, teams[first].members[0], teams[second].members[0]):
            continue
        earlier: list[IntVar] = []
        for before, mine in zip(at[first], at[second], strict=True):
            earlier += before
            if mine:
                model.cp.add(total(mine) <= total(earlier))
