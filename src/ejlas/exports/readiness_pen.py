"""Writes what a forecast says in the words, digits and days of one reader: what the report of readiness is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import ngettext

from ejlas.core import calendars, languages
from ejlas.core.text import Text
from ejlas.exports.directions import Words, words
from ejlas.exports.reading import interface_language, line


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a page holds at a size of letters; charts are so many millimetres high.

    Parameters
    ----------
    name : the most characters of a name that stands alone; `short` where it stands beside others
    """

    size: float
    chart: int
    streams: int
    risks: int
    others: int
    gains: int
    shifts: int
    name: int

    @property
    def short(self) -> int:
        """The most characters of a name that stands beside others."""
        return self.name * 3 // 5


class Pen:
    """The words of one edition in one language; to be used inside `in_words_of` that language."""

    def __init__(self, edition: Any, language: str) -> None:
        self.edition, self.language = edition, language
        self.around = interface_language(language)
        self._fallbacks = tuple(edition.fallback_languages or edition.languages)
        self._calendars = tuple(edition.calendars)

    def own(self, text: str) -> Words:
        """Return words for the template, with those of the other direction set apart."""
        return words(line(text), self.language)

    def name(self, text: Text | None, most: int, otherwise: str = "") -> str:
        """Return a name on one line, cut where it is long."""
        return cut(line(text.wording(self.language, self._fallbacks).text) if text else otherwise, most)

    def number(self, number: float) -> str:
        """Return a number in the digits of the words around it."""
        return languages.number(number, self.around)

    def days(self, day: date) -> list[str]:
        """Return a day in each calendar of the edition that this reader wants, the own one first."""
        return list(calendars.format_dates(day, self.language, self._calendars))

    def day(self, day: date) -> str:
        """Return a day in each calendar on one line."""
        return " · ".join(self.days(day))

    def short(self, day: date) -> list[str]:
        """Return a day in figures, in each calendar."""
        return list(calendars.format_dates(day, self.language, self._calendars, style="short"))

    def own_day(self, day: date) -> str:
        """Return a day in the calendar of the reader alone, where there is no room for two."""
        return self.days(day)[0]

    def listed(self, names: Sequence[str]) -> str:
        """Return a list on one line."""
        return languages.comma(self.language).join(filter(None, names))

    def points(self, change: float) -> str:
        """Return a change of a probability in points of a hundred, with its sign."""
        number = round(abs(change) * 100)
        # The sign of less than nothing comes from the language, which says on which side it stands.
        below = self.number(-number if number else 0).replace("-", "\u2212")
        shown = f"+{self.number(number)}" if number and change > 0 else below
        return ngettext("%(number)s point", "%(number)s points", number) % {"number": shown}

    def listed_with(self, names: Sequence[str], n_left: int) -> str:
        """Return a list on one line, and how many more there are."""
        return f"{self.listed(names)} {self.and_more(n_left)}".strip()

    def and_more(self, n_left: int) -> str:
        """Say how many more there are than are shown; nothing where there are none."""
        if n_left <= 0:
            return ""
        return ngettext("and %(number)s more", "and %(number)s more", n_left) % {"number": self.number(n_left)}


def cut(text: str, most: int) -> str:
    """Return a text of at most so many characters, cut between words where that is near."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    whole = head.rpartition(" ")[0]
    return f"{(whole if len(whole) > most * 2 // 3 else head).rstrip(' ,;:.،؛')}…"
