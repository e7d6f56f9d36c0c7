"""The forecast against closed forms, against what is known already, and against itself with the same luck."""

from dataclasses import replace
from math import erf, exp, log, sqrt

import numpy as np
import pytest

from ejlas.engine.stop import MaxWork
from ejlas.engine.workplan.forecast import gains
from ejlas.engine.workplan.forecast.durations import Distribution, Durations, factors_of_bodies
from ejlas.engine.workplan.forecast.problem import ForecastProblem
from ejlas.engine.workplan.forecast.score import score
from ejlas.engine.workplan.forecast.simulate import simulate
from ejlas.engine.workplan.problem import WorkProblem

LUCK = gains.Luck(seed=5, runs=4_000)
PERT, TRIANGULAR = Distribution.PERT, Distribution.TRIANGULAR


def plan(**more):
    """A chain of two beside one long obligation."""
    arrays = {
        "least": np.array([2.0, 3.0, 4.0]),
        "likely": np.array([3.0, 5.0, 8.0]),
        "most": np.array([7.0, 9.0, 20.0]),
        "link": np.array([[0, 1, 1]]),
        "opening": 14.0,
    }
    return ForecastProblem(**{**arrays, **more})


def chain(n, **more):
    least, likely, most = np.full(n, 2.0), np.linspace(2.0, 6.0, n), np.full(n, 6.0)
    link = np.stack([np.arange(n - 1), np.arange(1, n), np.full(n - 1, 1)], axis=1)
    return ForecastProblem(least=least, likely=likely, most=most, link=link, opening=float(5 * n), **more)


@pytest.mark.parametrize("distribution", list(Distribution))
def test_a_million_runs_of_a_chain_agree_with_the_closed_form(distribution):
    problem, runs = chain(5), 1_000_000
    own = Durations(problem, distribution)
    mean, variance = own.mean.sum() + 4, (own.deviation**2).sum()

    forecast = simulate(problem, seed=1, runs=runs, distribution=distribution)

    # Four standard errors: of the mean, and of the variance of numbers whose fourth moment is near a normal one's.
    assert abs(forecast.end.mean() - mean) < 4 * sqrt(variance / runs)
    assert abs(forecast.end.var() - variance) < 4 * variance * sqrt(2 / runs)
    assert np.allclose(forecast.share, own.deviation**2 / variance, atol=0.01)
    assert forecast.criticality.tolist() == [1.0] * 5


def test_one_triangular_obligation_is_ready_as_often_as_its_distribution_says():
    problem = ForecastProblem(
        least=np.array([2.0]), likely=np.array([3.0]), most=np.array([7.0]), opening=5.0, spread=np.zeros(0)
    )
    expected = 1 - (7 - 5) ** 2 / ((7 - 2) * (7 - 3))

    forecast = simulate(problem, seed=2, runs=100_000)

    assert abs(forecast.p_ready - expected) < 4 * sqrt(expected * (1 - expected) / 100_000)
    assert forecast.p_on_time.tolist() == [forecast.p_ready]


@pytest.mark.parametrize("share", [0.0, 0.13, 0.5, 1.0])
def test_pert_has_the_moments_of_its_beta_distribution(share):
    problem = ForecastProblem(least=np.zeros(1), likely=np.array([share]), most=np.ones(1), opening=1.0)
    durations = Durations(problem, PERT)
    drawn = np.empty(200_000)
    durations.take(0, (np.arange(200_000) + 0.5) / 200_000, drawn)
    alpha, beta = 1 + 4 * share, 5 - 4 * share

    assert abs(drawn.mean() - alpha / 6) < 1e-4
    assert abs(drawn.var() - alpha * beta / (36 * 7)) < 1e-4
    assert (durations.mean[0], durations.deviation[0]) == pytest.approx((alpha / 6, sqrt(alpha * beta / 252)))


@pytest.mark.parametrize("distribution", list(Distribution))
def test_the_share_below_a_duration_is_the_number_that_gives_it(distribution):
    durations = Durations(plan(), distribution)
    even = np.linspace(0.01, 0.99, 99)

    for each in range(3):
        drawn = np.empty_like(even)
        durations.take(each, even, drawn)
        assert np.allclose(durations.share_below(each, drawn), even, atol=1e-6)


def test_work_that_has_lasted_is_conditioned_on_it():
    problem = ForecastProblem(
        least=np.array([2.0]),
        likely=np.array([3.0]),
        most=np.array([7.0]),
        started=np.array([1.0]),
        now=5.0,
        opening=7.0,
    )
    # It has lasted 4: of the tail above 4, what is above 6 is late.
    expected = 1 - (7 - 6) ** 2 / (7 - 4) ** 2

    forecast = simulate(problem, seed=3, runs=100_000)

    assert abs(forecast.p_ready - expected) < 4 * sqrt(expected * (1 - expected) / 100_000)
    assert forecast.end[0] >= 5.0
    assert forecast.end[-1] <= 8.0


def test_work_beyond_its_longest_estimate_stands_as_at_its_likely_length():
    problem = ForecastProblem(
        least=np.array([2.0]), likely=np.array([3.0]), most=np.array([7.0]), started=np.zeros(1), now=9.0, opening=11.0
    )
    expected = 1 - (4 - 2) ** 2 / 4**2

    forecast = simulate(problem, seed=3, runs=100_000)

    assert abs(forecast.p_ready - expected) < 4 * sqrt(expected * (1 - expected) / 100_000)


def test_what_is_done_stays_done_and_the_rest_begins_now_at_the_earliest():
    problem = plan(
        started=np.array([0.0, -1, -1]), finished=np.array([2.5, -1, -1]), release=np.array([0.0, 0, 30]), now=20.0
    )

    forecast = simulate(problem, seed=1, runs=500)

    assert forecast.finish[0].tolist() == [2.5, 2.5, 2.5]
    assert forecast.p_on_time.tolist() == [1.0, 0.0, 0.0]
    assert forecast.finish[1, 0] > 23
    assert forecast.end[0] >= 34


def test_a_body_that_is_late_is_late_in_everything():
    apart = chain(6, body=np.arange(6), spread=np.full(6, 0.4))
    together = chain(6, body=np.zeros(6, dtype=np.int64), spread=np.array([0.4]))

    spread = [simulate(each, seed=1, runs=20_000).end.std() for each in (apart, together)]

    assert spread[1] > 1.8 * spread[0]


def test_the_factor_of_a_body_is_lognormal_with_mean_one():
    sure = ForecastProblem(
        least=np.full(1, 10.0),
        likely=np.full(1, 10.0),
        most=np.full(1, 10.0),
        opening=12.0,
        body=np.zeros(1, dtype=np.int64),
        spread=np.array([0.3]),
    )
    expected = 0.5 * (1 + erf((log(1.2) + 0.3**2 / 2) / 0.3 / sqrt(2)))

    forecast = simulate(sure, seed=1, runs=100_000)

    assert abs(forecast.p_ready - expected) < 4 * sqrt(expected * (1 - expected) / 100_000)
    assert abs(forecast.end.mean() - 10) < 4 * 10 * sqrt((exp(0.09) - 1) / 100_000)


def test_a_body_is_judged_by_what_it_has_finished():
    done = chain(
        3,
        body=np.array([0, 0, 1]),
        spread=np.array([0.3, 0.3]),
        started=np.array([0.0, 20, -1]),
        finished=np.array([8.0, 31, -1]),
        now=40.0,
    )

    mean, deviation = factors_of_bodies(done, Durations(done, TRIANGULAR))

    assert mean[0] > 0.5
    assert deviation[0] < 0.2
    assert (mean[1], deviation[1]) == pytest.approx((-0.045, 0.3))


def test_the_same_seed_gives_the_same_forecast_and_another_one_nearly_the_same():
    one, same, other = (simulate(plan(), seed=seed, runs=4_000) for seed in (1, 1, 2))

    assert one.end.tolist() == same.end.tolist()
    assert abs(one.p_ready - other.p_ready) < 6 * one.standard_error


def test_criticality_follows_what_decides_the_end():
    forecast = simulate(plan(), seed=1, runs=4_000)

    assert forecast.criticality[0] == forecast.criticality[1]
    assert forecast.criticality[0] + forecast.criticality[2] == pytest.approx(1.0)
    assert forecast.drivers(1).tolist() == [2]
    assert forecast.stream_p_ready.tolist() == [forecast.p_ready]
    assert forecast.p_ready_by(15) > forecast.p_ready


def test_what_a_quicker_obligation_or_another_hand_buys_is_never_less():
    problem = plan()
    work = WorkProblem(
        duration=np.array([3, 5, 8]),
        link=problem.link,
        capacity=np.array([1]),
        need=np.array([[1], [1], [1]]),
    )
    base = gains.run(problem, LUCK)
    tied = gains.with_hands(problem, work, LUCK, MaxWork(0.1))

    (more,) = gains.with_one_more(problem, work, LUCK, MaxWork(0.1))

    assert gains.with_quicker(problem, LUCK, 2).p_ready > base.p_ready
    assert tied.p_ready < base.p_ready
    assert more.end.tolist() == base.end.tolist()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"least": np.array([4.0, 3, 4])}, "least: 0 takes 4 at least and 3 most likely"),
        ({"likely": np.array([3.0, 12, 8])}, "likely: 1 takes 12 most likely and 9 at most"),
        ({"least": np.array([np.nan, 3, 4])}, "least: it holds what is no such number"),
        ({"due": np.array([-1.0, 4, -1]), "release": np.array([0.0, 6, 0])}, "due: 1 is due at 4, before"),
        ({"body": np.array([0, 0, 2]), "spread": np.array([0.1])}, "body: 2 has a body of which there is no spread"),
        ({"body": np.array([0, 0, 0]), "spread": np.array([5.0])}, "spread: it holds 5 to 5"),
        ({"link": np.array([[0, 1, 0], [1, 0, 0]])}, "a circle of predecessors: 0 → 1 → 0"),
        ({"link": np.array([[0, 3, 0]])}, "link: it names an obligation outside 0 to 2"),
        ({"release": np.array([1.0])}, r"release: its shape is \(1,\), expected \(3,\)"),
    ],
)
def test_what_means_nothing_is_named(wrong, words):
    with pytest.raises(ValueError, match=words):
        plan(**wrong)


def test_no_runs_and_no_obligations_are_refused():
    with pytest.raises(ValueError, match="runs: it is 0"):
        simulate(plan(), seed=1, runs=0)
    nothing = ForecastProblem(least=np.zeros(0), likely=np.zeros(0), most=np.zeros(0), opening=1.0)
    with pytest.raises(ValueError, match="there are no obligations"):
        simulate(nothing, seed=1)


def test_what_is_in_two_batches_is_counted_as_in_one(monkeypatch):
    monkeypatch.setattr("ejlas.engine.workplan.forecast.simulate.CELLS", 3 * 700)
    problem = replace(plan(), stream=np.array([0, 1, 1]))

    forecast = simulate(problem, seed=1, runs=2_000)

    assert len(forecast.end) == 2_000
    assert forecast.p_ready == (forecast.end <= 14).mean()
    assert forecast.stream_p_ready[0] > forecast.stream_p_ready[1] >= forecast.p_ready


@pytest.mark.parametrize("length", [0.1, 12.3, 12.7, 4321.9])
def test_what_ends_just_at_its_moment_is_in_time(length):
    sure = np.array([length])
    problem = ForecastProblem(least=sure, likely=sure, most=sure, opening=length, due=sure)

    forecast = simulate(problem, seed=1, runs=20)

    assert (forecast.p_ready, forecast.p_on_time.tolist(), forecast.p_ready_by(length)) == (1.0, [1.0], 1.0)
    assert score(problem, forecast, sure).within == (1.0, 1.0, 1.0)
