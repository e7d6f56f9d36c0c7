"""A text in several languages, the choice of one of them for a reader, and the visible fallback."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

UNSURE = "unsure"

# What is stored and sent: {"en": "Rasht", "tk": "Reşt", "unsure": ["tk"]}.
StoredText = dict[str, "str | list[str]"]


@dataclass(frozen=True, slots=True)
class Wording:
    """What one reader sees of a text: the words, their language, and whether the reader asked for another."""

    text: str
    language: str
    is_fallback: bool

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Text:
    """A text in several languages; `unsure` names the languages whose wording nobody has confirmed yet.

    An unconfirmed wording is kept but not shown while a confirmed one exists in another language.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        kept = {language: words for language, words in self.values.items() if words}
        object.__setattr__(self, "values", MappingProxyType(kept))
        object.__setattr__(self, "unsure", frozenset(self.unsure) & frozenset(kept))

    @classmethod
    def of(cls, **values: str) -> Text:
        """Return a text from its wordings by language code."""
        return cls(values)

    @classmethod
    def from_stored(cls, stored: Mapping[str, object] | None) -> Text:
        """Return the text that `to_stored` wrote; None is the empty text."""
        if not stored:
            return cls()
        unsure = stored.get(UNSURE) or ()
        values = {key: words for key, words in stored.items() if key != UNSURE and isinstance(words, str)}
        return cls(values, frozenset(unsure if isinstance(unsure, list | tuple) else ()))

    def to_stored(self) -> StoredText:
        """Return a plain mapping with the languages in alphabetical order, fit for JSON and for a digest."""
        stored: StoredText = {language: self.values[language] for language in sorted(self.values)}
        if self.unsure:
            stored[UNSURE] = sorted(self.unsure)
        return stored

    def __bool__(self) -> bool:
        return bool(self.values)

    def __reduce__(self) -> tuple[type[Text], tuple[dict[str, str], frozenset[str]]]:
        # A read-only mapping can be neither copied nor pickled by itself.
        return Text, (dict(self.values), self.unsure)

    def __hash__(self) -> int:
        return hash((tuple(sorted(self.values.items())), self.unsure))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and dict(self.values) == dict(other.values) and self.unsure == other.unsure

    def wording(self, language: str, fallbacks: Iterable[str] = ()) -> Wording:
        """Choose what a reader of `language` sees: own confirmed wording, else fallbacks in order, else any."""
        for candidate in (language, *fallbacks, *sorted(self.values)):
            if candidate in self.values and candidate not in self.unsure:
                return Wording(self.values[candidate], candidate, candidate != language)
        for candidate in (language, *fallbacks, *sorted(self.values)):
            if candidate in self.values:
                return Wording(self.values[candidate], candidate, candidate != language)
        return Wording("", language, is_fallback=False)

    def missing(self, languages: Iterable[str]) -> tuple[str, ...]:
        """Name the languages that have no confirmed wording, in the order given."""
        return tuple(code for code in languages if code not in self.values or code in self.unsure)


def wording_of(stored: Mapping[str, object] | None, language: str, fallbacks: Iterable[str] = ()) -> Wording:
    """Choose what a reader of `language` sees of a stored text."""
    # A document asks this thousands of times, and nearly always the own wording is there.
    own = stored.get(language) if stored else None
    if stored and own and isinstance(own, str) and UNSURE not in stored:
        return Wording(own, language, is_fallback=False)
    return Text.from_stored(stored).wording(language, fallbacks)
