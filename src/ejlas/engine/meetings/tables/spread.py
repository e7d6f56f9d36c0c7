"""The search in parts, for several processes or machines: a plan is cut, its parts are searched anywhere, and joined.

One process cuts the plan into parts, asks for answers, and joins what comes into the next plan, round after round. Who
answers is the caller's matter. With a stop by work, and where every answer comes, the plan depends on the problem, the
seed and the number of parts alone.
"""

from collections.abc import Callable, Sequence
from math import isfinite
from typing import TypeAlias

import numpy as np

from ejlas.engine.meetings.tables.bound import weight_bound
from ejlas.engine.meetings.tables.cooling import heat_at
from ejlas.engine.meetings.tables.kernels import granting
from ejlas.engine.meetings.tables.objectives import BREAKS, WEIGHT, breaks, granted_weight
from ejlas.engine.meetings.tables.pace import WORK_OF_MOVE, Pace, Round
from ejlas.engine.meetings.tables.parts import Part, Phase, cut, is_answer, members
from ejlas.engine.meetings.tables.plan import TablePlan
from ejlas.engine.meetings.tables.problem import NONE, TableProblem
from ejlas.engine.meetings.tables.search import (
    AGAIN_HEATS,
    CLOSE_HEATS,
    DEEPEN_HEATS,
    FLIPS_PER_MEETING,
    GRANT_HEATS,
    GRANTS_PER_MEETING,
    MOVES_TO_CLOSE,
    MOVES_TO_GRANT,
    PART_TO_GRANT,
    ROOM_FOR_ANOTHER,
)
from ejlas.engine.meetings.tables.solve import is_small, plan_of, solve
from ejlas.engine.meetings.tables.start import desk_of, gains, state_of
from ejlas.engine.result import Progress
from ejlas.engine.stop import Limits, Spent, Stop, limits_left
from ejlas.engine.values import Ints

Ask: TypeAlias = Callable[[Sequence[Part]], Sequence[Ints | None]]
"""Has parts searched and returns the answers in their order; None for one that did not come."""


def solve_in_parts(
    problem: TableProblem, ask: Ask, *, stop: Stop, seed: int, n_parts: int, progress: Progress | None = None
) -> TablePlan:
    """Return the best plan that can be found until the stop, with parts of it searched side by side.

    A small problem is searched here, and nobody is asked.

    Parameters
    ----------
    ask : has parts searched
    stop : when to end; a clock, if any, is a `Deadline`
    seed : of the search
    n_parts : parts of a round, as many as there are workers
    progress : is told objective, value and bound, whenever a better plan is found
    """
    if is_small(problem):
        return solve(problem, stop=stop, seed=seed, progress=progress)
    bound = weight_bound(problem)
    search = SearchInParts(problem, ask, stop, seed, n_parts, progress)
    search.run(bound)
    return plan_of(problem, search.best, bound, search.statistics)


class SearchInParts:
    """A plan under way, the best one so far, and what was asked."""

    def __init__(
        self,
        problem: TableProblem,
        ask: Ask,
        stop: Stop,
        seed: int,
        n_parts: int,
        progress: Progress | None = None,
    ) -> None:
        self.problem, self.ask, self.stop, self.progress = problem, ask, stop, progress
        self.seed, self.n_parts = seed % 2**63, n_parts
        self.gain = gains(problem)
        self.slot: Ints = np.full(problem.n_meetings, NONE, dtype=np.int64)
        self.best = self.slot
        self.spent = Spent()
        self.n_rounds = self.n_asked = self.n_lost = 0
        self.has_answers = True

    @property
    def statistics(self) -> dict[str, float]:
        """Return what the search took: work, rounds, parts asked for, and those whose answer never came."""
        return {"work": self.spent.work, "rounds": self.n_rounds, "parts": self.n_asked, "lost": self.n_lost}

    @property
    def is_over(self) -> bool:
        """Whether the stop says that it is enough, or nobody has answered."""
        left = limits_left(self.stop, self.spent)
        return not self.has_answers or left.seconds <= 0 or left.work <= 0 or self.stop(self.spent)

    def run(self, bound: int) -> None:
        """Grant and close; then, while there is time and weight may lack, again and again from the best plan."""
        before = limits_left(self.stop, self.spent)
        self.grant(bound)
        self.close()
        left = limits_left(self.stop, self.spent)
        took = Limits(before.seconds - left.seconds, before.work - left.work)
        while self._may_grant(bound) and _is_room(left, took):
            granted = self._worth(self.best)
            self._grant(bound, DEEPEN_HEATS)
            if self._worth(self.best) > granted:
                self.close()
            left = limits_left(self.stop, self.spent)

    def grant(self, bound: int) -> None:
        """Grant as much weight as can be found; end where it meets the bound."""
        if self.is_over or not self.problem.open.any():
            return
        self._construct()
        self._keep_heaviest(bound)
        self._grant(bound, GRANT_HEATS)

    def _grant(self, bound: int, heats: tuple[float, float]) -> None:
        """Cool down once, from the best plan."""
        self.slot = self.best
        pace = self._pace(GRANTS_PER_MEETING, PART_TO_GRANT, MOVES_TO_GRANT)
        while self._may_grant(bound) and self._round(Phase.GRANT, pace, heats):
            self._keep_heaviest(bound)

    def _may_grant(self, bound: int) -> bool:
        most = bound + int(self.gain.sum() - self.problem.weight.sum())
        return self._worth(self.best) < most and not self.is_over

    def close(self) -> None:
        """Close as many breaks as can be closed with these grants; while there is time, once more."""
        heats, limits = CLOSE_HEATS, limits_left(self.stop, self.spent)
        has_limits = isfinite(limits.seconds) or isfinite(limits.work)
        while self._close(heats) and has_limits and not self.is_over:
            heats = AGAIN_HEATS

    def _close(self, heats: tuple[float, float]) -> bool:
        """Cool down once; return whether breaks are left, and there was time to try."""
        self.slot = self.best
        fewest, n_before = -self._unbroken(self.slot), self.n_rounds
        pace = self._pace(FLIPS_PER_MEETING, 1.0, MOVES_TO_CLOSE)
        while fewest and not self.is_over and self._round(Phase.CLOSE, pace, heats):
            value = -self._unbroken(self.slot)
            if value < fewest:
                fewest, self.best = value, self.slot
                self._tell(BREAKS, value, 0)
        return fewest > 0 and self.n_rounds > n_before

    def _pace(self, moves_per_meeting: int, part: float, first_moves: int) -> Pace:
        most = moves_per_meeting * self.problem.n_meetings * WORK_OF_MOVE
        return Pace(self.stop, self.spent, part=part, most_work=most, first_moves=first_moves)

    def _construct(self) -> None:
        """Place the heaviest wishes first, those of equal weight by chance."""
        order = np.lexsort((self._generator().random(self.problem.n_meetings), -self.gain)).astype(np.int64)
        state, slots = state_of(self.problem, self.slot), np.arange(self.problem.n_slots, dtype=np.int64)
        granting.construct(state, desk_of(self.problem, (self.seed, self.n_rounds)), order, slots)
        self.slot = state.slot
        self.n_rounds += 1

    def _round(self, phase: Phase, pace: Pace, heats: tuple[float, float]) -> bool:
        """Have the plan searched in parts once, and join the answers; False where the phase is at its end."""
        generator = self._generator()
        groups = cut(self.problem, phase, self.n_parts, generator)
        n_seeds = max(1, self.n_parts // len(groups))
        found = pace.next_round(self.spent, len(groups), n_seeds)
        if found is None:
            return False
        parts = self._parts(phase, groups, n_seeds, found, heats, generator)
        began = pace.seconds_gone(self.spent)
        answers = self.ask(parts)
        self.n_rounds += 1
        self.spent += Spent(work=found.moves * len(parts) * WORK_OF_MOVE)
        pace.learn(found, len(groups), pace.seconds_gone(self.spent) - began)
        self._join(parts, answers, len(groups))
        return True

    def _parts(
        self,
        phase: Phase,
        groups: Sequence[Ints],
        n_seeds: int,
        found: Round,
        heats: tuple[float, float],
        generator: np.random.Generator,
    ) -> list[Part]:
        """Return the parts of one round: all groups with a first seed, then all with a second one, and so on."""
        meetings = members(self.slot, groups, phase, generator)
        return [
            Part(
                phase=phase,
                slots=group,
                meetings=within,
                slot=self.slot[within],
                moves=found.moves,
                heats=(heat_at(heats, found.share), heat_at(heats, found.next_share)),
                seed=int(generator.integers(2**63)),
            )
            for _seed in range(n_seeds)
            for group, within in zip(groups, meetings, strict=True)
        ]

    def _join(self, parts: Sequence[Part], answers: Sequence[Ints | None], n_groups: int) -> None:
        """Take the best answer for each group; without one, its meetings stay where they are."""
        slot, n_lost = self.slot.copy(), 0
        for number in range(n_groups):
            plans = []
            for part, answer in zip(parts[number::n_groups], answers[number::n_groups], strict=True):
                if answer is None or not is_answer(self.problem, part, answer):
                    n_lost += 1
                else:
                    plans.append(slot.copy())
                    plans[-1][part.meetings] = answer
            if plans:
                worth = self._worth if parts[number].phase is Phase.GRANT else self._unbroken
                slot = max(plans, key=worth) if len(plans) > 1 else plans[0]
        self.slot = slot
        self.n_asked += len(parts)
        self.n_lost += n_lost
        self.has_answers = n_lost < len(parts)

    def _keep_heaviest(self, bound: int) -> None:
        """Keep the plan at hand if it grants more than the best one."""
        if self._worth(self.slot) > self._worth(self.best):
            self.best = self.slot
            self._tell(WEIGHT, granted_weight(self.problem, self.best), bound)

    def _worth(self, slot: Ints) -> int:
        return int(self.gain[slot != NONE].sum())

    def _unbroken(self, slot: Ints) -> int:
        return -int(breaks(self.problem, slot).sum())

    def _generator(self) -> np.random.Generator:
        return np.random.default_rng((self.seed, self.n_rounds))

    def _tell(self, objective: str, value: int, bound: int) -> None:
        if self.progress is not None:
            self.progress(objective, value, bound)


def _is_room(left: Limits, took: Limits) -> bool:
    """Return whether what is left is enough for another search; without limits one is all."""
    if isfinite(left.seconds):
        return left.seconds > ROOM_FOR_ANOTHER * took.seconds
    return isfinite(left.work) and left.work > ROOM_FOR_ANOTHER * took.work
