"""Values of a sentence that are put into words where the sentence is made: names, days, numbers, in its language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from ejlas.core import calendars, languages
from ejlas.core.text import Text

# Around a name in another language than the sentence, so that neither turns the other's direction round.
_APART, _TOGETHER = "\u2068", "\u2069"


def _language() -> str:
    return get_language() or "en"


@dataclass(frozen=True, slots=True)
class Named:
    """A name in several languages; `fallbacks` stand in where the reader's is missing, then `otherwise`."""

    text: Text
    fallbacks: tuple[str, ...] = ()
    otherwise: str = ""

    def __str__(self) -> str:
        wording = self.text.wording(_language(), self.fallbacks)
        if not wording:
            return self.otherwise
        return f"{_APART}{wording.text}{_TOGETHER}" if wording.is_fallback else wording.text


@dataclass(frozen=True, slots=True)
class Day:
    """A day, in the calendar of the reader's language first."""

    day: date
    calendars: tuple[str, ...] = ()

    def __str__(self) -> str:
        own, *others = calendars.format_dates(self.day, _language(), self.calendars)
        return f"{own} ({', '.join(others)})" if others else own


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the digits of the reader's language."""

    number: float

    def __str__(self) -> str:
        return languages.number(self.number, _language())


@dataclass(frozen=True, slots=True)
class Way:
    """Names that follow one another; the sign between them is mirrored where the names are written from the right."""

    names: tuple[Named, ...]

    @classmethod
    def of(cls, names: Iterable[Named]) -> Way:
        """Return the way along these names."""
        return cls(tuple(names))

    def __str__(self) -> str:
        return " › ".join(map(str, self.names))
