"""Ending sign-ins, and noting when one was last used."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.audit import operations as audit


def note_sign_in_seen(*, session_key: str, at: datetime) -> None:
    """Note that a sign-in was used just now."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=at)


@transaction.atomic
def end_sign_in(*, user: User, key: int, at: datetime) -> bool:
    """End one sign-in of a user at once; return whether there was one."""
    session = UserSession.objects.filter(user=user, pk=key).first()
    if session is None:
        return False
    session.end()
    _record(user, n=1, at=at)
    return True


@transaction.atomic
def end_other_sign_ins(*, user: User, kept: str, at: datetime) -> int:
    """End every sign-in of a user but the one whose session is kept; return how many."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=kept))
    for session in sessions:
        session.end()
    if sessions:
        _record(user, n=len(sessions), at=at)
    return len(sessions)


def _record(user: User, *, n: int, at: datetime) -> None:
    entry = audit.Entry("accounts.sign_in.ended", "user", str(user.pk), {"after": {"n": n}})
    audit.record([entry], scope="", by=user.name, at=at)
