"""Questions about invitations, and the one that a link opens."""

from __future__ import annotations

from datetime import datetime

from ejlas.accounts import rules
from ejlas.accounts.models import Invitation, InvitedRole
from ejlas.accounts.models.invitations import InvitationQuerySet
from ejlas.accounts.queries.links import LinkUnknown, require_open
from ejlas.core import secrets

PURPOSE = "accounts.invitation"


def invitations_in(edition: str) -> InvitationQuerySet:
    """Return all invitations that concern an edition, whatever became of them, newest first, with their roles."""
    return Invitation.objects.at_edition(edition).prefetch_related("roles")


def invitations_for_party(edition: str, party: str) -> list[Invitation]:
    """Return the open invitations to work for a party, or for a medium, with their roles. Two SQL queries."""
    named = InvitedRole.objects.filter(edition=edition, party=party).values("invitation")
    return list(Invitation.objects.open().filter(pk__in=named).prefetch_related("roles"))


def invitation_at(edition: str, key: int) -> Invitation | None:
    """Return an invitation that concerns an edition with its roles, or None."""
    return invitations_in(edition).filter(pk=key).first() if key < 2**63 else None


def invitation_by_key(key: int) -> Invitation | None:
    """Return an invitation, or None."""
    return Invitation.objects.filter(pk=key).first()


def state_of(invitation: Invitation, *, at: datetime) -> rules.LinkState:
    """Tell what became of an invitation at a moment."""
    return rules.link_state(
        at,
        expires_at=invitation.expires_at,
        used_at=invitation.accepted_at,
        withdrawn_at=invitation.withdrawn_at,
    )


def opened_invitation(token: str, *, at: datetime) -> Invitation:
    """Return the invitation that a link opens. Raises LinkDead."""
    kept = secrets.keyed_hash(token, purpose=PURPOSE)
    invitation = Invitation.objects.prefetch_related("roles").filter(key_hash=kept).first()
    if invitation is None:
        raise LinkUnknown
    require_open(state_of(invitation, at=at))
    return invitation
