"""A plan of tables: the slot of every meeting, and what is known about how good it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ejlas.engine.result import Broken, Certificate, Status
from ejlas.engine.values import Ints


@dataclass(frozen=True, eq=False)
class TablePlan:
    """A plan with its certificates, in the order of the objectives."""

    slot: Ints
    """(n_meetings,) slot of each meeting; -1 = not granted."""
    status: Status
    certificates: tuple[Certificate, ...]
    """One for each objective, in order: mandatory, weight, breaks."""
    broken: tuple[Broken, ...] = ()
    """Of an impossible problem: what clashes, and the meetings in it."""
    statistics: Mapping[str, float] = field(default_factory=dict)
    """What the search took and did, by name."""

    def certificate(self, objective: str) -> Certificate:
        """Return the certificate of one objective, by its name."""
        return next(each for each in self.certificates if each.objective == objective)
