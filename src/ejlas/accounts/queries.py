"""Questions about accounts."""

from __future__ import annotations

from ejlas.accounts.models import User


def system_account() -> User:
    """Return the account in whose name the command line acts; the first migration made it."""
    return User.objects.get(is_system=True)
