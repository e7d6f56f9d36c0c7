"""How a forecast is scored once it is known what happened."""

import numpy as np
import pytest

from ejlas.engine.workplan.forecast.problem import ForecastProblem
from ejlas.engine.workplan.forecast.score import score
from ejlas.engine.workplan.forecast.simulate import simulate

PLAN = ForecastProblem(
    least=np.array([2.0, 3.0]),
    likely=np.array([3.0, 5.0]),
    most=np.array([7.0, 9.0]),
    link=np.array([[0, 1, 0]]),
    opening=10.0,
)


def test_penalties_are_those_of_their_definitions():
    forecast = simulate(PLAN, seed=1, runs=300)
    happened = np.array([4.0, 11.0])

    found = score(PLAN, forecast, happened)

    pairs = np.abs(forecast.end[:, None] - forecast.end[None, :]).mean()
    assert found.ready == forecast.p_ready**2
    assert found.end == pytest.approx(np.abs(forecast.end - 11).mean() - pairs / 2)
    assert found.on_time == pytest.approx(((forecast.p_on_time - [1, 0]) ** 2).mean())
    assert found.within == tuple((happened[:, None] <= forecast.finish).mean(axis=0))


def test_a_sure_forecast_that_comes_true_has_no_penalty():
    sure = ForecastProblem(least=np.array([3.0]), likely=np.array([3.0]), most=np.array([3.0]), opening=5.0)

    found = score(sure, simulate(sure, seed=1, runs=10), np.array([3.0]))

    assert (found.ready, found.end, found.on_time, found.within) == (0, 0, 0, (1, 1, 1))


def test_an_honest_forecast_scores_better_than_a_rosy_one():
    rosy = ForecastProblem(
        least=PLAN.least / 2, likely=PLAN.likely / 2, most=PLAN.most / 2, link=PLAN.link, opening=10.0
    )
    honest, flattering = (simulate(each, seed=1, runs=2_000) for each in (PLAN, rosy))
    happened = np.array([4.0, 9.5])

    assert score(PLAN, honest, happened).end < score(PLAN, flattering, happened).end


def test_what_never_happened_can_not_be_scored():
    with pytest.raises(ValueError, match="expected 2 times of 0 or more"):
        score(PLAN, simulate(PLAN, seed=1, runs=10), np.array([3.0, -1.0]))
