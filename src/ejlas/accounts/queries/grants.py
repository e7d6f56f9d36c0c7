"""Questions about grants."""

from __future__ import annotations

from datetime import datetime

from ejlas.accounts import rules
from ejlas.accounts.models import Grant, User
from ejlas.accounts.models.grants import GrantQuerySet


def grants_held_by(user: User, *, at: datetime) -> list[Grant]:
    """Return the grants of a user that hold at a moment, oldest first. One SQL query."""
    return list(Grant.objects.filter(user=user).holding(at).order_by("granted_at", "pk"))


def grants_in(edition: str) -> GrantQuerySet:
    """Return all grants that concern an edition, withdrawn and ended ones too, with their users."""
    return Grant.objects.at_edition(edition).select_related("user")


def holders_of(roles: frozenset[rules.Role], *, edition: str, at: datetime) -> list[User]:
    """Return the users who hold one of these roles at an edition at a moment. One SQL query."""
    held = Grant.objects.holding(at).at_edition(edition).filter(role__in=roles)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk"))


def grant_by_key(key: int) -> Grant | None:
    """Return a grant with its user, or None."""
    return Grant.objects.select_related("user").filter(pk=key).first()
