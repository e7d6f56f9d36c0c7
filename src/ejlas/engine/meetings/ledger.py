"""What is proven of each objective, and of which plans it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ejlas.engine.meetings.fairness import asked
from ejlas.engine.meetings.objectives import FAIRNESS, MANDATORY, RANK, WEIGHT, is_most, names_of
from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.result import Certificate


@dataclass
class Ledger:
    """The bounds found so far.

    A bound of one objective holds for the plans that reach certain values of those before it; it says something of a
    plan only where the plan reaches them.
    """

    problem: MeetingProblem
    _bounds: dict[str, list[tuple[int, dict[str, int]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, bound in _first_bounds(self.problem).items():
            self.note(name, bound, {})

    def note(self, name: str, bound: int, reaching: Mapping[str, int]) -> None:
        """Keep a bound of the plans that reach these values of other objectives."""
        self._bounds.setdefault(name, []).append((bound, dict(reaching)))

    def bound(self, name: str, values: Mapping[str, int]) -> int:
        """Return the best bound of an objective that holds for plans as good as one with these values."""
        ranks = [each for each in values if each.startswith(RANK)]
        holding = [bound for bound, reaching in self._bounds[name] if _reaches(values, reaching)]
        if name == WEIGHT and ranks:
            holding.append(sum(self.bound(each, values) for each in ranks))
        return min(holding) if is_most(name) else max(holding)

    def certificates(self, values: Mapping[str, int]) -> tuple[Certificate, ...]:
        """Return the certificate of each objective of a plan with these values."""
        return tuple(Certificate(name, value, self.bound(name, values)) for name, value in values.items())


def _reaches(values: Mapping[str, int], reaching: Mapping[str, int]) -> bool:
    """Whether a plan with these values is as good as it has to be."""
    return all(values[name] >= value if is_most(name) else values[name] <= value for name, value in reaching.items())


def _first_bounds(problem: MeetingProblem) -> dict[str, int]:
    """Return what no plan can pass, whatever it is."""
    n_asked = min((len(problem.meetings_of[participant]) for participant in asked(problem)), default=0)
    bounds = {MANDATORY: int(problem.required.sum()), WEIGHT: int(problem.weight.sum())}
    if FAIRNESS in names_of(problem):
        bounds[FAIRNESS] = 100 if problem.by_share and n_asked else n_asked
    for name in names_of(problem):
        if name.startswith(RANK):
            bounds[name] = int(problem.weight[problem.ranks == int(name.removeprefix(RANK))].sum())
        bounds.setdefault(name, 0)
    return bounds
