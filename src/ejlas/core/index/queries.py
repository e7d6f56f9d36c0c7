"""Questions to the index: what is found, in which order things stand, and which wordings want work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from ejlas.core.index.models import Entry, Key, Wording
from ejlas.core.index.rules import WordingState
from ejlas.core.text import Text


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that a search found."""

    scope: str
    kind: str
    slug: str
    title: Text


def search(
    query: str, *, scopes: Iterable[str] | None = None, kinds: Iterable[str] | None = None, limit: int = 20
) -> list[Found]:
    """Return what these words find, in any script, the nearest first; None stands for every scope or kind."""
    raise NotImplementedError


def matching(scope: str, kind: str, query: str) -> QuerySet[Entry, str]:
    """Return the slugs of things that these words find, for `filter(slug__in=…)`; nothing is asked before that."""
    raise NotImplementedError


def in_order(
    scope: str, kind: str, language: str, *, slugs: QuerySet[Entry, str] | None = None, descending: bool = False
) -> QuerySet[Key, str]:
    """Return the slugs of a kind in the order of a language, to be cut into pages; `slugs` keeps those among them."""
    raise NotImplementedError


def wordings(
    scope: str, *, language: str | None = None, state: WordingState | None = None, kind: str | None = None
) -> QuerySet[Wording]:
    """Return states of wordings, with their entries, in a fixed order, to be counted and cut into pages."""
    raise NotImplementedError


def wording_counts(scope: str, *, kind: str | None = None) -> dict[str, dict[WordingState, int]]:
    """Return how many wordings are in each state, by language."""
    raise NotImplementedError


def wordings_of(scope: str, kind: str, slug: str) -> dict[str, dict[str, Wording]]:
    """Return the states of one thing's wordings, by field and language."""
    raise NotImplementedError


def stands() -> bool:
    """Tell whether the index was made, and by the rules of this version."""
    return False
