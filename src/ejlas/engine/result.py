"""What every result of the engine carries: how good it is, how sure that is, and what stands in the way."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Status(Enum):
    """How a search ended."""

    OPTIMAL = "optimal"
    """Every objective is proven to be the best there is."""
    FEASIBLE = "feasible"
    """The plan keeps every hard constraint; a better one may exist."""
    INFEASIBLE = "infeasible"
    """No plan keeps every hard constraint: `broken` names what clashes."""
    UNKNOWN = "unknown"
    """The search ended before it had a plan."""


@dataclass(frozen=True)
class Certificate:
    """The value of one objective and the bound that no plan can pass, given the objectives before it."""

    objective: str
    value: int
    bound: int

    @property
    def gap(self) -> float:
        """Return how far the value may stand from the best one, relative to the larger of both; 0 = proven."""
        if self.proven:
            return 0.0
        return abs(self.bound - self.value) / max(abs(self.bound), abs(self.value))

    @property
    def proven(self) -> bool:
        """Whether no plan can do better."""
        return self.value == self.bound


@dataclass(frozen=True)
class Broken:
    """One hard constraint that does not hold, on whom, and the meetings (or other tasks) in it."""

    constraint: str
    """The name of the constraint, as in the documentation of the problem."""
    holder: int
    """The participant, room, interpreter, pool or meeting it is about, as the constraint says; -1 = none."""
    meetings: tuple[int, ...]
    count: int = 1
    """How often, or by how much, the constraint is broken."""


Progress: TypeAlias = Callable[[str, int, int], None]
"""Is told the name of the objective, its best value so far and its bound."""
