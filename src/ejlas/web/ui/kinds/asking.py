"""Asking with the form of a kind, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ejlas.forum.forms import Ask
from ejlas.web.ui.kinds.base import Kind


def ask(kind: Kind, edition: Any, language: str, *, only: Iterable[str] = ()) -> Ask:
    """Return what the form of a kind must know of the edition and the reader; `only` some fields may be asked for."""
    return Ask(edition, language, kind.words, only=frozenset(only))


def form_of(kind: Kind, edition: Any, language: str, **options: Any) -> Any:
    """Return the form of a kind for one thing, new or stored."""
    return kind.form(ask=ask(kind, edition, language), **options)
