"""A publication as one reader sees it: wordings with their language, dates and times, the items of the programme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext

from ejlas.core import calendars, languages
from ejlas.core.text import Wording, wording_of
from ejlas.exports import labels
from ejlas.programme.rules import Timing

if TYPE_CHECKING:
    from ejlas.exports.content import Content
    from ejlas.forum.rules import EditionContent, PartyContent
    from ejlas.programme.rules import AppearanceContent, RoomContent, SessionContent, SpeakerContent, VenueContent

    _Named = PartyContent | RoomContent | VenueContent

# The languages that have a catalogue of interface messages.
INTERFACE = ("en", "fa", "ru", "az", "tk", "kk")

# Longer than any evening: such an item stands at the head of each of its days.
MANY_DAYS = timedelta(hours=18)

BETWEEN_PARTIES = " – "

Stored = Mapping[str, object]

# What no document can carry: controls, lone surrogates, non-characters, and marks that turn the direction of all that
# follows them. Joiners and the plain marks of direction stay: Persian needs them.
_UNFIT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_LINE_SPACE = re.compile("[ \t\n\r\x0b\x0c\x85\u2028\u2029]+")


def in_words_of(language: str) -> translation.override:
    """Return a context in which labels speak this language, or English when it has no catalogue."""
    return translation.override(interface_language(language))


def interface_language(language: str) -> str:
    """Return the language of labels in a document of this language: its own if there is a catalogue, or English."""
    plain = languages.plain(language)
    return plain if plain in INTERFACE else "en"


# Nearly every text is tidy already, and one search tells it sooner than the replacements would.
_UNTIDY_LINE = re.compile(f"{_UNFIT.pattern}|{_LINE_ENDS.pattern}|\t|  |^ | $")
_UNTIDY_PASSAGE = re.compile(f"{_UNFIT.pattern}|[\r\x0b\x0c\x85\u2028\u2029\t]|^\\s|\\s$")


def line(text: str) -> str:
    """Return a text fit for any document, on one line."""
    if not _UNTIDY_LINE.search(text):
        return text
    return _LINE_SPACE.sub(" ", _UNFIT.sub("", text)).strip()


def passage(text: str) -> str:
    """Return a text fit for any document, its lines kept."""
    if not _UNTIDY_PASSAGE.search(text):
        return text
    return _LINE_ENDS.sub("\n", _UNFIT.sub("", text)).replace("\t", " ").strip()


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the programme with its moments on the clocks of the place, and its kind told apart."""

    session: SessionContent
    starts_at: datetime
    ends_at: datetime
    kind: str

    @property
    def key(self) -> str:
        """What names the item for ever: a bilateral may have the slug of a session."""
        return f"bilateral.{self.session['slug']}" if self.is_bilateral else self.session["slug"]

    @property
    def is_bilateral(self) -> bool:
        """Whether it is a meeting of two or three delegations."""
        return self.kind in (labels.BILATERAL, labels.TRILATERAL)

    @property
    def is_long(self) -> bool:
        """Whether it lasts for days, as an exhibition does."""
        return self.ends_at.astimezone(UTC) - self.starts_at.astimezone(UTC) > MANY_DAYS

    @property
    def is_assumed(self) -> bool:
        """Whether no source states the time."""
        return self.session["timing"] == Timing.ASSUMED

    @property
    def is_sample(self) -> bool:
        """Whether it is invented, for an example."""
        return bool(self.session.get("is_sample"))

    @property
    def day(self) -> date:
        """The day on which it starts."""
        return self.starts_at.date()

    @property
    def last_day(self) -> date:
        """The last day that it has a part in; one that ends at midnight has none in the day after."""
        return (self.ends_at - timedelta.resolution).date()

    def covers(self, day: date) -> bool:
        """Tell whether it has a part in this day."""
        return self.day <= day <= self.last_day

    @property
    def duration(self) -> timedelta:
        """The time that passes, also when the clocks change meanwhile."""
        return self.ends_at.astimezone(UTC) - self.starts_at.astimezone(UTC)


def kind_of(session: SessionContent) -> str:
    """Return what a session is; a meeting of three delegations is told from one of two."""
    is_of_three = session["kind"] == labels.BILATERAL and len(session["parties"]) > 2
    return labels.TRILATERAL if is_of_three else session["kind"]


def is_repeated(moment: datetime) -> bool:
    """Tell whether the clocks of the place show this time twice on that day."""
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset() and not _is_skipped(moment)


def _is_skipped(moment: datetime) -> bool:
    there_and_back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return there_and_back.replace(tzinfo=None) != moment.replace(tzinfo=None)


def offset_words(moment: datetime) -> str:
    """Return the offset from UTC as in "UTC+03:30"."""
    offset = moment.isoformat()[-6:].replace("-", "\u2212")
    return f"UTC{offset}"


def sample_words() -> str:
    """Return what marks an invented person or item."""
    return gettext("invented for this sample")


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker's part in a session, in the words of one reader; `part` is empty for one who just speaks."""

    slug: str
    part: str
    office: Wording
    name: Wording
    is_sample: bool


class Reading:
    """One publication in one language. Labels come out right inside `in_words_of` that language only."""

    def __init__(self, content: Content, language: str) -> None:
        self.content, self.language = content, language
        self.edition: EditionContent = content["edition"]
        self.zone = ZoneInfo(self.edition["timezone"])
        programme = content["programme"]
        self.venues: Mapping[str, VenueContent] = {venue["slug"]: venue for venue in programme["venues"]}
        self.rooms: Mapping[str, RoomContent] = {
            room["slug"]: room for venue in programme["venues"] for room in venue["rooms"]
        }
        self.parties: Mapping[str, PartyContent] = {party["slug"]: party for party in content["parties"]}
        self.speakers: Mapping[str, SpeakerContent] = {speaker["slug"]: speaker for speaker in programme["speakers"]}
        self._names: dict[tuple[str, str], Wording] = {}
        self._people: dict[tuple[str, str], Person] = {}
        self._labels: dict[tuple[int, str], str] = {}

    # --- What there is ---

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items in the order of their start."""
        found = [self._item(session) for session in self.content["programme"]["sessions"]]
        return tuple(sorted(found, key=lambda item: (item.starts_at.astimezone(UTC), item.session["slug"])))

    @cached_property
    def all_days(self) -> tuple[date, ...]:
        """The days of the edition, and those before and after on which an item starts."""
        first, last = (date.fromisoformat(day) for day in (self.edition["starts_on"], self.edition["ends_on"]))
        of_edition = {first + timedelta(days=n) for n in range((last - first).days + 1)}
        return tuple(sorted(of_edition | set(self.days)))

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days on which an item starts."""
        return tuple(sorted({item.day for item in self.items}))

    def _item(self, session: SessionContent) -> Item:
        return Item(session, self.moment(session["starts_at"]), self.moment(session["ends_at"]), kind_of(session))

    def moment(self, iso: str) -> datetime:
        """Return a stored moment on the clocks of the place."""
        return datetime.fromisoformat(iso).astimezone(self.zone)

    # --- Words ---

    def wording(self, stored: Stored | None) -> Wording:
        """Return what this reader sees of a text, on one line."""
        found = wording_of(stored, self.language, self.edition["fallback_languages"])
        text = line(found.text)
        return found if text is found.text else Wording(text, found.language, found.is_fallback)

    def words(self, stored: Stored | None) -> str:
        """Return the words alone, on one line."""
        return self.wording(stored).text

    def passage(self, stored: Stored | None) -> Wording:
        """Return what this reader sees of a longer text, its lines kept."""
        found = wording_of(stored, self.language, self.edition["fallback_languages"])
        text = passage(found.text)
        return found if text is found.text else Wording(text, found.language, found.is_fallback)

    def label(self, table: labels.Labels, value: str) -> str:
        """Return the word for a stored choice; the choice itself where there is none."""
        key = (id(table), value)
        if key not in self._labels:
            self._labels[key] = str(table.get(value, line(value)))
        return self._labels[key]

    @cached_property
    def sample(self) -> str:
        """What marks an invented person or item."""
        return sample_words()

    @cached_property
    def _notes(self) -> tuple[str, str]:
        return gettext("Parties: %(names)s"), gettext("Languages: %(names)s")

    @cached_property
    def comma(self) -> str:
        """What stands between the things of a list."""
        return languages.comma(self.language)

    def listed(self, words: Iterable[str]) -> str:
        """Return a list on one line; what is empty is left out."""
        return self.comma.join(filter(None, words))

    # --- The words of an item ---

    def title(self, item: Item) -> tuple[Wording, ...]:
        """Return the title; that of a bilateral is the name of each party, which may differ in language."""
        slugs = item.session["parties"]
        if item.is_bilateral and slugs and all(slug in self.parties for slug in slugs):
            return tuple(self.party(slug) for slug in slugs)
        whole = self.wording(item.session["title"])
        return (whole or Wording(self.kind(item), interface_language(self.language), is_fallback=False),)

    def title_words(self, item: Item) -> str:
        """Return the title on one line."""
        return BETWEEN_PARTIES.join(wording.text for wording in self.title(item))

    def kind(self, item: Item) -> str:
        """Return the word for what the item is."""
        return self.label(labels.SESSION_KINDS, item.kind)

    def party(self, slug: str) -> Wording:
        """Return a party's name."""
        return self._name("party", slug, self.parties)

    def room(self, slug: str | None) -> Wording:
        """Return a room's name; empty without a room."""
        return self._name("room", slug, self.rooms)

    def venue(self, slug: str | None) -> Wording:
        """Return a venue's name; empty without a venue."""
        return self._name("venue", slug, self.venues)

    def _name(self, sort: str, slug: str | None, things: Mapping[str, _Named]) -> Wording:
        key = (sort, slug or "")
        if key not in self._names:
            thing = things.get(slug or "")
            own = Wording(slug or "", self.language, is_fallback=False)
            self._names[key] = self.wording(thing["name"]) if thing else own
        return self._names[key]

    def people(self, item: Item) -> list[Person]:
        """Return the speakers of an item."""
        return [self._person(part) for part in item.session["speakers"] if part["speaker"] in self.speakers]

    def _person(self, part: AppearanceContent) -> Person:
        key = (part["speaker"], part["role"])
        if key not in self._people:
            self._people[key] = self._read_person(part)
        return self._people[key]

    def _read_person(self, part: AppearanceContent) -> Person:
        speaker = self.speakers[part["speaker"]]
        has_label = part["role"] in labels.APPEARANCES and part["role"] != "speaker"
        return Person(
            slug=part["speaker"],
            part=self.label(labels.APPEARANCES, part["role"]) if has_label else "",
            office=self.wording(speaker["office"]),
            name=self.wording(speaker["name"]),
            is_sample=speaker["is_sample"],
        )

    def person_words(self, person: Person) -> str:
        """Return a person on one line: part, office before name, and whether the person is invented."""
        named = self.listed([person.office.text, person.name.text])
        sample = f" ({self.sample})" if person.is_sample else ""
        return f"{person.part}: {named}{sample}" if person.part else f"{named}{sample}"

    def spoken(self, item: Item) -> str:
        """Return the languages that are heard in the room."""
        return self.listed(languages.name_of(code, self.language) for code in item.session["languages"])

    def notes(self, item: Item) -> list[str]:
        """Return what else to know, a line each: unnamed parties, languages, timing, whether it is invented."""
        session, lines = item.session, []
        parties, spoken = self._notes
        if session["parties"] and not item.is_bilateral:
            names = self.listed(self.party(slug).text for slug in session["parties"])
            lines.append(parties % {"names": names})
        if session["languages"]:
            lines.append(spoken % {"names": self.spoken(item)})
        if item.is_assumed:
            lines.append(self.label(labels.TIMINGS, session["timing"]))
        if item.is_sample:
            lines.append(self.sample)
        return lines

    # --- Dates and times ---

    def dates(self, day: date, style: calendars.Style = "long") -> tuple[str, ...]:
        """Return the date in each calendar that this reader wants, the own one first."""
        return calendars.format_dates(day, self.language, self.edition["calendars"], style=style)

    def spans(self, first: date, last: date) -> tuple[str, ...]:
        """Return a span of days in each calendar that this reader wants, the own one first."""
        return calendars.format_spans(first, last, self.language, self.edition["calendars"])

    def has_solar_hijri(self) -> bool:
        """Tell whether this reader wants Solar Hijri dates beside the Gregorian ones."""
        asked = calendars.SOLAR_HIJRI in self.edition["calendars"]
        return asked or calendars.home_calendar(self.language) == calendars.SOLAR_HIJRI

    def time(self, moment: datetime) -> str:
        """Return the time of day at the place; where its clocks show it twice, with what tells the two apart."""
        words = calendars.format_time(moment, self.language)
        if not is_repeated(moment):
            return words
        return f"{words} ({languages.digits(offset_words(moment), self.language)})"
