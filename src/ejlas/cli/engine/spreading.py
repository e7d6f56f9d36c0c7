"""`ejlas engine meetings --spread N`: the workers of this installation search parts of the plan.

Of the commands of the planner, this one alone starts the framework: tasks and answers go through its database.
"""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from ejlas.cli import session
from ejlas.cli.engine.files import FAULT, refused
from ejlas.engine.meetings.tables.plan import TablePlan
from ejlas.engine.meetings.tables.problem import TableProblem
from ejlas.engine.meetings.tables.solve import is_small, solve

if TYPE_CHECKING:
    from ejlas.cli.engine.answer import Plan
    from ejlas.engine.meetings.formats.own import Problem


def search(options: Namespace, problem: Problem, how: dict[str, Any]) -> TablePlan:
    """Return the plan that the workers find; a small problem needs none and is searched here."""
    if options.repair:
        raise refused("--spread is for a plan from nothing; a repair takes seconds here, leave --spread out")
    if not isinstance(problem, TableProblem):
        raise refused(f"{options.instance}: --spread is for a forum of tables, this has rooms; leave --spread out")
    if is_small(problem):
        return solve(problem, **how)
    session.start(options)
    session.ready_database()
    from ejlas.planning import operations, queries

    with session.database_faults():
        if not queries.n_workers(at=timezone.now()):
            raise refused(
                "no worker is alive; start “ejlas worker”, as often as you have cores to spare and on any machine, with"
                " the same DATABASE_URL or EJLAS_VAR, then say this again",
                FAULT,
            )
        how = {name: how[name] for name in ("stop", "seed", "progress")}
        return operations.solve_spread(problem=problem, n_parts=options.spread, at=timezone.now(), **how)


def told(plan: Plan) -> dict[str, int]:
    """Return what the spread search took: rounds, parts asked for, and those whose answer never came."""
    taken = plan.statistics if isinstance(plan, TablePlan) else {}
    return {name: int(taken.get(name, 0)) for name in ("rounds", "parts", "lost")}
