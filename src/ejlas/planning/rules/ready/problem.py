"""What a host owes as problems of the engine: one of chance, one of limited hands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from ejlas.engine.values import Bools, Floats, Ints
from ejlas.engine.workplan.forecast.problem import ForecastProblem
from ejlas.engine.workplan.problem import WorkProblem
from ejlas.planning.rules.ready.axis import Axis
from ejlas.planning.rules.ready.basis import Basis, Owed

NONE = -1


class Posed:
    """A basis as the engine sees it.

    A day begins at its number and ends at the next; now is the morning of today. What is delivered is over: looking
    at it costs no working day. What has begun waits for nothing any more.
    """

    def __init__(self, basis: Basis) -> None:
        self.basis, self.owed = basis, basis.owed
        self.axis = Axis(basis.rules.calendar, min(_days_of(basis)))
        self.now = self.axis.start_of(basis.today)
        self.target = max(self.axis.start_of(basis.opening) - basis.rules.ready_days, 0)
        self.place = {each.slug: place for place, each in enumerate(self.owed)}
        self.bodies = sorted({each.body for each in self.owed if each.body})
        self.streams = sorted({each.stream for each in self.owed})
        self.kinds = sorted({kind for each in self.owed for kind in each.uses if not each.is_worked})

    @property
    def target_on(self) -> date:
        """The last day on which work may end so that everything is ready in time."""
        return self.axis.day_of_end(self.target)

    @cached_property
    def started(self) -> Floats:
        """(n,) when each began; -1 = it has not."""
        return self._times(self._started(each) for each in self.owed)

    @cached_property
    def finished(self) -> Floats:
        """(n,) when the work of each was over; -1 = it is not."""
        return self._times(self._finished(each) for each in self.owed)

    @cached_property
    def release(self) -> Floats:
        """(n,) earliest start."""
        return self._times(
            0 if each.start_after is None else self.axis.start_of(each.start_after) for each in self.owed
        )

    @cached_property
    def link(self) -> Ints:
        """(n_links, 3) what comes before, what after and has not begun, and the working days between; a lead is 0."""
        rows = [
            (self.place[before], place, max(lag, 0))
            for place, each in enumerate(self.owed)
            for before, lag in each.after.items()
            if before in self.place and each.started is None and not each.is_worked
        ]
        return np.array(rows, dtype=np.int64).reshape(len(rows), 3)

    def forecast_problem(self) -> ForecastProblem:
        """Return the problem of chance."""
        due = self._times(NONE if each.due is None else self.axis.end_of(each.due) for each in self.owed)
        body = {slug: place for place, slug in enumerate(self.bodies)}
        stream = {slug: place for place, slug in enumerate(self.streams)}
        return ForecastProblem(
            least=self._times(each.least for each in self.owed),
            likely=self._times(each.likely for each in self.owed),
            most=self._times(each.most for each in self.owed),
            opening=float(self.target),
            now=float(self.now),
            link=self.link,
            release=self.release,
            due=np.where((due != NONE) & (due < self.release), self.release, due),
            started=self.started,
            finished=self.finished,
            body=np.array([body.get(each.body, NONE) for each in self.owed], dtype=np.int64),
            spread=np.full(len(self.bodies), self.basis.rules.body_spread / 100),
            stream=np.array([stream[each.stream] for each in self.owed], dtype=np.int64),
            name=tuple(each.slug for each in self.owed),
        )

    def left(self) -> Left:
        """Return what is still to be worked, with its hands; times are counted from now."""
        places = np.flatnonzero(self.finished == NONE)
        own = {place: number for number, place in enumerate(places.tolist())}
        in_work = self.started[places] != NONE
        release = np.maximum(self.release[places] - self.now, 0)
        links = []
        for before, after, lag in self.link.tolist():
            if before in own:
                links.append((own[before], own[after], lag))
            else:
                release[own[after]] = max(release[own[after]], self.finished[before] + lag - self.now)
        need, lacking = self._needs(places, in_work)
        problem = WorkProblem(
            duration=np.array([self._rest(place) for place in places.tolist()], dtype=np.int64),
            link=np.array(links, dtype=np.int64).reshape(len(links), 3),
            capacity=np.array([self.basis.hands.get(kind, 0) for kind in self.kinds], dtype=np.int64),
            need=need,
            release=release.astype(np.int64),
            pinned=np.where(in_work, 0, NONE),
            name=tuple(self.owed[place].slug for place in places.tolist()),
        )
        return Left(places, problem, lacking)

    def _needs(self, places: Ints, in_work: Bools) -> tuple[Ints, dict[str, int]]:
        """Return the hands that what is left needs, as far as there are so many, and how many of which kind lack.

        What one obligation needs beyond all there are, and what is in work beyond them, nobody can plan: it is said.
        """
        rows = [[self.owed[place].uses.get(kind, 0) for kind in self.kinds] for place in places.tolist()]
        need = np.array(rows, dtype=np.int64).reshape(len(places), len(self.kinds))
        lacking: dict[str, int] = {}
        for number, kind in enumerate(self.kinds):
            there = self.basis.hands.get(kind, 0)
            at_once = int(need[in_work, number].sum())
            excess = max(int(need[:, number].max(initial=0)) - there, at_once - there)
            if excess > 0:
                lacking[kind] = excess
            np.minimum(need[:, number], there, out=need[:, number])
            held = np.cumsum(need[in_work, number]) <= there
            need[np.flatnonzero(in_work)[~held], number] = 0
        return need, lacking

    def _times(self, values: Iterable[float]) -> Floats:
        return np.fromiter(values, dtype=np.float64, count=len(self.owed))

    def _started(self, each: Owed) -> float:
        if each.started is None:
            return NONE
        last = self._finished(each)
        return min(self.axis.start_of(each.started), self.now if last == NONE else last)

    def _finished(self, each: Owed) -> float:
        if not each.is_worked:
            return NONE
        return self.now if each.delivered is None else min(self.axis.end_of(each.delivered), self.now)

    def _rest(self, place: int) -> int:
        """Return the working days that one which is not over takes most likely from now on; one at least, in work."""
        likely = self.owed[place].likely
        if self.started[place] == NONE:
            return likely
        return max(1, likely - int(self.now - self.started[place]))


@dataclass(frozen=True)
class Left:
    """What is still to be worked: its places in the whole, the problem of its hands, and the hands that lack."""

    places: Ints
    problem: WorkProblem
    lacking: Mapping[str, int]

    def in_whole(self, links: Ints) -> Ints:
        """Return links between these as links between places in the whole."""
        return np.column_stack([self.places[links[:, 0]], self.places[links[:, 1]], links[:, 2]]).astype(np.int64)


def _days_of(basis: Basis) -> set[date]:
    """Return days before which nothing that counts has happened."""
    begun = {day for each in basis.owed for day in (each.started, each.delivered) if day is not None}
    return begun | {basis.today}
