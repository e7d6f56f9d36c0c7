"""Why each refused meeting was refused: the scarce things, each proven by a plan that has more of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ejlas.engine.meetings.greedy import added
from ejlas.engine.meetings.insertion import Place, cheapest_place
from ejlas.engine.meetings.places import free_place, free_slots, is_fair
from ejlas.engine.meetings.plan import MeetingResult
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.meetings.runner import Runner
from ejlas.engine.meetings.things import IN_PARTS, Scarce, Thing, relax, things_of
from ejlas.engine.meetings.trial import stand_together
from ejlas.engine.stop import Stop

WORK_FOR_TRIAL = 0.5
"""Work after which the search for one reason gives up."""


@dataclass(frozen=True)
class Reason:
    """Something that would let a refused meeting be granted, with all that is granted now still granted."""

    things: tuple[Thing, ...]
    """More of all of these at once is needed; one for most reasons."""
    start: int = NONE
    """The slot in which the meeting would then stand; -1 = not known."""
    displaced: tuple[int, ...] = ()
    """For OUTWEIGHED: the granted meetings whose place it would take."""
    verified: bool = True
    """Whether a plan was found in which the meeting is granted."""
    grants: int = 1
    """How many of the refused meetings more of this alone would grant together, while nothing that is granted moves."""


@dataclass(frozen=True)
class Refusal:
    """A meeting that was not granted, and why: the reason that is of most use first."""

    meeting: int
    reasons: tuple[Reason, ...]


def explain(problem: MeetingProblem, result: MeetingResult, *, stop: Stop, seed: int) -> tuple[Refusal, ...]:
    """Explain every meeting that was not granted.

    Parameters
    ----------
    problem : what was to be placed
    result : a plan that keeps the hard constraints, but for required meetings that are missing
    stop : when to search no further; what can be seen without a search is told all the same
    seed : of the searches

    Returns
    -------
    a refusal for each meeting without a place, in their order
    """
    inquiry = _Inquiry(problem, result, Runner(stop, seed))
    # What is seen without a search comes first for all: the stop may leave no time to search for each.
    seen = {meeting: inquiry.seen(meeting) for meeting in map(int, np.flatnonzero(~result.granted))}
    found = {meeting: inquiry.reasons(meeting, at_once) for meeting, at_once in seen.items()}
    asking: dict[tuple[Thing, ...], list[int]] = {}
    for meeting, reasons in found.items():
        for reason in filter(_adds, reasons):
            asking.setdefault(reason.things, []).append(meeting)
    grants = {things: inquiry.grants(things, meetings) for things, meetings in asking.items()}
    return tuple(
        Refusal(meeting, _ranked(_of_most_use(_counted(each, grants) for each in reasons)))
        for meeting, reasons in found.items()
    )


def _adds(reason: Reason) -> bool:
    """Whether more of something grants the meeting besides all that is granted."""
    return reason.verified and not reason.displaced


def _counted(reason: Reason, grants: Mapping[tuple[Thing, ...], int]) -> Reason:
    return replace(reason, grants=grants[reason.things]) if _adds(reason) else reason


def _of_most_use(reasons: Iterable[Reason]) -> Iterator[Reason]:
    """Yield the reasons; of those that differ in the part of a day alone, the one that grants most, or the first."""
    best: dict[tuple[Thing, ...], Reason] = {}
    for reason in reasons:
        whole = tuple(replace(thing, part=NONE) for thing in reason.things)
        if whole not in best or reason.grants > best[whole].grants:
            best[whole] = reason
    yield from best.values()


def _ranked(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return the reasons, those of most use first: proven, of one thing, displacing nobody, granting many."""
    kinds = list(Scarce)

    def rank(reason: Reason) -> tuple[bool, bool, int, int, int, int]:
        first = reason.things[0]
        place = kinds.index(first.kind)
        return not reason.verified, bool(reason.displaced), len(reason.things), -reason.grants, place, first.index

    return tuple(sorted(reasons, key=rank))


@dataclass
class _Inquiry:
    """The search for reasons, under one stop."""

    problem: MeetingProblem
    plan: MeetingResult
    runner: Runner
    relaxed: dict[Thing, MeetingProblem] = field(default_factory=dict)

    def seen(self, meeting: int) -> list[Reason]:
        """Return what needs no search: that it fits as it is, or the single things more of which makes room."""
        place = free_place(self.problem, self.plan, meeting)
        if place is not None:
            return [Reason((Thing(Scarce.SEARCH),), place.start)]
        found = []
        for thing in things_of(self.problem, meeting):
            slots = free_slots(self._with_more(thing), self.plan, meeting)
            in_parts = list(self._in_parts(meeting, thing, slots))
            found += in_parts or [Reason((thing,), slots[0])] if slots else []
        return found

    def grants(self, things: tuple[Thing, ...], meetings: Sequence[int]) -> int:
        """Return how many of these meetings find a place at once with more of the things; one of them does at least."""
        if len(meetings) == 1:
            return 1
        more = added(self._with_all(things), self.plan, meetings)
        return max(1, int(more.granted.sum()) - int(self.plan.granted.sum()))

    def _in_parts(self, meeting: int, thing: Thing, slots: Sequence[int]) -> Iterator[Reason]:
        """Yield the thing for each part of a day in which more of it is enough; it is free in these slots with more."""
        if thing.kind not in IN_PARTS or not self.problem.part_of_slot.size:
            return
        for part in sorted(set(self.problem.part_of_slot[list(slots)].tolist())):
            narrowed = replace(thing, part=part)
            there = free_slots(self._with_more(narrowed), self.plan, meeting)
            if there:
                yield Reason((narrowed,), there[0])

    def reasons(self, meeting: int, seen: list[Reason]) -> list[Reason]:
        """Return the reasons for one refused meeting, in no order; never none."""
        if any(thing.kind is Scarce.SEARCH for reason in seen for thing in reason.things):
            return seen
        things = things_of(self.problem, meeting)
        found = list(seen) or self._searched(meeting, things) or self._together(meeting, things)
        instead = cheapest_place(self.problem, self.plan, meeting)
        if instead is not None and self._fits_instead(meeting, instead):
            found.append(Reason((Thing(Scarce.OUTWEIGHED),), instead.start, instead.displaced))
        return found or [Reason((Thing(Scarce.SEVERAL),), verified=False)]

    def _searched(self, meeting: int, things: tuple[Thing, ...]) -> list[Reason]:
        """Return the single things more of which makes room when the granted meetings may move."""
        found = []
        together = [*map(int, np.flatnonzero(self.plan.granted)), meeting]
        for thing in things:
            if self.runner.is_over:
                break
            looser = self._with_more(thing)
            if not _caps_suffice(looser, together) or not is_fair(looser, self.plan, meeting):
                continue
            placed = stand_together(looser, together, self.runner, near=self.plan.start, most_work=WORK_FOR_TRIAL)
            if not isinstance(placed, bool):
                found.append(Reason((thing,), int(placed.start[meeting])))
        return found

    def _together(self, meeting: int, things: tuple[Thing, ...]) -> list[Reason]:
        """Return a smallest set of things more of which at once makes room in the plan as it stands."""
        needed = list(things)
        place = free_place(self._with_all(needed), self.plan, meeting)
        # What is dearest to come by is given up first.
        for thing in reversed(things):
            fewer = [each for each in needed if each != thing]
            without = free_place(self._with_all(fewer), self.plan, meeting)
            if without is not None:
                needed, place = fewer, without
        return [] if place is None else [Reason(tuple(needed), place.start)]

    def _fits_instead(self, meeting: int, place: Place) -> bool:
        """Whether the meeting fits once those that it displaces are gone."""
        return free_place(self.problem, self.plan.without(place.displaced), meeting) is not None

    def _with_more(self, thing: Thing) -> MeetingProblem:
        """Return the problem with more of the thing."""
        if thing not in self.relaxed:
            self.relaxed[thing] = relax(self.problem, thing)
        return self.relaxed[thing]

    def _with_all(self, things: Iterable[Thing]) -> MeetingProblem:
        """Return the problem with more of all these things."""
        problem = self.problem
        for thing in things:
            problem = problem if thing.kind is Scarce.SEARCH else relax(problem, thing)
        return problem


def _caps_suffice(problem: MeetingProblem, meetings: Iterable[int]) -> bool:
    """Whether the caps of all days together admit these meetings; most refusals fail here already."""
    a_day = np.where(problem.daily_cap == NONE, problem.n_meetings, problem.daily_cap)
    asked = np.zeros(problem.n_participants, dtype=np.int64)
    for meeting in meetings:
        asked[list(problem.participants[meeting])] += 1
    return bool((asked <= a_day * problem.n_days).all())
