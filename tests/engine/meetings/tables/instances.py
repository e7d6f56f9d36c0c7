"""Problems of tables made by chance: tiny ones for trying every plan, and larger ones with a known best plan."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np

from ejlas.engine.meetings.tables.problem import NONE, TableProblem


def tiny(seed: int, **changes: Any) -> TableProblem:
    """Return a problem of at most five meetings in four slots, with everything that may tie them down."""
    chance = Random(seed)
    people, slots, n_meetings = chance.randint(3, 5), 4, chance.randint(2, 5)
    days = chance.choice([[0, 0, 0, 0], [0, 0, 1, 1]])
    available = np.array([[chance.random() < 0.8 for _ in range(slots)] for _ in range(people)])
    fields: dict[str, Any] = {
        "day_of_slot": np.array(days),
        "available": available,
        "idle": chance.choice([available, np.ones_like(available)]),
        "pair": np.array([chance.sample(range(people), 2) for _ in range(n_meetings)]),
        "weight": np.array([chance.randint(0, 6) for _ in range(n_meetings)]),
        "mandatory": np.array([chance.random() < 0.2 for _ in range(n_meetings)]),
        "allowed": np.array([[chance.random() < 0.9 for _ in range(slots)] for _ in range(n_meetings)]),
        "pool": np.array([chance.choice([NONE, NONE, 0, 1]) for _ in range(n_meetings)]),
        "before": np.array([chance.sample(range(n_meetings), 2)] if chance.random() < 0.4 else np.zeros((0, 2), int)),
        "tables": np.array([chance.randint(1, 2) for _ in range(slots)]),
        "interpreters": np.array([[chance.randint(0, 2) for _ in range(slots)] for _ in range(2)]),
    }
    return TableProblem(**(fields | changes))


def fair(*, people: int, slots: int, days: int = 1, share: float = 0.8, seed: int = 1) -> TableProblem:
    """Return a problem whose wishes can all be granted: a share of a full round of everybody with everybody.

    Everybody is always there, and the wishes come from the rounds of a circle, so a plan without breaks exists when
    `share` is 1.
    """
    chance = Random(seed)
    ring = list(range(people))
    pairs: list[tuple[int, int]] = []
    for _slot in range(slots):
        pairs += [(ring[each], ring[-1 - each]) for each in range(people // 2)]
        ring = [ring[0], ring[-1], *ring[1:-1]]
    kept = sorted(chance.sample(range(len(pairs)), round(share * len(pairs))))
    chance.shuffle(kept)
    pair = np.array([pairs[each] for each in kept])
    n_meetings = len(pair)
    return TableProblem(
        day_of_slot=np.repeat(np.arange(days), slots // days),
        available=np.ones((people, slots), dtype=bool),
        idle=np.ones((people, slots), dtype=bool),
        pair=pair,
        weight=np.array([chance.randint(1, 9) for _ in range(n_meetings)]),
        mandatory=np.zeros(n_meetings, dtype=bool),
        allowed=np.ones((n_meetings, slots), dtype=bool),
        pool=np.where(np.arange(n_meetings) % 4 == 0, np.arange(n_meetings) % 3, NONE),
        tables=np.full(slots, people // 2),
        interpreters=np.full((3, slots), people // 8),
    )
