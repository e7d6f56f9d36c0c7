"""Rooms and named interpreters for meetings whose slots are settled."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ejlas.engine.meetings.cp import Model, total
from ejlas.engine.meetings.model import build, starts_in, weights
from ejlas.engine.meetings.options import Team
from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.meetings.runner import Runner
from ejlas.engine.values import Ints


def assign(
    problem: MeetingProblem,
    start: Ints,
    runner: Runner,
    *,
    in_part: bool = False,
    doubled: frozenset[int] = frozenset(),
) -> Placements | None:
    """Return the plan with these starts, or None if no rooms and interpreters serve it.

    Parameters
    ----------
    problem : what to place
    start : (n_meetings,) slot; -1 = not granted
    runner : what solves, and counts what that takes
    in_part : whether wishes may lose their place, those of least weight, so that the others are served
    doubled : participants who may sit in several meetings at once
    """
    settled = problem.allowed_start & (np.arange(problem.n_slots) == start[:, None])
    model = build(replace(problem, allowed_start=settled), exact=True, doubled=doubled)
    for meeting in map(int, np.flatnonzero(start != NONE)):
        if problem.required[meeting] or not in_part:
            model.cp.add(total(model.starts_of(meeting)) == 1)
    if in_part:
        model.cp.maximize(weights(model))
    values = runner.find(model.cp).values
    return None if values is None else name_members(model, starts_in(model, values), values)


def name_members(model: Model, start: Ints, values: Sequence[int]) -> Placements:
    """Return the plan in which each meeting has a room, and interpreters, of the teams that serve it."""
    options, problem = model.options, model.problem
    room_free = [[0] * len(team.members) for team in options.room_teams]
    people_free = [[0] * len(team.members) for team in options.interpreter_teams]
    room = np.full(problem.n_meetings, NONE, dtype=np.int64)
    interpreters: list[tuple[int, ...]] = [()] * problem.n_meetings
    for meeting in map(int, np.argsort(start, kind="stable")):
        slot = int(start[meeting])
        if slot == NONE:
            continue
        end = slot + int(problem.length[meeting])
        # The next day is never too soon, so the turnaround stops at the end of the day.
        clean = min(end + problem.turnaround_slots, int(problem.day_end[slot]))
        for index, team in enumerate(options.room_teams):
            literal = model.room.get((meeting, slot, index))
            if literal is not None and values[literal.index]:
                room[meeting] = _take(team, room_free[index], slot, clean, 1)[0]
        taken: list[int] = []
        for index, number in model.interpreters.get((meeting, slot), ()):
            taken += _take(options.interpreter_teams[index], people_free[index], slot, end, values[number.index])
        interpreters[meeting] = tuple(sorted(taken))
    return Placements(start, room, tuple(interpreters))


def _take(team: Team, free_from: list[int], start: int, end: int, amount: int) -> list[int]:
    """Take the first members that are free at the start, and mark them taken until the end."""
    chosen = [place for place, free in enumerate(free_from) if free <= start][:amount]
    for place in chosen:
        free_from[place] = end
    return [team.members[place] for place in chosen]
