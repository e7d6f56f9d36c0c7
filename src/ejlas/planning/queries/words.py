"""The plan in the words of one reader: names of parties, rooms and people, and what is in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from ejlas.core import calendars, languages
from ejlas.core.errors import marked
from ejlas.core.text import Text
from ejlas.planning.queries.facts import Facts
from ejlas.planning.rules import Conflict, ConflictKind

BETWEEN_PARTIES = " – "

SENTENCES = {
    ConflictKind.OFF_GRID: marked("Bilaterals start every %(number)s minutes; none starts at %(time)s."),
    ConflictKind.DAY_ENDS: marked("It would end after the hours of bilaterals."),
    ConflictKind.NOT_FOR_MEETINGS: marked("This room is not one for bilaterals."),
    ConflictKind.IN_SESSION: marked("%(party)s is at “%(session)s”, %(times)s."),
    ConflictKind.IN_MEETING: marked("%(party)s is in the bilateral %(bilateral)s, %(times)s."),
    ConflictKind.TOO_CLOSE: marked("%(party)s has too little time between this and %(bilateral)s, %(times)s."),
    ConflictKind.DAILY_CAP: marked("%(party)s has as many bilaterals on this day as the rules allow: %(number)s."),
    ConflictKind.FIXED_TIME: marked("The request fixes another time: %(day)s, %(time)s."),
    ConflictKind.FIXED_ROOM: marked("The request fixes another room: %(room)s."),
    ConflictKind.ROOM_SMALL: marked("%(room)s has too few seats for this bilateral: %(number)s."),
    ConflictKind.ROOM_CLOSED: marked("%(room)s is open %(times)s."),
    ConflictKind.ROOM_IN_SESSION: marked("“%(session)s” is in %(room)s, %(times)s."),
    ConflictKind.ROOM_TAKEN: marked("%(bilateral)s is in %(room)s, %(times)s."),
    ConflictKind.TURNAROUND: marked("%(room)s needs time to be put in order between this and %(other)s, %(times)s."),
    ConflictKind.NO_INTERPRETER: marked("Too few interpreters for %(languages)s are free."),
    ConflictKind.INTERPRETER_AWAY: marked("%(interpreter)s is not on duty then."),
    ConflictKind.INTERPRETER_BUSY: marked("%(interpreter)s interprets %(bilateral)s, %(times)s."),
    ConflictKind.INTERPRETER_DAY: marked("%(interpreter)s would work more than %(number)s minutes on this day."),
    ConflictKind.INTERPRETER_REST: marked("%(interpreter)s would work more than %(number)s minutes without a rest."),
    ConflictKind.ON_THE_WAY: marked(
        "%(party)s could not come in time from one venue to the other: %(bilateral)s, %(times)s."
    ),
    ConflictKind.INTERPRETER_ON_THE_WAY: marked(
        "%(interpreter)s could not come in time from one venue to the other: %(bilateral)s, %(times)s."
    ),
}
ADDED_ROOM = marked("Added room %(number)s")
ADDED_INTERPRETER = marked("Added interpreter %(number)s")
ARRIVES = marked("%(party)s arrives on %(day)s at %(time)s.")
LEAVES = marked("%(party)s leaves on %(day)s at %(time)s.")
WINDOW_BETWEEN = marked("The request asks for a time from %(day)s, %(time)s to %(last_day)s, %(last_time)s.")
WINDOW_AFTER = marked("The request asks for a time after %(day)s, %(time)s.")
WINDOW_BEFORE = marked("The request asks for a time before %(last_day)s, %(last_time)s.")


class Words:
    """What one reader calls the things of a plan; `translate` speaks the language of the interface."""

    def __init__(self, facts: Facts, language: str, translate: Callable[[str], str]) -> None:
        self.facts, self.language, self.translate = facts, language, translate
        self.fallbacks = tuple(facts.edition.fallback_languages)
        self._parties = {party.slug: party.name for party in facts.parties}
        self._rooms = {room.slug: room.name for room in facts.rooms}
        self._people = {person.slug: person.name for person in facts.interpreters}
        self._sessions = {session.slug: session.title for session in (*facts.binding, *facts.occupying)}
        self._days: dict[date, str] = {}
        self._meetings = {bilateral.slug: bilateral.parties for bilateral in facts.bilaterals}

    # --- Names ---

    def text(self, text: Text | None, otherwise: str = "") -> str:
        """Return the wording for this reader; one of the other direction is kept from mixing with what is around it."""
        wording = text.wording(self.language, self.fallbacks) if text else None
        if wording is None or not wording.text:
            return otherwise
        if languages.direction(wording.language) == languages.direction(self.language):
            return wording.text
        return f"\u2068{wording.text}\u2069"

    def party(self, slug: str) -> str:
        """Return the name of a party."""
        return self.text(self._parties.get(slug), slug)

    def room(self, slug: str) -> str:
        """Return the name of a room, or what one is called that is only thought of."""
        if slug.startswith("+"):
            return self.translate(ADDED_ROOM) % {"number": self.number(int(slug))}
        return self.text(self._rooms.get(slug), slug)

    def session(self, slug: str) -> str:
        """Return the title of a session."""
        return self.text(self._sessions.get(slug), slug)

    def interpreter(self, slug: str) -> str:
        """Return the name of an interpreter, or what one is called who is only thought of."""
        if slug.startswith("+"):
            return self.translate(ADDED_INTERPRETER) % {"number": self.number(int(slug))}
        return self.text(self._people.get(slug), slug)

    def bilateral(self, slug: str) -> str:
        """Return what a bilateral is called: the names of its parties."""
        parties = self._meetings.get(slug)
        return self.between(parties) if parties else slug

    def between(self, parties: Sequence[str]) -> str:
        """Return the names of the parties that meet."""
        return BETWEEN_PARTIES.join(self.party(each) for each in parties)

    def listed(self, names: Iterable[str]) -> str:
        """Return names as a list."""
        return languages.comma(self.language).join(names)

    def spoken(self, codes: Sequence[str]) -> str:
        """Return the names of the languages of a pair."""
        return "–".join(languages.name_of(code, self.language) for code in codes)

    # --- Times at the place ---

    def day(self, moment: datetime | None) -> str:
        """Return the day of a moment at the place, in the reader's own calendar."""
        if moment is None:
            return ""
        day = moment.astimezone(self.facts.edition.zone).date()
        if day not in self._days:
            self._days[day] = self.dates(moment, "long")[0]
        return self._days[day]

    def dates(self, moment: datetime, style: calendars.Style = "weekday") -> tuple[str, ...]:
        """Return the day of a moment at the place in each calendar that the reader wants."""
        day = moment.astimezone(self.facts.edition.zone).date()
        return calendars.format_dates(day, self.language, self.facts.edition.calendars, style=style)

    def time(self, moment: datetime | None) -> str:
        """Return the time of day at the place."""
        return calendars.format_time(moment.astimezone(self.facts.edition.zone), self.language) if moment else ""

    def times(self, starts_at: datetime | None, ends_at: datetime | None) -> str:
        """Return a span of time of one day at the place."""
        if starts_at is None or ends_at is None:
            return ""
        zone = self.facts.edition.zone
        return calendars.format_time_span(starts_at.astimezone(zone), ends_at.astimezone(zone), self.language)

    def number(self, value: float) -> str:
        """Return a number in the reader's digits."""
        return languages.number(value, self.language)

    # --- Sentences ---

    def conflict(self, conflict: Conflict) -> str:
        """Return a sentence for what is in the way."""
        return self.translate(_sentence(conflict)) % {
            "party": self.party(conflict.party),
            "bilateral": self.bilateral(conflict.bilateral),
            "session": self.session(conflict.session),
            "other": self.bilateral(conflict.bilateral) if conflict.bilateral else self.session(conflict.session),
            "room": self.room(conflict.room),
            "interpreter": self.interpreter(conflict.interpreter),
            "languages": self.spoken(conflict.languages),
            "number": "" if conflict.number is None else self.number(conflict.number),
            "day": self.day(conflict.starts_at or conflict.ends_at),
            "time": self.time(conflict.starts_at or conflict.ends_at),
            "last_day": self.day(conflict.ends_at),
            "last_time": self.time(conflict.ends_at),
            "times": self.times(conflict.starts_at, conflict.ends_at),
        }

    def fault(self, fault: Mapping[str, Any]) -> str:
        """Return the sentence of what ended a run without a plan."""
        if "message" in fault:
            return str(self.translate(fault["message"]) % fault["values"])
        return self.translate(UNKNOWN_FAULT) if fault else ""


UNKNOWN_FAULT = marked("The search ended by a fault of the system. The plan in force is as it was.")


def _sentence(conflict: Conflict) -> str:
    if conflict.kind is ConflictKind.AWAY:
        return ARRIVES if conflict.starts_at else LEAVES
    if conflict.kind is ConflictKind.WINDOW:
        if conflict.starts_at and conflict.ends_at:
            return WINDOW_BETWEEN
        return WINDOW_AFTER if conflict.starts_at else WINDOW_BEFORE
    return SENTENCES[conflict.kind]
