"""A large plan by chance, and how long its forecast takes: `python -m benchmarks.forecasts triangular|pert`."""

from __future__ import annotations

import json
import sys
import time

import numpy as np

from ejlas.engine.workplan.forecast.durations import Distribution
from ejlas.engine.workplan.forecast.problem import ForecastProblem
from ejlas.engine.workplan.forecast.simulate import simulate

OBLIGATIONS, LINKS, BODIES, STREAMS = 2_000, 3_000, 40, 12
REPEATS = 4


def large(seed: int) -> ForecastProblem:
    """Return a plan in which each obligation waits for some of the sixty before it."""
    random = np.random.default_rng(seed)
    after = random.integers(1, OBLIGATIONS, LINKS)
    first = after - random.integers(1, np.minimum(after, 60) + 1)
    least = random.integers(1, 5, OBLIGATIONS).astype(np.float64)
    likely = least + random.integers(0, 6, OBLIGATIONS)
    return ForecastProblem(
        least=least,
        likely=likely,
        most=likely + random.integers(0, 12, OBLIGATIONS),
        link=np.stack([first, after, random.integers(0, 3, LINKS)], axis=1),
        opening=800.0,
        body=random.integers(0, BODIES, OBLIGATIONS),
        spread=np.full(BODIES, 0.15),
        stream=random.integers(0, STREAMS, OBLIGATIONS),
    )


def main() -> None:
    """Forecast a few times, as the yardstick loops do, and tell the best seconds of the processor."""
    problem, distribution = large(1), Distribution(sys.argv[1])
    seconds = []
    for _ in range(REPEATS):
        began = time.process_time()
        forecast = simulate(problem, seed=1, distribution=distribution)
        seconds.append(time.process_time() - began)
    told = {"p_ready": forecast.p_ready, "p50": forecast.quantile(0.5), "p95": forecast.quantile(0.95)}
    print(json.dumps(told | {"seconds": round(min(seconds), 3)}))


if __name__ == "__main__":
    main()
