"""`ejlas engine meetings INSTANCE`: a plan for an instance file, one line of JSON about it, and the plan as a file."""

from __future__ import annotations

import json
import sys
import time
from argparse import Namespace
from typing import TYPE_CHECKING, Any, NoReturn

from ejlas.cli.engine import kernels, process
from ejlas.engine.stop import Deadline, FirstOf, MaxWork, Stop, Switch

if TYPE_CHECKING:
    from ejlas.cli.engine.answer import Plan
    from ejlas.cli.engine.old import Places
    from ejlas.engine.meetings.formats.own import Problem
    from ejlas.engine.result import Progress

WORK_OF_MOVE = 1e-6
"""What one iteration, a move of the search, takes of the work that a stop counts."""
SECONDS_TO_END = 0.05
"""What the answer and the end of the process take."""
SECONDS_TO_CHECK = 2e-5
"""What checking, counting and writing one meeting takes."""

PART_TO_FINISH = 0.04
"""What the search for meetings with rooms takes of its seconds to find the rooms and people of its last plan."""


def run(options: Namespace) -> NoReturn:
    """Search, answer, write, and end with 0: also when the problem is impossible or somebody ended the search."""
    began = process.began()
    switch = Switch()
    process.throw_at_the_end(switch)
    kernels.keep_where_writable()
    from ejlas.cli.engine import answer, files, old

    if bool(options.repair) != bool(options.change):
        raise files.refused("--repair OLD and --change CHANGES are said together, or not at all")
    if options.out:
        files.demand_folder(options.out)
    problem = files.read_problem(options.instance)
    places = None
    if options.repair:
        places = files.parsed(options.repair, lambda: old.read_places(files.read_text(options.repair), problem))
        problem = old.read_changed(options.change, problem)
    how: dict[str, Any] = {
        "stop": _stop(options, problem, began, switch),
        "seed": options.seed,
        "workers": options.workers,
        "progress": _told_since(began) if options.progress else None,
    }
    if options.spread:
        from ejlas.cli.engine import spreading

        plan: Plan = spreading.search(options, problem, how)
    else:
        plan = _search(problem, places, how)
    found = answer.answer(problem, plan)
    if options.spread:
        found |= {"spread": spreading.told(plan)}
    if places is not None:
        found |= answer.compared(problem, places.slot, plan)
    if options.out:
        files.write_plan(options.out, answer.plan_file(plan, found))
    _print_answer(found, began)
    process.end(0)


def _stop(options: Namespace, problem: Problem, began: float, switch: Switch) -> Stop:
    """Return when the search ends: early enough that the whole command takes the seconds asked for."""
    from ejlas.engine.meetings.problem import MeetingProblem

    if options.iterations:
        return FirstOf((MaxWork(options.iterations * WORK_OF_MOVE), switch))
    after = SECONDS_TO_END + SECONDS_TO_CHECK * problem.n_meetings
    if isinstance(problem, MeetingProblem):
        after += PART_TO_FINISH * options.seconds
    return FirstOf((Deadline(began + options.seconds - after, time.monotonic), switch))


def _search(problem: Problem, places: Places | None, how: dict[str, Any]) -> Plan:
    """Search with what suits the problem; each is loaded only where it is needed."""
    from ejlas.engine.meetings.tables.problem import TableProblem

    if isinstance(problem, TableProblem):
        from ejlas.engine.meetings.tables import repair, solve

        return solve.solve(problem, **how) if places is None else repair.repair(problem, places.slot, **how)
    from ejlas.engine.meetings import repair as of_meetings
    from ejlas.engine.meetings import solve as meetings

    return meetings.solve(problem, **how) if places is None else of_meetings.repair(problem, places.as_plan(), **how)


def _told_since(began: float) -> Progress:
    """Return what tells the person at the terminal how far the search is."""

    def tell(objective: str, value: int, bound: int) -> None:
        print(f"{time.monotonic() - began:8.1f} s  {objective}: {value}, bound {bound}", file=sys.stderr, flush=True)

    return tell


def _print_answer(found: dict[str, object], began: float) -> None:
    """Print the answer in the order in which it is documented, with the seconds of the whole command so far."""
    first = ("status", "granted_weight", "bound", "gap", "breaks", "proven", "feasible")
    line = {name: found[name] for name in first} | {"seconds": round(time.monotonic() - began, 2)} | found
    print(json.dumps(line), flush=True)
