"""The starting texts of official letters, a module for each language."""

from __future__ import annotations

from collections.abc import Mapping

from ejlas.core import languages
from ejlas.delegations.rules.letter_texts import ar, az, en, es, fa, fr, kk, pt, ru, tk, tr
from ejlas.delegations.rules.letter_texts.texts import LetterText, Texts
from ejlas.delegations.rules.letters import LetterKind

FALLBACK = "en"

# What is inserted stands in its first case: every sentence is built so that no ending of it has to change.
TEXTS: Mapping[str, Texts] = {
    "en": en.TEXTS, "fa": fa.TEXTS, "ru": ru.TEXTS, "az": az.TEXTS, "tk": tk.TEXTS, "kk": kk.TEXTS,
    "es": es.TEXTS, "pt": pt.TEXTS, "fr": fr.TEXTS, "tr": tr.TEXTS, "ar": ar.TEXTS,
}  # fmt: skip


def text_of(kind: LetterKind, language: str) -> LetterText:
    """Return the starting text of a kind of letter in a language; in English where there is none."""
    plain = languages.plain(language)
    found = TEXTS.get(plain) or TEXTS.get(plain.partition("-")[0]) or TEXTS[FALLBACK]
    return found[kind]


def has_texts(language: str) -> bool:
    """Tell whether letters in this language begin with a text of their own."""
    return languages.plain(language).partition("-")[0] in TEXTS
