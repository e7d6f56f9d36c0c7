"""The answer to “are we ready?”: a basis run many times, with what its risk hangs on and what more would buy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from ejlas.engine.stop import MaxWork
from ejlas.engine.values import Ints
from ejlas.engine.workplan.chains import chains
from ejlas.engine.workplan.critical import critical_path
from ejlas.engine.workplan.forecast.durations import Distribution
from ejlas.engine.workplan.forecast.forecast import QUANTILES, Forecast
from ejlas.engine.workplan.forecast.gains import Luck, run, with_chains, with_quicker
from ejlas.engine.workplan.forecast.problem import ForecastProblem
from ejlas.engine.workplan.solve import solve
from ejlas.planning.rules.ready.basis import Basis
from ejlas.planning.rules.ready.problem import NONE, Left, Posed

# How long the plan of limited hands is searched, in units of the engine (about a second of one core each). One herd
# of schedules suffices: what comes after is a fraction of a day, and chance moves everything by days.
WORK = 0.1
MOST_DRIVERS = 10
# So many of them are also thought of as sure to take their least.
MOST_QUICKER = 5
# Points of the curve of the end.
N_POINTS = 40
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a forecast says of one obligation.

    Parameters
    ----------
    begins, ends : days of the plan that respects limited hands; of what has happened, as it happened
    ends_50, ends_80, ends_95 : by when it ends with so many per cent
    p_on_time : how likely it ends by its due day, or in time for the opening where it has none
    criticality : share of the runs in which it decides the end
    share : the part of the spread of the end that it brings
    slack : working days by which it may slip until the opening is in danger; below 0 = so many too late; None = over
    """

    slug: str
    begins: date
    ends: date
    ends_50: date
    ends_80: date
    ends_95: date
    p_on_time: float
    criticality: float
    share: float
    slack: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """What a forecast says of one workstream; "" gathers what has none."""

    slug: str
    n: int
    n_worked: int
    p_ready: float
    ends: tuple[date, date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a forecast says; days are by the host's working calendar.

    Parameters
    ----------
    target_on : the last day on which work may end so that everything is ready in time
    error : one standard error of `p_ready`
    ends : by when everything is ready with 50, 80 and 95 per cent
    curve : days, and how likely everything is ready at their end
    p_with_week : how likely everything were ready if there were one more week
    drivers : what the risk hangs on, the most first
    quicker : how likely everything is ready if one of these is sure to take its least
    one_more : how likely everything is ready with one more of a limited kind
    clashes : limited kinds of which one obligation needs more than there are, or what is in work; and how many lack
    """

    target_on: date
    n: int
    n_worked: int
    p_ready: float
    error: float
    ends: tuple[date, date, date]
    curve: tuple[tuple[date, float], ...]
    p_with_week: float
    streams: tuple[Stream, ...]
    drivers: tuple[str, ...]
    quicker: tuple[tuple[str, float], ...]
    one_more: tuple[tuple[str, float], ...]
    clashes: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]


class Made:
    """A forecast of a basis, with the problems from which it was made."""

    def __init__(self, basis: Basis, *, seed: int) -> None:
        self.posed = Posed(basis)
        self.left: Left = self.posed.left()
        self.start, links = _placed(self.left, seed)
        self.problem: ForecastProblem = self.posed.forecast_problem()
        if links.size:
            self.problem = with_chains(self.problem, self.left.in_whole(links))
        self.luck = Luck(seed, basis.rules.n_runs, Distribution(basis.rules.distribution))
        self.forecast: Forecast = run(self.problem, self.luck)

    @property
    def p_ready(self) -> float:
        """How likely everything is ready in time."""
        return self.forecast.p_ready

    def end_by(self, part: float) -> date:
        """Return the day by which everything is ready with this probability."""
        return self.posed.axis.day_of_end(self.forecast.quantile(part))


def outcome_of(basis: Basis, *, seed: int) -> Outcome | None:
    """Return the forecast of a basis; None where nothing is owed."""
    if not basis.owed:
        return None
    made = Made(basis, seed=seed)
    forecast, posed = made.forecast, made.posed
    drivers = [place for place in forecast.drivers(MOST_DRIVERS).tolist() if not basis.owed[place].is_worked]
    later = posed.axis.start_of(basis.opening + WEEK) - basis.rules.ready_days
    return Outcome(
        target_on=posed.target_on,
        n=len(basis.owed),
        n_worked=sum(each.is_worked for each in basis.owed),
        p_ready=forecast.p_ready,
        error=forecast.standard_error,
        ends=_three(posed, [forecast.quantile(part) for part in QUANTILES]),
        curve=_curve(made),
        p_with_week=forecast.p_ready_by(later),
        streams=_streams(made),
        drivers=tuple(basis.owed[place].slug for place in drivers),
        quicker=tuple(
            (basis.owed[place].slug, with_quicker(made.problem, made.luck, place).p_ready)
            for place in drivers[:MOST_QUICKER]
        ),
        one_more=_one_more(basis, made, seed),
        clashes=tuple(made.left.lacking.items()),
        lines=_lines(made),
    )


def _placed(left: Left, seed: int) -> tuple[Ints, Ints]:
    """Return the starts of what is left, and the links by which hands go on."""
    problem = left.problem
    if not problem.need.any():
        return critical_path(problem).earliest_start, np.zeros((0, 3), dtype=np.int64)
    plan = solve(problem, stop=MaxWork(WORK), seed=seed)
    return plan.start, chains(problem, plan.start)


def _curve(made: Made) -> tuple[tuple[date, float], ...]:
    end, axis = made.forecast.end, made.posed.axis
    first, last = np.floor(end[0]), np.ceil(end[-1])
    times = np.unique(np.linspace(first, last, N_POINTS).round())
    return tuple((axis.day_of_end(time), made.forecast.p_ready_by(time)) for time in times.tolist())


def _streams(made: Made) -> tuple[Stream, ...]:
    posed, forecast = made.posed, made.forecast
    found = []
    for place, slug in enumerate(posed.streams):
        own = [each for each in posed.owed if each.stream == slug]
        found.append(
            Stream(
                slug=slug,
                n=len(own),
                n_worked=sum(each.is_worked for each in own),
                p_ready=float(forecast.stream_p_ready[place]),
                ends=_three(posed, forecast.stream_end[place].tolist()),
            )
        )
    return tuple(found)


def _three(posed: Posed, times: list[float]) -> tuple[date, date, date]:
    """Return the days by which something ends with 50, 80 and 95 per cent."""
    first, second, third = map(posed.axis.day_of_end, times)
    return first, second, third


def _one_more(basis: Basis, made: Made, seed: int) -> tuple[tuple[str, float], ...]:
    """Return what one more of each limited kind buys; who stands idle does no harm, so it never takes anything."""
    found = []
    for kind in made.posed.kinds:
        more = replace(basis, hands={**basis.hands, kind: basis.hands.get(kind, 0) + 1})
        found.append((kind, max(made.p_ready, Made(more, seed=seed).p_ready)))
    return tuple(found)


def _lines(made: Made) -> tuple[Line, ...]:
    posed, left = made.posed, made.left
    begins, ends = np.maximum(posed.started, 0), posed.finished.copy()
    in_work = posed.started[left.places] != NONE
    begins[left.places] = np.where(in_work, posed.started[left.places], posed.now + made.start)
    ends[left.places] = posed.now + made.start + left.problem.duration
    slack: dict[int, int] = {}
    if len(left.places):
        path = critical_path(left.problem, end=posed.target - posed.now)
        slack = dict(zip(left.places.tolist(), path.slack.tolist(), strict=True))
    spans = zip(begins.tolist(), ends.tolist(), strict=True)
    return tuple(_line(made, place, span, slack.get(place)) for place, span in enumerate(spans))


def _line(made: Made, place: int, span: tuple[float, float], slack: int | None) -> Line:
    each, axis, forecast = made.posed.owed[place], made.posed.axis, made.forecast
    begins, ends = span
    over = each.delivered if each.is_worked else None
    days = [over or axis.day_of_end(time) for time in (ends, *forecast.finish[place].tolist())]
    return Line(
        slug=each.slug,
        begins=each.started or axis.day_of_start(begins),
        ends=days[0],
        ends_50=days[1],
        ends_80=days[2],
        ends_95=days[3],
        p_on_time=float(forecast.p_on_time[place]),
        criticality=float(forecast.criticality[place]),
        share=float(forecast.share[place]),
        slack=slack,
    )


def as_stored(outcome: Outcome) -> dict[str, Any]:
    """Return what a forecast says besides its lines, as JSON can hold it."""
    return {
        "target_on": outcome.target_on.isoformat(),
        "n": outcome.n,
        "n_worked": outcome.n_worked,
        "p_ready": outcome.p_ready,
        "error": outcome.error,
        "ends": [day.isoformat() for day in outcome.ends],
        "curve": [[day.isoformat(), share] for day, share in outcome.curve],
        "p_with_week": outcome.p_with_week,
        "streams": [
            {
                "slug": each.slug,
                "n": each.n,
                "n_worked": each.n_worked,
                "p_ready": each.p_ready,
                "ends": [day.isoformat() for day in each.ends],
            }
            for each in outcome.streams
        ],
        "drivers": list(outcome.drivers),
        "quicker": [list(each) for each in outcome.quicker],
        "one_more": [list(each) for each in outcome.one_more],
        "clashes": [list(each) for each in outcome.clashes],
    }
