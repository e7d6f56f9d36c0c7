"""The programme on A4 paper, in the direction, the digits and the calendars of its reader."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, TypedDict

from django.utils.translation import gettext

from ejlas.core import languages
from ejlas.core.text import Wording
from ejlas.exports import labels, typesetting
from ejlas.exports.reading import Item, Person, Reading, in_words_of, interface_language, line, sample_words

if TYPE_CHECKING:
    from ejlas.exports.content import Content

# A row with more than this may be split between two pages; any other stays whole.
_MOST_UNSPLIT = 900
_TALL = 62 / 42  # height by width, as the cover has room for it
_PATH = re.compile(r"[MmLlHhVvZz0-9., -]*")


class Piece(TypedDict):
    """Words in one language; `tag` names it for a reader who asked for another."""

    text: str
    language: str
    direction: str
    tag: str


class PersonRow(TypedDict):
    """A speaker in a row."""

    part: str
    office: Piece | None
    name: Piece
    sample: str


class Row(TypedDict):
    """A row of a day's table."""

    time: str
    until: str
    title: list[Piece]
    kind: str
    is_quiet: bool
    is_split: bool
    description: Piece | None
    people: list[PersonRow]
    notes: list[str]
    room: Piece | None
    venue: Piece | None


class Day(TypedDict):
    """A day with its table."""

    heading: str
    second: str
    rows: list[Row]


class Fact(TypedDict):
    """A line of the cover: a label, what it says, and what stands between its parts."""

    label: str
    words: list[Piece]
    between: str


class Map(TypedDict):
    """A drawing for the cover; a tall one is bound by its height, any other by its width."""

    svg: str
    is_tall: bool


def render(content: Content, *, number: int, published_at: datetime, language: str, site: str = "") -> bytes:
    """Return the printed programme of a publication in one language. Raises CannotTypeset."""
    with in_words_of(language):
        values = _Paper(content, language).values(number, published_at, site)
    return typesetting.typeset("programme.typ", values, at=published_at)


class _Paper:
    """The values that the template sets, all of them words; it knows nothing of the programme."""

    def __init__(self, content: Content, language: str) -> None:
        self.reading = Reading(content, language)
        self.language = language
        self.room, self.venue, self.kind = cache(self._room), cache(self._venue), cache(self._kind)

    def values(self, number: int, published_at: datetime, site: str) -> dict[str, object]:
        """Return all that the template needs."""
        reading, edition = self.reading, self.reading.edition
        around = interface_language(self.language)
        return {
            "language": languages.plain(self.language).partition("-")[0],
            "direction": languages.direction(self.language),
            "around": {"language": around, "direction": languages.direction(around)},
            "digits": list(languages.digits("0123456789", self.language)),
            "name": self._piece(reading.wording(edition["name"])),
            "forum": self._piece(reading.wording(edition["forum_name"])),
            "motto": self._piece(reading.wording(edition["motto"])),
            "facts": self._facts(),
            "map": self._map(),
            "labels": self._labels(),
            "days": [day for day in map(self._day, reading.days) if day["rows"]],
            "imprint": self._imprint(number, published_at),
            "address": f"{site.rstrip('/')}/{self.language}/{edition['slug']}/" if site else "",
            "page": gettext("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
        }

    # --- The cover ---

    def _facts(self) -> list[Fact]:
        reading, edition = self.reading, self.reading.edition
        first, last = (date.fromisoformat(edition[name]) for name in ("starts_on", "ends_on"))
        dates = [self._own(words) for words in reading.spans(first, last)]
        state = languages.state_name(edition["country"], self.language)
        city = self._piece(reading.wording(edition["city"]))
        facts: list[Fact] = [
            {"label": gettext("Dates"), "words": dates, "between": "\n"},
            {"label": gettext("Place"), "words": [city, self._own(state)], "between": reading.comma},
        ]
        host = self._maybe(reading.wording(edition["host_office"]))
        return [*facts, {"label": gettext("Host"), "words": [host], "between": ""}] if host else facts

    def _labels(self) -> dict[str, str]:
        reading = self.reading
        city = reading.words(reading.edition["city"])
        return {
            "programme": gettext("Programme"),
            "time": gettext("Time (%(city)s)") % {"city": city},
            "item": gettext("Programme item"),
            "place": gettext("Room"),
            "empty": gettext("The programme is not published yet."),
        }

    def _imprint(self, number: int, published_at: datetime) -> str:
        reading = self.reading
        moment = published_at.astimezone(reading.zone)
        values = {
            "number": languages.number(number, self.language),
            "date": reading.dates(moment.date())[0],
            "time": reading.time(moment),
            "city": reading.words(reading.edition["city"]),
        }
        return gettext("Version %(number)s, published %(date)s, %(time)s (%(city)s)") % values

    def _map(self) -> Map | None:
        """Return the outline of the land and the seats of the parties for the cover."""
        drawn = self.reading.content["map"]
        width, height, land = drawn["width"], drawn["height"], drawn["land"]
        if not land or width <= 0 or height <= 0 or not _PATH.fullmatch(land):
            return None
        seats = "".join(f'<circle cx="{point["x"]}" cy="{point["y"]}" r="9"/>' for point in drawn["points"])
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
            f'<path d="{land}" fill="none" stroke="#7fb3b4" stroke-width="3"/>'
            f'<g fill="#00695f">{seats}</g></svg>'
        )
        return {"svg": svg, "is_tall": height > width * _TALL}

    # --- The days ---

    def _day(self, day: date) -> Day:
        heading, *others = self.reading.dates(day, "full")
        items = self.reading.items
        long = [item for item in items if item.is_long and item.covers(day)]
        short = [item for item in items if not item.is_long and item.day == day]
        return {
            "heading": heading,
            "second": " · ".join(others),
            "rows": [self._row(item) for item in chain(long, short)],
        }

    def _row(self, item: Item) -> Row:
        reading, session = self.reading, item.session
        description = self._maybe(reading.passage(session["description"]))
        title = [self._piece(wording) for wording in reading.title(item)]
        notes = [*self._when(item), *reading.notes(item)]
        people = [self._person(person) for person in reading.people(item)]
        pieces = [*title, description] if description else title
        weight = sum(map(len, notes)) + sum(len(piece["text"]) for piece in pieces) + 60 * len(people)
        return {
            "time": gettext("All day") if item.is_long else reading.time(item.starts_at),
            "until": "" if item.is_long else reading.time(item.ends_at),
            "title": title,
            "kind": self.kind(item.kind),
            "is_quiet": item.is_bilateral,
            "is_split": weight > _MOST_UNSPLIT,
            "description": description,
            "people": people,
            "notes": notes,
            "room": self.room(session["room"]),
            "venue": self.venue(session["venue"]),
        }

    def _when(self, item: Item) -> list[str]:
        """Return the days of an item that lasts for several."""
        if not item.is_long:
            return []
        return [self.reading.spans(item.day, item.last_day)[0]]

    def _person(self, person: Person) -> PersonRow:
        return {
            "part": person.part,
            "office": self._maybe(person.office),
            "name": self._piece(person.name),
            "sample": sample_words() if person.is_sample else "",
        }

    def _room(self, slug: str | None) -> Piece | None:
        return self._maybe(self.reading.room(slug))

    def _venue(self, slug: str | None) -> Piece | None:
        return self._maybe(self.reading.venue(slug))

    def _kind(self, kind: str) -> str:
        return self.reading.label(labels.SESSION_KINDS, kind)

    # --- Pieces ---

    def _maybe(self, wording: Wording) -> Piece | None:
        return self._piece(wording) if wording else None

    def _piece(self, wording: Wording) -> Piece:
        code = languages.plain(wording.language)
        return {
            "text": wording.text,
            "language": code.partition("-")[0],
            "direction": languages.direction(wording.language),
            "tag": line(code.upper()) if wording.is_fallback else "",
        }

    def _own(self, words: str) -> Piece:
        return self._piece(Wording(words, self.language, is_fallback=False))
