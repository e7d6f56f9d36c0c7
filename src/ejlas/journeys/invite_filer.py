"""Inviting who files a list: the mail goes out, and the delegation knows from now on to whom it is written."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from ejlas.accounts import operations as accounts
from ejlas.accounts.rules import RoleWanted
from ejlas.delegations.queries import desk
from ejlas.forum import operations as forum

if TYPE_CHECKING:
    from ejlas.accounts.models import User
    from ejlas.delegations.models import Delegation


@transaction.atomic
def invite_filer(
    *,
    delegation: Delegation,
    email: str,
    name: str,
    language: str,
    letter: accounts.Letter,
    by: User,
    at: datetime,
) -> accounts.Invited:
    """Invite the focal point of a party, or who writes for a medium. Raises what `accounts.invite` raises.

    A contact that somebody wrote down by hand stays.
    """
    invited = accounts.invite(
        email=email,
        name=name,
        language=language,
        roles=[RoleWanted(desk.role_of_filer(delegation), delegation.edition.slug, party=delegation.slug)],
        by=by,
        at=at,
        expires_at=at + timedelta(days=settings.INVITATION_DAYS),
        letter=letter,
    )
    if not delegation.contact_email:
        contact = {"contact_email": email, "contact_name": delegation.contact_name or name}
        forum.change_thing(thing=delegation, fields=contact, by=by, at=at)
    return invited
