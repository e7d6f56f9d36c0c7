"""The content of a publication as pages read it: indexes by slug, moments as times, in no language yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ejlas.exports.content import Content
from ejlas.exports.reading import Item, kind_of
from ejlas.forum.rules import PartyContent, SourceContent
from ejlas.programme.rules import RoomContent, SessionContent, SpeakerContent, VenueContent
from ejlas.web.public.filters import Choices
from ejlas.web.ui.reading import Reader


@dataclass(frozen=True, slots=True)
class Indexed:
    """A publication's content, ready to be drawn."""

    content: Content
    sessions: tuple[Item, ...]
    days: tuple[date, ...]
    rooms: Mapping[str, RoomContent]
    venues: Mapping[str, VenueContent]
    parties: Mapping[str, PartyContent]
    speakers: Mapping[str, SpeakerContent]
    sources: Mapping[str, SourceContent]

    @classmethod
    def of(cls, content: Content) -> Indexed:
        """Read the content once."""
        programme = content["programme"]
        sessions = tuple(sorted(map(_item, programme["sessions"]), key=lambda timed: timed.starts_at))
        return cls(
            content=content,
            sessions=sessions,
            days=tuple(sorted({timed.starts_at.date() for timed in sessions})),
            rooms={room["slug"]: room for venue in programme["venues"] for room in venue["rooms"]},
            venues={venue["slug"]: venue for venue in programme["venues"]},
            parties={party["slug"]: party for party in content["parties"]},
            speakers={speaker["slug"]: speaker for speaker in programme["speakers"]},
            sources={source["slug"]: source for source in content["sources"]},
        )

    def choices(self) -> Choices:
        """Name what the programme can be filtered by."""
        return Choices(
            day=frozenset(day.isoformat() for day in self.days),
            room=frozenset(room for timed in self.sessions if (room := timed.session["room"])),
            language=frozenset(code for timed in self.sessions for code in timed.session["languages"]),
            kind=frozenset(timed.kind for timed in self.sessions),
            party=frozenset(party for timed in self.sessions for party in timed.session["parties"]),
        )

    def reader(self, language: str) -> Reader:
        """Return the eyes with which this edition is read in a language."""
        edition = self.content["edition"]
        return Reader(language, tuple(edition["fallback_languages"]), tuple(edition["calendars"]))


def _item(session: SessionContent) -> Item:
    starts_at, ends_at = datetime.fromisoformat(session["starts_at"]), datetime.fromisoformat(session["ends_at"])
    return Item(session, starts_at, ends_at, kind_of(session))
