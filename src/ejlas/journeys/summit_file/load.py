"""Loading a checked summit file into the apps: all of it or nothing, and only what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict

from django.db import transaction

from ejlas.core.changes import Changes, plain
from ejlas.delegations import operations as delegations
from ejlas.forum import operations as forum
from ejlas.forum import queries as forum_queries
from ejlas.journeys.summit_file.moments import moment_in_zone
from ejlas.journeys.summit_file.schema import SummitFile
from ejlas.journeys.summit_file.schema import programme as parts
from ejlas.journeys.summit_file.schema.base import Part, Place
from ejlas.journeys.summit_file.schema.outcomes import OutcomeText, Point
from ejlas.outcomes import operations as outcomes
from ejlas.outcomes import queries as outcome_queries
from ejlas.programme import operations as programme
from ejlas.programme import queries as programme_queries
from ejlas.readiness.operations import duties

if TYPE_CHECKING:
    from ejlas.accounts.models import User
    from ejlas.forum.models import Edition

Row = dict[str, Any]


class Who(TypedDict):
    """In whose name things change, and when."""

    by: User
    at: datetime


@transaction.atomic
def load(summit: SummitFile, *, by: User, at: datetime, progress: Callable[[str], None] | None = None) -> Changes:
    """Make the stored edition agree with the file, in one transaction; return what changed."""
    tell = progress or (lambda _words: None)
    tell("forum")
    owner, changes = forum.set_forum(fields=_fields(summit.forum), by=by, at=at)
    edition, done = forum.set_edition(forum=owner, fields=_edition(summit), by=by, at=at)
    changes += done
    changes += _load_facts(summit, edition, by=by, at=at)
    tell("programme")
    changes += _load_programme(summit, edition, by=by, at=at)
    tell("texts")
    changes += _load_texts(summit, edition, by=by, at=at)
    return changes


def _load_facts(summit: SummitFile, edition: Edition, *, by: User, at: datetime) -> Changes:
    changes = Changes()
    duties.release_duties(edition=edition, keep={duty.slug for duty in summit.duties}, by=by, at=at)
    delegations.release_parties(edition=edition, keep={party.slug for party in summit.parties}, by=by, at=at)
    for put, rows in (
        (forum.set_sources, _rows(summit.sources)),
        (forum.set_claims, [_claim(claim) for claim in summit.claims]),
        (forum.set_mandates, _rows(summit.mandates)),
        (forum.set_duties, _rows(summit.duties)),
        (forum.set_milestones, _rows(summit.milestones)),
        (forum.set_parties, [_party(party, edition) for party in summit.parties]),
    ):
        changes += put(edition=edition, rows=rows, by=by, at=at)
    parties = forum_queries.parties_by_slug(edition)
    offices = [
        {**_fields(office), "party": parties.get(office.party or ""), "country": office.country or ""}
        for office in summit.offices
    ]
    changes += forum.set_offices(edition=edition, rows=offices, by=by, at=at)
    return changes


def _load_programme(summit: SummitFile, edition: Edition, *, by: User, at: datetime) -> Changes:
    who: Who = {"by": by, "at": at}
    changes = Changes()
    # Venues and rooms that go are removed last: until then sessions of the old state may stand in them.
    venue_rows = [_venue(venue) for venue in summit.venues]
    changes += programme.set_venues(edition=edition, rows=venue_rows, keep_missing=True, **who)
    venues = programme_queries.venues_by_slug(edition)
    room_rows = [{**_fields(room), "venue": venues[venue.slug]} for venue in summit.venues for room in venue.rooms]
    changes += programme.set_rooms(edition=edition, rows=room_rows, keep_missing=True, **who)
    rooms = programme_queries.rooms_by_slug(edition)
    parties = forum_queries.parties_by_slug(edition)
    speakers = [{**_fields(person), "party": parties.get(person.party or "")} for person in summit.speakers]
    changes += programme.set_speakers(edition=edition, rows=speakers, **who)
    sessions = [_session(session, edition, venues, rooms) for session in summit.sessions]
    changes += programme.set_sessions(edition=edition, rows=sessions, **who)
    interpreters = [_interpreter(person, edition) for person in summit.interpreters]
    changes += programme.set_interpreters(edition=edition, rows=interpreters, **who)
    bilaterals = [_bilateral(bilateral, edition, rooms) for bilateral in summit.bilaterals]
    changes += programme.set_bilaterals(edition=edition, rows=bilaterals, **who)
    changes += programme.release_rooms(edition=edition, keep=[row["slug"] for row in room_rows], **who)
    for put, rows in ((programme.set_rooms, room_rows), (programme.set_venues, venue_rows)):
        gone = put(edition=edition, rows=rows, **who)
        changes.removed += gone.removed
    return changes


def _load_texts(summit: SummitFile, edition: Edition, *, by: User, at: datetime) -> Changes:
    rows = [_text(text) for text in summit.texts]
    changes = outcomes.set_texts(edition=edition, rows=rows, by=by, at=at)
    stored = outcome_queries.text_by_slug(edition=edition)
    for text in summit.texts:
        points = [_point(text, point) for point in text.points]
        changes += outcomes.set_points(text=stored[text.slug], rows=points, by=by, at=at)
    return changes


def _fields(part: Part) -> Row:
    """Return the fields of a part as the tables take them: lists for tuples, values for enums."""
    return {name: _storable(getattr(part, name)) for name in type(part).model_fields}


def _storable(value: Any) -> Any:
    return plain(value) if isinstance(value, tuple) else value


def _rows(parts_of_file: Sequence[Part]) -> Iterator[Row]:
    return (_fields(part) for part in parts_of_file)


def _edition(summit: SummitFile) -> Row:
    edition, host = summit.edition, summit.host
    fields = _fields(edition)
    rules = fields.pop("bilaterals")
    return {
        **fields,
        "opens_at": _moment(edition.opens_at, edition.timezone),
        "host_office": host.office,
        "lead_ministry": host.lead_ministry,
        "secretariat": host.secretariat,
        "settings": {"bilaterals": plain(_fields(rules))},
    }


def _claim(claim: Any) -> Row:
    versions = [{name: plain(value) for name, value in _fields(version).items()} for version in claim.versions]
    return {"slug": claim.slug, "subject": claim.subject, "versions": versions}


def _place(place: Place | None) -> Row:
    return {
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
    }


def _moment(value: datetime | None, zone: Any) -> datetime | None:
    return None if value is None else moment_in_zone(value, zone)


def _party(party: Any, edition: Edition) -> Row:
    fields = _fields(party)
    fields.pop("place")
    return {
        **fields,
        **_place(party.place),
        "country": party.country or "",
        "iso": party.iso or "",
        "arrives_at": _moment(party.arrives_at, edition.zone),
        "departs_at": _moment(party.departs_at, edition.zone),
    }


def _venue(venue: parts.Venue) -> Row:
    fields = _fields(venue)
    del fields["place"], fields["rooms"]
    return {**fields, **_place(venue.place)}


def _session(session: parts.Session, edition: Edition, venues: Mapping[str, Any], rooms: Mapping[str, Any]) -> Row:
    fields = _fields(session)
    del fields["speakers"]
    return {
        **fields,
        "starts_at": moment_in_zone(session.starts_at, edition.zone),
        "ends_at": moment_in_zone(session.ends_at, edition.zone),
        "venue": venues[session.venue] if session.venue else None,
        "room": rooms[session.room] if session.room else None,
        "appearances": [_fields(appearance) for appearance in session.speakers],
    }


def _interpreter(person: parts.Interpreter, edition: Edition) -> Row:
    spans = [
        [moment_in_zone(moment, edition.zone).isoformat() for moment in (spell.starts_at, spell.ends_at)]
        for spell in person.available
    ]
    return {**_fields(person), "available": spans}


def _bilateral(bilateral: parts.Bilateral, edition: Edition, rooms: Mapping[str, Any]) -> Row:
    fields = _fields(bilateral)
    fixed = fields.pop("fixed")
    return {
        **fields,
        "earliest": _moment(bilateral.earliest, edition.zone),
        "latest": _moment(bilateral.latest, edition.zone),
        "fixed_at": _moment(fixed.starts_at, edition.zone) if fixed else None,
        "fixed_room": rooms[fixed.room] if fixed and fixed.room else None,
    }


def _text(text: OutcomeText) -> Row:
    fields = _fields(text)
    del fields["points"]
    return fields


def _point(text: OutcomeText, point: Point) -> Row:
    return {**_fields(point), "slug": f"{text.slug}-{point.number}"}
