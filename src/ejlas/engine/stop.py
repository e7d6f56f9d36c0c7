"""When a search ends: a stop is any callable that is told what was spent and answers whether that is enough."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import TypeAlias


@dataclass(frozen=True)
class Spent:
    """What a search has used up so far, as the solver itself counts it."""

    seconds: float = 0.0
    work: float = 0.0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.seconds + other.seconds, self.work + other.work)


Stop: TypeAlias = Callable[[Spent], bool]


@dataclass(frozen=True)
class MaxSeconds:
    """Enough after so many seconds inside the solver; how far it comes depends on the machine."""

    seconds: float

    def __call__(self, spent: Spent) -> bool:
        return spent.seconds >= self.seconds


@dataclass(frozen=True)
class MaxWork:
    """Enough after so much deterministic work (about a second of one core each); the same on any machine."""

    work: float

    def __call__(self, spent: Spent) -> bool:
        return spent.work >= self.work


@dataclass(frozen=True)
class Never:
    """Go on until the optimum is proven."""

    def __call__(self, spent: Spent) -> bool:
        return False


@dataclass(frozen=True)
class FirstOf:
    """Enough as soon as one of several stops says so."""

    stops: tuple[Stop, ...]

    def __call__(self, spent: Spent) -> bool:
        return any(stop(spent) for stop in self.stops)


@dataclass(frozen=True)
class Limits:
    """The limits a stop carries, for a solver that wants numbers before it starts; inf = no limit."""

    seconds: float = inf
    work: float = inf

    def share(self, part: float) -> "Limits":
        """Return the same limits, cut to this part of them."""
        return Limits(self.seconds * part, self.work * part)


def limits_left(stop: Stop, spent: Spent) -> Limits:
    """Return what the stop still allows after this was spent; a plain callable carries no limits."""
    if isinstance(stop, MaxSeconds):
        return Limits(seconds=max(0.0, stop.seconds - spent.seconds))
    if isinstance(stop, MaxWork):
        return Limits(work=max(0.0, stop.work - spent.work))
    if isinstance(stop, FirstOf):
        parts = [limits_left(each, spent) for each in stop.stops]
        return Limits(min((p.seconds for p in parts), default=inf), min((p.work for p in parts), default=inf))
    return Limits()
