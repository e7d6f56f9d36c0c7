"""What the compiled search needs of a problem, and herds of schedules on it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ejlas.engine.values import Ints
from ejlas.engine.workplan.problem import NONE, WorkProblem

if TYPE_CHECKING:
    from ejlas.engine.workplan.kernels.breeding import Herd
    from ejlas.engine.workplan.kernels.state import Desk, Work

WORD_BITS = 62
"""Bits of a word that hold hands; what is above stays free of carries."""
FIELD_BITS, WIDE_FIELD_BITS = 15, 31
"""Bits of one kind of hands, its guard among them, where there are few of it and where there are many."""


SEATS = 16
"""Seats for each member of a herd: one in so many newcomers is taken for a twin of another."""


@dataclass(frozen=True, eq=False)
class Numbered:
    """A problem for the compiled search: activities in an order that keeps the links."""

    problem: WorkProblem
    work: "Work" = field(init=False)
    unit: int = field(init=False)
    """What one unit of the search stands for: the greatest common divisor of all times."""

    def __post_init__(self) -> None:
        times = (self.problem.duration, self.problem.link[:, 2], self.problem.release, self.problem.pinned)
        unit = int(np.gcd.reduce(np.concatenate([np.maximum(each, 0) for each in times]), initial=0)) or 1
        object.__setattr__(self, "unit", unit)
        object.__setattr__(self, "work", _work_of(self.problem, unit))

    def starts(self, start: Ints) -> Ints:
        """Return a schedule of the search as one of the problem."""
        found = np.empty_like(start)
        found[self.problem.order] = start * self.unit
        return found

    def numbered(self, start: Ints) -> Ints:
        """Return a schedule of the problem as one of the search."""
        return start[self.problem.order] // self.unit


def _work_of(problem: WorkProblem, unit: int) -> "Work":
    from ejlas.engine.workplan.kernels.state import Work

    order, n = problem.order, problem.n_activities
    number = np.empty(n, dtype=np.int64)
    number[order] = np.arange(n)
    link = np.stack([number[problem.link[:, 0]], number[problem.link[:, 1]], problem.link[:, 2] // unit], axis=1)
    pinned = np.where(problem.pinned == NONE, NONE, problem.pinned // unit)[order]
    duration = problem.duration[order] // unit
    need, capacity, guard = _packed(problem.need[order], problem.capacity)
    free = np.repeat(capacity[None], problem.horizon // unit + 2, axis=0)
    for each in np.flatnonzero(pinned != NONE).tolist():
        free[pinned[each] : pinned[each] + duration[each]] -= need[each]
    before_from, before = _by(link[:, [1, 0, 2]], n)
    after_from, after = _by(link, n)
    release = problem.release[order] // unit
    return Work(duration, release, pinned, before_from, before, after_from, after, need, free, guard)


def _by(link: Ints, n: int) -> tuple[Ints, Ints]:
    """Return links in the order of their first column, and where each of its values begins."""
    link = link[np.argsort(link[:, 0], kind="stable")]
    return np.searchsorted(link[:, 0], np.arange(n + 1)).astype(np.int64), np.ascontiguousarray(link[:, 1:])


def _packed(need: Ints, capacity: Ints) -> tuple[Ints, Ints, int]:
    """Return hands in words, what there is of them with guard bits set, and all guard bits of a word."""
    highest = int(max(need.max(initial=0), capacity.max(initial=0)))
    bits = FIELD_BITS if highest < 1 << (FIELD_BITS - 1) else WIDE_FIELD_BITS
    per_word = max(1, WORD_BITS // bits)
    n_words = max(1, -(-len(capacity) // per_word))
    words, there = np.zeros((len(need), n_words), dtype=np.int64), np.zeros(n_words, dtype=np.int64)
    guard = sum(1 << (place * bits + bits - 1) for place in range(per_word))
    there += guard
    for kind, amount in enumerate(capacity.tolist()):
        word, shift = kind // per_word, kind % per_word * bits
        words[:, word] += need[:, kind] << shift
        there[word] += amount << shift
    return words, there, guard


class Herds:
    """Several herds on one problem, bred side by side; how many does not depend on the threads."""

    def __init__(self, numbered: Numbered, *, seed: int, count: int, tail: Ints) -> None:
        self.numbered = numbered
        self.tail = tail[numbered.problem.order] // numbered.unit + numbered.work.duration
        self.desks = [_desk(numbered.work, (seed % 2**63, number)) for number in range(count)]
        self.herds: dict[int, Herd] = {}

    def settle(self, number: int, size: int) -> None:
        """Fill one herd anew with this many schedules."""
        from ejlas.engine.workplan.kernels import breeding

        n = self.numbered.problem.n_activities
        shapes = ((size, n), (size, n), (size,), (size,), (SEATS * size,))
        arrays = [np.zeros(shape, dtype=np.int64) for shape in shapes]
        herd = breeding.Herd(*arrays)
        breeding.settle(self.numbered.work, self.desks[number], herd, self.tail)
        self.herds[number] = herd

    def breed(self, number: int, n_children: int, chance: int, goal: int) -> int:
        """Raise children in one herd, until one ends by the goal; return the end of its best one."""
        from ejlas.engine.workplan.kernels import breeding

        herd, unit = self.herds[number], self.numbered.unit
        breeding.breed(self.numbered.work, self.desks[number], herd, n_children, chance, goal // unit)
        return int(herd.span.min()) * unit

    def end(self, number: int) -> int:
        """Return the end of the best schedule of one herd."""
        herd = self.herds[number]
        return int(herd.span.min()) * self.numbered.unit

    def best(self, number: int) -> Ints:
        """Return the best schedule of one herd, as one of the problem."""
        herd = self.herds[number]
        return self.numbered.starts(herd.start[np.lexsort((herd.spread, herd.span))[0]])


def _desk(work: "Work", seed: tuple[int, ...]) -> "Desk":
    from ejlas.engine.workplan.kernels.state import Desk

    n = len(work.duration)
    state = np.random.default_rng(seed).integers(1, 2**63, 1, dtype=np.int64).astype(np.uint64)
    count = np.zeros(max(len(work.free), n) + 2, dtype=np.int64)
    start, order, mark = (np.zeros(n, dtype=np.int64) for _ in range(3))
    return Desk(state, work.free.copy(), start, order, mark, count)
