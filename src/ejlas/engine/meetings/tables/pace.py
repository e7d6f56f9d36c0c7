"""How long the rounds of a search in parts are, and how far it has cooled down, by what its stop leaves."""

from dataclasses import dataclass
from math import inf, isfinite

from ejlas.engine.stop import Spent, Stop, limits_left

WORK_OF_MOVE = 1e-6
"""Work of one move; what a stop by work counts."""
LEAST_ROUNDS, ROUNDS_PER_GROUP = 12, 6
"""Rounds of one phase, where seconds do not say otherwise; in more groups, a wish meets fewer slots in a round."""
LEAST_SECONDS, MOST_SECONDS = 0.4, 8.0
"""Seconds of a round: sending takes little beside searching, and a worker that is lost costs little."""
MOST_MOVES = 1e12
"""Moves of a part that has no limit."""
PART_OF_THE_REST = 0.8
"""How much of the seconds that are left a round may be meant to take: what comes after the end is lost."""
MOST_GROWTH = 8
"""How many times longer than the one before a round may be: the first ones show what the workers can do."""


@dataclass(frozen=True)
class Round:
    """What each part of a round gets, and how much of the phase is behind when it begins and when it ends."""

    moves: int
    share: float
    next_share: float


class Pace:
    """One phase: from what is spent now, with a part of what the stop leaves, until it has cooled down."""

    def __init__(self, stop: Stop, spent: Spent, *, part: float, most_work: float, first_moves: int) -> None:
        """Begin; without a clock the phase ends after `most_work`, further seeds not counted."""
        self._stop, self._began = stop, spent
        self._left = limits_left(stop, spent)
        self._most_work = inf if self.is_by_seconds else most_work
        self._limits = self._left.share(part)
        self._done = 0.0
        self._moves, self._seconds = first_moves, 0.0

    @property
    def is_by_seconds(self) -> bool:
        """Whether a clock ends the phase; otherwise its rounds are the same on any machine."""
        return isfinite(self._left.seconds)

    def seconds_gone(self, spent: Spent) -> float:
        """Return how long the phase has lasted; 0 where no clock ends it."""
        return self._left.seconds - limits_left(self._stop, spent).seconds if self.is_by_seconds else 0.0

    def next_round(self, spent: Spent, n_groups: int, n_seeds: int) -> Round | None:
        """Return the next round, in which every group is searched with so many seeds; None at the end of the phase."""
        seconds = self._limits.seconds - self.seconds_gone(spent)
        work_left = (self._limits.work - (spent.work - self._began.work)) / n_seeds
        most_moves = _moves(min(work_left, self._most_work - self._done), n_groups)
        if most_moves < 1 or seconds < LEAST_SECONDS / 2:
            return None
        target = min(
            max(self._limits.seconds / rounds_of(n_groups), LEAST_SECONDS), MOST_SECONDS, seconds * PART_OF_THE_REST
        )
        moves = min(most_moves, self._moves_in(target, n_groups, n_seeds))
        share = self._share(spent)
        by_work = moves * n_groups * WORK_OF_MOVE / min(self._most_work, self._limits.work / n_seeds)
        by_seconds = target / self._limits.seconds if self.is_by_seconds else 0.0
        return Round(moves, share, share + max(by_work, by_seconds))

    def learn(self, found: Round, n_groups: int, seconds: float) -> None:
        """Note that a round was searched, and how long it took."""
        self._moves, self._seconds = found.moves, seconds
        self._done += found.moves * n_groups * WORK_OF_MOVE

    def _moves_in(self, target: float, n_groups: int, n_seeds: int) -> int:
        """Return the moves of each part in a round of so many seconds, or in one of a number of equal rounds."""
        if not self.is_by_seconds:
            return max(1, _moves(min(self._most_work, self._limits.work / n_seeds) / rounds_of(n_groups), n_groups))
        growth = target / self._seconds if self._seconds > 0 else 1.0
        return max(1, int(self._moves * min(growth, MOST_GROWTH)))

    def _share(self, spent: Spent) -> float:
        by_work = (spent.work - self._began.work) / self._limits.work if self._limits.work < inf else 0.0
        by_seconds = self.seconds_gone(spent) / self._limits.seconds if self.is_by_seconds else 0.0
        return max(self._done / self._most_work, by_work, by_seconds)


def rounds_of(n_groups: int) -> int:
    """Return the rounds of a phase with so many groups."""
    return max(LEAST_ROUNDS, ROUNDS_PER_GROUP * n_groups)


def _moves(work: float, n_groups: int) -> int:
    """Return the moves of each group that come to so much work."""
    return int(min(work / (WORK_OF_MOVE * n_groups) + 0.5, MOST_MOVES))
