"""Publishing an edition: what stands now becomes its next public version, the same in every language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ejlas.exports import content, documents
from ejlas.forum import operations as forum

if TYPE_CHECKING:
    from ejlas.accounts.models import User
    from ejlas.forum.models import Edition, Publication


@transaction.atomic
def publish_edition(*, edition: Edition, note: str, by: User, at: datetime) -> Publication | None:
    """Publish the edition as it stands; None when nothing differs from the last publication."""
    made = content.build(edition)

    def texts(number: int) -> Iterator[tuple[str, str, str]]:
        return documents.ready_texts(made, number=number, published_at=at)

    return forum.publish(edition=edition, content=made, note=note, by=by, at=at, texts=texts)
