"""The problem of the forecast: estimates in three points, what has happened so far, and bodies that share a fate."""

from dataclasses import dataclass, field

import numpy as np

from ejlas.engine.values import Floats, Ints
from ejlas.engine.workplan.order import circle, way_round

NONE = -1
"""Not begun, not done, no due time, no body: the value that stands for nothing."""
WIDEST = 2.0
"""The largest spread of a body: such a one takes four times as long as another half of the time."""
MOST_TIME = 1e9
"""The largest time a problem may hold."""


def _none() -> Floats:
    return np.zeros(0)


@dataclass(frozen=True, kw_only=True, eq=False)
class ForecastProblem:
    """Everything the forecast knows; checks itself when built. The mathematics is in docs/engine/workplan.md.

    All times are working time from 0 on, and need not be whole. Arrays become read-only; what is left out says nothing.

    Raises
    ------
    ValueError : an array has the wrong shape, or holds a value that means nothing; the message names it
    """

    least: Floats
    """(n,) what the work takes if all goes well."""
    likely: Floats
    """(n,) what it takes most likely; not below `least`."""
    most: Floats
    """(n,) what it takes if much goes wrong; not below `likely`."""
    opening: float
    """When everything has to be ready."""
    now: float = 0.0
    """The moment of the forecast: what has not begun begins then at the earliest."""
    link: Ints = field(default_factory=lambda: np.zeros((0, 3), dtype=np.int64))
    """(n_links, 3) an obligation, one that begins after its end, and the time that lies between at least."""
    release: Floats = field(default_factory=_none)
    """(n,) earliest start."""
    due: Floats = field(default_factory=_none)
    """(n,) when it should end; -1 = at the opening."""
    started: Floats = field(default_factory=_none)
    """(n,) when it began; -1 = it has not, or nobody knows."""
    finished: Floats = field(default_factory=_none)
    """(n,) when it was done; -1 = it is not."""
    body: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """(n,) the body that owes it; -1 = none whose lateness is shared."""
    spread: Floats = field(default_factory=_none)
    """(n_bodies,) how far the factor of a body lies from 1: the deviation of its logarithm; 0 = it has none."""
    stream: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """(n,) workstream, from 0; left out = all are in one."""
    name: tuple[str, ...] = ()
    """(n,) what a complaint calls each obligation; left out = its number."""

    def __post_init__(self) -> None:
        n = len(self.least)
        for name, (fill, kind) in _FIELDS.items():
            array = np.array(getattr(self, name))
            array = array.astype(kind) if array.size else np.full(n, fill, dtype=kind)
            if array.shape != (n,):
                raise ValueError(f"{name}: its shape is {array.shape}, expected {(n,)}")
            self._set(name, array)
        self._set("spread", np.array(self.spread, dtype=np.float64).reshape(-1))
        self._set("link", np.array(self.link, dtype=np.int64).reshape(len(self.link), 3))
        object.__setattr__(self, "name", tuple(self.name) or tuple(map(str, range(n))))
        _demand_sense(self)

    def _set(self, name: str, array: Floats | Ints) -> None:
        array.flags.writeable = False
        object.__setattr__(self, name, array)

    @property
    def n_obligations(self) -> int:
        """Return the number of obligations."""
        return len(self.least)

    @property
    def n_streams(self) -> int:
        """Return the number of workstreams."""
        return int(self.stream.max(initial=0)) + 1


_FIELDS: dict[str, tuple[float, type]] = {
    "least": (0, np.float64),
    "likely": (0, np.float64),
    "most": (0, np.float64),
    "release": (0, np.float64),
    "due": (NONE, np.float64),
    "started": (NONE, np.float64),
    "finished": (NONE, np.float64),
    "body": (NONE, np.int64),
    "stream": (0, np.int64),
}
"""Of each array over the obligations, what it holds where it is left out, and its kind."""


def _demand_sense(problem: ForecastProblem) -> None:
    """Refuse what means nothing."""
    p, names = problem, problem.name
    if len(names) != p.n_obligations:
        raise ValueError(f"name: it has {len(names)} names, expected {p.n_obligations}")
    for name in _FIELDS:
        array, lowest = getattr(p, name), _FIELDS[name][0]
        if not ((array >= lowest) & (array <= MOST_TIME)).all():
            raise ValueError(f"{name}: it holds what is no such number, expected {lowest} to {MOST_TIME:g}")
    for wrong, words in (
        (p.least > p.likely, "least: {0} takes {1.least:g} at least and {1.likely:g} most likely"),
        (p.likely > p.most, "likely: {0} takes {1.likely:g} most likely and {1.most:g} at most"),
        ((p.due != NONE) & (p.due < p.release), "due: {0} is due at {1.due:g}, before it may start at {1.release:g}"),
        ((p.finished != NONE) & (p.finished < p.started), "finished: {0} was done before it began"),
        (p.finished > p.now, "finished: {0} is done after now"),
        (p.started > p.now, "started: {0} began after now"),
        (p.body >= len(p.spread), "body: {0} has a body of which there is no spread"),
    ):
        if wrong.any():
            each = int(wrong.argmax())
            raise ValueError(words.format(names[each], _Row(p, each)))
    if p.spread.size and not (p.spread.min() >= 0 and p.spread.max() <= WIDEST):
        raise ValueError(f"spread: it holds {p.spread.min():g} to {p.spread.max():g}, expected 0 to {WIDEST:g}")
    _check_links(p)


class _Row:
    """The values of one obligation, for a sentence."""

    def __init__(self, problem: ForecastProblem, each: int) -> None:
        for name in _FIELDS:
            setattr(self, name, getattr(problem, name)[each])


def _check_links(problem: ForecastProblem) -> None:
    link, n = problem.link, problem.n_obligations
    if link.size and (link[:, :2].min() < 0 or link[:, :2].max() >= n or link[:, 2].min() < 0):
        raise ValueError(f"link: it names an obligation outside 0 to {n - 1}, or a time below 0")
    way = circle(n, link)
    if way:
        raise ValueError(f"link: a circle of predecessors: {way_round(way, problem.name)}; expected no way back")
