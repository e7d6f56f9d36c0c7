"""When a search ends: a stop is any callable that is told what was spent and answers whether that is enough."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
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
class Deadline:
    """Enough at a moment of a clock that the caller brings: seconds of the whole, whatever they went into."""

    at: float
    clock: Callable[[], float]

    def __call__(self, spent: Spent) -> bool:
        return self.clock() >= self.at


@dataclass(frozen=True)
class Never:
    """Go on until the optimum is proven."""

    def __call__(self, spent: Spent) -> bool:
        return False


@dataclass(eq=False)
class Switch:
    """Enough once it is thrown, from any thread; a solver at work is told at once, also while it finds nothing new."""

    is_thrown: bool = False
    _told: list[Callable[[], None]] = field(default_factory=list)

    def __call__(self, spent: Spent) -> bool:
        return self.is_thrown

    def throw(self) -> None:
        """End the search. It may be thrown again: a solver that was only about to begin is told then."""
        self.is_thrown = True
        for tell in tuple(self._told):
            tell()

    @contextmanager
    def telling(self, tell: Callable[[], None]) -> Iterator[None]:
        """Call this at each throw while the context lasts."""
        self._told.append(tell)
        try:
            yield
        finally:
            self._told.remove(tell)


@dataclass(frozen=True)
class FirstOf:
    """Enough as soon as one of several stops says so."""

    stops: tuple[Stop, ...]

    def __call__(self, spent: Spent) -> bool:
        return any(stop(spent) for stop in self.stops)


def switches_of(stop: Stop) -> tuple[Switch, ...]:
    """Return the switches in a stop."""
    if isinstance(stop, FirstOf):
        return tuple(switch for each in stop.stops for switch in switches_of(each))
    return (stop,) if isinstance(stop, Switch) else ()


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
    if isinstance(stop, Deadline):
        return Limits(seconds=max(0.0, stop.at - stop.clock()))
    if isinstance(stop, MaxWork):
        return Limits(work=max(0.0, stop.work - spent.work))
    if isinstance(stop, Switch):
        return Limits(0.0, 0.0) if stop.is_thrown else Limits()
    if isinstance(stop, FirstOf):
        parts = [limits_left(each, spent) for each in stop.stops]
        return Limits(min((p.seconds for p in parts), default=inf), min((p.work for p in parts), default=inf))
    return Limits()
