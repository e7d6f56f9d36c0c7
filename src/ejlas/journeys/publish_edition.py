"""Publishing an edition: what stands now becomes its next public version, the same in every language."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ejlas.exports import content
from ejlas.forum import operations as forum

if TYPE_CHECKING:
    from ejlas.accounts.models import User
    from ejlas.forum.models import Edition, Publication


@transaction.atomic
def publish_edition(*, edition: Edition, note: str, by: User, at: datetime) -> Publication | None:
    """Publish the edition as it stands; None when nothing differs from the last publication."""
    return forum.publish(edition=edition, content=content.build(edition), note=note, by=by, at=at)
