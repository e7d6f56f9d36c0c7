"""Questions about users."""

from __future__ import annotations

from ejlas.accounts.models import User
from ejlas.accounts.permissions import lend_grants
from ejlas.accounts.rules import Held


def system_account() -> User:
    """Return the account in whose name the command line acts; the first migration made it."""
    return User.objects.get(is_system=True)


def user_by_email(email: str) -> User | None:
    """Return the user with this address, whatever its case, or None."""
    return User.objects.filter(email__iexact=email.strip()).first()


def user_by_key(key: int) -> User | None:
    """Return the user of a key, or None."""
    return User.objects.filter(pk=key).first()


def has_people() -> bool:
    """Tell whether there is any account beside that of the system."""
    return User.objects.filter(is_system=False).exists()


def person_to_be(*, email: str, name: str) -> User:
    """Return an account that is not stored, to hold a password against what it must not resemble."""
    return User(email=email, name=name)


def guest(*, email: str, name: str, held: Held) -> User:
    """Return somebody without an account who acts under one role for one request, by a link that was sent to them.

    Nothing of it is stored but the name, in what it did.
    """
    visitor = User(email=email, name=name)
    lend_grants(visitor, held)
    return visitor
