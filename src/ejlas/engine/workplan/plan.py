"""A plan of work: when each activity starts, and what is known about how good that is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ejlas.engine.result import Broken, Certificate, Status
from ejlas.engine.values import Ints
from ejlas.engine.workplan.problem import NONE, WorkProblem

MAKESPAN = "makespan"


@dataclass(frozen=True, eq=False)
class WorkPlan:
    """Starts with their certificate; of an impossible problem, what stands in the way."""

    start: Ints
    """(n_activities,) start of each activity; -1 = there is no plan."""
    status: Status
    makespan: int
    """The end of the last activity."""
    bound: int
    """No plan ends before."""
    broken: tuple[Broken, ...] = ()
    """Of an impossible problem: what clashes, and the activities in it."""
    statistics: Mapping[str, float] = field(default_factory=dict)
    """What the search took and did, by name."""

    @property
    def proven(self) -> bool:
        """Whether no plan ends earlier, or there is none at all."""
        return self.status in (Status.OPTIMAL, Status.INFEASIBLE)

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """Return value and bound of the one objective, as every result of the engine has them."""
        return (Certificate(MAKESPAN, self.makespan, self.bound),)


def late(problem: WorkProblem, plan: WorkPlan) -> Ints:
    """(n_activities,) units by which each activity ends after its due time; 0 = in time, or without one."""
    finish = plan.start + problem.duration
    return np.where((problem.due == NONE) | (plan.start == NONE), 0, np.maximum(finish - problem.due, 0))
