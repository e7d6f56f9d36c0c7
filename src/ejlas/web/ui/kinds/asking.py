"""Asking with the form of a kind, in the reader's language."""

from __future__ import annotations

from typing import Any

from ejlas.forum.forms import Ask
from ejlas.web.ui.kinds.base import Kind


def ask(kind: Kind, edition: Any, language: str) -> Ask:
    """Return what the form of a kind must know of the edition and the reader."""
    return Ask(edition, language, kind.words)


def form_of(kind: Kind, edition: Any, language: str, **options: Any) -> Any:
    """Return the form of a kind for one thing, new or stored."""
    return kind.form(ask=ask(kind, edition, language), **options)
