"""`ejlas engine forecast FILE`: how likely everything is ready at the opening, as one line of JSON."""

from __future__ import annotations

import json
import time
from argparse import Namespace
from typing import TYPE_CHECKING

from ejlas.cli.engine import kernels, process
from ejlas.engine.stop import MaxWork

if TYPE_CHECKING:
    from ejlas.engine.workplan.forecast.forecast import Forecast
    from ejlas.engine.workplan.forecast.gains import Luck
    from ejlas.engine.workplan.formats.own import WorkFile

N_DRIVERS, N_TRIED = 10, 3
"""Obligations that are named as drivers of the risk, and for how many it is tried what their least would buy."""
WORK = 1.0
"""Work of the search for a plan by which hands go from one obligation to another."""


def run(options: Namespace) -> int:
    """Forecast, and end with 0."""
    began = process.began()
    kernels.keep_where_writable()
    from ejlas.cli.engine import files
    from ejlas.engine.workplan.forecast.durations import Distribution
    from ejlas.engine.workplan.forecast.gains import Luck
    from ejlas.engine.workplan.formats.own import read_work

    read = files.parsed(options.file, lambda: read_work(files.read_text(options.file)))
    luck = Luck(options.seed, options.runs, Distribution(options.distribution))
    found = files.parsed(options.file, lambda: answer(read, luck))
    found["seconds"] = round(time.monotonic() - began, 2)
    print(json.dumps(found), flush=True)
    return 0


def answer(read: WorkFile, luck: Luck) -> dict[str, object]:
    """Return what the forecast says, what it hangs on, and what more time or hands would buy."""
    from ejlas.engine.workplan.chains import chains
    from ejlas.engine.workplan.forecast import gains
    from ejlas.engine.workplan.solve import solve

    problem, work = read.forecast(), read.work()
    buys: dict[str, object] = {}
    if work.need.any():
        plan = solve(work, stop=MaxWork(WORK), seed=luck.seed)
        if plan.broken:
            each = plan.broken[0]
            kind = list(read.resources)[each.holder]
            raise ValueError(f"resources.{kind}: {work.name[each.meetings[0]]} needs {each.count} more than there are")
        more = gains.with_one_more(problem, work, luck, MaxWork(WORK))
        buys["hands"] = {kind: _part(each.p_ready) for kind, each in zip(read.resources, more, strict=True)}
        buys["enough_hands"] = _part(gains.run(problem, luck).p_ready)
        problem = gains.with_chains(problem, chains(work, plan.start))
    forecast = gains.run(problem, luck)
    drivers = [_driver(forecast, each, problem.name[each]) for each in forecast.drivers(N_DRIVERS).tolist()]
    for driver, each in zip(drivers[:N_TRIED], forecast.drivers(N_TRIED).tolist(), strict=True):
        driver["p_ready_if_quick"] = _part(gains.with_quicker(problem, luck, each).p_ready)
    return {
        "p_ready": _part(forecast.p_ready),
        **{f"p{part}": round(forecast.quantile(part / 100), 3) for part in (50, 80, 95)},
        "drivers": drivers,
        "buys": {"week": _part(forecast.p_ready_by(problem.opening + read.week)), **buys},
        "streams": dict(zip(read.streams, map(_part, forecast.stream_p_ready.tolist()), strict=True)),
        "opening": problem.opening,
        "now": problem.now,
        "standard_error": round(forecast.standard_error, 6),
        "runs": luck.runs,
        "distribution": luck.distribution.value,
        "obligations": problem.n_obligations,
        "seconds": None,
    }


def _driver(forecast: Forecast, each: int, name: str) -> dict[str, object]:
    return {
        "name": name,
        "share": _part(forecast.share[each]),
        "criticality": _part(forecast.criticality[each]),
        "correlation": _part(forecast.correlation[each]),
    }


def _part(value: float) -> float:
    return round(float(value), 6)
