"""How long work takes by chance: durations from even numbers, triangular or PERT, and what a body's past says."""

from enum import Enum
from functools import lru_cache

import numpy as np

from ejlas.engine.values import Floats, Singles
from ejlas.engine.workplan.forecast.problem import NONE, ForecastProblem

N_SHARES, N_STEPS, N_GRID = 64, 2048, 16384
"""Places of the likely value between least and most for which a table is kept, steps of each, and of its making."""
LEAST_DEVIATION = 0.05
"""Of one finished obligation, the least deviation of its logarithm: no estimate is worth more than that."""


class Distribution(Enum):
    """How a duration lies between least and most."""

    TRIANGULAR = "triangular"
    """Its density rises evenly to the likely value and falls evenly from there."""
    PERT = "pert"
    """A beta distribution with the mean (least + 4 · likely + most) / 6: less weight at the ends."""


class Durations:
    """The durations of all obligations as functions of a number from 0 to 1, all rising."""

    def __init__(self, problem: ForecastProblem, distribution: Distribution) -> None:
        self._least, self._width = problem.least, problem.most - problem.least
        wide = np.where(self._width > 0, self._width, 1.0)
        self._share = (problem.likely - problem.least) / wide
        self._tables = _blended(self._share) if distribution is Distribution.PERT else None
        self.mean, self.deviation = _moments(problem, distribution)

    def take(self, each: int, even: Singles, out: Singles) -> None:
        """Write the duration of one obligation, of numbers from 0 to 1; all arrays are (n_runs,)."""
        low, width, top = float(self._least[each]), float(self._width[each]), float(self._share[each])
        if width == 0:
            out[:] = low
        elif self._tables is None:
            _triangular(even, low, width, top, out)
        else:
            _looked_up(self._tables[each], even, out)
            out *= width
            out += low

    def share_below(self, each: int, duration: Singles) -> Singles:
        """(n_runs,) the number from 0 to 1 that gives each duration: how likely it is that work takes less."""
        width = self._width[each] or 1.0
        unit = np.clip((duration - self._least[each]) / width, 0.0, 1.0)
        if self._tables is not None:
            return np.asarray(np.interp(unit, self._tables[each], np.linspace(0.0, 1.0, N_STEPS + 1)))
        top = self._share[each]
        below = unit**2 / top if top > 0 else np.zeros_like(unit)
        above = 1.0 - (1.0 - unit) ** 2 / (1.0 - top) if top < 1 else np.ones_like(unit)
        return np.asarray(np.where(unit < top, below, above))


def _moments(problem: ForecastProblem, distribution: Distribution) -> tuple[Floats, Floats]:
    """Return mean and standard deviation of each duration."""
    low, top, high = problem.least, problem.likely, problem.most
    if distribution is Distribution.PERT:
        mean = (low + 4 * top + high) / 6
        return mean, np.sqrt(np.maximum((mean - low) * (high - mean) / 7, 0))
    variance = (low**2 + top**2 + high**2 - low * top - low * high - top * high) / 18
    return (low + top + high) / 3, np.sqrt(np.maximum(variance, 0))


def _triangular(even: Singles, low: float, width: float, top: float, out: Singles) -> None:
    """Write the durations of a triangle.

    Left of the top a number u gives low + width · √(u · top), right of it high − width · √((1 − u) · (1 − top)), and at
    the top both give the likely value: so the sum of both, each held at its end, less the likely value.
    """
    right = np.maximum(even, top)
    np.subtract(1.0, right, out=right)
    np.sqrt(right, out=right)
    right *= width * (1.0 - top) ** 0.5
    left = np.minimum(even, top)
    np.sqrt(left, out=left)
    left *= width * top**0.5
    np.subtract(left, right, out=out)
    out += low + width - width * top


def _looked_up(table: Singles, even: Singles, out: Singles) -> None:
    """Write the places between 0 and 1 that a table gives, between its steps in even parts."""
    np.multiply(even, N_STEPS, out=out)
    # Where work has used up nearly all of its estimate, an even number is rounded to 1: the end of the last step.
    step = np.minimum(out.astype(np.int32), N_STEPS - 1)
    out -= step
    low = table.take(step)
    rise = table[1:].take(step)
    rise -= low
    out *= rise
    out += low


def _blended(share: Floats) -> Singles:
    """(n, N_STEPS + 1) a table for each place of the likely value, from the two nearest that are kept."""
    kept = _kept_tables()
    at = share * N_SHARES
    low = np.minimum(at.astype(np.int64), N_SHARES - 1)
    part = (at - low)[:, None].astype(np.float32)
    return np.asarray(kept[low] * (1 - part) + kept[low + 1] * part)


@lru_cache(maxsize=1)
def _kept_tables() -> Singles:
    """(N_SHARES + 1, N_STEPS + 1) the places between 0 and 1 below which a PERT value lies with even probabilities."""
    x = np.linspace(0.0, 1.0, N_GRID + 1)
    steps = np.linspace(0.0, 1.0, N_STEPS + 1)
    tables = np.empty((N_SHARES + 1, N_STEPS + 1), dtype=np.float32)
    for number, share in enumerate(np.linspace(0.0, 1.0, N_SHARES + 1)):
        density = x ** (4 * share) * (1 - x) ** (4 - 4 * share)
        below = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
        tables[number] = np.interp(steps, below / below[-1], x)
    return tables


def factors_of_bodies(problem: ForecastProblem, durations: Durations) -> tuple[Floats, Floats]:
    """(n_bodies,), (n_bodies,) mean and deviation of the logarithm of each body's factor, by what it has finished.

    Before anything is finished the logarithm is normal with deviation `spread` and such a mean that the factor is 1 on
    average. An obligation that took d where m was to be expected says log(d / m), give or take its own deviation.
    """
    spread = problem.spread
    with np.errstate(divide="ignore"):
        weight = np.where(spread > 0, 1 / spread**2, np.inf)
    total = np.where(spread > 0, -0.5, 0.0)
    took = problem.finished - problem.started
    known = (problem.finished != NONE) & (problem.started != NONE) & (problem.body != NONE) & (took > 0)
    for each in np.flatnonzero(known & (durations.mean > 0)).tolist():
        body, mean = problem.body[each], durations.mean[each]
        variance = max(np.log1p((durations.deviation[each] / mean) ** 2), LEAST_DEVIATION**2)
        if spread[body] > 0:
            weight[body] += 1 / variance
            total[body] += (np.log(took[each] / mean) + variance / 2) / variance
    return total / weight, 1 / np.sqrt(weight)
