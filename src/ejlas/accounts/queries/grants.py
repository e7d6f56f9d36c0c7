"""Questions about grants."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from ejlas.accounts import rules
from ejlas.accounts.models import Grant, User
from ejlas.accounts.models.grants import GrantQuerySet

# How a list of grants can be sorted, and by which columns; the newest come first where nothing is said.
ORDERS = {
    "name": ("user__name", "user__email"),
    "role": ("role",),
    "party": ("party", "body"),
    "until": ("ends_at",),
    "by": ("granted_by",),
}


def grants_held_by(user: User, *, at: datetime) -> list[Grant]:
    """Return the grants of a user that hold at a moment, oldest first. One SQL query."""
    return list(Grant.objects.filter(user=user).holding(at).order_by("granted_at", "pk"))


def grants_in(edition: str) -> GrantQuerySet:
    """Return all grants that concern an edition, withdrawn and ended ones too, with their users."""
    return Grant.objects.at_edition(edition).select_related("user")


def grants_asked(
    edition: str,
    *,
    at: datetime,
    query: str = "",
    role: str = "",
    state: rules.GrantState | None = None,
    parties: Any = (),
    order: str = "",
) -> GrantQuerySet:
    """Return the grants at an edition that a list asks for, with their users, newest first.

    `query` is found in names and addresses, word by word; `parties`, slugs or a query of them, are found beside it.
    `order` is one of ORDERS; “-” before it turns it round.
    """
    sign = "-" if order.startswith("-") else ""
    columns = (f"{sign}{column}" for column in ORDERS.get(order.removeprefix("-"), ()))
    grants = Grant.objects.at_edition(edition).select_related("user").order_by(*columns, "-pk")
    if role:
        grants = grants.filter(role=role)
    if state is not None:
        grants = grants.in_state(state, at)
    return grants.filter(_written(query) | Q(party__in=parties)) if query else grants


def grants_of_keys(keys: list[int]) -> list[Grant]:
    """Return the grants of these keys with their users, in the order of the keys. One SQL query."""
    found = Grant.objects.select_related("user").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _written(query: str) -> Q:
    found = Q()
    for word in query.split():
        either = Q()
        for spelling in _spellings(word):
            either |= Q(user__name__icontains=spelling) | Q(user__email__icontains=spelling)
        found &= either
    return found


def _spellings(word: str) -> set[str]:
    # SQLite knows capitals of the Latin alphabet alone, and keyboards differ in the yeh and the kaf they write.
    if word.isascii():
        return {word}
    arabic, persian = word.translate({0x6CC: 0x64A, 0x6A9: 0x643}), word.translate({0x64A: 0x6CC, 0x643: 0x6A9})
    return {word, word.lower(), word.upper(), word.capitalize(), arabic, persian}


def holders_of(roles: frozenset[rules.Role], *, edition: str, at: datetime) -> list[User]:
    """Return the users who hold one of these roles at an edition at a moment. One SQL query."""
    held = Grant.objects.holding(at).at_edition(edition).filter(role__in=roles)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk"))


def grants_for_party(edition: str, party: str, *, roles: frozenset[rules.Role], at: datetime) -> list[Grant]:
    """Return the grants of these roles that hold for a party, or for a medium, with their users. One SQL query."""
    held = Grant.objects.holding(at).filter(edition=edition, party=party, role__in=roles, user__is_active=True)
    return list(held.select_related("user").order_by("granted_at", "pk"))


def grants_for_bodies(edition: str, *, at: datetime) -> list[Grant]:
    """Return the grants by which people answer for bodies at an edition, with their users. One SQL query."""
    held = Grant.objects.holding(at).filter(edition=edition, role=rules.Role.BODY, user__is_active=True)
    return list(held.exclude(body="").select_related("user").order_by("granted_at", "pk"))


def grant_at(edition: str, key: int) -> Grant | None:
    """Return a grant that concerns an edition, also one for every edition, with its user; or None."""
    return Grant.objects.at_edition(edition).select_related("user").filter(pk=key).first() if key < 2**63 else None


def grant_by_key(key: int) -> Grant | None:
    """Return a grant with its user, or None."""
    return Grant.objects.select_related("user").filter(pk=key).first()
