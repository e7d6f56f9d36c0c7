"""Inviting people: sending, sending again, withdrawing, accepting."""

from __future__ import annotations

import secrets as chance
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts.models import Invitation, InvitedRole, User
from ejlas.accounts.operations.grants import enter_role, require_may_give, require_sound
from ejlas.accounts.operations.users import add_user
from ejlas.accounts.queries.invitations import PURPOSE, opened_invitation
from ejlas.accounts.queries.users import system_account
from ejlas.accounts.rules import RoleWanted
from ejlas.core import languages, mail, secrets
from ejlas.core.audit import operations as audit
from ejlas.core.changes import plain
from ejlas.core.errors import RuleBroken, marked


class AlreadyInvited(RuleBroken):
    """An address has one open invitation."""

    message = marked("This person has an open invitation. Send it again, or withdraw it first.")


class NoRoles(RuleBroken):
    """Without a role, an account opens nothing."""

    message = marked("Choose at least one role.")


class AccountClosed(RuleBroken):
    """A closed account is opened again by the secretariat, not by an invitation."""

    message = marked("The account of this address is closed.")


class InvitationOver(RuleBroken):
    """Only an open invitation can be sent again or withdrawn."""

    message = marked("This invitation was accepted or withdrawn meanwhile.")


@dataclass(frozen=True, slots=True)
class Letter:
    """What the mail of an invitation needs from outside.

    `address` turns a token into the whole address of its page; `sign_in` is the address for who has an account.
    """

    address: Callable[[str], str]
    sign_in: str
    edition_name: str = ""


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation came to: a letter with a link, or roles for an account that was there."""

    invitation: Invitation | None
    user: User | None


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    language: str,
    roles: Sequence[RoleWanted],
    by: User,
    at: datetime,
    expires_at: datetime,
    letter: Letter,
) -> Invited:
    """Invite a person by mail, or give the roles at once to the account of the address, and tell it by mail.

    Raises NoRoles, AlreadyInvited, AccountClosed, RoleNeedsEdition, RoleNeedsParty, EndsInThePast, NotYoursToGive.
    """
    if not roles:
        raise NoRoles
    for wanted in roles:
        require_sound(wanted, at=at)
        require_may_give(by, wanted.edition, wanted.role)
    user = User.objects.filter(email__iexact=email).first()
    if user is not None:
        _give_at_once(user, roles, by=by, at=at, letter=letter)
        return Invited(None, user)
    if Invitation.objects.open().filter(email__iexact=email).exists():
        raise AlreadyInvited
    token = chance.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email.lower(),
        name=name,
        language=language,
        edition_name=letter.edition_name,
        invited_by=by,
        invited_by_name=by.name,
        sent_at=at,
        expires_at=expires_at,
        key_hash=secrets.keyed_hash(token, purpose=PURPOSE),
    )
    InvitedRole.objects.bulk_create([InvitedRole(invitation=invitation, **_fields(wanted)) for wanted in roles])
    values = {"after": {"name": name, "roles": [plain(_fields(wanted)) for wanted in roles]}}
    _record("accounts.invitation.added", invitation, values, by=by, at=at)
    _send(invitation, token, letter)
    return Invited(invitation, None)


@transaction.atomic
def send_again(*, invitation: Invitation, by: User, at: datetime, expires_at: datetime, letter: Letter) -> Invitation:
    """Send an open or expired invitation with a new link; the old is dead. Raises InvitationOver, NotYoursToGive."""
    invitation = _open_row(invitation, by)
    token = chance.token_urlsafe(32)
    invitation.key_hash = secrets.keyed_hash(token, purpose=PURPOSE)
    invitation.sent_at, invitation.expires_at = at, expires_at
    invitation.save(update_fields=["key_hash", "sent_at", "expires_at"])
    _record("accounts.invitation.sent_again", invitation, {}, by=by, at=at)
    _send(invitation, token, letter)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """Withdraw an open invitation: its link is dead at once. Raises InvitationOver, NotYoursToGive."""
    invitation = _open_row(invitation, by)
    invitation.withdrawn_at, invitation.withdrawn_by = at, by.name
    invitation.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record("accounts.invitation.withdrawn", invitation, {}, by=by, at=at)
    return invitation


@transaction.atomic
def accept_invitation(*, token: str, name: str, password: str | None, at: datetime) -> User:
    """Make the account that an invitation is for, and give it the roles; without a password a passkey follows.

    Raises LinkDead; EmailTaken when the address has got an account meanwhile.
    """
    found = opened_invitation(token, at=at)
    # Two clicks may come at once: whoever comes second waits here, and finds the link used.
    Invitation.objects.select_for_update().get(pk=found.pk)
    invitation = opened_invitation(token, at=at)
    inviter = invitation.invited_by or system_account()
    user = add_user(
        email=invitation.email, name=name, language=invitation.language, password=password, by=inviter, at=at
    )
    for role in invitation.roles.all():
        _give(user, role.wanted, by=inviter, at=at)
    invitation.accepted_at, invitation.accepted_by = at, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _record("accounts.invitation.accepted", invitation, {}, by=user, at=at)
    return user


def _give_at_once(user: User, roles: Sequence[RoleWanted], *, by: User, at: datetime, letter: Letter) -> None:
    if not user.is_active or user.is_system:
        raise AccountClosed
    for wanted in roles:
        _give(user, wanted, by=by, at=at)
    values = {"name": user.name, "inviter": by.name, "edition": letter.edition_name, "link": letter.sign_in}
    mail.send(to=user.email, template="accounts/roles", language=user.language, values=values)


def _give(user: User, wanted: RoleWanted, *, by: User, at: datetime) -> None:
    # An end that passed while the letter lay unread gives nothing any more.
    if wanted.ends_at is None or wanted.ends_at > at:
        enter_role(user=user, wanted=wanted, by=by, at=at)


def _fields(wanted: RoleWanted) -> dict[str, Any]:
    return {
        "role": wanted.role.value,
        "edition": wanted.edition,
        "party": wanted.party,
        "body": wanted.body,
        "ends_at": wanted.ends_at,
    }


def _open_row(invitation: Invitation, by: User) -> Invitation:
    row = Invitation.objects.select_for_update().open().filter(pk=invitation.pk).first()
    if row is None:
        raise InvitationOver
    for edition, role in {(each.edition, each.role) for each in row.roles.all()}:
        require_may_give(by, edition, role)
    return row


def _send(invitation: Invitation, token: str, letter: Letter) -> None:
    n_days = (invitation.expires_at - invitation.sent_at).days
    values = {
        "name": invitation.name,
        "inviter": invitation.invited_by_name,
        "edition": letter.edition_name,
        "link": letter.address(token),
        "n_days": n_days,
        "days": languages.number(n_days, invitation.language),
    }
    mail.send(to=invitation.email, template="accounts/invitation", language=invitation.language, values=values)


def _record(event: str, invitation: Invitation, values: dict[str, Any], *, by: User, at: datetime) -> None:
    entry = audit.Entry(event, "invitation", str(invitation.pk), values)
    editions = sorted({role.edition for role in invitation.roles.all()})
    audit.record([entry], scope=editions[0] if len(editions) == 1 else "", by=by.name, at=at)
