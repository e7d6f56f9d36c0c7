"""`ejlas engine workplan FILE`: the earliest end with limited hands, one line of JSON, and the plan as a file."""

from __future__ import annotations

import json
import sys
import time
from argparse import Namespace
from typing import TYPE_CHECKING, NoReturn

from ejlas.cli.engine import kernels, process
from ejlas.engine.stop import Deadline, FirstOf, MaxWork, Stop, Switch

if TYPE_CHECKING:
    from ejlas.engine.result import Progress
    from ejlas.engine.workplan.plan import WorkPlan
    from ejlas.engine.workplan.problem import WorkProblem

SECONDS_TO_END = 0.05
"""What the answer and the end of the process take."""
SECONDS_TO_CHECK = 1e-4
"""What checking and writing one activity takes."""


def run(options: Namespace) -> NoReturn:
    """Search, answer, write, and end with 0: also when the problem is impossible or somebody ended the search."""
    began = process.began()
    switch = Switch()
    process.throw_at_the_end(switch)
    kernels.keep_where_writable()
    from ejlas.cli.engine import files
    from ejlas.engine.workplan.solve import solve

    if options.out:
        files.demand_folder(options.out)
    problem = _read(options.file)
    plan = solve(
        problem,
        stop=_stop(options, problem, began, switch),
        seed=options.seed,
        workers=options.workers,
        progress=_told_since(began) if options.progress else None,
    )
    found = answer(problem, plan)
    if options.out:
        starts = None if plan.broken else plan.start.tolist()
        kept = {name: found[name] for name in ("status", "makespan", "bound", "proven")}
        files.write_plan(options.out, {"starts": starts} | kept)
    found["seconds"] = round(time.monotonic() - began, 2)
    print(json.dumps(found), flush=True)
    process.end(0)


def _read(name: str) -> WorkProblem:
    """Return the problem of a file: of `.rcp`, or of ours; of standard input, what is no JSON is `.rcp`."""
    from ejlas.cli.engine import files
    from ejlas.engine.workplan.formats.own import read_work
    from ejlas.engine.workplan.formats.rcp import read_rcp

    text = files.read_text(name)
    is_rcp = name.lower().endswith(".rcp") or (name == "-" and not text.lstrip().startswith("{"))
    return files.parsed(name, lambda: read_rcp(text) if is_rcp else read_work(text).work())


def _stop(options: Namespace, problem: WorkProblem, began: float, switch: Switch) -> Stop:
    """Return when the search ends: early enough that the whole command takes the seconds asked for."""
    from ejlas.engine.workplan.search import WORK_OF_PLACE

    if options.iterations:
        return FirstOf((MaxWork(options.iterations * problem.n_activities * WORK_OF_PLACE), switch))
    after = SECONDS_TO_END + SECONDS_TO_CHECK * problem.n_activities
    return FirstOf((Deadline(began + options.seconds - after, time.monotonic), switch))


def answer(problem: WorkProblem, plan: WorkPlan) -> dict[str, object]:
    """Return the answer: how good the plan is, by the checker's arithmetic, and how sure that is."""
    from ejlas.engine.workplan.check import check
    from ejlas.engine.workplan.plan import late

    makespan = int((plan.start + problem.duration).max(initial=0))
    found: dict[str, object] = {
        "status": plan.status.value,
        "makespan": None if plan.broken else makespan,
        "bound": None if plan.broken else plan.bound,
        "gap": None if plan.broken else round(plan.certificates[0].gap, 9),
        "proven": plan.proven,
        "feasible": not plan.broken and not check(problem, plan.start) and plan.bound <= makespan == plan.makespan,
        "seconds": None,
        "activities": problem.n_activities,
        "late": int((late(problem, plan) > 0).sum()),
    }
    if plan.broken:
        found["broken"] = [
            {
                "constraint": each.constraint,
                "holder": each.holder,
                "activities": [problem.name[a] for a in each.meetings],
            }
            for each in plan.broken
        ]
    return found


def _told_since(began: float) -> Progress:
    """Return what tells the person at the terminal how far the search is."""

    def tell(objective: str, value: int, bound: int) -> None:
        print(f"{time.monotonic() - began:8.1f} s  {objective}: {value}, bound {bound}", file=sys.stderr, flush=True)

    return tell
