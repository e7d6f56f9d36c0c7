"""Every change to the planner's tables and to the plan: runs asked for, begun, ended, accepted; places made by hand."""

from ejlas.planning.operations.accepting import NoPlanToAccept, PlanIsOutdated, PlanNoLongerFits, accept_run
from ejlas.planning.operations.placing import (
    InTheWay,
    Moved,
    NothingToPin,
    ReasonMissing,
    move_bilateral,
    pin_bilateral,
    unpin_bilateral,
    unplace_bilateral,
)
from ejlas.planning.operations.runs import (
    RunHasEnded,
    RunInProgress,
    StoppedBeforeAPlan,
    WorkerLost,
    ask_for_run,
    revive_runs,
    stop_run,
)
from ejlas.planning.operations.solving import solve_run

__all__ = [
    "InTheWay",
    "Moved",
    "NoPlanToAccept",
    "NothingToPin",
    "PlanIsOutdated",
    "PlanNoLongerFits",
    "ReasonMissing",
    "RunHasEnded",
    "RunInProgress",
    "StoppedBeforeAPlan",
    "WorkerLost",
    "accept_run",
    "ask_for_run",
    "move_bilateral",
    "pin_bilateral",
    "revive_runs",
    "solve_run",
    "stop_run",
    "unpin_bilateral",
    "unplace_bilateral",
]
