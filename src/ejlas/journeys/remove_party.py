"""Removing a party: nothing may name it any more, and the roles of its people end with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ejlas.accounts import operations as accounts
from ejlas.delegations import operations as delegations
from ejlas.forum import operations as forum
from ejlas.forum import queries as forum_queries
from ejlas.programme import queries as programme_queries

if TYPE_CHECKING:
    from ejlas.accounts.models import User
    from ejlas.forum.models import Party


@transaction.atomic
def remove_party(*, thing: Party, by: User, at: datetime, revision: int | None = None) -> int:
    """Remove a party; return the line by which it can be put back. Raises StillNeeded, ChangedMeanwhile."""
    edition = thing.edition
    needing = programme_queries.things_naming_party(edition, thing.slug) + forum_queries.offices_of_party(thing)
    if needing:
        raise forum.StillNeeded(things=", ".join(needing[:10]))
    keep = set(forum_queries.parties_by_slug(edition)) - {thing.slug}
    delegations.release_parties(edition=edition, keep=keep, by=by, at=at)
    accounts.withdraw_roles_of(kind="party", slug=thing.slug, edition=edition.slug, by=by, at=at)
    return forum.remove_thing(thing=thing, by=by, at=at, revision=revision)
