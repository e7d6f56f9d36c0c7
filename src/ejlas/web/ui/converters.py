"""Parts of addresses that several audiences read: a language, an edition."""

from __future__ import annotations

from django.urls import register_converter

from ejlas.core import languages
from ejlas.forum import rules


class Language:
    """A language code, such as fa or pt-BR."""

    regex = "[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"

    def to_python(self, value: str) -> str:
        if not languages.is_language(value):
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        return value


class Edition:
    """An edition's slug; never the look of a language, nor a word of the system."""

    regex = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*"

    def to_python(self, value: str) -> str:
        if not rules.slug_is_free(value):
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        return value


def register() -> None:
    """Let addresses speak of languages and editions; once is enough, and twice does no harm."""
    register_converter(Language, "language")
    register_converter(Edition, "edition")
