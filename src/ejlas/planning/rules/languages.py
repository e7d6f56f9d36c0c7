"""Which interpretation a meeting needs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

Pair = tuple[str, str]


class NoSharedLanguage(NamedTuple):
    """The languages of a meeting that nobody can interpret."""

    languages: tuple[str, ...]


def needed_pair(
    speakers: Sequence[Sequence[str]], pairs: Collection[Pair], *, stated: Sequence[str] = ()
) -> Pair | NoSharedLanguage | None:
    """Say which interpretation a meeting needs.

    Parameters
    ----------
    speakers : of each party, the languages its delegation can work in, best first
    pairs : the language pairs for which there are interpreters, each in alphabetical order
    stated : languages that the request names; they go before what would be found

    Returns
    -------
    None where one language serves all; else the pair of interpreters that serves every party and stands
    highest in the parties' own preferences; NoSharedLanguage where there is none.
    """
    if len(stated) == 1:
        return None
    if len(stated) == 2:
        return ordered(stated[0], stated[1])
    if set.intersection(*(set(languages) for languages in speakers)):
        return None
    serving = [pair for pair in pairs if all(set(pair) & set(languages) for languages in speakers)]
    if not serving:
        return NoSharedLanguage(tuple(dict.fromkeys(languages[0] for languages in speakers)))
    return min(serving, key=lambda pair: (_reach(pair, speakers), pair))


def ordered(one: str, other: str) -> Pair:
    """Return a language pair in alphabetical order."""
    return (one, other) if one <= other else (other, one)


def _reach(pair: Pair, speakers: Sequence[Sequence[str]]) -> int:
    return sum(min(languages.index(code) for code in pair if code in languages) for languages in speakers)
