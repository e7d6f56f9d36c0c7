"""Giving and withdrawing roles."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts import permissions, rules
from ejlas.accounts.models import Grant, User
from ejlas.accounts.rules import Role
from ejlas.core.audit import operations as audit
from ejlas.core.changes import plain
from ejlas.core.errors import RuleBroken, marked


class RoleNeedsEdition(RuleBroken):
    """Only a head of the secretariat and an auditor may hold their role at every edition."""

    message = marked("This role is given for one edition; choose the edition.")


class RoleNeedsParty(RuleBroken):
    """A focal point and a delegate are people of one party."""

    message = marked("This role belongs to a party; choose the party.")


class EndsInThePast(RuleBroken):
    """A grant cannot end before it begins."""

    message = marked("The end lies in the past; choose a later day, or none.")


class LastHead(RuleBroken):
    """Somebody must be able to give roles."""

    message = marked("This is the last head of the secretariat; give the role to somebody else first.")


class NotYoursToGive(RuleBroken):
    """A head gives the roles of his own editions; those for every edition, only a head of every edition."""

    message = marked("Only a head of the secretariat of that edition may do this; for every edition, a head of all.")


class GrantOver(RuleBroken):
    """What was withdrawn is given again, not changed."""

    message = marked("This role was withdrawn meanwhile; give it again if it is needed.")


def require_may_give(by: User, edition: str, role: Role | str = "") -> None:
    """Hold the one who gives or withdraws against his own roles. Raises NotYoursToGive."""
    if not permissions.may_give(by, edition, role):
        raise NotYoursToGive


def require_sound(wanted: rules.RoleWanted, *, at: datetime) -> None:
    """Hold a role against the rules before it is given. Raises RoleNeedsEdition, RoleNeedsParty, EndsInThePast."""
    if not wanted.edition and wanted.role not in rules.FOR_EVERY_EDITION:
        raise RoleNeedsEdition
    if wanted.role in rules.OF_A_PARTY and not wanted.party:
        raise RoleNeedsParty
    if wanted.ends_at is not None and wanted.ends_at <= at:
        raise EndsInThePast


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: Role,
    edition: str,
    by: User,
    at: datetime,
    ends_at: datetime | None = None,
    party: str = "",
    body: str = "",
) -> Grant:
    """Give a role until its end; the same role given again only gets the new end.

    Raises RoleNeedsEdition, RoleNeedsParty, EndsInThePast, NotYoursToGive.
    """
    wanted = rules.RoleWanted(Role(role), edition, party, body, ends_at)
    require_sound(wanted, at=at)
    require_may_give(by, edition, role)
    return enter_role(user=user, wanted=wanted, by=by, at=at)


@transaction.atomic
def enter_role(*, user: User, wanted: rules.RoleWanted, by: User, at: datetime) -> Grant:
    """Write a role down without asking who gives it: an invitation was allowed when it was sent."""
    fields: dict[str, Any] = {
        "user": user,
        "role": wanted.role.value,
        "edition": wanted.edition,
        "party": wanted.party,
        "body": wanted.body,
    }
    held = Grant.objects.select_for_update().filter(**fields, withdrawn_at__isnull=True).first()
    if held:
        return _end_at(held, wanted.ends_at, by=by, at=at)
    grant = Grant.objects.create(**fields, granted_by=by.name, granted_at=at, ends_at=wanted.ends_at)
    _record("accounts.grant.added", grant, {"after": _values(grant)}, by=by, at=at)
    return grant


@transaction.atomic
def change_role_end(*, grant: Grant, ends_at: datetime | None, by: User, at: datetime) -> Grant:
    """Let a role end at another moment, or never. Raises GrantOver, EndsInThePast, NotYoursToGive."""
    grant = Grant.objects.select_for_update(of=("self",)).select_related("user").get(pk=grant.pk)
    require_may_give(by, grant.edition, grant.role)
    if grant.withdrawn_at is not None:
        raise GrantOver
    if ends_at is not None and ends_at <= at:
        raise EndsInThePast
    return _end_at(grant, ends_at, by=by, at=at)


@transaction.atomic
def withdraw_role(*, grant: Grant, by: User, at: datetime) -> Grant:
    """Withdraw a role at once; the grant stays in the list with who withdrew it. Raises LastHead, NotYoursToGive."""
    grant = Grant.objects.select_for_update(of=("self",)).select_related("user").get(pk=grant.pk)
    require_may_give(by, grant.edition, grant.role)
    if grant.withdrawn_at is not None:
        return grant
    if grant.role == Role.HEAD and not _other_heads(grant, at):
        raise LastHead
    grant.withdrawn_at, grant.withdrawn_by = at, by.name
    grant.save(update_fields=["withdrawn_at", "withdrawn_by"])
    values = {"before": {"user": grant.user.name, "role": grant.role, "party": grant.party, "body": grant.body}}
    _record("accounts.grant.removed", grant, values, by=by, at=at)
    return grant


@transaction.atomic
def withdraw_roles_of(*, kind: str, slug: str, edition: str, by: User, at: datetime) -> int:
    """Withdraw the roles that name a party, body or edition that is being removed; return how many."""
    wanted = {"edition": edition} if kind == "edition" else {"edition": edition, kind: slug}
    held = Grant.objects.filter(**wanted, withdrawn_at__isnull=True).select_related("user")
    for grant in held:
        grant.withdrawn_at, grant.withdrawn_by = at, by.name
        grant.save(update_fields=["withdrawn_at", "withdrawn_by"])
        values = {"before": {"user": grant.user.name, "role": grant.role, "party": grant.party, "body": grant.body}}
        _record("accounts.grant.removed", grant, values, by=by, at=at)
    return len(held)


def _end_at(grant: Grant, ends_at: datetime | None, *, by: User, at: datetime) -> Grant:
    if grant.ends_at == ends_at:
        return grant
    before = _values(grant)
    grant.ends_at = ends_at
    grant.save(update_fields=["ends_at"])
    _record("accounts.grant.changed", grant, {"before": before, "after": _values(grant)}, by=by, at=at)
    return grant


def _values(grant: Grant) -> dict[str, Any]:
    return {
        "user": grant.user.name,
        "role": str(grant.role),
        "party": grant.party,
        "body": grant.body,
        "ends_at": plain(grant.ends_at),
    }


def _other_heads(grant: Grant, at: datetime) -> bool:
    heads = Grant.objects.holding(at).filter(role=Role.HEAD.value, user__is_active=True).exclude(pk=grant.pk)
    return heads.filter(edition="").exists() or (bool(grant.edition) and heads.filter(edition=grant.edition).exists())


def _record(event: str, grant: Grant, values: dict[str, Any], *, by: User, at: datetime) -> None:
    entry = audit.Entry(event, "grant", f"{grant.user_id} {grant.role} {grant.party or grant.body}".strip(), values)
    audit.record([entry], scope=grant.edition, by=by.name, at=at)
