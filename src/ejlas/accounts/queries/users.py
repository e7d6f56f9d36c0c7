"""Questions about users."""

from __future__ import annotations

from ejlas.accounts.models import User


def system_account() -> User:
    """Return the account in whose name the command line acts; the first migration made it."""
    return User.objects.get(is_system=True)


def user_by_email(email: str) -> User | None:
    """Return the user with this address, whatever its case, or None."""
    return User.objects.filter(email__iexact=email.strip()).first()


def user_by_key(key: int) -> User | None:
    """Return the user of a key, or None."""
    return User.objects.filter(pk=key).first()
