"""The terms under which a search finds a thing, and what a query asks of them.

A term is a word behind a mark that says what it is: nothing for a word of the title, other marks for the whole title,
a word from elsewhere, its sounds, its bones. No mark is a letter, so what a person types never meets them by chance.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ejlas.core.collation import folded
from ejlas.core.index.rules import sounds
from ejlas.core.index.rules.items import Item

TITLE, WHOLE, OTHER, SOUNDS, BONES, JOINED, KIND, SCOPE, LIST = "", "＝", "·", "≈", "¬", "‿", "†", "‡", "§"
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
        # Where a word sounds as it is written, its letters find it.
        *(f"{SOUNDS}{spelling}"[:LONGEST] for spelling in spelled[:2] if spelling != _plain(word)),
        *(f"{BONES}{one}"[:LONGEST] for one in bare if sounds.n_consonants(one) >= FEWEST_CONSONANTS),
    )


def terms_of(item: Item) -> str:
    """Return the terms of a thing, parted by blanks, in a fixed order."""
    terms = {kind_term(item.kind), scope_term(item.scope), place_term(item.scope, item.kind)}
    terms.update(list_term(name, slug) for name, slug in item.lists)
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


def kind_term(kind: str) -> str:
    """Return the term of all things of a kind."""
    return f"{KIND}{_uncut(kind)}"


def scope_term(scope: str) -> str:
    """Return the term of all things of a scope."""
    return f"{SCOPE}{_uncut(scope)}"


def place_term(scope: str, kind: str) -> str:
    """Return the term of things of a kind in a scope: one short list instead of the common part of two long ones."""
    return f"{SCOPE}{_uncut(scope)}{KIND}{_uncut(kind)}"


def list_term(name: str, slug: str) -> str:
    """Return the term of all things in whose list of this name a slug stands."""
    return f"{LIST}{_uncut(name)}{LIST}{_uncut(slug)}"


def _uncut(name: str) -> str:
    return name.replace("-", "‑").replace("_", "‗")


def _others(item: Item) -> Iterator[tuple[str, str]]:
    for text in item.fields.values():
        if text is not item.title:
            yield from text.values.items()
    yield from (("en", words) for words in item.words)


def _names(words: list[str], language: str) -> Iterator[str]:
    """Yield how words sound, each and together with the next: «بندرعباس» is Bandar Abbas.

    What is joined has a mark of its own: the beginning of a common word would else ask for all that follows it.
    """
    for word in words:
        yield from _sounding(word, language)
    for first, second in pairwise(words):
        joined = first + second
        yield from (f"{JOINED}{term}" for term in (_plain(joined), *_sounding(joined, language)))


def conditions(query: str) -> list[Condition]:
    """Return what a query asks for, from the narrowest to the widest, each wider than the one before.

    They are: the title; its beginning; words of the title; words from anywhere, and such as sound so; the same bones;
    and, of several words, the same bones in one word. Every word must be met, the last one by its beginning. Nothing
    is asked for by a query without a word.
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
        bare.append((*voices[-1], *_boned(word, language, is_last=is_last), *_joined(word, language)))
    widest = [tuple(bare)]
    if len(words) > 1:
        together = "".join(words)
        boned = _boned(together, language, is_last=False)
        widest.append(((Term(_plain(together)), *_heard(together, language), *boned, *_joined(together, language)),))
    return [((Term(whole),),), ((Term(whole, is_beginning=True),),), tuple(titles), tuple(voices), *widest]


def _heard(word: str, language: str, *, is_last: bool = False) -> Iterator[Term]:
    for spelling in sounds.spellings(word, language):
        for mark in (SOUNDS, TITLE, OTHER):
            yield Term(f"{mark}{spelling}"[:LONGEST], is_last and len(spelling) > 1)


def _boned(word: str, language: str, *, is_last: bool) -> Iterator[Term]:
    for bare in dict.fromkeys(map(sounds.bones, sounds.spellings(word, language))):
        n_consonants = sounds.n_consonants(bare)
        if is_last and n_consonants >= FEWEST_OF_A_BEGINNING:
            # While a name is typed its end is open: the vowel there says nothing yet.
            yield Term(f"{BONES}{bare.removesuffix('a')}"[:LONGEST], is_beginning=True)
        elif n_consonants >= FEWEST_CONSONANTS:
            yield Term(f"{BONES}{bare}"[:LONGEST])


def _joined(word: str, language: str) -> Iterator[Term]:
    """Yield how two words of a title are asked for that are one word in the query."""
    for term in (Term(_plain(word)), *_heard(word, language), *_boned(word, language, is_last=False)):
        yield Term(f"{JOINED}{term.text}")
