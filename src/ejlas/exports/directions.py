"""Words of the other direction inside a text: where they stand, so that a paper can set them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ejlas.core import languages

_LEFT = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u0370-\u052f\u10a0-\u10ff\u1e00-\u1fff"
_RIGHT = "\u05d0-\u05f2\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_OWN_DIGITS = "\u0660-\u0669\u06f0-\u06f9"

# Figures of ASCII go with the Latin words beside them (TK 872); figures in the digits of the letter do not. Groups of
# figures with spaces between them, as in a telephone or passport number, would stand the wrong way round.
_INSIDE_RIGHT = re.compile(
    rf"(?:[0-9][0-9./:+-]*)?[{_LEFT}](?:[^{_RIGHT}{_OWN_DIGITS}\n]*[{_LEFT}0-9])?[+#/%)\]]*"
    rf"|\+?[0-9{_OWN_DIGITS}]+(?:[ -][0-9{_OWN_DIGITS}]+)+"
    rf"|\+[0-9{_OWN_DIGITS}]+"
)
_INSIDE_LEFT = re.compile(rf"[{_RIGHT}](?:[^{_LEFT}0-9\n]*[{_RIGHT}{_OWN_DIGITS}])?")

_BRACKETS = {")": "(", "]": "["}


class Run(NamedTuple):
    """A piece of a text in one direction."""

    text: str
    is_right_to_left: bool


def runs(text: str, language: str) -> Iterator[Run]:
    """Yield the pieces of a text in this language, in order: its own words, and those of the other direction."""
    is_rtl = languages.direction(language) == "rtl"
    place = 0
    for found in (_INSIDE_RIGHT if is_rtl else _INSIDE_LEFT).finditer(text):
        end = found.start() + len(_without_loose_brackets(found[0]))
        if found.start() > place:
            yield Run(text[place : found.start()], is_rtl)
        yield Run(text[found.start() : end], not is_rtl)
        place = end
    if place < len(text):
        yield Run(text[place:], is_rtl)


def _without_loose_brackets(words: str) -> str:
    """Leave out a bracket at the end that was opened before these words."""
    while words[-1] in _BRACKETS and words.count(words[-1]) > words.count(_BRACKETS[words[-1]]):
        words = words[:-1]
    return words


# What a template takes: a text as it is, or its pieces, each with whether it runs the other way.
Words = str | list[tuple[str, bool]]


def words(text: str, language: str) -> Words:
    """Return a text for the function `words` of paper.typ, which keeps its pieces from turning one another.

    What `<bdi>` does on a page; a line may still end inside a piece. The marks of Unicode would do the same and stay in
    whatever is copied from the paper.
    """
    is_rtl = languages.direction(language) == "rtl"
    found = [(run.text, run.is_right_to_left != is_rtl) for run in runs(text, language)]
    return found if any(is_other for _, is_other in found) else text


_FIRST = re.compile(rf"[{_LEFT}]|(?P<right>[{_RIGHT}])")


def typed(text: str, language: str) -> Words:
    """Return what somebody typed in whatever language: its first letter decides in which direction the whole runs.

    What `dir="auto"` does on a page: a sentence keeps its full stop at its own end.
    """
    first = _FIRST.search(text)
    if first is None or (first["right"] is not None) == (languages.direction(language) == "rtl"):
        return words(text, language)
    return [(text, True)]
