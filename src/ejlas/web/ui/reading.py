"""One reader's eyes: the language asked for, what stands in when a wording is missing, and how that is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as clock_time
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from ejlas.core import calendars, languages, text
from ejlas.core.calendars import Style
from ejlas.exports.reading import INTERFACE, interface_language

__all__ = ["INTERFACE", "Reader", "Stored", "chosen", "interface_language"]

Stored = Mapping[str, object]


def chosen(accepted: str, offered: Iterable[str], otherwise: str) -> str:
    """Return the offered language that an Accept-Language header likes best."""
    by_plain = {languages.plain(code).lower(): code for code in reversed(list(offered))}
    best: tuple[float, str] = (0.0, otherwise)
    for part in accepted.lower()[:500].split(","):
        tag, _, weight = part.strip().partition(";")
        code = by_plain.get(tag) or by_plain.get(tag.partition("-")[0])
        quality = _quality(weight)
        if code and quality > best[0]:
            best = (quality, code)
    return best[1]


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    try:
        return min(float(value), 1.0) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of one language; `calendars` are those in which the edition asks to show its dates."""

    language: str
    fallbacks: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()
    around: str = field(init=False)
    _tags: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        # The labels around a text speak English on a page whose language has no catalogue.
        object.__setattr__(self, "around", interface_language(self.language))

    def plain(self, stored: Stored | None) -> str:
        """Return the words alone, for a title, a label on a map, or to sort by."""
        return self.wording(stored)[0]

    def html(self, stored: Stored | None) -> SafeString:
        """Return the words for a page; those in another language than the page's say so."""
        words, language = self.wording(stored)
        if language == self.around:
            return SafeString(escape(words))
        marked = f'<span lang="{escape(language)}" dir="{languages.direction(language)}">{escape(words)}</span>'
        return SafeString(marked if language == self.language else marked + self._tag(language))

    def name(self, stored: Stored | None) -> SafeString:
        """Return a name for a page, kept from mixing its direction with what stands around it."""
        words, language = self.wording(stored)
        if language == self.around:
            return SafeString(f"<bdi>{escape(words)}</bdi>")
        direction = languages.direction(language)
        marked = f'<bdi lang="{escape(language)}" dir="{direction}">{escape(words)}</bdi>'
        return SafeString(marked if language == self.language else marked + self._tag(language))

    def wording(self, stored: Stored | None) -> tuple[str, str]:
        """Return the words that this reader sees, and their language."""
        if not stored:
            return "", self.language
        unsure = stored.get(text.UNSURE) or ()
        for language in (self.language, *self.fallbacks):
            words = stored.get(language)
            if words and isinstance(words, str) and not (isinstance(unsure, list) and language in unsure):
                return words, language
        wording = text.wording_of(stored, self.language, self.fallbacks)
        return wording.text, wording.language

    def _tag(self, language: str) -> str:
        if language not in self._tags:
            name = languages.name_of(language, self.around)
            words = escape(gettext("Shown in: %(language)s") % {"language": name})
            code = escape(languages.plain(language).upper())
            self._tags[language] = f' <abbr class="code" title="{words}">{code}</abbr>'
        return self._tags[language]

    # --- Dates and numbers ---

    def dates(self, day: date, style: Style = "long") -> tuple[str, ...]:
        """Return the date in each calendar that this reader wants, the own one first."""
        return calendars.format_dates(day, self.language, self.calendars, style=style)

    def spans(self, first: date, last: date) -> tuple[str, ...]:
        """Return a span of days in each calendar that this reader wants, the own one first."""
        return calendars.format_spans(first, last, self.language, self.calendars)

    def time(self, moment: datetime | clock_time) -> str:
        """Return the time of day at the edition's place."""
        return calendars.format_time(moment, self.language)

    def time_joint(self) -> str:
        """Return what stands between two times of day: a dash, or a word where the language prefers one."""
        start, end = clock_time(9), clock_time(10)
        span = calendars.format_time_span(start, end, self.language).lstrip("\u200f")
        return span.removeprefix(self.time(start)).removesuffix(self.time(end))

    def number(self, value: float) -> str:
        """Return a number in the digits and grouping of the language."""
        return languages.number(value, self.language)
