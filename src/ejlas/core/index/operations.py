"""Every change to the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import models

from ejlas.core.index.rules import Item


def set_languages(*, scope: str, languages: Iterable[str], fallbacks: Iterable[str], at: datetime) -> bool:
    """Keep the languages of a scope, and bring its wordings and sort keys up to date if they differ from before."""
    raise NotImplementedError


def note(items: Iterable[Item], *, at: datetime) -> set[tuple[str, str]]:
    """Bring what the index holds of these things up to date; return scope and kind of those whose title changed."""
    raise NotImplementedError


def note_rows(rows: Iterable[models.Model], *, at: datetime | None = None) -> None:
    """Bring what the index holds of these rows up to date, of those that are indexed."""
    raise NotImplementedError


def forget(*, scope: str, kind: str, slugs: Iterable[str]) -> None:
    """Take things out of the index."""
    raise NotImplementedError


def forget_rows(rows: Iterable[models.Model]) -> None:
    """Take rows out of the index before they are removed, and with them all that the removal takes along."""
    raise NotImplementedError


def rebuild(*, at: datetime, scope: str | None = None, progress: Callable[[str, int], None] | None = None) -> int:
    """Bring the index of one scope, or the whole, into agreement with the tables; return how many things it holds."""
    return 0


def mark_current(
    *, scope: str, kind: str, slug: str, wordings: Iterable[tuple[str, str]], by: str, at: datetime
) -> int:
    """Say that these wordings, given by field and language, are not behind; return how many were, for the trail too."""
    raise NotImplementedError
