"""Whether some meetings can stand together, by a search for them alone."""

from collections.abc import Collection
from dataclasses import replace
from math import inf

import numpy as np

from ejlas.engine.meetings.assign import assign
from ejlas.engine.meetings.cp import Model, total
from ejlas.engine.meetings.model import build, hint, starts_in
from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.meetings.runner import Answer, Runner
from ejlas.engine.values import Ints


def stand_together(
    problem: MeetingProblem,
    meetings: Collection[int],
    runner: Runner,
    *,
    near: Ints | None = None,
    doubled: frozenset[int] = frozenset(),
    most_work: float = inf,
) -> Placements | bool:
    """Place all of these meetings and no others; what participants are granted is not compared.

    Parameters
    ----------
    problem : where to place them
    meetings : what to place
    runner : what solves
    near : (n_meetings,) starts to begin from
    doubled : participants who may sit in several meetings at once
    most_work : after which the search gives up

    Returns
    -------
    where they stand; False if they can not stand together; True if the search gave up, so that they may
    """
    chosen = np.zeros(problem.n_meetings, dtype=np.bool_)
    chosen[list(meetings)] = True
    allowed = problem.allowed_start & chosen[:, None]
    alone = replace(problem, allowed_start=allowed, most_difference=NONE)
    for exact in (False, True):
        model = build(alone, exact=exact, doubled=doubled)
        answer = _place_all(model, meetings, near, runner, most_work)
        if answer.infeasible:
            return False
        if answer.values is None:
            return True
        placed = assign(alone, starts_in(model, answer.values), runner, doubled=doubled)
        if placed is not None:
            return placed
    return True


def _place_all(model: Model, meetings: Collection[int], near: Ints | None, runner: Runner, most_work: float) -> Answer:
    """Search for starts of all these meetings."""
    for meeting in meetings:
        model.cp.add(total(model.starts_of(meeting)) == 1)
    if near is not None:
        hint(model, near)
    return runner.find(model.cp, most_work=most_work)
