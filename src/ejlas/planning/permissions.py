"""Who may see the plan, run the planner and move bilaterals by hand."""

from __future__ import annotations

from ejlas.accounts.permissions import held_by, state
from ejlas.accounts.rules import Role

PLANNERS = (Role.HEAD, Role.PROGRAMME_DESK)

state(
    {
        "planning.view_plan": held_by(*PLANNERS, Role.PROTOCOL, Role.INTERPRETER_DESK, Role.AUDITOR),
        "planning.run_planner": held_by(*PLANNERS),
        "planning.move_bilateral": held_by(*PLANNERS),
        "planning.accept_run": held_by(*PLANNERS),
    }
)
