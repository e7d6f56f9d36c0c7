"""Things for the tests of the index."""

from __future__ import annotations

from datetime import UTC, datetime

from ejlas.core.index import operations
from ejlas.core.index.rules import Item
from ejlas.core.text import Text

AT = datetime(2025, 11, 1, 8, 0, tzinfo=UTC)
LATER = datetime(2025, 11, 2, 8, 0, tzinfo=UTC)
LANGUAGES = ("fa", "en", "ru")


def thing(slug: str, *, scope: str = "x2025", kind: str = "party", words: tuple[str, ...] = (), **title: str) -> Item:
    """Return a thing whose title is its only field."""
    return Item(scope, kind, slug, Text(title), {"name": Text(title)}, words)


def note(*items: Item, at: datetime = AT) -> None:
    """Note things in an edition of three languages."""
    operations.set_languages(scope="x2025", languages=LANGUAGES, fallbacks=["en"], at=at)
    operations.note(items, at=at)
