"""The problem of limited hands: activities, what follows what, and the hands or equipment that they share."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ejlas.engine.values import Ints
from ejlas.engine.workplan.order import circle, in_order, way_round

NONE = -1
"""Not pinned, without a due time: the value that stands for nothing in the arrays of integers."""
LARGEST = 10**9
"""The largest number of any array: sums then stay far from overflow."""
_AT_LEAST = {"duration": 0, "need": 0, "capacity": 0, "release": 0, "due": NONE, "pinned": NONE}


def _nothing() -> Ints:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, kw_only=True, eq=False)
class WorkProblem:
    """Everything the planner knows; checks itself when built. The mathematics is in docs/engine/workplan.md.

    All times are whole units of working time, counted from 0; the caller has taken out nights, weekends and holidays.
    Arrays become read-only. An array that is left out says nothing of its subject.

    Raises
    ------
    ValueError : an array has the wrong shape or kind, or holds a value that means nothing; the message names it, and
        a circle of predecessors with the way round
    """

    duration: Ints
    """(n_activities,) units that the activity takes, without a break."""
    link: Ints = field(default_factory=lambda: np.zeros((0, 3), dtype=np.int64))
    """(n_links, 3) an activity, one that starts after its end, and the units that lie between at least; 0 or more."""
    capacity: Ints = field(default_factory=_nothing)
    """(n_resources,) hands or pieces of each kind."""
    need: Ints = field(default_factory=_nothing)
    """(n_activities, n_resources) how many of each the activity takes as long as it lasts; left out = none."""
    release: Ints = field(default_factory=_nothing)
    """(n_activities,) earliest start; left out = 0."""
    due: Ints = field(default_factory=_nothing)
    """(n_activities,) when it should end; -1 = no such time. It is a wish: what is late is named, not forbidden."""
    pinned: Ints = field(default_factory=_nothing)
    """(n_activities,) start of what is in work already and keeps its hands; -1 = free."""
    name: tuple[str, ...] = ()
    """(n_activities,) what a complaint calls each activity; left out = its number."""

    def __post_init__(self) -> None:
        n = len(self.duration)
        shapes = {
            "duration": (n,),
            "link": (len(self.link), 3),
            "capacity": (len(self.capacity),),
            "need": (n, len(self.capacity)),
            **dict.fromkeys(("release", "due", "pinned"), (n,)),
        }
        for name, shape in shapes.items():
            object.__setattr__(self, name, _frozen(name, getattr(self, name), shape))
        object.__setattr__(self, "name", tuple(self.name) or tuple(map(str, range(n))))
        _demand_sense(self)

    @property
    def n_activities(self) -> int:
        """Return the number of activities."""
        return len(self.duration)

    @property
    def n_resources(self) -> int:
        """Return the number of kinds of hands."""
        return len(self.capacity)

    @cached_property
    def order(self) -> Ints:
        """(n_activities,) the activities, each after all its predecessors."""
        return in_order(self.n_activities, self.link)

    @cached_property
    def horizon(self) -> int:
        """Return a time by which everything can be done, one after the other, if it can be done at all."""
        n = self.n_activities
        lag = np.zeros(n, dtype=np.int64)
        np.maximum.at(lag, self.link[:, 1], self.link[:, 2])
        busy = np.where(self.pinned == NONE, 0, self.pinned + self.duration)
        return int(max(self.release.max(initial=0), busy.max(initial=0)) + self.duration.sum() + lag.sum())


def _frozen(name: str, value: Ints, shape: tuple[int, ...]) -> Ints:
    """Return an array in its kind and read-only; one that was left out becomes one that says nothing."""
    array = np.array(value)
    if name in ("need", "release", "due", "pinned", "link") and not array.size:
        array = np.full(shape, NONE if name in ("due", "pinned") else 0, dtype=np.int64)
    if array.shape != shape:
        raise ValueError(f"{name}: its shape is {array.shape}, expected {shape}")
    if array.size and not np.issubdtype(array.dtype, np.integer):
        raise ValueError(f"{name}: it holds {array.dtype}, expected integers")
    array = array.astype(np.int64)
    array.flags.writeable = False
    return array


def _demand_sense(problem: WorkProblem) -> None:
    """Refuse what means nothing."""
    n = problem.n_activities
    if len(problem.name) != n:
        raise ValueError(f"name: it has {len(problem.name)} names, expected {n}")
    for field_name, least in _AT_LEAST.items():
        array = getattr(problem, field_name)
        if array.size and (int(array.min()) < least or int(array.max()) > LARGEST):
            wrong = int(array.min()) if int(array.min()) < least else int(array.max())
            raise ValueError(f"{field_name}: it holds {wrong}, expected {least} to {LARGEST}")
    _check_links(problem)
    _check_pinned(problem)


def _check_links(problem: WorkProblem) -> None:
    link = problem.link
    if link.size:
        if int(link[:, :2].min()) < 0 or int(link[:, :2].max()) >= problem.n_activities:
            raise ValueError(f"link: it names an activity outside 0 to {problem.n_activities - 1}")
        if int(link[:, 2].min()) < 0 or int(link[:, 2].max()) > LARGEST:
            raise ValueError(f"link: it holds a lag of {link[:, 2].min()}, expected 0 to {LARGEST}")
    way = circle(problem.n_activities, link)
    if way:
        raise ValueError(f"link: a circle of predecessors: {way_round(way, problem.name)}; expected no way back")


def _check_pinned(problem: WorkProblem) -> None:
    """Refuse what is in work and waits for something that is not, or has not ended by then."""
    pinned = problem.pinned
    for first, after, lag in problem.link[pinned[problem.link[:, 1]] != NONE].tolist():
        if pinned[first] == NONE or pinned[first] + problem.duration[first] + lag > pinned[after]:
            raise ValueError(
                f"pinned: {problem.name[after]} is in work from {pinned[after]}, "
                f"but {problem.name[first]}, which comes before it, does not end by then; expected no such link"
            )
