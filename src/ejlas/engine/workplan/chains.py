"""Hands that go from one activity to another: a plan as links, so that a forecast respects what hands there are."""

import numpy as np

from ejlas.engine.values import Ints
from ejlas.engine.workplan.problem import WorkProblem


def chains(problem: WorkProblem, start: Ints) -> Ints:
    """(n_chains, 3) links from each activity to those that take over its hands, without lags.

    Whatever keeps these links besides the problem's own never needs more hands than there are. Hands are taken over
    from those who are its predecessors anyway where that can be, else from those who ended last.

    Parameters
    ----------
    start : (n_activities,) starts of a plan that keeps every hard constraint
    """
    finish = start + problem.duration
    linked = {(first, after) for first, after, _lag in problem.link.tolist()}
    found: dict[tuple[int, int], None] = {}
    place = np.argsort(problem.order)
    for kind in range(problem.n_resources):
        # What is free: who had it last (-1 = nobody yet), and how much of it.
        free: list[tuple[int, int]] = [(-1, int(problem.capacity[kind]))]
        asks = np.flatnonzero((problem.need[:, kind] > 0) & (problem.duration > 0))
        for each in asks[np.lexsort((place[asks], start[asks]))].tolist():
            ready = [(last, count) for last, count in free if last < 0 or finish[last] <= start[each]]
            ready.sort(key=lambda part: ((part[0], each) not in linked, part[0] >= 0, -finish[part[0]], part[0]))
            lacks = int(problem.need[each, kind])
            for last, count in ready:
                if not lacks:
                    break
                taken = min(count, lacks)
                lacks -= taken
                free.remove((last, count))
                if count > taken:
                    free.append((last, count - taken))
                if last >= 0 and (last, each) not in linked:
                    found[last, each] = None
            free.append((each, int(problem.need[each, kind])))
    return np.array([(*pair, 0) for pair in found], dtype=np.int64).reshape(len(found), 3)
