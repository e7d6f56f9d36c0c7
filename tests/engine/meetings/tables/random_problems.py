"""Random small problems of tables, and the best of all plans of one, tried one by one."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from ejlas.engine.meetings.tables.check import check
from ejlas.engine.meetings.tables.objectives import breaks, granted_weight, mandatory_placed
from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.values import Ints

Rank = tuple[int, int, int]


def random_problem(seed: int) -> TableProblem:
    """Four or five meetings of four participants in up to five slots, with everything a problem can hold."""
    draw = np.random.default_rng(seed)
    n_people, n_meetings, n_slots = 4, int(draw.integers(4, 6)), int(draw.integers(3, 6))
    available = draw.random((n_people, n_slots)) < 0.9
    pool = np.where(draw.random(n_meetings) < 0.4, 0, NONE)
    order = draw.permutation(n_meetings)
    before = np.array([order[:2], order[1:3]][: int(draw.integers(0, 3))], dtype=np.int64).reshape(-1, 2)
    return TableProblem(
        day_of_slot=np.sort(draw.integers(0, 2, n_slots)) if draw.random() < 0.4 else np.zeros(n_slots, dtype=np.int64),
        available=available,
        idle=available if draw.random() < 0.5 else np.ones_like(available),
        pair=np.array([draw.choice(n_people, 2, replace=False) for _ in range(n_meetings)]),
        weight=draw.integers(0, 4, n_meetings),
        mandatory=draw.random(n_meetings) < draw.choice([0.0, 0.4, 1.0]),
        allowed=draw.random((n_meetings, n_slots)) < draw.choice([0.5, 0.9]),
        pool=pool,
        before=before,
        tables=draw.integers(1, 3, n_slots),
        interpreters=draw.integers(0, 2, (1, n_slots)),
        most_difference=int(draw.choice([NONE, 0, 1])),
    )


def plans(problem: TableProblem) -> Iterator[Ints]:
    """Yield every plan that keeps all hard constraints, mandatory meetings aside."""
    slot = np.full(problem.n_meetings, NONE, dtype=np.int64)
    unfair = replace(problem, most_difference=NONE)

    def extend(meeting: int) -> Iterator[Ints]:
        if meeting == problem.n_meetings:
            if not names(problem, slot) - {"mandatory"}:
                yield slot.copy()
            return
        for at in (NONE, *np.flatnonzero(problem.open[meeting]).tolist()):
            slot[meeting] = at
            # Fairness alone can be mended by further meetings.
            if at == NONE or not names(unfair, slot) - {"mandatory"}:
                yield from extend(meeting + 1)
        slot[meeting] = NONE

    return extend(0)


def rank(problem: TableProblem, slot: Ints) -> Rank:
    return mandatory_placed(problem, slot), granted_weight(problem, slot), -int(breaks(problem, slot).sum())


def best(problem: TableProblem) -> Rank:
    """Return what the best plan is worth: mandatory meetings, weight, and breaks below zero."""
    return max(rank(problem, slot) for slot in plans(problem))


def names(problem: TableProblem, slot: Ints) -> set[str]:
    """Return the names of the constraints that a plan breaks."""
    return {each.constraint for each in check(problem, slot)}
