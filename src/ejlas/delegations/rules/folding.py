"""Words as people type them, brought to one spelling, so that headings, states and choices can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_ONE_LETTER = str.maketrans(
    {"ı": "i", "ə": "e", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ى": "ی", "ي": "ی", "ك": "ک", "ة": "ه",
     "ہ": "ه", "ھ": "ه", "ە": "ه", "ـ": "", "\u200b": "", "\u200c": " ", "\u200d": "", "’": "", "'": "", "ʼ": "",
     "`": "", "ё": "е", "ʻ": "", "ь": "", "ъ": ""}
)  # fmt: skip
_SIGNS = re.compile(r"[^\w]+|_+")
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")
_DIGITS = re.compile(r"[^\W\D]")


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Return the words of a text in small letters without marks, parted by single spaces."""
    small = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(sign for sign in small if not unicodedata.combining(sign)).translate(_ONE_LETTER)
    return _SIGNS.sub(" ", ascii_digits(bare)).strip()


def joined(text: str) -> str:
    """Return a text folded, without any space: as a joiner, a space or nothing may stand between two words."""
    return folded(text).replace(" ", "")


def ascii_digits(text: str) -> str:
    """Return a text with the digits of any script as 0 to 9."""
    return text if text.isascii() else _DIGITS.sub(lambda found: str(unicodedata.digit(found[0])), text)


def tidy(text: str) -> str:
    """Return a text as it is kept: composed, single spaces, none at the ends, no marks of direction."""
    return _SPACES.sub(" ", _DIRECTIONS.sub("", unicodedata.normalize("NFC", text))).strip()


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters to put, leave out, change or swap to make one of the other; `most` + 1 if more."""
    if one == other:
        return 0
    if abs(len(one) - len(other)) > most:
        return most + 1
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, against in enumerate(other, start=1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != against))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against
            line.append(min(cost, before_last[column - 2] + 1) if swapped else cost)
        if min(line) > most:
            return most + 1
        before_last, last = last, line
    return min(last[-1], most + 1)


def slips(length: int) -> int:
    """Return how many slips of the hand a word of this length may hold and still be known."""
    return 0 if length < 5 else 1 if length < 9 else 2


def nearest(typed: str, known: Iterable[str]) -> str:
    """Return the known word, folded and joined as `typed` is, that was most likely meant; none if none is near."""
    most = slips(len(typed))
    best, found = most + 1, ""
    for word in known if most else ():
        if abs(len(word) - len(typed)) <= most and len(set(word) ^ set(typed)) <= 2 * most:
            far = distance(typed, word, most)
            if far < best:
                best, found = far, word
    return found
