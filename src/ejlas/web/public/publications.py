"""What this process keeps of publications: their content as pages read it, and the rows of their programmes."""

from __future__ import annotations

from typing import cast

from ejlas.exports.content import Content
from ejlas.forum import queries
from ejlas.forum.queries import PublishedEdition
from ejlas.web.public import rows
from ejlas.web.public.answers import Kept
from ejlas.web.public.edition import Indexed
from ejlas.web.public.filters import Choices
from ejlas.web.ui.reading import Reader

# A publication does not change, so nothing here grows stale; a few are kept, for their content is large.
_indexed: Kept[Indexed] = Kept(most=3)
_choices: Kept[Choices] = Kept(most=64)
_rows: Kept[tuple[rows.Row, ...]] = Kept(most=18)


def indexed(published: PublishedEdition) -> Indexed:
    """Return the content of a publication. One SQL query, and none the next time."""
    key = _name(published)
    found = _indexed.get(key)
    if found is not None:
        return found
    content = cast(Content, queries.publication_content(published.publication_id))
    return _indexed.keep(key, Indexed.of(content))


def content(published: PublishedEdition) -> Content:
    """Return the content of a publication as it is stored. One SQL query, unless its pages were asked for before."""
    found = _indexed.get(_name(published))
    return found.content if found else cast(Content, queries.publication_content(published.publication_id))


def choices(published: PublishedEdition) -> Choices:
    """Return what the programme of a publication can be filtered by."""
    key = _name(published)
    return _choices.get(key) or _choices.keep(key, indexed(published).choices())


def written(published: PublishedEdition, reader: Reader) -> tuple[rows.Row, ...]:
    """Return the rows of a programme in the reader's language, in which the interface must speak already."""
    key = f"{_name(published)}/{reader.language}"
    return _rows.get(key) or _rows.keep(key, rows.write(indexed(published), reader))


def forget() -> None:
    """Forget what this process keeps; for tests and for measuring."""
    for kept in (_indexed, _choices, _rows):
        kept.clear()


def _name(published: PublishedEdition) -> str:
    return f"{published.publication_id}/{published.digest}"
