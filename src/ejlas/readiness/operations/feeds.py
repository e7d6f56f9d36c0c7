"""Secret links by which bodies subscribe to their deadlines: made, made anew, and voided."""

from __future__ import annotations

import secrets as chance
from datetime import datetime

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core import secrets
from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.readiness.models import Body, DeadlineFeed
from ejlas.readiness.operations import errors
from ejlas.readiness.queries.feeds import PURPOSE

EVENT = "readiness.deadline-feed"
_BYTES = 24


@transaction.atomic
def make_feed(*, body: Body, by: User, at: datetime) -> str:
    """Make the link of a body and return its secret, which is shown once. Raises BodyDissolved.

    A link that stood before is void.
    """
    held = Body.objects.select_for_update(of=("self",)).select_related("edition").get(pk=body.pk)
    if held.dissolved_on is not None:
        raise errors.BodyDissolved.of(held)
    token = chance.token_urlsafe(_BYTES)
    fields = {"token_hash": secrets.keyed_hash(token, purpose=PURPOSE), "made_at": at, "made_by": by.name}
    DeadlineFeed.objects.update_or_create(body=held, defaults=fields)
    _note("made", held, by, at)
    return token


@transaction.atomic
def void_feed(*, body: Body, by: User, at: datetime) -> bool:
    """Make the link of a body void; return whether there was one."""
    gone, _ = DeadlineFeed.objects.filter(body=body).delete()
    if gone:
        _note("voided", body, by, at)
    return bool(gone)


def _note(what: str, body: Body, by: User, at: datetime) -> None:
    entry = Entry(f"{EVENT}.{what}", "body", body.slug, {})
    audit.record([entry], scope=body.edition.slug, by=by.name, at=at)
