"""The letters of names and numbers: which alphabet each is of, and which are mistaken for those of another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import icu

from ejlas.core import languages
from ejlas.core.formats.mrz.letters import mrz_letters

# Letters that look as Latin ones do: those of documents are capitals, those of names may be small.
_CAPITALS = dict(zip("АВЕЅІЈКМНОРСТУХҮҺΑΒΕΖΗΙΚΜΝΟΡΤΥΧЗ", "ABESIJKMHOPCTYXYHABEZHIKMNOPTYX3", strict=True))
_SMALL = dict(zip("асеіјорѕухҺһ", "aceijopsyxHh", strict=True))
_LATIN_OF = _CAPITALS | _SMALL
_CYRILLIC_OF = {latin: letter for letter, latin in _LATIN_OF.items() if "\u0400" <= letter <= "\u04ff"}
_KAZAKH = frozenset("әғқңөұүһі")
_WORD = re.compile(r"[^\s\-‐–/.,;()]+")


@lru_cache(maxsize=4096)
def alphabet_of(letter: str) -> str:
    """Return the alphabet of a letter: latin, cyrillic, arabic, greek or another; none for what is no letter."""
    if not letter.isalpha() or unicodedata.category(letter) == "Lm":
        return ""
    return unicodedata.name(letter, "OTHER").partition(" ")[0].lower()


def alphabets(text: str) -> frozenset[str]:
    """Return the alphabets of the letters of a text."""
    if text.isascii():
        return frozenset({"latin"}) if any(map(str.isalpha, text)) else frozenset()
    return frozenset(filter(None, map(alphabet_of, text)))


def stranger_in(text: str) -> tuple[str, str, str] | None:
    """Return the first word that mixes alphabets, the first letter of the rarer one, and that alphabet."""
    if len(alphabets(text)) < 2:
        return None
    for word in _WORD.findall(text):
        found = [alphabet_of(letter) for letter in word]
        known = [each for each in found if each]
        if len(set(known)) > 1:
            rarest = min(dict.fromkeys(known), key=lambda each: (known.count(each), each == "latin"))
            return word, word[found.index(rarest)], rarest
    return None


def unmixed(word: str, stranger: str) -> str:
    """Return a word with the letters of the rarer alphabet as the others that look alike; none if one has no such."""
    table = _CYRILLIC_OF if stranger == "latin" else _LATIN_OF
    mended = "".join(table.get(letter, "") if alphabet_of(letter) == stranger else letter for letter in word)
    return mended if len(mended) == len(word) else ""


def latin_capitals(text: str) -> str:
    """Return a text in capitals with letters of other alphabets that look alike turned into Latin ones."""
    return "".join(_CAPITALS.get(letter, letter) for letter in text.upper())


@lru_cache(maxsize=1)
def _romaniser() -> Any:
    return icu.Transliterator.createInstance("Any-Latin; Latin-ASCII")


def latin_spelling(name: str) -> str:
    """Return a likely spelling of a name in Latin letters; Persian leaves its short vowels out."""
    if alphabets(name) <= {"cyrillic", "latin"}:
        return mrz_letters(name).replace("<", " ").title()
    plain = re.sub(r"[^A-Za-z\s-]", "", str(_romaniser().transliterate(name)))
    return " ".join(plain.split()).title()


def language_by_letters(text: str, of_edition: Sequence[str], hint: str = "") -> str:
    """Return the language of the edition in whose letters a text is written; the hint, or the first, if several are."""
    found = alphabets(text)
    script = next((code for alphabet, code in _SCRIPTS.items() if alphabet in found), "")
    fitting = [language for language in of_edition if languages.script(language) == script] or list(of_edition)
    small = text.casefold()
    told = "kk" if _KAZAKH & set(small) else "az" if "ə" in small else "tk" if re.search("[ýňž]", small) else ""
    for wanted in (told, hint, "ru", "fa", "en"):
        if wanted in fitting:
            return wanted
    return fitting[0] if fitting else hint


_SCRIPTS = {"arabic": "Arab", "cyrillic": "Cyrl", "latin": "Latn"}
