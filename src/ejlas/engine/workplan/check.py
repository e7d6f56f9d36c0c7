"""The checker of plans of work: one function for each hard constraint, which shares no code with the search."""

from collections.abc import Iterator

import numpy as np

from ejlas.engine.result import Broken
from ejlas.engine.values import Ints
from ejlas.engine.workplan.problem import NONE, WorkProblem


def check(problem: WorkProblem, start: Ints) -> tuple[Broken, ...]:
    """Return what a plan breaks: constraint, holder and activities; nothing for a right plan.

    Parameters
    ----------
    start : (n_activities,) start of each activity

    Raises
    ------
    ValueError : the plan has another number of activities than the problem
    """
    if start.shape != (problem.n_activities,):
        raise ValueError(f"start: its shape is {start.shape}, expected {(problem.n_activities,)}")
    rules = (releases, pins, links, hands)
    return tuple(fault for rule in rules for fault in rule(problem, start))


def releases(problem: WorkProblem, start: Ints) -> Iterator[Broken]:
    """Name what starts too early; hard, H1 of docs/engine/workplan.md."""
    for each in np.flatnonzero((start < problem.release) & (problem.pinned == NONE)).tolist():
        yield Broken("release", each, (each,), int(problem.release[each] - start[each]))


def pins(problem: WorkProblem, start: Ints) -> Iterator[Broken]:
    """Name what is in work and was given another start; hard, H2."""
    for each in np.flatnonzero((problem.pinned != NONE) & (problem.pinned != start)).tolist():
        yield Broken("pinned", each, (each,))


def links(problem: WorkProblem, start: Ints) -> Iterator[Broken]:
    """Name two activities of which the second starts before the end of the first, and the lag; hard, H3."""
    for first, after, lag in problem.link.tolist():
        lacks = int(start[first] + problem.duration[first]) + lag - int(start[after])
        if lacks > 0:
            yield Broken("link", first, (first, after), lacks)


def hands(problem: WorkProblem, start: Ints) -> Iterator[Broken]:
    """Name the activities that together need more of one kind of hands than there are; hard, H4.

    More can be needed than before only where something starts, so these moments are enough.
    """
    finish = start + problem.duration
    for kind in range(problem.n_resources):
        asks = problem.need[:, kind] > 0
        for moment in np.unique(start[asks & (problem.duration > 0)]).tolist():
            held = np.flatnonzero(asks & (start <= moment) & (finish > moment))
            lacks = int(problem.need[held, kind].sum() - problem.capacity[kind])
            if lacks > 0:
                yield Broken("hands", kind, tuple(held.tolist()), lacks)
