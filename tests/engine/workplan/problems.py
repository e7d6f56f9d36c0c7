"""Small plans of work by chance, and the best plan of a tiny one found by trying all orders."""

from itertools import permutations

import numpy as np
from hypothesis import strategies as st

from ejlas.engine.workplan.problem import WorkProblem


@st.composite
def work_problems(draw, most=8):
    """A plan of work that is possible, with lags, releases, hands of two kinds, and perhaps one activity in work."""
    n = draw(st.integers(1, most))
    durations = draw(st.lists(st.integers(0, 4), min_size=n, max_size=n))
    capacity = draw(st.lists(st.integers(1, 3), min_size=2, max_size=2))
    need = [[draw(st.integers(0, there)) for there in capacity] for _ in range(n)]
    pairs = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.integers(0, 2)), max_size=n))
    shuffled = draw(st.permutations(range(n)))
    link = [(shuffled[a], shuffled[b], lag) for a, b, lag in pairs if a < b]
    pinned = [-1] * n
    if draw(st.booleans()):
        link = [each for each in link if each[1] != shuffled[0]]
        pinned[shuffled[0]] = draw(st.integers(0, 3))
    return WorkProblem(
        duration=np.array(durations),
        link=np.array(link, dtype=np.int64).reshape(len(link), 3),
        capacity=np.array(capacity),
        need=np.array(need),
        release=np.array(draw(st.lists(st.integers(0, 3), min_size=n, max_size=n))),
        pinned=np.array(pinned),
    )


def least_makespan(problem):
    """The earliest end there is: some order, each activity as early as it can stand, is a best plan."""
    before = {(first, after): lag for first, after, lag in problem.link.tolist()}
    return min(
        _makespan(problem, order, before)
        for order in permutations(range(problem.n_activities))
        if all(order.index(first) < order.index(after) for first, after in before)
    )


def _makespan(problem, order, before):
    used = np.zeros((problem.horizon + 10, problem.n_resources), dtype=int)
    finish = {}
    for each in np.flatnonzero(problem.pinned >= 0).tolist():
        start = int(problem.pinned[each])
        finish[each] = start + int(problem.duration[each])
        used[start : finish[each]] += problem.need[each]
    for each in order:
        if each in finish:
            continue
        length = int(problem.duration[each])
        links = [(first, lag) for first, after, lag in problem.link.tolist() if after == each]
        start = max([int(problem.release[each]), *(finish[first] + lag for first, lag in links)])
        while (used[start : start + length] + problem.need[each] > problem.capacity).any():
            start += 1
        used[start : start + length] += problem.need[each]
        finish[each] = start + length
    return max(finish.values())
