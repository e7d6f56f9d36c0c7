"""Who may: the grants that a user holds now, predicates over them, and who may give roles to others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, cast

import rules as access
from django.utils import timezone

from ejlas.accounts.models import Grant, User
from ejlas.accounts.rules import ALSO_GIVEN_BY, DESK_ROLES, DOORS, Door, Held, Role

_KEPT = "_ejlas_grants"


class OfEdition(Protocol):
    """A thing that belongs to an edition."""

    edition: Any


def grants_of(user: Any) -> tuple[Held, ...]:
    """Return what a user is now; nothing for one who is not signed in or was shut out. One SQL query, then none.

    The grants are kept on the user object, which lives for one request: a role withdrawn meanwhile is gone at the next.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return ()
    kept = getattr(user, _KEPT, None)
    if kept is None:
        kept = tuple(grant.held for grant in Grant.objects.filter(user=cast(User, user)).holding(timezone.now()))
        setattr(user, _KEPT, kept)
    return cast(tuple[Held, ...], kept)


def lend_grants(user: User, *held: Held) -> None:
    """Let a person who has no account, so that nothing of them is stored, hold these grants while the object lives."""
    if user.pk is not None:
        raise ValueError("whoever has an account holds the grants that were given to it")
    setattr(user, _KEPT, held)


def forget_grants(user: Any) -> None:
    """Let the next question read the grants anew."""
    if hasattr(user, _KEPT):
        delattr(user, _KEPT)


def edition_slug(thing: Any) -> str:
    """Return the slug of the edition that a thing is or belongs to; a string is a slug already, None is no edition."""
    if thing is None or isinstance(thing, str):
        return thing or ""
    text = getattr(thing, "text", None)
    edition = getattr(thing, "edition", None) or getattr(text, "edition", None) or thing
    return edition if isinstance(edition, str) else str(edition.slug)


def roles_at(user: Any, thing: Any) -> frozenset[Role]:
    """Return the roles of a user at the edition that a thing is or belongs to; at none: those for every edition."""
    slug = edition_slug(thing)
    return frozenset(held.role for held in grants_of(user) if held.edition == "" or (slug and held.edition == slug))


def holds(user: Any, roles: Iterable[Role], thing: Any) -> bool:
    """Whether a user holds one of these roles at the edition that a thing is or belongs to."""
    return bool(roles_at(user, thing) & frozenset(roles))


def held_by(*roles: Role) -> Any:
    """Return the predicate of a permission: held by these roles at the edition of the thing in question."""
    wanted = frozenset(roles)

    def has_role(user: Any, thing: Any = None) -> bool:
        return holds(user, wanted, thing)

    return access.predicate(has_role, name=f"held_by_{'_'.join(sorted(wanted))}")


def state(permissions: dict[str, Any]) -> None:
    """Register permissions by name, each with its predicate."""
    for name, predicate in permissions.items():
        access.add_perm(name, predicate)


def may(user: Any, name: str, thing: Any = None) -> bool:
    """Whether a user has a permission on an edition, on what belongs to one, or on none. Raises KeyError."""
    if not access.perm_exists(name):
        raise KeyError(f"there is no permission {name!r}")
    return bool(access.has_perm(name, user, thing))


def may_give(user: Any, edition: str, role: Role | str = "") -> bool:
    """Whether a user may give and withdraw a role, or any, at an edition; at every one (""), a head of every one."""
    if user.is_system or may(user, "accounts.change_grants", edition or None):
        return True
    return bool(edition and role) and holds(user, ALSO_GIVEN_BY.get(Role(role), ()), edition)


def doors_open_to(user: Any, edition: Any = None) -> tuple[Door, ...]:
    """Name the doors that a user may go through, at an edition or at any."""
    slug = edition_slug(edition)
    roles = [held.role for held in grants_of(user) if not slug or held.covers(slug)]
    return tuple(door for door in Door if any(DOORS[role] is door for role in roles))


# Everyone of the desk finds the way in; what each sees there, the permissions of the apps say.
state(
    {
        "accounts.enter_desk": held_by(*DESK_ROLES),
        "accounts.view_grants": held_by(Role.HEAD, Role.PROTOCOL, Role.AUDITOR),
        "accounts.change_grants": held_by(Role.HEAD),
        "accounts.view_webhooks": held_by(Role.HEAD, Role.AUDITOR),
        "accounts.change_webhooks": held_by(Role.HEAD),
    }
)
