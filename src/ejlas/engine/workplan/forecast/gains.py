"""What one more week, one more crew or one quicker obligation buys: the same luck, run again with that change."""

from dataclasses import dataclass, replace

import numpy as np

from ejlas.engine.stop import Stop
from ejlas.engine.values import Ints
from ejlas.engine.workplan.chains import chains
from ejlas.engine.workplan.forecast.durations import Distribution
from ejlas.engine.workplan.forecast.forecast import Forecast
from ejlas.engine.workplan.forecast.problem import ForecastProblem
from ejlas.engine.workplan.forecast.simulate import simulate
from ejlas.engine.workplan.problem import WorkProblem
from ejlas.engine.workplan.solve import solve


@dataclass(frozen=True)
class Luck:
    """What two forecasts have to share so that their difference is that of their plans."""

    seed: int
    runs: int = 10_000
    distribution: Distribution = Distribution.TRIANGULAR


def run(problem: ForecastProblem, luck: Luck) -> Forecast:
    """Return the forecast of a plan with this luck."""
    return simulate(problem, seed=luck.seed, runs=luck.runs, distribution=luck.distribution)


def with_quicker(problem: ForecastProblem, luck: Luck, obligation: int) -> Forecast:
    """Return the forecast if one obligation were sure to take its least."""
    most, likely = problem.most.copy(), problem.likely.copy()
    most[obligation] = likely[obligation] = problem.least[obligation]
    return run(replace(problem, most=most, likely=likely), luck)


def with_hands(problem: ForecastProblem, work: WorkProblem, luck: Luck, stop: Stop) -> Forecast:
    """Return the forecast of a plan in which hands are limited: they go from one obligation to another.

    Parameters
    ----------
    work : the same obligations with their hands
    stop : when the search for the plan, by which the hands go, ends
    """
    plan = solve(work, stop=stop, seed=luck.seed)
    return run(with_chains(problem, chains(work, plan.start)), luck)


def with_one_more(problem: ForecastProblem, work: WorkProblem, luck: Luck, stop: Stop) -> tuple[Forecast, ...]:
    """Return the forecast of `with_hands` with one more of each kind of hands, one kind after the other."""
    found = []
    for kind in range(work.n_resources):
        capacity = work.capacity.copy()
        capacity[kind] += 1
        found.append(with_hands(problem, replace(work, capacity=capacity), luck, stop))
    return tuple(found)


def with_chains(problem: ForecastProblem, links: Ints) -> ForecastProblem:
    """Return the problem with further links; what has begun waits for nothing."""
    waits = (problem.started[links[:, 1]] < 0) & (problem.finished[links[:, 1]] < 0)
    return replace(problem, link=np.concatenate([problem.link, links[waits]]))
