"""The programme as a calendar file, for telephones and desks that subscribe to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ejlas import __version__
from ejlas.core.formats import ics
from ejlas.exports.reading import Item, Reading, in_words_of, is_repeated, passage

if TYPE_CHECKING:
    from ejlas.exports.content import Content


def render(content: Content, *, number: int, published_at: datetime, language: str, site: str = "") -> bytes:
    """Return the calendar of a publication in one language; an event keeps its UID in every language and version."""
    with in_words_of(language):
        return ics.pack(_Calendar(content, language, number, published_at, site.rstrip("/")).lines())


class _Calendar:
    """The lines of one calendar file."""

    def __init__(self, content: Content, language: str, number: int, published_at: datetime, site: str) -> None:
        self.reading = Reading(content, language)
        self.language = {"LANGUAGE": language}
        self.number, self.stamp = number, ics.utc(published_at)
        self.slug = content["edition"]["slug"]
        self.page = f"{site}/{language}/{self.slug}/programme/" if site else ""
        self.feed = f"{site}/{self.slug}/programme.ics?language={language}" if site else ""
        self.categories: dict[str, str] = {}
        self.places: dict[tuple[str | None, str | None], list[str]] = {}

    def lines(self) -> Iterator[str]:
        """Yield the whole file."""
        yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Ejlas//ejlas {__version__}//EN")
        yield from ("CALSCALE:GREGORIAN", "METHOD:PUBLISH")
        yield from self._about()
        yield from self._zone()
        for item in self.reading.items:
            yield from self._event(item)
        yield "END:VCALENDAR"

    def _about(self) -> Iterator[str]:
        edition, reading = self.reading.edition, self.reading
        name = ics.text(reading.words(edition["name"]))
        yield ics.line("UID", ics.text(f"{self.slug}.ejlas"))
        yield ics.line("LAST-MODIFIED", self.stamp)
        yield ics.line("NAME", name, self.language)
        yield ics.line("X-WR-CALNAME", name)
        yield ics.line("X-WR-TIMEZONE", ics.text(edition["timezone"]))
        summary = ics.text(reading.passage(edition["summary"]).text)
        if summary:
            yield ics.line("DESCRIPTION", summary, self.language)
            yield ics.line("X-WR-CALDESC", summary)
        yield "REFRESH-INTERVAL;VALUE=DURATION:PT1H"
        yield "X-PUBLISHED-TTL:PT1H"
        if self.page:
            yield ics.line("URL", self.page)
            yield ics.line("SOURCE", self.feed, {"VALUE": "URI"})

    def _zone(self) -> list[str]:
        items = self.reading.items
        if not items:
            return []
        first, last = items[0].starts_at.year, max(item.ends_at for item in items).year
        span = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
        return ics.zone_lines(self.reading.zone, *span)

    def _event(self, item: Item) -> list[str]:
        description = self._description(item)
        lines = [
            "BEGIN:VEVENT",
            f"UID:{ics.text(item.key)}@{self.slug}.ejlas",
            f"DTSTAMP:{self.stamp}",
            f"SEQUENCE:{self.number}",
            *self._times(item),
            ics.line("SUMMARY", ics.text(self.reading.title_words(item)), self.language),
            *self._place(item),
            self._category(item),
            "STATUS:TENTATIVE" if item.is_assumed else "STATUS:CONFIRMED",
            # An exhibition of several days leaves its visitors free for the rest.
            "TRANSP:TRANSPARENT" if item.is_long else "TRANSP:OPAQUE",
            "CLASS:PUBLIC",
        ]
        if description:
            lines.append(ics.line("DESCRIPTION", ics.text(description), self.language))
        if self.page:
            lines.append(f"URL:{self.page}#{item.session['slug']}")
        lines.append("END:VEVENT")
        return lines

    def _times(self, item: Item) -> Iterator[str]:
        # A local time that the clocks show twice means the first of the two, so that only UTC can name the second.
        second_of_two = any(moment.fold and is_repeated(moment) for moment in (item.starts_at, item.ends_at))
        for name, moment in (("DTSTART", item.starts_at), ("DTEND", item.ends_at)):
            if second_of_two:
                yield ics.line(name, ics.utc(moment))
            else:
                yield ics.line(name, ics.local(moment), {"TZID": self.reading.zone.key})

    def _place(self, item: Item) -> list[str]:
        key = (item.session["room"], item.session["venue"])
        if key not in self.places:
            self.places[key] = list(self._read_place(item))
        return self.places[key]

    def _read_place(self, item: Item) -> Iterator[str]:
        reading, venue = self.reading, self.reading.venues.get(item.session["venue"] or "")
        words = reading.listed([reading.room(item.session["room"]).text, reading.venue(item.session["venue"]).text])
        if words:
            yield ics.line("LOCATION", ics.text(words), self.language)
        if venue and venue["latitude"] is not None and venue["longitude"] is not None:
            yield ics.line("GEO", f"{venue['latitude']:.6f};{venue['longitude']:.6f}")

    def _category(self, item: Item) -> str:
        if item.kind not in self.categories:
            kind = ics.texts([self.reading.kind(item)])
            self.categories[item.kind] = ics.line("CATEGORIES", kind, self.language)
        return self.categories[item.kind]

    def _description(self, item: Item) -> str:
        reading = self.reading
        parts = [reading.passage(item.session["description"]).text]
        parts += [reading.person_words(person) for person in reading.people(item)]
        parts += reading.notes(item)
        return passage("\n".join(filter(None, parts)))
