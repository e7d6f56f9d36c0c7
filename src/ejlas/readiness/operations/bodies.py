"""Bodies: one that was dissolved hands what it still owes to the body that follows it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.said import Number
from ejlas.forum import operations as forum
from ejlas.forum.operations.said import called
from ejlas.readiness.models import Body, Obligation
from ejlas.readiness.operations import errors


@transaction.atomic
def dissolve_body(*, body: Body, day: date, by: User, at: datetime, heir: Body | None = None) -> int:
    """Note that a body is no more; what it still owes goes to its heir, and is counted.

    Raises OpenLeft, BodyDissolved.
    """
    owed = list(Obligation.objects.filter(body=body).open().select_related("edition").order_by("pk"))
    if owed and heir is None:
        raise errors.OpenLeft(name=called(body), number=Number(len(owed)))
    if heir is not None and (heir.pk == body.pk or heir.dissolved_on is not None):
        raise errors.BodyDissolved.of(heir, day)
    if owed:
        forum.change_many(things=owed, fields={"body": heir}, by=by, at=at)
    forum.change_thing(thing=body, fields={"dissolved_on": day}, by=by, at=at)
    return len(owed)
