"""The problem of a run that starts from the plan in force: with what is thought of, and with what cannot stand free."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ejlas.core.intervals import Interval
from ejlas.core.text import Text
from ejlas.engine.meetings.check import check
from ejlas.engine.meetings.plan import Placements
from ejlas.engine.meetings.problem import NONE, MeetingProblem
from ejlas.engine.meetings.things import Scarce, Thing, relax
from ejlas.engine.values import Bools
from ejlas.planning.queries.facts import Facts, span_of
from ejlas.planning.queries.problem import ALWAYS, Built, built_of
from ejlas.planning.queries.standing import standing_of
from ejlas.planning.rules import Change, ChangeKind
from ejlas.programme.models import Bilateral, Interpreter, Room
from ejlas.programme.rules import RoomKind

ADDED = "+"
"""The first letter of what a room or an interpreter is called that is only thought of; no slug begins so."""
A_DAY_MIN = 24 * 60


@dataclass(frozen=True)
class Started:
    """A problem to be planned from what stands."""

    built: Built
    standing: Placements


def started_from(facts: Facts, changes: Sequence[Change] = (), *, loose: Collection[str] = ()) -> Started:
    """Build the problem of these facts with the changes thought of, and where its bilaterals stand now.

    Who pinned a bilateral meant it to stay where it can: where it cannot any more, the planner may move it.
    `loose` names bilaterals that are known not to be able to. Raises OffTheGrid, NoRoomForBilaterals.
    """
    built = built_of(_with_rows(facts, changes, loose))
    problem = built.problem
    for change, number in _numbered(built, changes):
        problem = _APPLY[change.kind](problem, built, change, number)
    built = replace(built, problem=problem)
    standing = standing_of(built)
    return Started(replace(built, problem=_released(built, standing)), standing)


def _with_rows(facts: Facts, changes: Iterable[Change], loose: Collection[str]) -> Facts:
    """Return the facts with the rooms and interpreters that are added, and without what is withdrawn."""
    rooms, people = list(facts.rooms), list(facts.interpreters)
    for change in changes:
        if change.kind is ChangeKind.ROOM_ADDED:
            number = 1 + len(rooms) - len(facts.rooms)
            kind, seats, name = RoomKind.MEETING, int(change.thing), Text()
            # No stored row has such a key: none can be taken for it.
            rooms.append(Room(pk=-number, slug=f"{ADDED}{number}", kind=kind, seats=seats, name=name))
        elif change.kind is ChangeKind.INTERPRETER_ADDED:
            number = 1 + len(people) - len(facts.interpreters)
            slug, languages = f"{ADDED}{number}", list(change.languages)
            people.append(Interpreter(pk=-number, slug=slug, languages=languages, daily_min=A_DAY_MIN, name=Text()))
    bilaterals = tuple(_loosened(facts.bilaterals, changes, loose))
    return replace(facts, rooms=tuple(rooms), interpreters=tuple(people), bilaterals=bilaterals)


def _loosened(
    bilaterals: Iterable[Bilateral], changes: Iterable[Change], loose: Collection[str]
) -> Iterator[Bilateral]:
    """Yield the bilaterals that are still wished for; one that stands despite a rule, and cannot, is like any other."""
    gone = {change.thing for change in changes if change.kind is ChangeKind.WITHDRAWN}
    for bilateral in bilaterals:
        is_loose = bilateral.slug in loose or any(_hits(change, bilateral) for change in changes)
        if bilateral.slug not in gone:
            yield _unpinned(bilateral) if bilateral.despite and is_loose else bilateral


def _unpinned(bilateral: Bilateral) -> Bilateral:
    free = copy(bilateral)
    free.pinned, free.despite = False, []
    return free


def _hits(change: Change, bilateral: Bilateral) -> bool:
    """Whether a change takes away somebody or something that a placed bilateral needs."""
    needs = {
        ChangeKind.PARTY_AWAY: bilateral.parties,
        ChangeKind.ROOM_CLOSED: [bilateral.room.slug] if bilateral.room else [],
        ChangeKind.INTERPRETER_AWAY: [person.slug for person in bilateral.interpreters.all()],
    }
    span = span_of(bilateral)
    return change.thing in needs.get(change.kind, ()) and span is not None and _span(change).overlaps(span)


def _numbered(built: Built, changes: Iterable[Change]) -> Iterator[tuple[Change, int]]:
    """Yield each change with the number of what it is about; one about what is gone meanwhile is left out."""
    added = {ChangeKind.ROOM_ADDED: 0, ChangeKind.INTERPRETER_ADDED: 0}
    for change in changes:
        slug = change.thing
        if change.kind in added:
            added[change.kind] += 1
            slug = f"{ADDED}{added[change.kind]}"
        rows = _rows_of(built, change.kind)
        number = next((number for number, row in enumerate(rows) if row.slug == slug), NONE)
        if number != NONE or not change.thing:
            yield change, number


def _rows_of(built: Built, kind: ChangeKind) -> Sequence[Any]:
    if kind in {ChangeKind.ROOM_ADDED, ChangeKind.ROOM_CLOSED}:
        return built.rooms
    if kind in {ChangeKind.INTERPRETER_ADDED, ChangeKind.INTERPRETER_AWAY}:
        return built.interpreters
    return built.bilaterals if kind is ChangeKind.ANY_TIME else built.parties


def _span(change: Change) -> Interval:
    return Interval(change.starts_at or ALWAYS[0], change.ends_at or ALWAYS[1])


def _masked(hours: Bools, number: int, mask: Bools) -> Bools:
    """Return hours in which one row holds in the slots of the mask only."""
    masked = hours.copy()
    masked[number] &= mask
    return masked


Apply = Callable[[MeetingProblem, Built, Change, int], MeetingProblem]


def _away(field: str) -> Apply:
    def apply(problem: MeetingProblem, built: Built, change: Change, number: int) -> MeetingProblem:
        hours: Any = _masked(getattr(problem, field), number, built.grid.free([_span(change)]))
        return replace(problem, **{field: hours})

    return apply


def _there(field: str) -> Apply:
    def apply(problem: MeetingProblem, built: Built, change: Change, number: int) -> MeetingProblem:
        hours: Any = _masked(getattr(problem, field), number, built.grid.within([_span(change)]))
        return replace(problem, **{field: hours})

    return apply


def _more(kind: Scarce) -> Apply:
    def apply(problem: MeetingProblem, _built: Built, _change: Change, number: int) -> MeetingProblem:
        return relax(problem, Thing(kind, number))

    return apply


def _as_it_is(problem: MeetingProblem, _built: Built, _change: Change, _number: int) -> MeetingProblem:
    return problem


# More of a thing is the same here as where the engine proves a reason: so a reason's "what if" grants what it says.
_APPLY: dict[ChangeKind, Apply] = {
    ChangeKind.ROOM_CLOSED: _away("room_open"),
    ChangeKind.ROOM_ADDED: _there("room_open"),
    ChangeKind.ROOMS_OPEN: _more(Scarce.ROOM_HOURS),
    ChangeKind.ROOMS_LARGE: _more(Scarce.ROOM_SEATS),
    ChangeKind.INTERPRETER_ADDED: _there("interpreter_available"),
    ChangeKind.INTERPRETER_AWAY: _away("interpreter_available"),
    ChangeKind.PARTY_AWAY: _away("available"),
    ChangeKind.PARTY_FREE: _more(Scarce.PARTICIPANT_HOURS),
    ChangeKind.NO_CAP: _more(Scarce.DAILY_CAP),
    ChangeKind.ANY_TIME: _more(Scarce.START),
    ChangeKind.WITHDRAWN: _as_it_is,
}


def _released(built: Built, standing: Placements) -> MeetingProblem:
    """Return the problem in which a pinned bilateral that cannot stay where it stands may be moved."""
    problem = built.problem
    broken = {meeting for each in check(problem, standing) for meeting in each.meetings}
    start, room = problem.fixed_start.copy(), problem.fixed_room.copy()
    rooms = {each.pk: number for number, each in enumerate(built.rooms)}
    for number, bilateral in enumerate(built.bilaterals):
        if bilateral.pinned and number in broken:
            slot = built.grid.slot_at(bilateral.fixed_at) if bilateral.fixed_at else None
            start[number] = NONE if slot is None else slot
            room[number] = NONE if bilateral.fixed_room_id is None else rooms.get(bilateral.fixed_room_id, NONE)
    return replace(problem, fixed_start=start, fixed_room=room)


def without_impossible(problem: MeetingProblem, placed: Bools) -> MeetingProblem:
    """Return the problem in which what has to take place and cannot is a wish; one fixed to a time stays fixed to it.

    Parameters
    ----------
    problem : an impossible one
    placed : (n_meetings,) whether the meeting has a place in the best plan there is
    """
    allowed, slots = problem.allowed_start.copy(), np.arange(problem.n_slots)
    for meeting in map(int, np.flatnonzero(~placed & (problem.fixed_start != NONE))):
        allowed[meeting] &= slots == problem.fixed_start[meeting]
    fixed = np.where(placed, problem.fixed_start, NONE)
    return replace(problem, mandatory=problem.mandatory & placed, fixed_start=fixed, allowed_start=allowed)
