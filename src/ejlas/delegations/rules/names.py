"""Names of people compared across scripts: by how they sound, whatever the order of their words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations

from ejlas.core.index.rules import sounds
from ejlas.delegations.rules.folding import distance

LONGEST_KEY = 200
LIKELY = 0.85
# In a bucket of more people each is held against its neighbours only.
_MOST_IN_BUCKET, _NEIGHBOURS = 60, 20
_MOST_WORDS = 5
_OTHER_DAY, _NEAR_DAY = 0.75, 0.93
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ\u200c][^\W\d_]+)*")
_PATRONYMIC = re.compile(
    r".{2,}(?:ович|евич|овна|евна|ична|инична|ovich|evich|ovna|evna|ichna|yevich|yevna|owiç|ewiç|owna|ewna|ович|улы|ұлы|"
    r"қызы|кызы|qızı|qyzy|kyzy|gyzy|oğlu|oglu|ogly|uly|وویچ|ویچ|وونا|ونا)"
)
_SON_WORDS = "oglu oğlu ogly oglou oghlu uly ulı ұлы улы оглы оглу اوغلی"
_DAUGHTER_WORDS = "qizi qızı kizi kızı gyzy kyzy qyzy қызы кызы гызы قیزی"
_SON_OR_DAUGHTER = frozenset(f"{_SON_WORDS} {_DAUGHTER_WORDS}".split())
_PARTICLE_WORDS = "al el ol ul bin bint ibn ben de da do dos di du van von der ال بن"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person to compare: what tells one from another, the names in whichever scripts are known, the day of birth."""

    key: Hashable
    names: tuple[str, ...]
    born_on: date | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may be one, and how likely by their names, 0 to 1."""

    one: Hashable
    other: Hashable
    likeness: float


# --- Words ---


def is_patronymic(word: str) -> bool:
    """Tell whether a word says whose child somebody is."""
    small = word.casefold()
    return small in _SON_OR_DAUGHTER or bool(_PATRONYMIC.fullmatch(small))


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name in small letters, without patronymics and particles as long as two words are left."""
    return _words_of(name)


@lru_cache(maxsize=65536)
def _words_of(name: str) -> tuple[str, ...]:
    words = [word.casefold() for word in _WORD.findall(name)]
    told = [
        number
        for number, word in enumerate(words)
        if word in _SON_OR_DAUGHTER or (number + 1 < len(words) and words[number + 1] in _SON_OR_DAUGHTER)
    ]
    kept = [word for number, word in enumerate(words) if number not in told]
    if len(kept) < 2:
        kept = [word for word in words if word not in _SON_OR_DAUGHTER]
    for leaves_out in (_PARTICLES.__contains__, is_patronymic):
        fewer = [word for word in kept if not leaves_out(word)]
        if len(fewer) > 1:
            kept = fewer
    return tuple(kept[:_MOST_WORDS])


@dataclass(frozen=True, slots=True)
class _Sound:
    spellings: tuple[str, ...]
    bones: frozenset[str]
    first: str
    has_vowels: bool


@lru_cache(maxsize=65536)
def _sound(word: str) -> _Sound:
    language = sounds.guessed_language(word) or ("en" if "x" in word else "")
    spellings = sounds.spellings(word, language)[:4] or (word,)
    bare = [_coarse(sounds.bones(spelling)) or spelling for spelling in spellings]
    has_vowels = not ("\u0600" <= word[0] <= "\u06ff")
    return _Sound(spellings, frozenset(bare), bare[0], has_vowels)


def _coarse(bones: str) -> str:
    """Return bones by which letters meet that scripts write for one another."""
    even = re.sub(r"(.)\1+", r"\1", bones.replace("g", "k").replace("f", "v"))
    return even.strip("a") or even


def spoken(name: str) -> str:
    """Return the key by which the spellings of a name in Latin, Cyrillic and Persian letters meet, in any order."""
    return " ".join(sorted(_sound(word).first for word in words_of(name)))[:LONGEST_KEY]


# --- Likeness ---


def alike(one: Somebody, other: Somebody) -> float:
    """Return how likely two people are one, 0 to 1, by the likest of their names; less if born on other days."""
    best = max((_names_alike(a, b) for a in one.names for b in other.names), default=0.0)
    if one.born_on and other.born_on and one.born_on != other.born_on:
        return best * (_NEAR_DAY if _is_slip(one.born_on, other.born_on) else _OTHER_DAY)
    return best


def _is_slip(one: date, other: date) -> bool:
    """Tell whether two days differ by one of their three numbers only, or by the order of two."""
    parts = ((one.year, one.month, one.day), (other.year, other.month, other.day))
    return sum(a == b for a, b in zip(*parts, strict=True)) == 2 or sorted(parts[0]) == sorted(parts[1])


@lru_cache(maxsize=65536)
def _names_alike(one: str, other: str) -> float:
    fewer, more = sorted((words_of(one), words_of(other)), key=len)
    if not fewer:
        return 0.0
    ways = [more]
    if 1 < len(more) > len(fewer):
        # Two given names may stand as one word.
        ways += [(*more[:at], more[at] + more[at + 1], *more[at + 2 :]) for at in range(len(more) - 1)]
    return max(_matched(fewer, way) for way in ways)


def _matched(fewer: tuple[str, ...], more: tuple[str, ...]) -> float:
    """Return how far each word finds its like, whatever the order."""
    left = list(more)
    total = weights = 0.0
    for word in fewer:
        best = max(left, key=lambda each: _words_alike(word, each))
        weight = max(len(word), len(best), 3)
        total += weight * _words_alike(word, best)
        weights += weight
        left.remove(best)
    # A word that the other lacks counts little if two agree, and much if only one does.
    spare = sum(max(len(word), 3) for word in left)
    return total / (weights + spare * (0.25 if len(fewer) > 1 else 1.0))


@lru_cache(maxsize=262144)
def _words_alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    a, b = _sound(one), _sound(other)
    if a.has_vowels and b.has_vowels:
        return max(_near(x, y) for x in a.spellings for y in b.spellings)
    if a.bones & b.bones:
        return 1.0 if a.has_vowels != b.has_vowels else 0.9
    return 0.9 * max(_near(x, y) for x in a.bones for y in b.bones)


def _near(one: str, other: str) -> float:
    longer = max(len(one), len(other))
    most = longer // 2
    return max(0.0, 1 - distance(one, other, most) / longer) if longer else 0.0


# --- Who may be whom ---


def candidates(people: Sequence[Somebody], *, least: float = LIKELY) -> list[Pair]:
    """Return the pairs of people who are alike enough, the likest first; only those who share a bucket are compared."""
    buckets: dict[object, list[int]] = defaultdict(list)
    for number, somebody in enumerate(people):
        for bucket in set(_buckets(somebody)):
            buckets[bucket].append(number)
    pairs = {pair for bucket in buckets.values() if len(bucket) > 1 for pair in _within(bucket, people)}
    found = [Pair(people[a].key, people[b].key, round(alike(people[a], people[b]), 3)) for a, b in sorted(pairs)]
    return sorted((pair for pair in found if pair.likeness >= least), key=lambda pair: -pair.likeness)


def _buckets(somebody: Somebody) -> Iterator[object]:
    """Yield what two people share if they may be one: a word and the beginning of another, or a word and the birth."""
    for name in somebody.names:
        words = words_of(name)
        each = [sorted(_sound(word).bones) for word in words]
        if len(words) == 1:
            yield from (("only", bones) for bones in each[0])
        for one, other in combinations(range(len(words)), 2):
            for a, b in ((one, other), (other, one)):
                yield from ((bones, begin[:1]) for bones in each[a] for begin in each[b][:2])
        if somebody.born_on:
            yield from ((bones, somebody.born_on) for one_of in each for bones in one_of)


def _within(bucket: list[int], people: Sequence[Somebody]) -> Iterable[tuple[int, int]]:
    if len(bucket) <= _MOST_IN_BUCKET:
        return combinations(bucket, 2)
    order = sorted(bucket, key=lambda number: (sorted(map(spoken, people[number].names)), number))
    return (
        (min(one, other), max(one, other))
        for place, one in enumerate(order)
        for other in order[place + 1 : place + _NEIGHBOURS]
    )
