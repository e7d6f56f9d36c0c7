"""Bodies: one that was dissolved hands what it still owes to the body that follows it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.forum import operations as forum
from ejlas.readiness.models import Body, Obligation
from ejlas.readiness.operations import errors


@transaction.atomic
def dissolve_body(*, body: Body, day: date, by: User, at: datetime, heir: Body | None = None) -> int:
    """Note that a body is no more; what it still owes goes to its heir, and is counted.

    Raises OpenLeft, BodyDissolved.
    """
    owed = list(Obligation.objects.filter(body=body).open().select_related("edition").order_by("pk"))
    name = body.name.wording("en").text or body.slug
    if owed and heir is None:
        raise errors.OpenLeft(name=name, number=len(owed))
    if heir is not None and (heir.pk == body.pk or heir.dissolved_on is not None):
        raise errors.BodyDissolved(name=heir.name.wording("en").text or heir.slug, day=str(heir.dissolved_on or day))
    if owed:
        forum.change_many(things=owed, fields={"body": heir}, by=by, at=at)
    forum.change_thing(thing=body, fields={"dissolved_on": day}, by=by, at=at)
    return len(owed)
