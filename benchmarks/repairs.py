"""What changes on the day: `python -m benchmarks.repairs KIND INSTANCE PLAN CHANGES`.

KIND `forum` writes the changes: one participant in a hundred withdraws, one table in a hundred is closed. KIND `summit`
too: the delegation with the earliest meeting lands three hours late. KIND `time` repairs, with everything loaded
before, and prints the seconds of the repair alone.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

from ejlas.cli.engine.files import read_problem
from ejlas.cli.engine.old import Places, read_changed, read_places
from ejlas.engine.meetings.formats.own import Problem
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.meetings.tables.problem import TableProblem
from ejlas.engine.stop import MaxSeconds

HOURS_LATE = 3
SECONDS = 5
"""The limit of a repair."""
NONE = -1


def changes(problem: Problem, places: Places) -> dict[str, Any]:
    """Return what has changed, as the file of `--change` says it."""
    if isinstance(problem, TableProblem):
        people = range(problem.n_participants)
        gone = Random(1).sample(people, max(1, problem.n_participants // 100))
        n_tables = int(problem.tables.max())
        return {"withdraw": sorted(gone), "tables": n_tables - max(1, n_tables // 100)}
    first = min((int(at), meeting) for meeting, at in enumerate(places.slot) if at != NONE)[1]
    person, start = problem.participants[first][0], int(places.slot[first])
    return {"unavailable": {str(person): list(range(start, start + HOURS_LATE * 60 // problem.slot_min))}}


def seconds_of_repair(problem: Problem, places: Places) -> float:
    """Return what the repair takes once everything is loaded and compiled."""
    from ejlas.engine.meetings import repair as of_meetings
    from ejlas.engine.meetings.tables import repair as of_tables

    seconds = 0.0
    for _warm in range(2):
        began = time.monotonic()
        if isinstance(problem, MeetingProblem):
            of_meetings.repair(problem, places.as_plan(), stop=MaxSeconds(SECONDS), seed=1, workers=2)
        else:
            of_tables.repair(problem, places.slot, stop=MaxSeconds(SECONDS), seed=1, workers=2)
        seconds = time.monotonic() - began
    return seconds


def main() -> None:
    """Write the changes and print them in short, or print the seconds."""
    kind, instance, plan, told = sys.argv[1:5]
    problem = read_problem(instance)
    places = read_places(Path(plan).read_text(encoding="utf-8"), problem)
    if kind == "time":
        print(json.dumps({"repair_seconds": round(seconds_of_repair(read_changed(told, problem), places), 3)}))
    else:
        found = changes(problem, places)
        Path(told).write_text(json.dumps(found), encoding="utf-8")
        print(json.dumps({name: len(value) if isinstance(value, list) else value for name, value in found.items()}))


if __name__ == "__main__":
    main()
