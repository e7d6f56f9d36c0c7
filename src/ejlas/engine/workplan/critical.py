"""The critical path: when everything can start and has to end where hands are no matter, and what has no slack."""

from dataclasses import dataclass

import numpy as np

from ejlas.engine.values import Bools, Ints
from ejlas.engine.workplan.order import levels
from ejlas.engine.workplan.problem import NONE, WorkProblem


@dataclass(frozen=True, eq=False)
class CriticalPath:
    """The times of all activities, by links, releases and due times alone."""

    earliest_start: Ints
    """(n_activities,)"""
    earliest_finish: Ints
    """(n_activities,)"""
    latest_start: Ints
    """(n_activities,) so that nothing ends after the end, or its own due time, or makes another do so."""
    latest_finish: Ints
    """(n_activities,)"""
    end: int
    """By when everything is to end: the time that was asked for, or the earliest."""

    @property
    def slack(self) -> Ints:
        """(n_activities,) units by which each may slip; below 0 = so much too late already."""
        return self.latest_start - self.earliest_start

    @property
    def critical(self) -> Bools:
        """(n_activities,) whether it has no slack."""
        return self.slack <= 0


def critical_path(problem: WorkProblem, *, end: int | None = None) -> CriticalPath:
    """Return the earliest and the latest times of all activities, level by level.

    Parameters
    ----------
    end : by when everything is to end; None = as early as it can
    """
    start = earliest_starts(problem, problem.duration)
    finish = start + problem.duration
    aim = int(finish.max(initial=0)) if end is None else end
    latest = np.where(problem.due == NONE, aim, np.minimum(problem.due, aim))
    for first, after, begins, lag in _by_level(problem, backwards=True):
        values = latest[after] - problem.duration[after] - lag
        activities = first[begins]
        latest[activities] = np.minimum(latest[activities], np.minimum.reduceat(values, begins))
    return CriticalPath(start, finish, latest - problem.duration, latest, aim)


def earliest_starts(problem: WorkProblem, duration: Ints) -> Ints:
    """Return the earliest start of each activity, for any number of durations at once.

    Parameters
    ----------
    duration : (…, n_activities) units

    Returns
    -------
    (…, n_activities) earliest starts
    """
    begin = np.where(problem.pinned == NONE, problem.release, problem.pinned)
    start = np.broadcast_to(begin, duration.shape).copy()
    for first, after, begins, lag in _by_level(problem, backwards=False):
        values = start[..., first] + duration[..., first] + lag
        activities = after[begins]
        start[..., activities] = np.maximum(start[..., activities], np.maximum.reduceat(values, begins, axis=-1))
    return start


def tails(problem: WorkProblem) -> Ints:
    """(n_activities,) units that have to pass after the end of each activity until everything can have ended."""
    path = critical_path(WorkProblem(duration=problem.duration, link=problem.link))
    return path.end - path.latest_finish


def _by_level(problem: WorkProblem, *, backwards: bool) -> list[tuple[Ints, Ints, Ints, Ints]]:
    """Return the links of each level: first, after, where the links of each activity to be set begin, and lags."""
    link = problem.link
    if not link.size:
        return []
    side = 0 if backwards else 1
    turned = link[:, [1, 0, 2]] if backwards else link
    level = levels(problem.n_activities, turned)[link[:, side]]
    link, level = (each[np.lexsort((link[:, side], level))] for each in (link, level))
    found = []
    for part in np.split(link, np.flatnonzero(np.diff(level)) + 1):
        begins = np.flatnonzero(np.diff(part[:, side], prepend=NONE))
        found.append((part[:, 0], part[:, 1], begins, part[:, 2]))
    return found
