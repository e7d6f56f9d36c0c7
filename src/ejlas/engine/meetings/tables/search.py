"""The search for large problems: grants by annealing with chains, then breaks by annealing over chains.

The plan is changed in rounds. In each the days fall into groups, or where there are few the slots, and every group is
searched by itself, by a thread where there is one: a chain of two slots of one group touches nothing of another.
Groups, random numbers and lengths of the rounds depend on the problem, the seed and the number of the round alone, so
that any number of threads comes to the same plan.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from math import isfinite

import numpy as np

from ejlas.engine.meetings.tables.cooling import Cooling, heat_at
from ejlas.engine.meetings.tables.groups import groups_of, groups_to_grant, shared_out
from ejlas.engine.meetings.tables.kernels import closing, granting
from ejlas.engine.meetings.tables.kernels.state import Desk
from ejlas.engine.meetings.tables.objectives import BREAKS, WEIGHT, breaks
from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.meetings.tables.start import desk_of, gains, state_of
from ejlas.engine.result import Progress
from ejlas.engine.stop import Limits, Spent, Stop, limits_left
from ejlas.engine.values import Ints

WORK_OF_MOVE = 1e-6
"""Work of one move; what a stop by work counts."""
MOVES_TO_GRANT, MOVES_TO_CLOSE = 20_000, 150_000
"""Moves of one group in one round."""
GRANTS_PER_MEETING, FLIPS_PER_MEETING = 800, 1_000
"""Moves after which a search has cooled down, whatever the stop leaves."""
PART_TO_GRANT = 0.55
"""How much of the limits the search for weight may use."""
GRANT_HEATS, CLOSE_HEATS = (1.2, 0.1), (0.5, 0.08)
"""From and to which heat a search cools down, in weight and in breaks."""
DEEPEN_HEATS, AGAIN_HEATS = (0.4, 0.1), (0.2, 0.05)
"""The same where time is left for another search from the best plan."""
ROOM_FOR_ANOTHER = 0.2
"""Another search begins where so many times what the first one took is left."""

Pool = ThreadPoolExecutor | None


@dataclass
class Search:
    """A plan under way, the best one so far, and what is left of the limits."""

    problem: TableProblem
    stop: Stop
    seed: int
    workers: int = 1
    progress: Progress | None = None
    slot: Ints | None = None
    """The plan to begin with; without one, nothing is granted."""
    spent: Spent = field(default_factory=Spent)
    n_rounds: int = 0

    def __post_init__(self) -> None:
        nothing = np.full(self.problem.n_meetings, NONE, dtype=np.int64)
        self.best: Ints = nothing if self.slot is None else self.slot.copy()
        self.gain = gains(self.problem)
        self._state = state_of(self.problem, self.best)

    @property
    def is_over(self) -> bool:
        """Whether the stop says that it is enough."""
        left = limits_left(self.stop, self.spent)
        return left.seconds <= 0 or left.work <= 0 or self.stop(self.spent)

    def run(self, bound: int) -> None:
        """Grant and close; then, while there is time and weight may lack, again and again from the best plan."""
        before = limits_left(self.stop, self.spent)
        self.grant(bound)
        self.close()
        left = limits_left(self.stop, self.spent)
        took = Limits(before.seconds - left.seconds, before.work - left.work)
        while self._granted(self.best) < bound and _is_room(left, took):
            granted = self._granted(self.best)
            self._grant(bound, DEEPEN_HEATS)
            if self._granted(self.best) > granted:
                self.close()
            left = limits_left(self.stop, self.spent)

    def grant(self, bound: int) -> None:
        """Grant as much weight as can be found; end where it meets the bound."""
        if not self.problem.open.any():
            return
        if self.slot is None and not self.is_over:
            self._construct()
            self._keep(bound)
        self._grant(bound, GRANT_HEATS)

    def _grant(self, bound: int, heats: tuple[float, float]) -> None:
        """Cool down once."""
        most = GRANTS_PER_MEETING * self.problem.n_meetings * WORK_OF_MOVE
        cooling = Cooling(self.stop, self.spent, part=PART_TO_GRANT, most_work=most)
        with self._threads() as pool:
            while self._granted(self.best) < bound and not self.is_over:
                share = cooling.share(self.spent)
                if share >= 1:
                    break
                self._grant_round(pool, heat_at(heats, share))
                self._keep(bound)
        self._state = state_of(self.problem, self.best)

    def close(self) -> None:
        """Close as many breaks as can be closed with these grants; while there is time, once more."""
        heats, has_limits = CLOSE_HEATS, self._has_limits()
        with self._threads() as pool:
            while self._close(pool, heats) and has_limits and not self.is_over:
                self._state = state_of(self.problem, self.best)
                heats = AGAIN_HEATS

    def _close(self, pool: Pool, heats: tuple[float, float]) -> int:
        """Cool down once; return the breaks that are left."""
        fewest = int(breaks(self.problem, self.best).sum())
        value = int(breaks(self.problem, self._state.slot).sum())
        most = FLIPS_PER_MEETING * self.problem.n_meetings * WORK_OF_MOVE
        cooling = Cooling(self.stop, self.spent, part=1.0, most_work=most)
        while fewest and not self.is_over and (share := cooling.share(self.spent)) < 1:
            value += sum(self._close_round(pool, heat_at(heats, share)))
            if value < fewest:
                fewest, self.best = value, self._state.slot.copy()
                self._tell(BREAKS, value, 0)
        return fewest

    def _grant_round(self, pool: Pool, heat: float) -> None:
        generator = self._generator()
        groups = groups_to_grant(self.problem, generator)
        wishes = shared_out(self._state.slot, len(groups), generator)

        def improve(number: int) -> int:
            pending = np.zeros(self.problem.n_meetings, dtype=np.int64)
            pending[: len(wishes[number])] = wishes[number]
            n_pending = len(wishes[number])
            return granting.improve(
                self._state, self._desk(number), groups[number], pending, n_pending, MOVES_TO_GRANT, heat
            )

        self._side_by_side(pool, improve, len(groups), MOVES_TO_GRANT)

    def _close_round(self, pool: Pool, heat: float) -> Sequence[int]:
        groups = groups_of(self.problem, self._generator())

        def close(number: int) -> int:
            return closing.close(self._state, self._desk(number), groups[number], MOVES_TO_CLOSE, heat)

        return self._side_by_side(pool, close, len(groups), MOVES_TO_CLOSE)

    def _side_by_side(self, pool: Pool, task: Callable[[int], int], n_tasks: int, n_moves: int) -> Sequence[int]:
        """Do the tasks of one round, by threads where there are some."""
        answers = list(map(task, range(n_tasks)) if pool is None else pool.map(task, range(n_tasks)))
        self.n_rounds += 1
        self.spent += Spent(work=n_moves * n_tasks * WORK_OF_MOVE)
        return answers

    def _construct(self) -> None:
        """Place the heaviest wishes first, those of equal weight by chance."""
        order = np.lexsort((self._generator().random(self.problem.n_meetings), -self.gain))
        slots = np.arange(self.problem.n_slots, dtype=np.int64)
        granting.construct(self._state, self._desk(0), order.astype(np.int64), slots)
        self.n_rounds += 1

    def _keep(self, bound: int) -> None:
        """Keep the plan at hand if it grants more than the best one."""
        value = self._granted(self._state.slot)
        if value > self._granted(self.best):
            self.best = self._state.slot.copy()
            self._tell(WEIGHT, int(self.problem.weight[self.best != NONE].sum()), bound)

    def _granted(self, slot: Ints) -> int:
        return int(self.gain[slot != NONE].sum())

    def _generator(self) -> np.random.Generator:
        return np.random.default_rng((self.seed % 2**63, self.n_rounds))

    def _desk(self, number: int) -> Desk:
        return desk_of(self.problem, (self.seed % 2**63, self.n_rounds, number))

    def _threads(self) -> AbstractContextManager[Pool]:
        return ThreadPoolExecutor(self.workers) if self.workers > 1 else nullcontext()

    def _has_limits(self) -> bool:
        left = limits_left(self.stop, self.spent)
        return isfinite(min(left.seconds, left.work))

    def _tell(self, objective: str, value: int, bound: int) -> None:
        if self.progress is not None:
            self.progress(objective, value, bound)


def _is_room(left: Limits, took: Limits) -> bool:
    """Return whether what is left is enough for another search; without limits one is all."""
    if isfinite(left.seconds):
        return left.seconds > ROOM_FOR_ANOTHER * took.seconds
    return isfinite(left.work) and left.work > ROOM_FOR_ANOTHER * took.work
