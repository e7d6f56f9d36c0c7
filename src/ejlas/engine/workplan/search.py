"""The search for limited hands: herds of schedules, CP-SAT on windows, and CP-SAT on the whole where it may prove."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from math import inf
from typing import TypeVar

import numpy as np

from ejlas.engine.result import Progress
from ejlas.engine.stop import Limits, Spent, Stop, limits_left
from ejlas.engine.values import Bools, Ints
from ejlas.engine.workplan import cp
from ejlas.engine.workplan.bounds import lower_bound
from ejlas.engine.workplan.critical import tails
from ejlas.engine.workplan.plan import MAKESPAN
from ejlas.engine.workplan.population import Herds, Numbered
from ejlas.engine.workplan.problem import WorkProblem

N_HERDS = 4
"""Herds that are bred side by side, whatever the number of threads: so the plan does not depend on it."""
SIZE, LEAST_SIZE, GROWTH, LARGEST_HERD = 100, 10, 3, 2700
"""Schedules of a herd at first, of a large plan at least, how many times more the next one has, and the most of all."""
CHANCE = 50
"""Of a thousand neighbours in a child's list, those that change places."""
PLACES_OF_ROUND = 60_000
"""Activities that a herd places, about, before the stop is asked again."""
STALE = 100
"""Children for each member without a better end, after which a generation is over."""
WORK_OF_PLACE = 1.5e-7
"""The work, as a stop counts it, of one activity of one child."""
SMALL, NEAR = 70, 0.02
"""CP-SAT looks at the whole of so many activities, or where value and bound are so near, relative to the value."""
TURN, TURN_OF_SMALL, MOST_TURN = 2.0, 20.0, 600.0
"""Work of the first turn of CP-SAT on the whole, and of the longest; each has twice as much as the one before."""
WINDOW_WORK = 0.7
"""Work of one window."""
MOST_FOR_WINDOWS = 600
"""Activities up to which windows are freed: the model has all of them."""
IN_WINDOW = 30, 60
"""Activities that are freed in one window, least and most."""

_T = TypeVar("_T")


class Search:
    """The best plan so far, and what was spent on it. After `run` there is one."""

    def __init__(
        self, problem: WorkProblem, stop: Stop, seed: int, workers: int, progress: Progress | None = None
    ) -> None:
        self.problem, self.stop, self.seed, self.workers = problem, stop, seed % 2**63, workers
        self._progress = progress
        self.bound = lower_bound(problem)
        self.value, self.start = problem.horizon + 1, np.zeros(problem.n_activities, dtype=np.int64)
        self.spent = Spent()
        self._herds = Herds(Numbered(problem), seed=self.seed, count=N_HERDS, tail=tails(problem))
        self._size = min(SIZE, max(LEAST_SIZE, PLACES_OF_ROUND // max(1, problem.n_activities)))
        self._children = self._turns = self._windows = self._generations = 0

    @property
    def is_over(self) -> bool:
        """Whether the plan is proven, or the stop says that it is enough."""
        left = limits_left(self.stop, self.spent)
        return self.value <= self.bound or left.seconds <= 0 or left.work <= 0 or self.stop(self.spent)

    def run(self) -> None:
        """Search until it is over; one schedule is made in any case."""
        if not self.problem.n_activities:
            self.value = self.bound = 0
            return
        is_small = self.problem.n_activities <= SMALL
        with ThreadPoolExecutor(self.workers) as threads:
            self._threads = threads
            self._settle()
            self._breed()
            while not self.is_over:
                if is_small or self.value - self.bound <= NEAR * self.value:
                    self._whole()
                if not is_small and self.problem.n_activities <= MOST_FOR_WINDOWS:
                    self._free_windows()
                if not is_small and not self.is_over:
                    self._size = min(self._size * GROWTH, LARGEST_HERD)
                    self._settle()
                    self._breed()

    def statistics(self) -> dict[str, float]:
        """Return what the search did, by name."""
        return {
            "children": self._children,
            "generations": self._generations,
            "windows": self._windows,
            "turns": self._turns,
            "work": self.spent.work,
        }

    def _settle(self) -> None:
        """Begin a generation: all herds are filled anew."""
        self._each(partial(self._herds.settle, size=self._size), range(N_HERDS))
        self._count(N_HERDS * self._size)
        self._generations += 1
        self._look_at(range(N_HERDS))

    def _breed(self) -> None:
        """Breed all herds, each until nothing better has come for long."""
        per_round = max(1, PLACES_OF_ROUND // self.problem.n_activities)
        ends = {number: self._herds.end(number) for number in range(N_HERDS)}
        stale = dict.fromkeys(ends, 0)
        while stale and not self.is_over:
            found = self._each(partial(self._herds.breed, n_children=per_round, chance=CHANCE, goal=self.bound), stale)
            self._count(per_round * len(stale))
            self._look_at(stale)
            for number, end in zip(tuple(stale), found, strict=True):
                stale[number] = 0 if end < ends[number] else stale[number] + per_round
                ends[number] = end
                if stale[number] > STALE * self._size:
                    del stale[number]

    def _free_windows(self) -> None:
        """Free windows of the plan, some side by side, until none of them makes it better."""
        better = True
        while better and not self.is_over:
            better = False
            answers = self._each(partial(self._improved, self.start, self.value), range(N_HERDS))
            self.spent += Spent(max(each.spent.seconds for each in answers), sum(each.spent.work for each in answers))
            self._windows += N_HERDS
            for answer in answers:
                if answer.start is not None:
                    better = self._keep(answer.start) or better

    def _improved(self, start: Ints, value: int, number: int) -> cp.Answer:
        """Search in one window for a plan that ends earlier."""
        random = np.random.default_rng((self.seed, self._windows, number))
        free = _window(self.problem, start, random)
        keep = cp.order_outside(self.problem, start, free)
        effort = cp.Effort(self.stop, self.spent, Limits(inf, WINDOW_WORK), 1, int(random.integers(2**31)))
        return cp.improve(self.problem, value, self.bound, effort, keep)

    def _whole(self) -> None:
        """Give CP-SAT a turn on the whole."""
        first = TURN_OF_SMALL if self.problem.n_activities <= SMALL else TURN
        limits = Limits(inf, min(first * 2**self._turns, MOST_TURN))
        effort = cp.Effort(self.stop, self.spent, limits, self.workers, self.seed + self._turns)
        answer = cp.improve(self.problem, self.value, self.bound, effort)
        self.spent += answer.spent
        self._turns += 1
        if answer.start is not None:
            self._keep(answer.start)
        if answer.bound > self.bound:
            self.bound = min(answer.bound, self.value)
            self._tell()

    def _each(self, act: Callable[[int], _T], numbers: "range | dict[int, int]") -> list[_T]:
        """Do the same for each number, by as many threads as there are workers."""
        return list(self._threads.map(act, tuple(numbers)))

    def _look_at(self, numbers: "range | dict[int, int]") -> None:
        for number in numbers:
            if self._herds.end(number) < self.value:
                self._keep(self._herds.best(number))

    def _keep(self, start: Ints) -> bool:
        """Keep a plan that is better than the best one so far; return whether it is."""
        value = int((start + self.problem.duration).max())
        if value >= self.value:
            return False
        self.value, self.start = value, start
        self._tell()
        return True

    def _count(self, n_children: int) -> None:
        work = n_children * self.problem.n_activities * WORK_OF_PLACE
        self.spent += Spent(work, work)
        self._children += n_children

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(MAKESPAN, self.value, self.bound)


def _window(problem: WorkProblem, start: Ints, random: np.random.Generator) -> Bools:
    """(n_activities,) whether each activity is among those that stand nearest to a moment drawn by chance."""
    finish = start + problem.duration
    moment = random.integers(int(finish.max()) + 1)
    distance = np.maximum(start - moment, 0) + np.maximum(moment - finish, 0)
    free = np.zeros(problem.n_activities, dtype=np.bool_)
    free[np.argsort(distance, kind="stable")[: random.integers(*IN_WINDOW)]] = True
    return free
