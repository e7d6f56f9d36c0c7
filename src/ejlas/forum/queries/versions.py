"""Questions about the versions of what the public sees: the list of publications, and the texts kept with each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ejlas.forum.models import Publication, PublishedText


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """One publication in the list of versions."""

    number: int
    published_at: datetime
    note: str
    digest: str


def versions_between(slug: str, first: int, last: int) -> list[PublishedVersion]:
    """Return the publications of an edition from one number to another, the newest first. One SQL query."""
    rows = _between(slug, first, last).order_by("-number")
    return [PublishedVersion(*row) for row in rows.values_list("number", "published_at", "note", "digest")]


def texts_between(slug: str, form: str, first: int, last: int) -> dict[int, str]:
    """Return the texts of a form that were kept with these publications, by number. One SQL query."""
    kept = PublishedText.objects.filter(
        form=form, publication__edition__slug=slug, publication__number__range=(first, last)
    )
    return dict(kept.values_list("publication__number", "text"))


def contents_between(slug: str, first: int, last: int) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield number and content of these publications, the oldest first and one at a time. One SQL query."""
    rows = _between(slug, first, last).order_by("number")
    yield from rows.values_list("number", "content").iterator(chunk_size=1)


def _between(slug: str, first: int, last: int) -> Any:
    return Publication.objects.filter(edition__slug=slug, number__range=(first, last))
