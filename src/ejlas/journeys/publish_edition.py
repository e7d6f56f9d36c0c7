"""Publishing an edition: what stands now becomes its next public version, the same in every language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ejlas.exports import content, documents, versions
from ejlas.forum import operations as forum
from ejlas.forum.queries.versions import contents_between

if TYPE_CHECKING:
    from ejlas.accounts.models import User
    from ejlas.forum.models import Edition, Publication


@transaction.atomic
def publish_edition(*, edition: Edition, note: str, by: User, at: datetime) -> Publication | None:
    """Publish the edition as it stands; None when nothing differs from the last publication."""
    made = content.build(edition)

    def texts(number: int) -> Iterator[tuple[str, str, str]]:
        yield from documents.ready_texts(made, number=number, published_at=at)
        before = dict(contents_between(edition.slug, number - 1, number - 1)).get(number - 1)
        yield versions.kept_text(before, made)

    return forum.publish(edition=edition, content=made, note=note, by=by, at=at, texts=texts)
