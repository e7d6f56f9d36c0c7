"""What stands in the way of a bilateral at a time and in a room, told by the planner's own rules; and where it fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from ejlas.core.intervals import Interval
from ejlas.engine.meetings.check import check
from ejlas.engine.meetings.places import FreePlaces, free_places
from ejlas.engine.meetings.plan import Placements
from ejlas.engine.result import Broken
from ejlas.planning.queries.facts import Facts, span_of
from ejlas.planning.queries.hours import hours_of
from ejlas.planning.queries.problem import ALWAYS, Built, built_of
from ejlas.planning.queries.standing import standing_of
from ejlas.planning.rules import Conflict, ConflictKind, Free, Weighed
from ejlas.programme.models import Bilateral, Room


class Move:
    """One bilateral in a person's hand, all others standing where they are. Raises NoRoomForBilaterals."""

    def __init__(self, facts: Facts, bilateral: Bilateral) -> None:
        self.facts, self.bilateral = facts, bilateral
        self.built: Built = built_of(facts, moving=bilateral)
        self.number = next(n for n, each in enumerate(self.built.bilaterals) if each.pk == bilateral.pk)
        self.rest: Placements = standing_of(self.built).without([self.number])
        self.places: FreePlaces = free_places(self.built.problem, self.rest, self.number)

    def weigh(self, starts_at: datetime, room: str, interpreters: Sequence[str] | None = None) -> Weighed:
        """Say what stands in the way of a place; without interpreters named, those who are free would do it."""
        slot = self.built.grid.slot_at(starts_at)
        found = self.facts.room(room)
        if slot is None or found is None:
            return Weighed(tuple(interpreters or ()), tuple(self._unfit(starts_at, slot, room, found)))
        people = self._people(slot, found) if interpreters is None else self._named(interpreters)
        plan = self._placed(slot, found, people)
        asked = Asked(self, self.built.grid.interval(slot, int(self.built.problem.length[self.number])), found)
        broken = [each for each in check(self.built.problem, plan) if self.number in each.meetings]
        conflicts = dict.fromkeys(conflict for each in broken for conflict in asked.conflicts(each))
        return Weighed(tuple(self.built.interpreters[each].slug for each in people), tuple(conflicts))

    def free(self) -> list[Free]:
        """Return every time at which the bilateral fits without a conflict, with the rooms that are free then."""
        slots = map(int, np.flatnonzero(self.places.rooms.any(axis=0)))
        rooms = self.built.rooms
        return [
            Free(
                self.built.grid.starts[slot],
                tuple(rooms[int(each)].slug for each in np.flatnonzero(self.places.rooms[:, slot])),
            )
            for slot in slots
        ]

    def _unfit(self, starts_at: datetime, slot: int | None, room: str, found: Room | None) -> Iterator[Conflict]:
        if slot is None:
            yield Conflict(kind=ConflictKind.OFF_GRID, starts_at=starts_at, number=self.built.grid.slot_min)
        if found is None:
            yield Conflict(kind=ConflictKind.NOT_FOR_MEETINGS, room=room)

    def _people(self, slot: int, room: Room) -> tuple[int, ...]:
        """Return interpreters who are free: those it has now before others, then those with least work that day.

        Where they are too few, those few.
        """
        now = {person.pk for person in self.bilateral.interpreters.all()}
        day = self.built.problem.day_of_slot
        busy = [
            sum(
                person in people
                for m, people in enumerate(self.rest.interpreters)
                if day[self.rest.start[m]] == day[slot]
            )
            for person in range(len(self.built.interpreters))
        ]
        order = sorted(
            range(len(busy)), key=lambda each: (self.built.interpreters[each].pk not in now, busy[each], each)
        )
        team = self.places.people(slot, self.built.rooms.index(room), order)
        free = [each for each in order if self.places.interpreters[each, slot]]
        return team or tuple(sorted(free[: self.places.needed]))

    def _named(self, slugs: Sequence[str]) -> tuple[int, ...]:
        return tuple(number for number, person in enumerate(self.built.interpreters) if person.slug in slugs)

    def _placed(self, slot: int, room: Room, people: tuple[int, ...]) -> Placements:
        start, rooms, interpreters = self.rest.start.copy(), self.rest.room.copy(), list(self.rest.interpreters)
        start[self.number], rooms[self.number] = slot, self.built.rooms.index(room)
        interpreters[self.number] = people
        return Placements(start, rooms, tuple(interpreters))


@dataclass(frozen=True)
class Asked:
    """A place that is asked for; each broken constraint of the engine becomes what a person would say of it.

    The span is that of whole slots, as the planner reads it; what is told of others is the time they really take.
    """

    move: Move
    span: Interval
    room: Room

    def conflicts(self, broken: Broken) -> Iterator[Conflict]:
        """Say what one broken constraint means here."""
        yield from getattr(self, f"_{broken.constraint}")(broken)

    def _start(self, _: Broken) -> Iterator[Conflict]:
        bilateral = self.move.bilateral
        if bilateral.fixed_at and bilateral.fixed_at != self.span.starts_at:
            yield Conflict(kind=ConflictKind.FIXED_TIME, starts_at=bilateral.fixed_at)
        window = Interval(bilateral.earliest or ALWAYS[0], bilateral.latest or ALWAYS[1])
        if not window.contains(self.span):
            yield Conflict(kind=ConflictKind.WINDOW, starts_at=bilateral.earliest, ends_at=bilateral.latest)
        if self._day_ends():
            yield Conflict(kind=ConflictKind.DAY_ENDS, ends_at=self._day_ends())

    def _one_day(self, _: Broken) -> Iterator[Conflict]:
        yield Conflict(kind=ConflictKind.DAY_ENDS, ends_at=self._day_ends())

    def _day_ends(self) -> datetime | None:
        """Return the end of the hours of bilaterals, if it would end after them."""
        hours = [span for span in hours_of(self.move.facts.edition) if span.contains(self.span.starts_at)]
        return hours[0].ends_at if hours and hours[0].ends_at < self.span.ends_at else None

    def _participant_hours(self, broken: Broken) -> Iterator[Conflict]:
        party = self.move.built.parties[broken.holder]
        if party.arrives_at and self.span.starts_at < party.arrives_at:
            yield Conflict(kind=ConflictKind.AWAY, party=party.slug, starts_at=party.arrives_at)
        if party.departs_at and self.span.ends_at > party.departs_at:
            yield Conflict(kind=ConflictKind.AWAY, party=party.slug, ends_at=party.departs_at)
        for session in self.move.facts.binding:
            if Interval(session.starts_at, session.ends_at).overlaps(self.span) and (
                not session.parties or party.slug in session.parties
            ):
                yield Conflict(
                    kind=ConflictKind.IN_SESSION,
                    party=party.slug,
                    session=session.slug,
                    starts_at=session.starts_at,
                    ends_at=session.ends_at,
                )
        yield from self._meets(party.slug, [each for each in self.move.built.settled if party.slug in each.parties])

    def _participant_clash(self, broken: Broken) -> Iterator[Conflict]:
        yield from self._meets(self.move.built.parties[broken.holder].slug, self._others(broken))

    def _meets(self, party: str, others: Sequence[Bilateral]) -> Iterator[Conflict]:
        """Say which other bilaterals of a party stand too near."""
        problem = self.move.built.problem
        for other, span in self._near(others, problem.apart_slots * problem.slot_min):
            kind = ConflictKind.IN_MEETING if span.overlaps(self.span) else ConflictKind.TOO_CLOSE
            yield Conflict(kind=kind, party=party, bilateral=other.slug, starts_at=span.starts_at, ends_at=span.ends_at)

    def _daily_cap(self, broken: Broken) -> Iterator[Conflict]:
        cap = int(self.move.built.problem.daily_cap[broken.holder])
        party = self.move.built.parties[broken.holder].slug
        yield Conflict(kind=ConflictKind.DAILY_CAP, party=party, number=cap)

    def _room_suits(self, _: Broken) -> Iterator[Conflict]:
        bilateral = self.move.bilateral
        if self.room.seats < bilateral.seats:
            yield Conflict(kind=ConflictKind.ROOM_SMALL, room=self.room.slug, number=self.room.seats)
        if bilateral.fixed_room and bilateral.fixed_room_id != self.room.pk:
            yield Conflict(kind=ConflictKind.FIXED_ROOM, room=bilateral.fixed_room.slug)

    def _room_hours(self, _: Broken) -> Iterator[Conflict]:
        room = self.room.slug
        hours = hours_of(self.move.facts.edition, self.room.opens, self.room.closes)
        if not any(span.contains(self.span) for span in hours):
            day = next((each for each in hours if each.starts_at.date() == self.span.starts_at.date()), hours[0])
            yield Conflict(kind=ConflictKind.ROOM_CLOSED, room=room, starts_at=day.starts_at, ends_at=day.ends_at)
        for session in self.move.facts.occupying:
            span = Interval(session.starts_at, session.ends_at)
            if session.room_id == self.room.pk and self._is_near(span, self._turnaround):
                kind = ConflictKind.ROOM_IN_SESSION if span.overlaps(self.span) else ConflictKind.TURNAROUND
                yield Conflict(
                    kind=kind, room=room, session=session.slug, starts_at=span.starts_at, ends_at=span.ends_at
                )
        yield from self._occupied([each for each in self.move.built.settled if each.room_id == self.room.pk])

    def _room_clash(self, broken: Broken) -> Iterator[Conflict]:
        yield from self._occupied(self._others(broken))

    def _occupied(self, others: Sequence[Bilateral]) -> Iterator[Conflict]:
        for other, span in self._near(others, self._turnaround):
            kind = ConflictKind.ROOM_TAKEN if span.overlaps(self.span) else ConflictKind.TURNAROUND
            yield Conflict(
                kind=kind,
                room=self.room.slug,
                bilateral=other.slug,
                starts_at=span.starts_at,
                ends_at=span.ends_at,
            )

    @property
    def _turnaround(self) -> int:
        problem = self.move.built.problem
        return problem.turnaround_slots * problem.slot_min

    def _interpreter_suits(self, _: Broken) -> Iterator[Conflict]:
        pool = int(self.move.built.problem.pool[self.move.number])
        languages = self.move.built.pools[pool] if pool >= 0 else ()
        yield Conflict(kind=ConflictKind.NO_INTERPRETER, languages=languages)

    def _interpreter_hours(self, broken: Broken) -> Iterator[Conflict]:
        yield Conflict(kind=ConflictKind.INTERPRETER_AWAY, interpreter=self._person(broken))

    def _interpreter_clash(self, broken: Broken) -> Iterator[Conflict]:
        near = self._near(self._others(broken), 0)
        yield from _with(near, ConflictKind.INTERPRETER_BUSY, interpreter=self._person(broken))

    def _interpreter_day(self, broken: Broken) -> Iterator[Conflict]:
        minutes = self.move.built.interpreters[broken.holder].daily_min
        yield Conflict(kind=ConflictKind.INTERPRETER_DAY, interpreter=self._person(broken), number=minutes)

    def _interpreter_rest(self, broken: Broken) -> Iterator[Conflict]:
        problem = self.move.built.problem
        minutes = problem.most_slots_in_row * problem.slot_min
        yield Conflict(kind=ConflictKind.INTERPRETER_REST, interpreter=self._person(broken), number=minutes)

    def _travel(self, broken: Broken) -> Iterator[Conflict]:
        party = self.move.built.parties[broken.holder].slug
        near = self._elsewhere(broken, self.move.built.problem.apart_slots)
        yield from _with(near, ConflictKind.ON_THE_WAY, party=party)

    def _interpreter_travel(self, broken: Broken) -> Iterator[Conflict]:
        near = self._elsewhere(broken, 0)
        yield from _with(near, ConflictKind.INTERPRETER_ON_THE_WAY, interpreter=self._person(broken))

    def _elsewhere(self, broken: Broken, apart: int) -> Iterator[tuple[Bilateral, Interval]]:
        """Yield the others in another venue, with their time, that stand too near to come from one to the other."""
        problem = self.move.built.problem
        others = [each for each in self._others(broken) if each.room and each.room.venue_id != self.room.venue_id]
        return self._near(others, (apart + int(problem.travel.max())) * problem.slot_min)

    def _required(self, _: Broken) -> Iterator[Conflict]:
        return iter(())

    def _person(self, broken: Broken) -> str:
        return self.move.built.interpreters[broken.holder].slug

    def _others(self, broken: Broken) -> list[Bilateral]:
        return [self.move.built.bilaterals[each] for each in broken.meetings if each != self.move.number]

    def _near(self, others: Sequence[Bilateral], minutes: int) -> Iterator[tuple[Bilateral, Interval]]:
        """Yield those of the others, with their time, that stand with fewer minutes between."""
        slot_min = self.move.built.grid.slot_min
        for other in others:
            span = span_of(other)
            if span is None:
                continue
            whole = timedelta(minutes=-(-span.duration_min // slot_min) * slot_min)
            if self._is_near(Interval(span.starts_at, span.starts_at + whole), minutes):
                yield other, span

    def _is_near(self, span: Interval, minutes: int) -> bool:
        wide = timedelta(minutes=minutes)
        return Interval(span.starts_at - wide, span.ends_at + wide).overlaps(self.span)


def _with(
    near: Iterable[tuple[Bilateral, Interval]], kind: ConflictKind, *, party: str = "", interpreter: str = ""
) -> Iterator[Conflict]:
    """Yield a conflict of a party or an interpreter with each of these bilaterals, at their times."""
    for other, span in near:
        yield Conflict(
            kind=kind,
            party=party,
            interpreter=interpreter,
            bilateral=other.slug,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
        )
