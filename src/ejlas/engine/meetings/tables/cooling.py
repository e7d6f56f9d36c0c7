"""How a search cools down: by its moves, or by the seconds or the work that a stop leaves it."""

from math import isfinite

from ejlas.engine.stop import Spent, Stop, limits_left


class Cooling:
    """The way from the first to the last heat of one search."""

    def __init__(self, stop: Stop, spent: Spent, *, part: float, most_work: float) -> None:
        """Begin now, with a part of what the stop leaves, and with no more work than that."""
        self._stop = stop
        self._began = spent
        self._left = limits_left(stop, spent).share(part)
        self._most_work = min(most_work, self._left.work)
        self._all_left = limits_left(stop, spent)

    def share(self, spent: Spent) -> float:
        """Return how much of the way is behind, 1 at its end."""
        by_work = (spent.work - self._began.work) / self._most_work if self._most_work > 0 else 1.0
        if not isfinite(self._left.seconds):
            return by_work
        gone = self._all_left.seconds - limits_left(self._stop, spent).seconds
        return max(by_work, gone / self._left.seconds if self._left.seconds > 0 else 1.0)


def heat_at(heats: tuple[float, float], share: float) -> float:
    """Return the heat after a share of the way; it falls by the same factor in the same time."""
    first, last = heats
    return float(first * (last / first) ** min(1.0, share))
