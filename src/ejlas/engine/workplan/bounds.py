"""Bounds that no plan can pass: the longest way through the links, and the work there is for each kind of hands."""

import numpy as np

from ejlas.engine.values import Ints
from ejlas.engine.workplan.critical import earliest_starts, tails
from ejlas.engine.workplan.problem import WorkProblem

MOST_STEPS = 400
"""Heads and tails that are tried of each kind of hands; more are thinned out, which keeps the bound right."""


def lower_bound(problem: WorkProblem) -> int:
    """Return a time before which not everything can have ended."""
    if not problem.n_activities:
        return 0
    head, tail = earliest_starts(problem, problem.duration), tails(problem)
    bound = int((head + problem.duration + tail).max())
    for kind in range(problem.n_resources):
        bound = max(bound, _by_work(problem, kind, head, tail))
    return bound


def _by_work(problem: WorkProblem, kind: int, head: Ints, tail: Ints) -> int:
    """Return the bound of one kind of hands.

    All work on activities that start at `a` or later and leave `b` units after their end lies between: a + work/hands
    + b is a bound for any a and b.
    """
    work = problem.need[:, kind] * problem.duration
    asked = np.flatnonzero(work)
    if not asked.size or not problem.capacity[kind]:
        return 0
    heads, tail_steps = _steps(head[asked]), _steps(tail[asked])
    total = np.zeros((len(heads), len(tail_steps)), dtype=np.int64)
    at_head = np.searchsorted(heads, head[asked], side="right") - 1
    at_tail = np.searchsorted(tail_steps, tail[asked], side="right") - 1
    np.add.at(total, (at_head, at_tail), work[asked])
    total = total[::-1, ::-1].cumsum(0).cumsum(1)[::-1, ::-1]
    spans = -(-total // int(problem.capacity[kind])) + heads[:, None] + tail_steps[None, :]
    return int(np.where(total > 0, spans, 0).max())


def _steps(values: Ints) -> Ints:
    """Return some of the values in order, the lowest among them."""
    found = np.unique(values)
    return found[:: -(-len(found) // MOST_STEPS)]
