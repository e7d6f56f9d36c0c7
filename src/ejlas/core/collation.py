"""The order in which a reader of a language looks things up, and the folding under which a search finds them."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, TypeVar

import icu

from ejlas.core import languages

NO_LETTER = "#"

Item = TypeVar("Item")


class _Collators(threading.local):
    """The collators and indexes of one thread: ICU does not let threads share them."""

    def __init__(self) -> None:
        self.by_language: dict[str, Any] = {}
        self.indexes: dict[str, Any] = {}


_of_this_thread = _Collators()


def _collator(language: str) -> Any:
    collators = _of_this_thread.by_language
    if language not in collators:
        collators[language] = icu.Collator.createInstance(languages.locale_of(language))
    return collators[language]


def sort_key(text: str, language: str) -> bytes:
    """Return a key that sorts texts, byte by byte, as a dictionary of the language does."""
    return bytes(_collator(language).getSortKey(text))


def sorted_by(items: Iterable[Item], key: Callable[[Item], str], language: str) -> list[Item]:
    """Return the items in the order of the language; those that it holds equal keep their places."""
    return sorted(items, key=lambda item: sort_key(key(item), language))


def _index(language: str) -> Any:
    indexes = _of_this_thread.indexes
    if language not in indexes:
        indexes[language] = icu.AlphabeticIndex(languages.locale_of(language))
    return indexes[language]


@lru_cache(maxsize=512)
def letters(language: str) -> tuple[str, ...]:
    """Return the letters under which the language files its words, in order."""
    # The first and the last label stand for what comes before and after the alphabet.
    return tuple(str(label) for label, *_ in _index(language))[1:-1]


@lru_cache(maxsize=8192)
def letter_of(text: str, language: str) -> str:
    """Return the letter under which a reader looks a text up; `#` when it begins with a number or has no letter.

    A text in another script stands under its own first letter, without marks.
    """
    word = re.sub(r"^[\W_]+", "", text)
    if not word[:1].isalpha():
        return NO_LETTER
    place = int(_index(language).getBucketIndex(word)) - 1
    if 0 <= place < len(letters(language)):
        return letters(language)[place]
    return unicodedata.normalize("NFD", word)[0].upper()


# Letters that people type for one another: Arabic ones in Persian words, the nearest on a Latin or Russian keyboard.
_ALIKE = {"ی": "يىېے", "ک": "كڪ", "ه": "ةہھە", "ا": "ٱ", "i": "ı", "e": "ə"} | {
    "а": "ә", "г": "ғ", "к": "қ", "н": "ң", "о": "ө", "у": "ұү", "х": "һ", "и": "і",
}  # fmt: skip
_UNWRITTEN = "ءـ'’‘ʻʼ`"  # hamza alone, the Arabic stretch, apostrophes
_FOLDS = {ord(other): letter for letter, others in _ALIKE.items() for other in others} | dict.fromkeys(
    map(ord, _UNWRITTEN), ""
)


def _folded_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return ""
    if category == "Pd" or character.isspace():
        return " "
    return str(unicodedata.decimal(character)) if category == "Nd" else character


def folded(text: str) -> str:
    """Return what a search compares: no capitals, marks, joiners or apostrophes, one form of each letter and digit.

    Persian and Arabic letters that look alike become one, every digit becomes an ASCII one, Latin and Cyrillic letters
    lose what a plain keyboard lacks. Scripts are not mixed: «رشت» does not find "Rasht".
    """
    # Taking a letter apart can bare a capital, and casefolding can put a mark back.
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(map(_folded_character, small))
    return " ".join(bare.translate(_FOLDS).split())
