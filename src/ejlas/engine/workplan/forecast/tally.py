"""Counting over runs: batch after batch, of which none has to stay in memory."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from ejlas.engine.values import Floats, Singles
from ejlas.engine.workplan.forecast.forecast import QUANTILES, Forecast
from ejlas.engine.workplan.forecast.problem import NONE, ForecastProblem

Ways: TypeAlias = list[tuple[int, list[tuple[int, float]]]]
"""Obligations with the predecessors of each and the lags, the last obligations first."""


RUNS_OF_EACH = 500
"""Runs of the first batch by which the quantiles of single obligations are told."""


@dataclass(frozen=True, eq=False)
class Batch:
    """Some runs: of every obligation and run, when it starts and ends and how long it takes."""

    start: Singles
    """(n, n_runs) NaN where something has begun already: it waits for nothing."""
    finish: Singles
    """(n, n_runs)"""
    duration: Singles
    """(n, n_runs)"""


class Tally:
    """Counts over batches of runs, of which no batch has to stay."""

    def __init__(self, problem: ForecastProblem, runs: int) -> None:
        n = problem.n_obligations
        self._runs, self._done = runs, 0
        self._end = np.empty(runs, dtype=np.float32)
        self._stream_end = np.empty((problem.n_streams, runs), dtype=np.float32)
        self._in_stream = [np.flatnonzero(problem.stream == each) for each in range(problem.n_streams)]
        # Ends are compared with moments that are rounded as they are.
        self._opening = np.float32(problem.opening)
        self._due = np.where(problem.due == NONE, problem.opening, problem.due).astype(np.float32)
        self._on_time, self._critical = np.zeros(n), np.zeros(n)
        self._sum, self._squares, self._products = np.zeros(n), np.zeros(n), np.zeros(n)
        # Sums of squares lose no digits where the numbers are counted from near their middle.
        self._middle, self._end_middle = np.zeros(n, dtype=np.float32), 0.0
        self._finish = np.empty((n, len(QUANTILES)), dtype=np.float32)

    def add(self, batch: Batch, back: Ways) -> None:
        """Count a batch."""
        end = batch.finish.max(axis=0)
        part = slice(self._done, self._done + len(end))
        if not self._done:
            self._middle, self._end_middle = batch.duration.mean(axis=1), float(end.mean())
            self._finish = np.quantile(batch.finish[:, :RUNS_OF_EACH], QUANTILES, axis=1).T
        self._done = part.stop
        self._end[part] = end
        for each, members in enumerate(self._in_stream):
            self._stream_end[each, part] = batch.finish[members].max(axis=0, initial=0.0)
        self._on_time += (batch.finish <= self._due[:, None]).sum(axis=1)
        self._critical += _critical(batch, end, back)
        # The batch is not needed any more.
        moved = batch.duration
        moved -= self._middle[:, None]
        self._squares += np.einsum("ij,ij->i", moved, moved, dtype=np.float64)
        # Not by a matrix product: its library would wake threads on all cores for a moment's work.
        self._products += np.einsum("ij,j->i", moved, end - self._end_middle, dtype=np.float64)
        self._sum += moved.sum(axis=1, dtype=np.float64)

    def forecast(self) -> Forecast:
        """Return what all batches say."""
        runs, end = self._runs, self._end
        mean = self._sum / runs
        covariance = self._products / runs - mean * float(end.mean(dtype=np.float64) - self._end_middle)
        variance = np.maximum(self._squares / runs - mean**2, 0.0)
        end_variance = float(end.var(dtype=np.float64))
        deviation = np.sqrt(variance * end_variance)
        return Forecast(
            p_ready=float((end <= self._opening).mean()),
            end=np.sort(end),
            stream_p_ready=(self._stream_end <= self._opening).mean(axis=1),
            stream_end=np.quantile(self._stream_end, QUANTILES, axis=1).T,
            p_on_time=self._on_time / runs,
            finish=self._finish,
            criticality=self._critical / runs,
            share=covariance / end_variance if end_variance > 0 else np.zeros_like(covariance),
            correlation=np.divide(covariance, deviation, out=np.zeros_like(covariance), where=deviation > 0),
        )


def _critical(batch: Batch, end: Singles, back: Ways) -> Floats:
    """(n,) in how many runs each obligation stands on a way that decides the end.

    Who ends last does; and so does who ends at the moment, and the lag, at which one that does could begin.
    """
    critical = batch.finish == end
    for each, before in back:
        own, start = critical[each], batch.start[each]
        if not own.any():
            continue
        for first, lag in before:
            reached = batch.finish[first] + lag if lag else batch.finish[first]
            critical[first] |= own & (reached == start)
    return np.asarray(critical.sum(axis=1), dtype=np.float64)
