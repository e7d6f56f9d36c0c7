"""A medium that applies by itself: its list is opened, and who wrote gets the invitation to file it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from ejlas.accounts import operations as accounts
from ejlas.accounts import queries as accounts_queries
from ejlas.accounts.rules import Role, RoleWanted
from ejlas.core.errors import RuleBroken, marked
from ejlas.core.text import Text
from ejlas.delegations import operations as delegations
from ejlas.delegations import queries as delegations_queries
from ejlas.delegations.rules import house
from ejlas.delegations.rules.states import DelegationKind

if TYPE_CHECKING:
    from ejlas.delegations.models import Delegation
    from ejlas.forum.models import Edition


class PressClosed(RuleBroken):
    """The edition takes no applications of media, or no more."""

    message = marked("Applications of media are closed. Write to the host.")


def is_open(edition: Edition, at: datetime) -> bool:
    """Whether media may apply to an edition now."""
    windows = house.windows(edition.settings, edition.starts_on, edition.zone)
    return bool(house.stored(edition.settings)["press_is_open"]) and windows.may_nominate(at)


@transaction.atomic
def apply_as_medium(
    *,
    edition: Edition,
    name: str,
    country: str,
    contact: str,
    email: str,
    language: str,
    letter: accounts.Letter,
    at: datetime,
) -> Delegation:
    """Open the list of a medium and invite who wrote.

    Raises PressClosed, MediumNamed, AlreadyInvited, AccountClosed.
    """
    if not is_open(edition, at):
        raise PressClosed
    if name.casefold() in _known(edition):
        raise delegations.MediumNamed
    by = accounts_queries.system_account()
    fields = {
        "name": Text({language: name}),
        "country": country,
        "contact_name": contact,
        "contact_email": email,
        "language": language,
    }
    delegation = delegations.add_medium(edition=edition, fields=fields, by=by, at=at)
    accounts.invite(
        email=email,
        name=contact,
        language=language,
        roles=[RoleWanted(Role.JOURNALIST, edition.slug, party=delegation.slug)],
        by=by,
        at=at,
        expires_at=at + timedelta(days=settings.INVITATION_DAYS),
        letter=letter,
    )
    return delegation


def _known(edition: Edition) -> set[str]:
    media = delegations_queries.delegations_of_kind(edition, DelegationKind.PRESS)
    return {word.casefold() for medium in media for word in medium.name.values.values()}
