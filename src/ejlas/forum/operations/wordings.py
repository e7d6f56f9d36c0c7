"""Translating: single wordings of a thing, each held against what the person saw when writing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.index.rules import digest_of
from ejlas.core.text import Text


@dataclass(frozen=True, slots=True)
class Translation:
    """One wording as a person wrote it.

    Parameters
    ----------
    field, language, words, is_unsure : what is to stand where; no words take the wording away
    seen : the mark of what the person saw, from `mark`
    source : the language from which it was translated
    """

    field: str
    language: str
    words: str
    is_unsure: bool
    seen: str
    source: str = ""


def mark(text: Text, *, language: str, source: str) -> str:
    """Return a mark that differs once the wording, whether it is confirmed, or its source was changed."""
    parts = [text.values.get(language, ""), str(language in text.unsure), text.values.get(source, "")]
    # The letter keeps a spreadsheet from taking a mark of digits alone for a number.
    return f"m{digest_of(chr(0).join(parts))}"


@transaction.atomic
def translate(
    *, thing: Any, translations: Iterable[Translation], change: Callable[..., Any], by: User, at: datetime
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Write wordings of one thing by the operation of its kind, but none over what the person has not seen.

    Returns
    -------
    fields and languages that were written, and those that were refused since somebody changed them meanwhile
    """
    locked = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    written: set[tuple[str, str]] = set()
    refused: set[tuple[str, str]] = set()
    texts: dict[str, Text] = {}
    for each in translations:
        held: Text = getattr(locked, each.field)
        text = replaced(texts.get(each.field, held), each.language, each.words, is_unsure=each.is_unsure)
        if text == texts.get(each.field, held):
            continue
        if mark(held, language=each.language, source=each.source) != each.seen:
            refused.add((each.field, each.language))
            continue
        texts[each.field] = text
        written.add((each.field, each.language))
    if texts:
        change(thing=thing, fields=texts, by=by, at=at, revision=locked.revision)
    return written, refused


def replaced(text: Text, language: str, words: str, *, is_unsure: bool) -> Text:
    """Return the text with another wording in one language."""
    unsure = (text.unsure | {language}) if is_unsure else (text.unsure - {language})
    return Text({**text.values, language: words}, unsure)
