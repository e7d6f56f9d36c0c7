"""Compiling what the search needs, before anybody waits for it."""

import numpy as np

from ejlas.engine.stop import MaxWork
from ejlas.engine.workplan.problem import WorkProblem
from ejlas.engine.workplan.solve import solve


def warm() -> None:
    """Solve a small problem whose bound is out of reach at once, so that everything compiled is compiled and kept."""
    problem = WorkProblem(
        duration=np.array([2, 2, 2, 3, 1]),
        link=np.array([[0, 3, 1], [1, 4, 0]]),
        capacity=np.array([3]),
        need=np.array([[2], [2], [2], [2], [1]]),
    )
    solve(problem, stop=MaxWork(0.01), seed=1)
