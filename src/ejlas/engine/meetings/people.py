"""The interpreters of the CP-SAT model: enough of them in each slot, or people for each meeting."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

from ejlas.engine.meetings.cp import Model, Use, add_capacity, add_travel, count_teams, in_slots, serving, total
from ejlas.engine.meetings.options import alike
from ejlas.engine.meetings.problem import NONE

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar, LinearExprT

MOST_PAIRS = 5
"""Language pairs that share people, of which every set is counted by itself."""


def choose_ways(model: Model) -> None:
    """Give each start of a meeting that a relay may serve a literal for each way to interpret it."""
    for (meeting, slot), at in model.at.items():
        ways = model.problem.ways[meeting]
        for way in range(len(ways)) if ways[0] else ():
            model.way[meeting, slot, way] = at if len(ways) == 1 else model.cp.new_bool_var("")
        if len(ways) > 1:
            model.cp.add_exactly_one([at.negated(), *(model.way[meeting, slot, way] for way in range(len(ways)))])


def count_interpreters(model: Model) -> None:
    """Let the interpreters be enough in each slot, and their limits, rests and ways between venues too, in sum."""
    problem, teams = model.problem, model.options.interpreter_teams
    uses = _uses(model)
    split = {id(use): _by_venue(model, meeting, use) for meeting, _, use in uses if problem.travel.any()}
    for group in _groups(model):
        count_teams(model, [use for _, pool, use in uses if pool in group], teams)
        for pools in _subsets(group):
            mine = [(meeting, use) for meeting, pool, use in uses if pool in pools]
            able = [team for team in teams if problem.serves[team.members[0], sorted(pools)].any()]
            n_people = sum(len(team.members) for team in able)
            limits = [team.daily_slots for team in able if team.daily_slots is not None]
            if len(limits) == len(able):
                _add_daily_work(model, mine, sum(limits))
            _count_rest(model, mine, n_people)
            if problem.travel.any():
                add_travel(model, [part for _, use in mine for part in split[id(use)]], n_people)


def _subsets(group: frozenset[int]) -> list[frozenset[int]]:
    """Return the sets of language pairs whose people are counted together: all of a small group, else one and all."""
    sizes = range(1, len(group) + 1) if len(group) <= MOST_PAIRS else (1, len(group))
    return [frozenset(chosen) for size in sizes for chosen in combinations(sorted(group), size)]


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
            add_travel(model, [part for meeting, use in uses for part in _by_venue(model, meeting, use)])
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


def _by_venue(model: Model, meeting: int, use: Use) -> list[tuple[int, Use]]:
    """Return the use of interpreters for each venue that the meeting may have at that start."""
    venues = [venue for venue in range(len(model.problem.travel)) if (meeting, use.start, venue) in model.place]
    if len(venues) == 1:
        return [(venues[0], use)]
    places = [model.place[meeting, use.start, venue] for venue in venues]
    literals = places
    if use.literal is not model.at[meeting, use.start]:
        literals = [model.cp.new_bool_var("") for _ in venues]
        model.cp.add(total(literals) == use.literal)
        for literal, place in zip(literals, places, strict=True):
            model.cp.add(literal <= place)
    return [(venue, replace(use, literal=literal)) for venue, literal in zip(venues, literals, strict=True)]


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
