"""What one gets without thinking: the time-indexed model in CP-SAT's default search, as a measure for the planner.

`python -m benchmarks.plain FILE SECONDS WORKERS` prints one line of JSON as `ejlas engine meetings` does.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from ejlas.engine.meetings.formats.instance import read_instance
from ejlas.engine.meetings.tables.check import check
from ejlas.engine.meetings.tables.objectives import breaks, granted_weight
from ejlas.engine.meetings.tables.problem import TableProblem

NONE = -1


class Plain:
    """The model: a literal for each meeting and slot, and the constraints as they are told."""

    def __init__(self, problem: TableProblem) -> None:
        self.problem = problem
        self.cp = cp_model.CpModel()
        cells = np.argwhere(problem.open).tolist()
        self.at = {(m, t): self.cp.new_bool_var("") for m, t in cells}
        self.of_meeting: list[list[Any]] = [[] for _ in range(problem.n_meetings)]
        self.of_person: list[list[list[Any]]] = [
            [[] for _ in range(problem.n_slots)] for _ in range(problem.n_participants)
        ]
        for (meeting, slot), literal in self.at.items():
            self.of_meeting[meeting].append(literal)
            for person in problem.pair[meeting].tolist():
                self.of_person[person][slot].append(literal)
        self._place_meetings()
        self._limit_slots()
        self._keep_orders()

    def _place_meetings(self) -> None:
        for meeting, literals in enumerate(self.of_meeting):
            if self.problem.mandatory[meeting]:
                self.cp.add_exactly_one(literals)
            else:
                self.cp.add_at_most_one(literals)
        for slots in self.of_person:
            for literals in slots:
                if len(literals) > 1:
                    self.cp.add_at_most_one(literals)

    def _limit_slots(self) -> None:
        problem = self.problem
        for slot in range(problem.n_slots):
            held = [(meeting, literal) for (meeting, t), literal in self.at.items() if t == slot]
            self.cp.add(sum(literal for _m, literal in held) <= int(problem.tables[slot]))
            for pool in range(problem.n_pools):
                needed = [literal for meeting, literal in held if problem.pool[meeting] == pool]
                self.cp.add(sum(needed) <= int(problem.interpreters[pool, slot]))

    def _keep_orders(self) -> None:
        for first, second in self.problem.before.tolist():
            for slot in range(self.problem.n_slots):
                late = [self.at[first, t] for t in range(slot, self.problem.n_slots) if (first, t) in self.at]
                early = [self.at[second, t] for t in range(slot + 1) if (second, t) in self.at]
                self.cp.add_at_most_one([*late, *early])

    def breaks_of(self, person: int) -> list[Any]:
        """Return the literals of one participant's breaks: a meeting after idle slots after a meeting."""
        found = []
        met: Any = 0
        gap: Any = 0
        for slot, literals in enumerate(self.of_person[person]):
            if slot and self.problem.day_of_slot[slot] != self.problem.day_of_slot[slot - 1]:
                met, gap = 0, 0
            busy = sum(literals)
            ends = self._both(gap, busy)
            found.append(ends)
            opened = met if self.problem.idle[person, slot] else 0
            gap = self._without(self._either(gap, opened), busy)
            met = self._either(met, busy)
        return found

    def _both(self, one: Any, other: Any) -> Any:
        both = self.cp.new_bool_var("")
        self.cp.add(both >= one + other - 1)
        self.cp.add(both <= one)
        self.cp.add(both <= other)
        return both

    def _either(self, one: Any, other: Any) -> Any:
        either = self.cp.new_bool_var("")
        self.cp.add(either >= one)
        self.cp.add(either >= other)
        self.cp.add(either <= one + other)
        return either

    def _without(self, one: Any, other: Any) -> Any:
        left = self.cp.new_bool_var("")
        self.cp.add(left >= one - other)
        self.cp.add(left <= one)
        self.cp.add(left <= 1 - other)
        return left

    def minimise_breaks(self) -> None:
        """Make the breaks the objective, shared as fairly as the problem says."""
        mine = [sum(self.breaks_of(person)) for person in range(self.problem.n_participants)]
        most = self.problem.most_difference
        if most != NONE:
            least = self.cp.new_int_var(0, self.problem.n_slots, "")
            for count in mine:
                self.cp.add(count >= least)
                self.cp.add(count <= least + most)
        self.cp.minimize(sum(mine))

    def weight(self) -> Any:
        """Return the granted weight as an expression."""
        weights = self.problem.weight.tolist()
        return sum(weights[meeting] * literal for (meeting, _slot), literal in self.at.items())


def solve(problem: TableProblem, *, ends: float, workers: int) -> dict[str, object]:
    """Return what the default search has at the moment when it has to end."""
    model = Plain(problem)
    wishes = not problem.mandatory.all()
    if wishes:
        model.cp.maximize(model.weight())
    else:
        model.minimise_breaks()
    solver = _solver(ends, workers)
    status = solver.solve(model.cp)
    bound = round(solver.best_objective_bound) if status != cp_model.MODEL_INVALID else None
    proven = status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    slot = np.full(problem.n_meetings, NONE)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        for (meeting, t), literal in model.at.items():
            if solver.boolean_value(literal):
                slot[meeting] = t
    has_plan = bool((slot != NONE).any())
    return {
        "status": solver.status_name(status).lower(),
        "granted_weight": granted_weight(problem, slot) if has_plan else None,
        "bound": bound,
        "breaks": int(breaks(problem, slot).sum()) if has_plan else None,
        "proven": proven,
        "feasible": has_plan and not check(problem, slot),
    }


def _solver(ends: float, workers: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = max(0.1, ends - time.monotonic())
    return solver


def main() -> None:
    """Solve the file named, in the seconds of the whole from here on."""
    began = time.monotonic()
    name, seconds, workers = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    problem = read_instance(Path(name).read_text(encoding="utf-8"), is_dzn=name.endswith(".dzn"))
    if not isinstance(problem, TableProblem):
        sys.exit(f"{name}: it is no problem of tables")
    found = solve(problem, ends=began + seconds, workers=workers)
    print(json.dumps(found | {"seconds": round(time.monotonic() - began, 2)}))


if __name__ == "__main__":
    main()
