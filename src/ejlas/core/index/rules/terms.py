"""The terms under which a search finds a thing, and what a query asks of them.

A term is a word behind a mark that says what it is: nothing for a word of the title, other marks for the whole title,
a word from elsewhere, its sounds, its bones. No mark is a letter, so what a person types never meets them by chance.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ejlas.core.collation import folded
from ejlas.core.index.rules import sounds
from ejlas.core.index.rules.items import Item

TITLE, WHOLE, OTHER, SOUNDS, BONES, KIND, SCOPE = "", "＝", "·", "≈", "¬", "†", "‡"
LONGEST = 60
MOST_WORDS = 8
# Names are short: what is said in many words is found by its own letters only.
NAME_WORDS, TITLE_WORDS = 4, 12
FEWEST_CONSONANTS, FEWEST_OF_A_BEGINNING = 2, 3

_WITHIN_WORDS = frozenset("'’‘ʻʼ`")


@dataclass(frozen=True, slots=True)
class Term:
    """One term that a query asks for, or the beginning of one."""

    text: str
    is_beginning: bool = False


# All of the groups must be met, each by one of its terms.
Condition = tuple[tuple[Term, ...], ...]


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are written, joiners and marks within them."""
    return "".join(character if _is_of_word(character) else " " for character in text).split()


@lru_cache(maxsize=2048)
def _is_of_word(character: str) -> bool:
    return (
        character.isalnum() or character in _WITHIN_WORDS or unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf")
    )


@lru_cache(maxsize=65536)
def _plain(word: str) -> str:
    # Folding can part a word, as it does one with a fraction in it.
    return "".join(character for character in folded(word) if character.isalnum())[:LONGEST]


@lru_cache(maxsize=65536)
def _sounding(word: str, language: str) -> tuple[str, ...]:
    spelled = sounds.spellings(word, language)
    bare = dict.fromkeys(map(sounds.bones, spelled))
    return (
        *(f"{SOUNDS}{spelling}"[:LONGEST] for spelling in spelled[:2]),
        *(f"{BONES}{one}"[:LONGEST] for one in bare if sounds.n_consonants(one) >= FEWEST_CONSONANTS),
    )


def terms_of(item: Item) -> str:
    """Return the terms of a thing, parted by blanks, in a fixed order."""
    terms = {place_term(KIND, item.kind), place_term(SCOPE, item.scope)}
    for language, wording in item.title.values.items():
        words = words_of(wording)
        plain = list(filter(None, map(_plain, words)))
        terms.update(plain)
        terms.add(f"{WHOLE}{''.join(plain)}"[:LONGEST])
        terms.update(_names(words[:TITLE_WORDS], language))
    for language, wording in _others(item):
        words = words_of(wording)
        terms.update(f"{OTHER}{plain}" for plain in map(_plain, words) if plain)
        if len(words) <= NAME_WORDS:
            terms.update(_names(words, language))
    return " ".join(sorted(terms))


def place_term(mark: str, name: str) -> str:
    """Return the term of a kind or scope."""
    return mark + name.replace("-", "‑").replace("_", "‗")


def _others(item: Item) -> Iterator[tuple[str, str]]:
    for text in item.fields.values():
        if text is not item.title:
            yield from text.values.items()
    yield from (("en", words) for words in item.words)


def _names(words: list[str], language: str) -> Iterator[str]:
    """Yield how words sound, each and together with the next: «بندرعباس» is Bandar Abbas."""
    for word in words:
        yield from _sounding(word, language)
    for first, second in pairwise(words):
        yield from _sounding(first + second, language)
        yield f"{OTHER}{_plain(first)}{_plain(second)}"[:LONGEST]


def conditions(query: str) -> list[Condition]:
    """Return what a query asks for, from the narrowest to the widest, each wider than the one before.

    They are: the title; its beginning; words of the title; words from anywhere, and such as sound so; the same bones.
    Every word must be met, the last one by its beginning. Nothing is asked for by a query without a word.
    """
    words = words_of(query)[:MOST_WORDS]
    plain = [_plain(word) for word in words]
    words = [word for word, one in zip(words, plain, strict=True) if one]
    plain = list(filter(None, plain))
    if not words:
        return []
    whole = f"{WHOLE}{''.join(plain)}"[:LONGEST]
    language = sounds.guessed_language(query)
    titles, voices, bare = [], [], []
    for number, (word, one) in enumerate(zip(words, plain, strict=True), start=1):
        is_last = number == len(words)
        titles.append((Term(one, is_last),))
        voices.append((Term(one, is_last), Term(OTHER + one, is_last), *_heard(word, language, is_last=is_last)))
        bare.append((*voices[-1], *_boned(word, language, is_last=is_last)))
    joined = "".join(words)
    together = (Term(OTHER + "".join(plain)), *_heard(joined, language), *_boned(joined, language, is_last=False))
    alone = [((Term(whole),),), ((Term(whole, is_beginning=True),),), tuple(titles), tuple(voices)]
    widest = [tuple(bare)] if len(words) == 1 else [tuple(bare), (together,)]
    return [*alone, *widest]


def _heard(word: str, language: str, *, is_last: bool = False) -> Iterable[Term]:
    for spelling in sounds.spellings(word, language):
        yield Term(f"{SOUNDS}{spelling}"[:LONGEST], is_last and len(spelling) > 1)


def _boned(word: str, language: str, *, is_last: bool) -> Iterable[Term]:
    for bare in dict.fromkeys(map(sounds.bones, sounds.spellings(word, language))):
        n_consonants = sounds.n_consonants(bare)
        if n_consonants >= FEWEST_CONSONANTS:
            yield Term(f"{BONES}{bare}"[:LONGEST])
        if is_last and n_consonants >= FEWEST_OF_A_BEGINNING:
            # While a name is typed its end is open: the vowel there says nothing yet.
            yield Term(f"{BONES}{bare.removesuffix('a')}"[:LONGEST], is_beginning=True)
