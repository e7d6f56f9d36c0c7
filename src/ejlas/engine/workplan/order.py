"""Links between activities: an order that keeps them all, levels, and the circle that makes an order impossible."""

from collections.abc import Sequence

import numpy as np

from ejlas.engine.values import Ints


def levels(n_activities: int, link: Ints) -> Ints:
    """(n_activities,) level of each activity: 0 without predecessors, else one more than the highest of them.

    Activities in a circle, and those after one, have level -1.
    """
    level = np.full(n_activities, -1, dtype=np.int64)
    waits = np.bincount(link[:, 1], minlength=n_activities)
    ready = np.flatnonzero(waits == 0)
    by_first = np.argsort(link[:, 0], kind="stable")
    after = link[by_first, 1]
    begins = np.searchsorted(link[by_first, 0], np.arange(n_activities + 1))
    at = 0
    while ready.size:
        level[ready] = at
        met = np.concatenate([after[begins[each] : begins[each + 1]] for each in ready.tolist()])
        np.subtract.at(waits, met, 1)
        ready = np.unique(met[waits[met] == 0])
        at += 1
    return level


def in_order(n_activities: int, link: Ints) -> Ints:
    """(n_activities,) the activities, each after all its predecessors; ValueError where there is a circle."""
    level = levels(n_activities, link)
    if (level < 0).any():
        raise ValueError("link: it holds a circle, so nothing can come first")
    return np.argsort(level, kind="stable").astype(np.int64)


def circle(n_activities: int, link: Ints) -> tuple[int, ...]:
    """Return the activities of one circle, the way round, beginning with the lowest; () = there is none."""
    stuck = levels(n_activities, link) < 0
    if not stuck.any():
        return ()
    # Of what is stuck, everything has a predecessor that is stuck: going back ends in a circle.
    before = {int(after): int(first) for first, after in link[:, :2].tolist() if stuck[first] and stuck[after]}
    way = [int(np.flatnonzero(stuck)[0])]
    seen: dict[int, int] = {}
    while way[-1] not in seen:
        seen[way[-1]] = len(way) - 1
        way.append(before[way[-1]])
    round_trip = way[seen[way[-1]] : -1][::-1]
    lowest = round_trip.index(min(round_trip))
    return tuple(round_trip[lowest:] + round_trip[:lowest])


def way_round(circle_of: Sequence[int], name: Sequence[str]) -> str:
    """Return a circle in words: each activity and the one after it, until the first comes again."""
    return " → ".join([name[each] for each in (*circle_of, circle_of[0])])
