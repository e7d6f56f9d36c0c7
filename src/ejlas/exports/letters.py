"""An official letter as it stands on paper, whether printed or for a word processor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal, NamedTuple

from ejlas.core import languages
from ejlas.exports import letter_words
from ejlas.exports.letter_words import LetterWords
from ejlas.exports.reading import line, passage

_COLOUR = re.compile("#[0-9a-fA-F]{6}")
_LATIN = re.compile("[A-Za-z]")
_ITEM = re.compile(r"[–—•-]\s+")


class Block(NamedTuple):
    """A paragraph with its lines, or a list with its items."""

    kind: Literal["paragraph", "list"]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """The people whom a letter names, each row as long as the headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError(f"a row of the people of a letter has not the {len(self.headings)} cells of its headings")
        object.__setattr__(self, "headings", tuple(map(line, self.headings)))
        object.__setattr__(self, "rows", tuple(tuple(map(line, row)) for row in self.rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPaper:
    """All words of a letter, ready for a reader of its language; dates are worded, placeholders are filled.

    `written_at` stands in the properties of the file only, so that the same letter gives the same bytes. `dates` holds
    the day once for each calendar, the reader's own first. The addressee's lines are office, name and party, in that
    order. `answers` is the number of the letter that this one answers, `answers_day` its day in words.
    """

    language: str
    written_at: datetime
    edition: str
    number: str
    dates: tuple[str, ...]
    subject: str
    body: str
    forum: str = ""
    host: tuple[str, ...] = ()
    place: str = ""
    addressee: tuple[str, ...] = ()
    answers: str = ""
    answers_day: str = ""
    people: PeopleTable | None = None
    closing: str = ""
    signatory_office: str = ""
    signatory_name: str = ""
    enclosures: tuple[str, ...] = ()
    is_draft: bool = False
    colour: str = "#00695f"

    def __post_init__(self) -> None:
        if not _COLOUR.fullmatch(self.colour):
            raise ValueError(f"{self.colour!r} is no colour such as #00695f")
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, tuple):
                object.__setattr__(self, each.name, tuple(words for words in map(line, value) if words))
            elif isinstance(value, str):
                tidied = passage(value) if each.name in ("body", "closing") else line(value)
                object.__setattr__(self, each.name, tidied)

    @property
    def is_right_to_left(self) -> bool:
        """Whether the letter is written from right to left."""
        return languages.direction(self.language) == "rtl"

    @property
    def words(self) -> LetterWords:
        """The words around the text."""
        return letter_words.words_in(self.language)

    @property
    def number_words(self) -> str:
        """The register number in the digits of the letter."""
        return _number(self.number, self.language)

    @property
    def answer(self) -> str:
        """The line that names the letter which this one answers; empty without one."""
        if not self.answers:
            return ""
        pattern = self.words.answer_of_day if self.answers_day else self.words.answer
        number = _number(self.answers, self.language)
        return pattern.replace("{day}", self.answers_day).replace("{number}", number)

    def blocks(self) -> Iterator[Block]:
        """Yield the paragraphs and lists of the body, in order."""
        for part in re.split(r"\n[ \t]*\n", self.body):
            yield from _blocks([words for words in map(line, part.split("\n")) if words])

    def closing_lines(self) -> tuple[str, ...]:
        """Return the closing, line by line."""
        return tuple(words for words in map(line, self.closing.split("\n")) if words)


def _number(number: str, language: str) -> str:
    # A number with Latin letters is a code, which nobody writes in other digits.
    return number if _LATIN.search(number) else languages.digits(number, language)


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Yield what stands between two blank lines: a run of items is a list, and any other lines are a paragraph."""
    gathered: list[str] = []
    are_items = False
    for words in lines:
        is_item = bool(_ITEM.match(words))
        if gathered and is_item != are_items:
            yield _block(gathered, are_items=are_items)
            gathered = []
        gathered.append(words)
        are_items = is_item
    if gathered:
        yield _block(gathered, are_items=are_items)


def _block(lines: list[str], *, are_items: bool) -> Block:
    if are_items:
        return Block("list", tuple(_ITEM.sub("", words, count=1) for words in lines))
    return Block("paragraph", tuple(lines))
