"""The rows of a programme in one language, written as HTML once; pages only choose and join them.

A template's loop over 300 sessions costs more than all the rest of the page, so rows are joined from prepared strings:
every name, label and time is escaped and written once, however many rows show it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from html import escape

from django.utils.translation import gettext

from ejlas.core import collation, languages
from ejlas.exports.reading import Item
from ejlas.programme.rules import Timing
from ejlas.web.public.edition import Indexed
from ejlas.web.public.filters import Filters
from ejlas.web.ui import labels
from ejlas.web.ui.reading import Reader


@dataclass(frozen=True, slots=True)
class Row:
    """A session as one reader sees it: its HTML in two halves, for what stands between depends on the grouping."""

    timed: Item
    slug: str
    what: str
    where: str
    when: str

    def passes(self, filters: Filters) -> bool:
        """Tell whether the filters let this row through."""
        session = self.timed.session
        return (
            (not filters.day or self.timed.covers(date.fromisoformat(filters.day)))
            and (not filters.room or session["room"] == filters.room)
            and (not filters.language or filters.language in session["languages"])
            and (not filters.kind or self.timed.kind == filters.kind)
            and (not filters.party or filters.party in session["parties"])
        )

    def html(self, *, names_itself: bool, day: str = "") -> str:
        """Return the row; only one row of a page may bear the session's name as its id."""
        name = f' id="{self.slug}"' if names_itself else ""
        return f'<li{name} class="row" data-row><p class="when">{day}{self.when}</p>{self.what}{self.where}</li>'


class Writer:
    """Writes rows for one reader, and remembers every fragment that more than one row shows."""

    def __init__(self, indexed: Indexed, reader: Reader) -> None:
        self.indexed, self.reader = indexed, reader
        self.room: Callable[[str], str] = cache(self._room)
        self.venue: Callable[[str], str] = cache(self._venue)
        self.party: Callable[[str], str] = cache(self._party)
        self.speaker: Callable[[str], str] = cache(self._speaker)
        self.role: Callable[[str], str] = cache(self._role)
        self.kind: Callable[[str], str] = cache(self._kind)
        self.languages: Callable[[tuple[str, ...]], str] = cache(self._languages)
        self.clock: Callable[[int, int], str] = cache(self._clock)
        self.assumed = escape(str(labels.TIMINGS[Timing.ASSUMED]))
        sample = gettext("sample")
        self.sample = f' <span class="sample">({escape(sample)})</span>'
        self.joint = escape(reader.time_joint())
        self.comma = languages.comma(reader.language)

    def row(self, timed: Item) -> Row:
        """Write one session."""
        session = timed.session
        return Row(timed, escape(session["slug"]), self._what(timed), self._where(timed), self._when(timed))

    def _when(self, timed: Item) -> str:
        session = timed.session
        if timed.is_long:
            first, last = timed.starts_at.date(), timed.ends_at.date()
            words = self.reader.spans(first, last)[0] if first != last else self.reader.dates(first)[0]
            return self._time(session["starts_at"], escape(words)) + self._time(session["ends_at"], "")
        start, end = timed.starts_at, timed.ends_at
        start_words, end_words = self.clock(start.hour, start.minute), self.clock(end.hour, end.minute)
        start_time, end_time = self._time(session["starts_at"], start_words), self._time(session["ends_at"], end_words)
        return f"{start_time}<i>{self.joint}</i>{end_time}"

    @staticmethod
    def _time(moment: str, words: str) -> str:
        return f'<time datetime="{moment}">{words}</time>'

    def _what(self, timed: Item) -> str:
        session, reader = timed.session, self.reader
        # A bilateral is called by its parties, each in the language its name is known in.
        is_between = timed.is_bilateral and bool(session["parties"])
        parties = [self.party(slug) for slug in session["parties"]]
        title = " – ".join(parties) if is_between else reader.html(session["title"])
        parts = [f'<div class="what"><h3>{title}</h3>']
        if session["description"]:
            parts.append(f"<p>{reader.html(session['description'])}</p>")
        if parties and not is_between:
            parts.append(f'<p class="with">{" · ".join(parties)}</p>')
        if session["speakers"]:
            people = (f"{self.role(part['role'])}{self.speaker(part['speaker'])}" for part in session["speakers"])
            parts.append(f'<ul class="people">{"".join(f"<li>{person}</li>" for person in people)}</ul>')
        parts.append(f'<p class="meta">{self.kind(timed.kind)}')
        if session["languages"]:
            parts.append(self.languages(tuple(session["languages"])))
        if session["timing"] == Timing.ASSUMED:
            parts.append(f'<span class="assumed">{self.assumed}</span>')
        if session["is_sample"]:
            parts.append(self.sample)
        parts.append("</p></div>")
        return "".join(parts)

    def _where(self, timed: Item) -> str:
        session = timed.session
        if session["room"]:
            return self.room(session["room"])
        return self.venue(session["venue"]) if session["venue"] else '<p class="where"></p>'

    def _room(self, slug: str) -> str:
        room = self.indexed.rooms[slug]
        venue = self.indexed.venues[room["venue"]]
        venue_name = f"<span>{self.reader.name(venue['name'])}</span>"
        return f'<p class="where"><b>{self.reader.name(room["name"])}</b> {venue_name}</p>'

    def _venue(self, slug: str) -> str:
        return f'<p class="where"><b>{self.reader.name(self.indexed.venues[slug]["name"])}</b></p>'

    def _party(self, slug: str) -> str:
        return self.reader.name(self.indexed.parties[slug]["name"])

    def _speaker(self, slug: str) -> str:
        speaker = self.indexed.speakers[slug]
        name = self.reader.name(speaker["name"])
        office = f"{self.reader.html(speaker['office'])}{self.comma}" if speaker["office"] else ""
        return f"{office}{name}{self.sample if speaker['is_sample'] else ''}"

    @staticmethod
    def _role(role: str) -> str:
        return f"<b>{escape(labels.word(labels.APPEARANCES, role))}:</b> " if role in labels.APPEARANCES else ""

    @staticmethod
    def _kind(kind: str) -> str:
        return f'<span class="chip k-{escape(kind)}">{escape(labels.word(labels.SESSION_KINDS, kind))}</span>'

    def _languages(self, codes: tuple[str, ...]) -> str:
        spoken = self.comma.join(languages.name_of(code, self.reader.language) for code in codes)
        return f'<span class="spoken">{escape(spoken)}</span>'

    def _clock(self, hour: int, minute: int) -> str:
        return self.reader.time(time(hour, minute))


def write(indexed: Indexed, reader: Reader) -> tuple[Row, ...]:
    """Write every session of a programme for one reader, in the order of their start."""
    writer = Writer(indexed, reader)
    return tuple(writer.row(timed) for timed in indexed.sessions)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading, a day or a room; all of it HTML."""

    anchor: str
    heading: str
    second_heading: str
    short_heading: str
    html: str


def by_day(rows: Sequence[Row], indexed: Indexed, reader: Reader, day: str = "") -> list[Group]:
    """Group rows by day; an item of several days stands at the head of each day on which something else begins."""
    days = [each for each in indexed.days if not day or each.isoformat() == day]
    groups, named = [], set[str]()
    for each in days:
        long = [row for row in rows if row.timed.is_long and row.timed.covers(each)]
        timed = [row for row in rows if not row.timed.is_long and row.timed.starts_at.date() == each]
        if not timed and not any(row.timed.starts_at.date() == each for row in long):
            continue
        parts = [row.html(names_itself=row.slug not in named) for row in (*long, *timed)]
        named.update(row.slug for row in long)
        first, *others = map(escape, reader.dates(each, "full"))
        short = escape(reader.dates(each, "weekday")[0])
        groups.append(Group(f"day-{each}", first, " · ".join(others), short, "".join(parts)))
    return groups


def by_room(rows: Sequence[Row], indexed: Indexed, reader: Reader) -> list[Group]:
    """Group rows by room, the rooms in the alphabet of the reader; what has no room comes last."""
    in_room: dict[str, list[Row]] = {}
    for row in rows:
        in_room.setdefault(row.timed.session["room"] or "", []).append(row)
    slugs = collation.sorted_by(
        (slug for slug in in_room if slug), lambda slug: reader.plain(indexed.rooms[slug]["name"]), reader.language
    )
    return [_room_group(slug, in_room[slug], indexed, reader) for slug in (*slugs, *([""] if "" in in_room else []))]


def _room_group(slug: str, rows: Sequence[Row], indexed: Indexed, reader: Reader) -> Group:
    dates = {each: escape(reader.dates(each, "weekday")[0]) for each in {row.timed.starts_at.date() for row in rows}}
    parts = [
        row.html(names_itself=True, day="" if row.timed.is_long else f"<b>{dates[row.timed.starts_at.date()]}</b> ")
        for row in rows
    ]
    if not slug:
        return Group("room-none", heading := escape(gettext("Other places")), "", heading, "".join(parts))
    room = indexed.rooms[slug]
    venue = reader.html(indexed.venues[room["venue"]]["name"])
    return Group(f"room-{slug}", name := reader.html(room["name"]), venue, name, "".join(parts))
