"""What many runs say: whether all is ready at the opening, when it ends, what the risk hangs on."""

from dataclasses import dataclass

import numpy as np

from ejlas.engine.values import Floats, Ints, Singles

QUANTILES = (0.5, 0.8, 0.95)
"""Of ends: with which probability it is ready by then."""


@dataclass(frozen=True, eq=False)
class Forecast:
    """Probabilities and quantiles; times are those of the problem."""

    p_ready: float
    """How likely everything is ready at the opening."""
    end: Singles
    """(n_runs,) when everything was ready, in rising order."""
    stream_p_ready: Floats
    """(n_streams,) how likely all of a workstream is ready at the opening."""
    stream_end: Singles
    """(n_streams, 3) by when it is ready with 50, 80 and 95 per cent."""
    p_on_time: Floats
    """(n,) how likely each obligation ends by its due time, or by the opening where it has none."""
    finish: Singles
    """(n, 3) by when each ends with 50, 80 and 95 per cent, by the first 500 runs."""
    criticality: Floats
    """(n,) share of the runs in which each stands on a way that decides the end."""
    share: Floats
    """(n,) part of the variance of the end each brings, cov(duration, end) / var(end); on a chain they sum to 1."""
    correlation: Floats
    """(n,) of its duration with the end."""

    def quantile(self, part: float) -> float:
        """Return by when everything is ready with this probability."""
        return float(np.quantile(self.end, part))

    def p_ready_by(self, moment: float) -> float:
        """Return how likely everything is ready at another moment: what a week more would buy."""
        return float(np.searchsorted(self.end, np.float32(moment), side="right") / len(self.end))

    @property
    def standard_error(self) -> float:
        """Return how far `p_ready` may stand from that of endless runs, one deviation."""
        return float(np.sqrt(self.p_ready * (1 - self.p_ready) / len(self.end)))

    def drivers(self, most: int = 10) -> Ints:
        """Return the obligations that bring most of the variance of the end, the first of them first."""
        ranked = np.lexsort((-self.criticality, -self.share))[:most]
        return ranked[(self.share[ranked] > 0) & (self.criticality[ranked] > 0)]
