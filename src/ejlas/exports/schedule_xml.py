"""The programme as `schedule.xml`, the form of frab and Pentabarf that conference apps read."""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from ejlas import __version__
from ejlas.core.formats import xml
from ejlas.exports.reading import Item, Person, Reading, in_words_of

if TYPE_CHECKING:
    from ejlas.exports.content import Content

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "ejlas")
_HIGHEST_ID = 0x7FFF_FFFF  # the apps keep numbers in 32 bits with a sign


def render(content: Content, *, number: int, published_at: datetime, language: str, site: str = "") -> bytes:
    """Return the schedule of a publication; an item of several days stands on its first one."""
    with in_words_of(language):
        return xml.pack(_Schedule(content, language, site.rstrip("/")).root(f"{number}, {published_at.isoformat()}"))


class _Schedule:
    """The parts of one schedule."""

    def __init__(self, content: Content, language: str, site: str) -> None:
        self.reading = Reading(content, language)
        self.edition = content["edition"]
        self.site = site
        self.page = f"{site}/{language}/{self.edition['slug']}/programme/" if site else ""
        self._written: dict[tuple[str, str], str] = {}
        self.ids = self._numbers("session", (item.key for item in self.reading.items))
        self.person_ids = self._numbers("speaker", self.reading.speakers)

    def _numbers(self, sort: str, slugs: Iterable[str]) -> dict[str, int]:
        """Give each slug a number that stays as long as the slug does."""
        numbers: dict[str, int] = {}
        taken: set[int] = set()
        for slug in sorted(slugs):
            found = zlib.crc32(f"{self.edition['slug']}/{sort}/{slug}".encode()) & _HIGHEST_ID or 1
            while found in taken:
                found = found % _HIGHEST_ID + 1
            taken.add(found)
            numbers[slug] = found
        return numbers

    def root(self, version: str) -> str:
        """Return the whole schedule."""
        generator = xml.element("generator", attributes={"name": "ejlas", "version": __version__})
        parts = [generator, xml.text_element("version", version), self._conference(), *self._days()]
        return xml.element("schedule", xml.joined(parts) + "\n")

    def _conference(self) -> str:
        reading, edition, days = self.reading, self.edition, self.reading.all_days
        facts = {
            "acronym": edition["slug"],
            "title": reading.words(edition["name"]),
            "start": days[0].isoformat(),
            "end": days[-1].isoformat(),
            "days": str(len(days)),
            "timeslot_duration": "00:05",
            "time_zone_name": edition["timezone"],
        }
        if self.site:
            facts["base_url"] = f"{self.site}/"
        return xml.element("conference", xml.joined(xml.text_element(*fact) for fact in facts.items()) + "\n")

    def _days(self) -> Iterator[str]:
        by_day: dict[date, list[Item]] = {day: [] for day in self.reading.all_days}
        for item in self.reading.items:
            by_day[item.day].append(item)
        for index, (day, items) in enumerate(by_day.items(), start=1):
            start, end = self._bounds(day, items)
            attributes = {"index": str(index), "date": day.isoformat(), "start": start, "end": end}
            rooms: dict[str, list[Item]] = {}
            for item in items:
                rooms.setdefault(self._room(item), []).append(item)
            inside = (
                xml.element("room", xml.joined(map(self._event, found)) + "\n", {"name": name})
                for name, found in sorted(rooms.items(), key=lambda room: self._rank(room[0]))
            )
            yield xml.element("day", xml.joined(inside) + "\n", attributes)

    def _bounds(self, day: date, items: list[Item]) -> tuple[str, str]:
        midnight = datetime.combine(day, time(), self.reading.zone)
        next_midnight = datetime.combine(day + timedelta(days=1), time(), self.reading.zone)
        start = min((item.starts_at for item in items), default=midnight, key=datetime.timestamp)
        ends = [next_midnight if item.is_long else item.ends_at for item in items]
        end = max(ends, default=next_midnight, key=datetime.timestamp)
        return start.isoformat(), end.isoformat()

    @cached_property
    def _room_names(self) -> dict[str, str]:
        """Name the rooms; those that share a name are told apart by their venue."""
        reading = self.reading
        bare = {slug: reading.room(slug).text for slug in reading.rooms}
        names = list(bare.values())
        return {
            slug: f"{name} ({reading.venue(reading.rooms[slug]['venue']).text})" if names.count(name) > 1 else name
            for slug, name in bare.items()
        }

    def _room(self, item: Item) -> str:
        session = item.session
        if session["room"] in self._room_names:
            return self._room_names[session["room"]]
        return self.reading.venue(session["venue"]).text or gettext("Other places")

    def _rank(self, name: str) -> int:
        names = list(self._room_names.values())
        return names.index(name) if name in names else len(names)

    def _event(self, item: Item) -> str:
        reading, session = self.reading, item.session
        hours, minutes = divmod(item.duration // timedelta(minutes=1), 60)
        # What lasts longer than the form can say is shown for the longest that it can.
        duration = f"{hours:02}:{minutes:02}" if hours < 100 else "99:59"
        text, starts_at = xml.escape, item.starts_at.isoformat()
        guid = uuid.uuid5(_NAMESPACE, f"{self.edition['slug']}/{item.key}")
        # Hundreds of events of fifteen parts each: written in one piece, for a call to each would double the time.
        return (
            f'<event guid="{guid}" id="{self.ids[item.key]}">'
            f"\n<date>{starts_at}</date>"
            f"\n<start>{starts_at[11:16]}</start>"
            f"\n<duration>{duration}</duration>"
            f"\n<room>{text(self._room(item))}</room>"
            f"\n<slug>{text(self.edition['slug'])}-{text(item.key)}</slug>"
            f"\n<title>{text(reading.title_words(item))}</title>"
            "\n<subtitle/>"
            f"\n<track>{text(reading.kind(item))}</track>"
            f"\n<type>{text(item.kind)}</type>"
            f"\n<language>{text(session['languages'][0] if session['languages'] else '')}</language>"
            f"\n<abstract>{text(reading.passage(session['description']).text)}</abstract>"
            f"\n<description>{text(chr(10).join(reading.notes(item)))}</description>"
            "\n<logo/>"
            f"\n{self._persons(reading.people(item))}{xml.joined(self._links(session['slug']))}"
            "\n</event>"
        )

    def _persons(self, people: list[Person]) -> str:
        return xml.element("persons", "".join([self._person(person) for person in people]))

    def _person(self, person: Person) -> str:
        key = (person.slug, person.part)
        if key not in self._written:
            words = xml.escape(self.reading.person_words(person))
            self._written[key] = f'<person id="{self.person_ids[person.slug]}">{words}</person>'
        return self._written[key]

    @cached_property
    def _link_words(self) -> str:
        return gettext("Programme")

    def _links(self, slug: str) -> Iterator[str]:
        if not self.page:
            yield xml.element("links")
            return
        address = f"{self.page}#{slug}"
        link = xml.text_element("link", self._link_words, {"href": address})
        yield f"<links>{link}</links>"
        yield f"<url>{xml.escape(address)}</url>"
