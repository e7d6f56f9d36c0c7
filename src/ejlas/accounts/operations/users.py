"""Making accounts."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.audit import operations as audit
from ejlas.core.errors import RuleBroken, marked


class EmailTaken(RuleBroken):
    """An address belongs to one account."""

    message = marked("There is an account with this address already.")


@transaction.atomic
def add_user(*, email: str, name: str, language: str, password: str | None, by: User, at: datetime) -> User:
    """Make an account for an address whose owner is known; without a password it signs in by a link or a passkey.

    Raises EmailTaken.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise EmailTaken
    user = User(email=email.lower(), name=name, language=language)
    user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    values = {"after": {"name": name, "language": language}}
    audit.record([audit.Entry("accounts.user.added", "user", str(user.pk), values)], scope="", by=by.name, at=at)
    return user
