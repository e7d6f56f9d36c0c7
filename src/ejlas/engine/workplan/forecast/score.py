"""How good a forecast was, once it is known what happened."""

from dataclasses import dataclass

import numpy as np

from ejlas.engine.values import Floats, Singles
from ejlas.engine.workplan.forecast.forecast import QUANTILES, Forecast
from ejlas.engine.workplan.forecast.problem import NONE, ForecastProblem


@dataclass(frozen=True)
class Score:
    """Penalties: 0 is perfect. Of obligations, those that were done already when the forecast was made do not count."""

    ready: float
    """Brier score of `p_ready`: its squared distance from 1 if all was ready at the opening, from 0 if not."""
    end: float
    """Continuous ranked probability score of the end, in its unit: the mean distance of one sure forecast."""
    on_time: float
    """Mean Brier score of `p_on_time` over the obligations."""
    within: tuple[float, ...]
    """Share of the obligations that ended by their 50, 80 and 95 per cent: near these, if the forecast was honest."""


def score(problem: ForecastProblem, forecast: Forecast, happened: Floats) -> Score:
    """Return how good a forecast was.

    Parameters
    ----------
    happened : (n,) when each obligation was done

    Raises
    ------
    ValueError : the array has another shape, or something in it was never done
    """
    if happened.shape != (problem.n_obligations,) or not np.isfinite(happened).all() or happened.min() < 0:
        raise ValueError(f"happened: expected {problem.n_obligations} times of 0 or more, one for each obligation")
    end = float(happened.max())
    due = np.where(problem.due == NONE, problem.opening, problem.due)
    open_then = problem.finished == NONE
    if not open_then.any():
        open_then = np.ones_like(open_then)
    missed = (forecast.p_on_time - (happened <= due)) ** 2
    within = (happened.astype(np.float32)[:, None] <= forecast.finish)[open_then].mean(axis=0)
    return Score(
        ready=(forecast.p_ready - (end <= problem.opening)) ** 2,
        end=_crps(forecast.end, end),
        on_time=float(missed[open_then].mean()),
        within=tuple(float(each) for each in within[: len(QUANTILES)]),
    )


def _crps(ordered: Singles, happened: float) -> float:
    """Return the score of many runs: mean |x − y| − ½ mean |x − x′| over all pairs of runs."""
    n = len(ordered)
    # Of numbers in rising order, the sum of all distances is a weighted sum.
    weights = 2 * np.arange(1, n + 1) - n - 1
    return float(np.abs(ordered - happened).mean() - (weights * ordered).sum() / n**2)
