"""What a letter begins with: its subject, its text and its closing, with placeholders in single braces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ejlas.delegations.rules.letters import LetterKind


class LetterText(NamedTuple):
    """The starting text of a letter of one kind in one language; whoever writes the letter changes it."""

    subject: str
    body: str
    closing: str


Texts = Mapping[LetterKind, LetterText]


def texts(closing: str, **parts: tuple[str, str]) -> Texts:
    """Return the texts of a language from subject and body by kind; all close alike."""
    return {LetterKind(kind): LetterText(subject, body.strip(), closing) for kind, (subject, body) in parts.items()}
