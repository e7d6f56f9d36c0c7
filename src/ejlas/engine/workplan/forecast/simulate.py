"""The runs: obligation by obligation, all runs of a batch at once."""

import numpy as np

from ejlas.engine.values import Singles
from ejlas.engine.workplan.forecast.durations import Distribution, Durations, factors_of_bodies
from ejlas.engine.workplan.forecast.forecast import Forecast
from ejlas.engine.workplan.forecast.problem import NONE, ForecastProblem
from ejlas.engine.workplan.forecast.tally import Batch, Tally
from ejlas.engine.workplan.order import in_order

CELLS = 10_000_000
"""Obligations times runs of one batch: some 200 MB, and so few batches that starting each step costs little."""


def simulate(
    problem: ForecastProblem, *, seed: int, runs: int = 10_000, distribution: Distribution = Distribution.TRIANGULAR
) -> Forecast:
    """Run the plan many times and count.

    The numbers that are drawn depend on the seed, the number of obligations and the runs alone: what changes between
    two forecasts of one plan is what was changed in it, not the luck.

    Raises
    ------
    ValueError : no runs are asked for
    """
    if runs < 1:
        raise ValueError(f"runs: it is {runs}, expected 1 or more")
    if not problem.n_obligations:
        raise ValueError("least: there are no obligations, expected one or more")
    runner = _Runner(problem, distribution)
    tally = Tally(problem, runs)
    size = max(1, min(runs, CELLS // problem.n_obligations))
    for number, begin in enumerate(range(0, runs, size)):
        random = np.random.Generator(np.random.SFC64([seed % 2**63, number]))
        tally.add(runner.run(random, min(size, runs - begin)), runner.back)
    return tally.forecast()


class _Runner:
    """What is the same in all runs."""

    def __init__(self, problem: ForecastProblem, distribution: Distribution) -> None:
        self.problem = problem
        self.durations = Durations(problem, distribution)
        self.log_factor, self.deviation = factors_of_bodies(problem, self.durations)
        self.order = in_order(problem.n_obligations, problem.link).tolist()
        self.before: list[list[tuple[int, float]]] = [[] for _ in range(problem.n_obligations)]
        for first, after, lag in problem.link.tolist():
            self.before[after].append((first, float(lag)))
        self.back = [(each, self.before[each]) for each in reversed(self.order) if self.before[each]]

    def run(self, random: np.random.Generator, runs: int) -> Batch:
        """Return so many runs."""
        problem = self.problem
        # Half the memory of floats: seven digits are enough for days, and a 16-millionth for a share of runs.
        even = random.random((problem.n_obligations, runs), dtype=np.float32)
        normal = random.standard_normal((len(problem.spread), runs))
        factor = np.exp(self.log_factor[:, None] + self.deviation[:, None] * normal).astype(np.float32)
        batch = Batch(*(np.empty(even.shape, dtype=np.float32) for _ in range(3)))
        for each in self.order:
            body = problem.body[each]
            self._one(batch, each, even[each], factor[body] if body != NONE else None)
        return batch

    def _one(self, batch: Batch, each: int, even: Singles, factor: Singles | None) -> None:
        """Run one obligation, all of whose predecessors have been run."""
        problem, start, took = self.problem, batch.start[each], batch.duration[each]
        if problem.finished[each] != NONE:
            batch.finish[each], took[:], start[:] = problem.finished[each], 0.0, np.nan
        elif problem.started[each] != NONE:
            self._rest(each, even, factor, took)
            np.add(problem.now, took, out=batch.finish[each])
            start[:] = np.nan
        else:
            self.durations.take(each, even, took)
            if factor is not None:
                took *= factor
            start[:] = max(problem.release[each], problem.now)
            for first, lag in self.before[each]:
                np.maximum(start, batch.finish[first] + lag if lag else batch.finish[first], out=start)
            np.add(start, took, out=batch.finish[each])

    def _rest(self, each: int, even: Singles, factor: Singles | None, out: Singles) -> None:
        """Write how much longer something in work takes, given that it has not ended yet.

        Where it has taken longer than the longest estimate allows, it stands as if at its likely length.
        """
        spent = self.problem.now - self.problem.started[each]
        scale = np.ones(len(even)) if factor is None else factor
        own = np.asarray(spent / scale)
        own[own >= self.problem.most[each]] = self.problem.likely[each]
        below = self.durations.share_below(each, own)
        self.durations.take(each, below + (1.0 - below) * even, out)
        out -= own
        np.maximum(out, 0.0, out=out)
        out *= scale
