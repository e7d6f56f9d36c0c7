"""The versions of an edition, a page of them at a time, each with what changed to the one before."""

from __future__ import annotations

from dataclasses import dataclass

from ejlas.exports import versions as kept
from ejlas.exports.versions import Version
from ejlas.forum.queries import versions as queries
from ejlas.forum.queries.published import PublishedEdition
from ejlas.forum.queries.versions import PublishedVersion

PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class Page:
    """Some versions in a row, the newest first, and where they stand among all."""

    number: int
    last: int
    versions: tuple[tuple[PublishedVersion, Version], ...]


def n_pages(published: PublishedEdition) -> int:
    """Return how many pages there are; versions are numbered without a gap."""
    return max(1, -(-published.number // PER_PAGE))


def page_number(published: PublishedEdition, asked: str) -> int | None:
    """Return the page that an address asks for, the first without a wish; None where there is none."""
    if not asked:
        return 1
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 8 else 0
    return number if 1 <= number <= n_pages(published) else None


def page_of(published: PublishedEdition, number: int) -> Page:
    """Return one page. Two SQL queries; one more where versions are older than the keeping of changes."""
    newest = published.number - (number - 1) * PER_PAGE
    oldest = max(1, newest - PER_PAGE + 1)
    rows = queries.versions_between(published.slug, oldest, newest)
    texts = queries.texts_between(published.slug, kept.FORM, oldest, newest)
    changes = {each: kept.read(text) for each, text in texts.items()}
    missing = [row.number for row in rows if row.number not in changes]
    if missing:
        contents = queries.contents_between(published.slug, min(missing) - 1, max(missing))
        changes = dict(kept.between(contents)) | changes
    return Page(number, n_pages(published), tuple((row, changes[row.number]) for row in rows))
