"""Making and using links that sign one person in, once."""

from __future__ import annotations

import secrets as chance
from datetime import datetime

from django.db import transaction

from ejlas.accounts.models import SignInLink, User
from ejlas.accounts.queries.links import PURPOSE, LinkUsed, opened_link
from ejlas.core import secrets
from ejlas.core.audit import operations as audit


@transaction.atomic
def make_sign_in_link(*, user: User, by: User, at: datetime, expires_at: datetime, is_demo: bool = False) -> str:
    """Make a link for an account and return its token, which is not kept; links made before are void."""
    SignInLink.objects.filter(user=user, used_at__isnull=True, expires_at__gt=at).update(expires_at=at)
    token = chance.token_urlsafe(32)
    kept = secrets.keyed_hash(token, purpose=PURPOSE)
    SignInLink.objects.create(user=user, key_hash=kept, made_at=at, expires_at=expires_at, is_demo=is_demo)
    entry = audit.Entry("accounts.sign_in_link.added", "user", str(user.pk), {"after": {"is_demo": is_demo}})
    audit.record([entry], scope="", by=by.name, at=at)
    return token


@transaction.atomic
def use_sign_in_link(*, token: str, at: datetime) -> User:
    """Take a link for signing in; the second to come finds it used. Raises LinkDead."""
    link = opened_link(token, at=at)
    if not SignInLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=at):
        raise LinkUsed
    entry = audit.Entry("accounts.sign_in_link.used", "user", str(link.user_id), {})
    audit.record([entry], scope="", by=link.user.name, at=at)
    return link.user
