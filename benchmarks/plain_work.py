"""What one gets without thinking: the textbook model in CP-SAT's default search, as a measure for plans of work.

`python -m benchmarks.plain_work FILE SECONDS WORKERS` prints one line of JSON as `ejlas engine workplan` does.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
from ortools.sat.python import cp_model

from ejlas.engine.workplan.check import check
from ejlas.engine.workplan.formats.rcp import read_rcp
from ejlas.engine.workplan.problem import WorkProblem


def model_of(problem: WorkProblem) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """Return the model: an interval for each activity, the links, a cumulative constraint for each kind of hands."""
    model = cp_model.CpModel()
    start = [model.new_int_var(0, problem.horizon, "") for _ in range(problem.n_activities)]
    length = problem.duration.tolist()
    interval = [model.new_fixed_size_interval_var(*each, "") for each in zip(start, length, strict=True)]
    for first, after, lag in problem.link.tolist():
        model.add(start[after] >= start[first] + length[first] + lag)
    for kind in range(problem.n_resources):
        model.add_cumulative(interval, problem.need[:, kind].tolist(), int(problem.capacity[kind]))
    end = model.new_int_var(0, problem.horizon, "")
    model.add_max_equality(end, [each + took for each, took in zip(start, length, strict=True)])
    model.minimize(end)
    return model, start


def main() -> None:
    """Solve one file and tell how well."""
    began = time.monotonic()
    name, seconds, workers = sys.argv[1:]
    problem = read_rcp(Path(name).read_text(encoding="utf-8"))
    model, start = model_of(problem)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = float(seconds)
    solver.parameters.num_workers = int(workers)
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    starts = np.array([solver.value(each) for each in start] if found else [], dtype=np.int64)
    answer = {
        "makespan": round(solver.objective_value) if found else None,
        "bound": round(solver.best_objective_bound),
        "proven": status == cp_model.OPTIMAL,
        "feasible": found and not check(problem, starts),
        "seconds": round(time.monotonic() - began, 2),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
