"""Deadlines of a body for its calendar, and the secret links to them."""

from __future__ import annotations

from collections.abc import Collection

from ejlas.core import secrets
from ejlas.forum.models import Edition
from ejlas.readiness.models import Body, Obligation

PURPOSE = "readiness.deadline-feed"
_LONGEST = 100


def body_of_token(token: str) -> Body | None:
    """Return the body whose link this is; one that was dissolved has none."""
    if not token or len(token) > _LONGEST:
        return None
    hashed = secrets.keyed_hash(token, purpose=PURPOSE)
    found = Body.objects.filter(deadline_feed__token_hash=hashed, dissolved_on=None)
    return found.select_related("edition").first()


def deadlines_of(body: Body) -> list[Obligation]:
    """Return what a body still owes on a day, the soonest first. One SQL query."""
    rows = Obligation.objects.filter(body=body, due_on__isnull=False).open()
    return list(rows.select_related("workstream").order_by("due_on", "position", "pk"))


def bodies_with_feeds(edition: Edition, slugs: Collection[str] | None = None) -> list[Body]:
    """Return the bodies that are there, or those of these slugs, each with its link. One SQL query."""
    rows = Body.objects.filter(edition=edition, dissolved_on=None).select_related("edition", "deadline_feed")
    return list(rows if slugs is None else rows.filter(slug__in=slugs))
