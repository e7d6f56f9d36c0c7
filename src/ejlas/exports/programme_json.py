"""The programme as public JSON, every language inside.

The form is `ejlas-programme/1`: the types below are its description. Fields are only ever added to a form; what
changes a field's meaning gets a new number. Texts are objects of wordings by language code, where `unsure` lists the
languages whose wording nobody has confirmed yet. Dates are ISO 8601; a moment comes twice, as the clocks of the place
show it with their offset, and in UTC. `sources` are slugs of `sources`, `room`, `venue`, `party`, `speaker` slugs of
the lists of that name.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypedDict

from ejlas.core.text import StoredText
from ejlas.exports.reading import Item, Reading
from ejlas.forum.rules import OfficeContent, PartyContent, SourceContent
from ejlas.programme.rules import AppearanceContent, RoomContent, SpeakerContent

if TYPE_CHECKING:
    from ejlas.exports.content import Content

FORMAT = "ejlas-programme/1"


class PublicVersion(TypedDict):
    """Which publication this is."""

    number: int
    published_at: str


class PublicEdition(TypedDict):
    """The edition that the programme belongs to."""

    slug: str
    number: int
    name: StoredText
    motto: StoredText
    summary: StoredText
    starts_on: str
    ends_on: str
    timezone: str
    city: StoredText
    country: str
    languages: list[str]
    fallback_languages: list[str]
    calendars: list[str]
    forum: StoredText
    url: str | None


class PublicDay(TypedDict):
    """A day with the slugs of the sessions that start on it."""

    date: str
    sessions: list[str]


class PublicVenue(TypedDict):
    """A venue; its rooms stand in `rooms`."""

    slug: str
    name: StoredText
    city: StoredText
    latitude: float | None
    longitude: float | None
    confidence: str
    sources: list[str]


class PublicSession(TypedDict):
    """An item of the programme: also a "bilateral" or "trilateral"; `is_sample` marks an invented one."""

    slug: str
    kind: str
    title: StoredText
    description: StoredText
    starts_at: str
    ends_at: str
    starts_at_utc: str
    ends_at_utc: str
    duration_min: int
    timing: str
    venue: str | None
    room: str | None
    languages: list[str]
    parties: list[str]
    speakers: list[AppearanceContent]
    is_sample: bool
    confidence: str
    sources: list[str]
    url: str | None


class PublicProgramme(TypedDict):
    """The whole file, its keys in this order."""

    format: str
    schema: str
    version: PublicVersion
    edition: PublicEdition
    days: list[PublicDay]
    sessions: list[PublicSession]
    venues: list[PublicVenue]
    rooms: list[RoomContent]
    speakers: list[SpeakerContent]
    parties: list[PartyContent]
    offices: list[OfficeContent]
    sources: list[SourceContent]


SCHEMA_NOTE = (
    "Texts are objects of wordings by language code; `unsure` lists the languages whose wording is not confirmed. "
    "`starts_at` and `ends_at` carry the offset of the place, `…_utc` are the same moments in UTC. Other fields named "
    "like a list hold slugs of that list. Fields may be added to this format; a change of meaning changes its number."
)


def render(content: Content, *, number: int, published_at: datetime, language: str, site: str = "") -> bytes:
    """Return the JSON of a publication, the same in every language: `language` only chooses the pages it links to."""
    reading = Reading(content, language)
    root = site.rstrip("/")
    page = f"{root}/{language}/{content['edition']['slug']}/" if root else ""
    version: PublicVersion = {"number": number, "published_at": _utc(published_at)}
    written = json.dumps(_programme(reading, version, page), ensure_ascii=False)
    # What UTF-8 cannot carry becomes the escape that JSON has for it.
    return f"{written}\n".encode("utf-8", "backslashreplace")


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _programme(reading: Reading, version: PublicVersion, page: str) -> PublicProgramme:
    content = reading.content
    return {
        "format": FORMAT,
        "schema": SCHEMA_NOTE,
        "version": version,
        "edition": _edition(reading, page),
        "days": _days(reading),
        "sessions": [_session(item, page) for item in reading.items],
        "venues": [_venue(reading, slug) for slug in reading.venues],
        "rooms": list(reading.rooms.values()),
        "speakers": content["programme"]["speakers"],
        "parties": content["parties"],
        "offices": content["offices"],
        "sources": content["sources"],
    }


def _edition(reading: Reading, page: str) -> PublicEdition:
    edition = reading.edition
    return {
        "slug": edition["slug"],
        "number": edition["number"],
        "name": edition["name"],
        "motto": edition["motto"],
        "summary": edition["summary"],
        "starts_on": edition["starts_on"],
        "ends_on": edition["ends_on"],
        "timezone": edition["timezone"],
        "city": edition["city"],
        "country": edition["country"],
        "languages": edition["languages"],
        "fallback_languages": edition["fallback_languages"],
        "calendars": edition["calendars"],
        "forum": edition["forum_name"],
        "url": page or None,
    }


def _days(reading: Reading) -> list[PublicDay]:
    return [
        {
            "date": day.isoformat(),
            "sessions": [item.session["slug"] for item in reading.items if item.day == day],
        }
        for day in reading.all_days
    ]


def _venue(reading: Reading, slug: str) -> PublicVenue:
    venue = reading.venues[slug]
    return {
        "slug": slug,
        "name": venue["name"],
        "city": venue["city"],
        "latitude": venue["latitude"],
        "longitude": venue["longitude"],
        "confidence": venue["confidence"],
        "sources": venue["sources"],
    }


def _session(item: Item, page: str) -> PublicSession:
    session = item.session
    return {
        "slug": session["slug"],
        "kind": item.kind,
        "title": session["title"],
        "description": session["description"],
        "starts_at": item.starts_at.isoformat(),
        "ends_at": item.ends_at.isoformat(),
        "starts_at_utc": _utc(item.starts_at),
        "ends_at_utc": _utc(item.ends_at),
        "duration_min": item.duration // timedelta(minutes=1),
        "timing": session["timing"],
        "venue": session["venue"],
        "room": session["room"],
        "languages": session["languages"],
        "parties": session["parties"],
        "speakers": session["speakers"],
        "is_sample": item.is_sample,
        "confidence": session["confidence"],
        "sources": session["sources"],
        "url": f"{page}programme/#{session['slug']}" if page else None,
    }
