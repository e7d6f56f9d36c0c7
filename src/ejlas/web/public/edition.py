"""The content of a publication as pages read it: indexes by slug, moments as times, in no language yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ejlas.exports.content import Content
from ejlas.exports.reading import MANY_DAYS
from ejlas.forum.rules import PartyContent, SourceContent
from ejlas.programme.rules import RoomContent, SessionContent, SpeakerContent, VenueContent
from ejlas.web.public.filters import Choices
from ejlas.web.ui.labels import BILATERAL, TRILATERAL
from ejlas.web.ui.reading import Reader


@dataclass(frozen=True, slots=True)
class Timed:
    """A session with its moments read and its kind told apart."""

    session: SessionContent
    starts_at: datetime
    ends_at: datetime
    kind: str

    @property
    def is_long(self) -> bool:
        return self.ends_at.astimezone(UTC) - self.starts_at.astimezone(UTC) > MANY_DAYS

    def covers(self, day: date) -> bool:
        return self.starts_at.date() <= day <= (self.ends_at - timedelta(seconds=1)).date()


@dataclass(frozen=True, slots=True)
class Indexed:
    """A publication's content, ready to be drawn."""

    content: Content
    sessions: tuple[Timed, ...]
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
        sessions = tuple(sorted(map(_timed, programme["sessions"]), key=lambda timed: timed.starts_at))
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


def _timed(session: SessionContent) -> Timed:
    kind = session["kind"]
    if kind == BILATERAL and len(session["parties"]) > 2:
        kind = TRILATERAL
    starts_at, ends_at = datetime.fromisoformat(session["starts_at"]), datetime.fromisoformat(session["ends_at"])
    return Timed(session, starts_at, ends_at, kind)
