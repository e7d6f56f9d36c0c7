"""Removing a source: nothing may rest on it any more."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ejlas.forum import operations as forum
from ejlas.forum import queries as forum_queries
from ejlas.outcomes import queries as outcome_queries
from ejlas.programme import queries as programme_queries

if TYPE_CHECKING:
    from ejlas.accounts.models import User
    from ejlas.forum.models import Source


@transaction.atomic
def remove_source(*, thing: Source, by: User, at: datetime, revision: int | None = None) -> int:
    """Remove a source; return the line by which it can be put back. Raises StillNeeded, ChangedMeanwhile."""
    readers = (forum_queries.things_citing, programme_queries.things_citing, outcome_queries.things_citing)
    needing = [name for citing in readers for name in citing(thing.edition, thing.slug)]
    if needing:
        raise forum.StillNeeded(things=", ".join(needing[:10]))
    return forum.remove_thing(thing=thing, by=by, at=at, revision=revision)
