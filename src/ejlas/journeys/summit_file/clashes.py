"""Who is where at what time: rooms in their venues, one thing in a room, a delegation free for its fixed bilateral."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ejlas.core.errors import marked
from ejlas.core.formats.problem import Path, Problem
from ejlas.core.intervals import Interval
from ejlas.journeys.summit_file.items import Item
from ejlas.journeys.summit_file.moments import later_by, minutes_between
from ejlas.journeys.summit_file.sheet import Sheet


@dataclass(frozen=True, slots=True)
class _Taken:
    """A time that something has, in a room or in the day of a party."""

    path: Path
    slug: str
    interval: Interval


def problems(sheet: Sheet) -> Iterator[Problem]:
    """Check the rooms of sessions, then what happens at the same time."""
    yield from _rooms_of_venues(sheet)
    yield from _clashes(sheet)
    yield from _parties_elsewhere(sheet)


def _rooms_of_venues(sheet: Sheet) -> Iterator[Problem]:
    venues_of: dict[str, list[str]] = {}
    for venue in sheet.root.many("venues"):
        for room in venue.many("rooms"):
            venues_of.setdefault(room.get("slug"), []).append(venue.get("slug"))
    for session in sheet.root.many("sessions"):
        slug, stated = session.get("room"), session.get("venue")
        right = venues_of.get(slug, []) if slug else []
        if stated and None not in right and right and stated not in right:
            wrong, remedy = marked("the room %(room)s is not in the venue %(venue)s"), marked("write venue: %(right)s")
            yield sheet.problem(session.at("room"), wrong, remedy, room=slug, venue=stated, right=right[0])


def _clashes(sheet: Sheet) -> Iterator[Problem]:
    in_rooms: dict[str, list[_Taken]] = {}
    of_parties: dict[str, list[_Taken]] = {}
    for session in sheet.root.many("sessions"):
        _take(in_rooms, session.get("room"), _session_taken(sheet, session))
    for bilateral in sheet.root.many("bilaterals"):
        taken, fixed = _fixed_taken(sheet, bilateral), bilateral.one("fixed")
        _take(in_rooms, fixed.get("room") if fixed else None, taken)
        for party in dict.fromkeys(bilateral.get("parties") or ()):
            _take(of_parties, party, taken)
    in_room = marked("the room %(name)s is taken at this time by %(other)s in line %(taken)s")
    with_party = marked("%(name)s is at this time in %(other)s, fixed in line %(taken)s")
    for places, wrong in ((in_rooms, in_room), (of_parties, with_party)):
        for name, all_taken in places.items():
            yield from _overlaps(sheet, name, all_taken, wrong)


def _parties_elsewhere(sheet: Sheet) -> Iterator[Problem]:
    """Find fixed bilaterals whose parties sit in a session that binds them, or are not in town."""
    sessions = [
        (taken, frozenset(session.get("parties") or ()))
        for session in sheet.root.many("sessions")
        if session.get("binding") is True and (taken := _session_taken(sheet, session))
    ]
    stays = {str(party.raw.get("slug")): party for party in sheet.root.many("parties")}
    for bilateral in sheet.root.many("bilaterals"):
        taken = _fixed_taken(sheet, bilateral)
        for party in dict.fromkeys((taken and bilateral.get("parties")) or ()):
            if taken and (stay := stays.get(party)):
                yield from _bound(sheet, taken, party, sessions)
                yield from _away(sheet, taken, stay)


def _bound(sheet: Sheet, taken: _Taken, party: str, sessions: list[tuple[_Taken, frozenset[str]]]) -> Iterator[Problem]:
    for session, parties in sessions:
        if (not parties or party in parties) and session.interval.overlaps(taken.interval):
            wrong = marked("%(name)s is at this time in the session %(other)s in line %(taken)s, which binds it")
            remedy = marked("move one of the two, or write binding: false there")
            values = {"name": party, "other": session.slug, "taken": sheet.line_of(session.path)}
            yield sheet.problem(taken.path, wrong, remedy, **values)


def _away(sheet: Sheet, taken: _Taken, party: Item) -> Iterator[Problem]:
    arrives_at, departs_at = sheet.moment(party, "arrives_at"), sheet.moment(party, "departs_at")
    if arrives_at and departs_at and minutes_between(arrives_at, departs_at) <= 0:
        return
    before = arrives_at is not None and minutes_between(arrives_at, taken.interval.starts_at) < 0
    after = departs_at is not None and minutes_between(taken.interval.ends_at, departs_at) < 0
    if before or after:
        wrong = marked("%(name)s is not there at this time, as line %(taken)s says")
        line = sheet.line_of(party.at("arrives_at" if before else "departs_at"))
        remedy = marked("correct one of the two")
        yield sheet.problem(taken.path, wrong, remedy, name=party.raw.get("slug"), taken=line)


def _take(places: dict[str, list[_Taken]], name: str | None, taken: _Taken | None) -> None:
    if name and taken:
        places.setdefault(name, []).append(taken)


def _overlaps(sheet: Sheet, name: str, all_taken: list[_Taken], wrong: str) -> Iterator[Problem]:
    longest: _Taken | None = None
    for taken in sorted(all_taken, key=lambda one: one.interval):
        if longest and taken.interval.overlaps(longest.interval):
            earlier, later = sorted((taken, longest), key=lambda one: sheet.line_of(one.path))
            values = {"name": name, "other": earlier.slug, "taken": sheet.line_of(earlier.path)}
            yield sheet.problem(later.path, wrong, marked("move one of the two"), **values)
        if longest is None or taken.interval.ends_at > longest.interval.ends_at:
            longest = taken


def _session_taken(sheet: Sheet, session: Item) -> _Taken | None:
    starts_at, ends_at = sheet.moment(session, "starts_at"), sheet.moment(session, "ends_at")
    if starts_at is None or ends_at is None or minutes_between(starts_at, ends_at) <= 0:
        return None
    return _Taken(session.at("starts_at"), str(session.raw.get("slug")), Interval(starts_at, ends_at))


def _fixed_taken(sheet: Sheet, bilateral: Item) -> _Taken | None:
    span, fixed = fixed_interval(sheet, bilateral), bilateral.one("fixed")
    return _Taken(fixed.at("starts_at"), str(bilateral.raw.get("slug")), span) if span and fixed else None


def fixed_interval(sheet: Sheet, bilateral: Item) -> Interval | None:
    """Return the time a bilateral is fixed to; None where it is not, or where that is broken."""
    fixed, length_min = bilateral.one("fixed"), bilateral.get("length_min")
    starts_at = sheet.moment(fixed, "starts_at") if fixed else None
    return Interval(starts_at, later_by(starts_at, length_min)) if starts_at and length_min else None
