"""Remembering visits, so that a home can tell what has changed since."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from ejlas.accounts.models import User, Visit

# Looking again within this time is the same visit: what is new stays new while one works.
ONE_VISIT = timedelta(minutes=30)


def note_visit(*, user: User, edition: str, newest: int, at: datetime) -> Visit:
    """Note that a person looks at an edition's desk now; return the visit, with what the one before had seen.

    One SQL query where there is nothing to note.
    """
    visit = Visit.objects.filter(user=user, edition=edition).first()
    if visit is not None and visit.newest == newest and at - visit.began_at < ONE_VISIT:
        return visit
    return _noted(user, edition, newest, at)


@transaction.atomic
def _noted(user: User, edition: str, newest: int, at: datetime) -> Visit:
    visit, is_first = Visit.objects.get_or_create(
        user=user, edition=edition, defaults={"began_at": at, "newest": newest, "seen": newest}
    )
    if is_first:
        return visit
    if at - visit.began_at >= ONE_VISIT:
        visit.seen, visit.seen_at = visit.newest, visit.began_at
        visit.began_at, visit.newest = at, newest
        visit.save(update_fields=["seen", "seen_at", "began_at", "newest"])
    elif newest != visit.newest:
        visit.newest = newest
        visit.save(update_fields=["newest"])
    return visit
