"""Roles and invitations as their pages show them: each row in words, for one reader, and what its person may do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ejlas.accounts import queries as accounts
from ejlas.accounts.forms import Asking
from ejlas.accounts.permissions import may_give
from ejlas.accounts.rules import GrantState, LinkState, Role
from ejlas.core.index import queries as index
from ejlas.forum import queries as forum
from ejlas.web.desk.frame import reader_of
from ejlas.web.desk.listing import sorting
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.labels import GRANT_STATES, LINK_STATES, ROLES
from ejlas.web.ui.reading import Reader

_HEADS = {
    "name": _("Person"),
    "role": _("Role"),
    "party": _("Party or body"),
    "until": _("Until"),
    "by": _("Given by"),
}
ALL = "all"
WHOSE = (*(state.value for state in GrantState), ALL)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the list of roles; without a state: those that hold."""

    query: str
    role: str
    state: str
    order: str = ""

    @classmethod
    def read(cls, request: HttpRequest) -> Asked:
        """Read an address; what it names wrongly is left out."""
        data = request.GET
        role, state = data.get("role", ""), data.get("state", "")
        query = " ".join(data.get("q", "")[:200].replace("\x00", "").split())
        return cls(
            query,
            role if role in set(Role) else "",
            state if state in WHOSE else GrantState.HOLDS.value,
            order if (order := data.get("sort", "")).removeprefix("-") in accounts.ORDERS else "",
        )

    def address(self, **changed: str) -> str:
        """Return the query of this state with some parts changed, at its first page."""
        state = {"q": self.query, "role": self.role, "state": self.state, "sort": self.order, **changed}
        return urlencode({name: value for name, value in state.items() if value})

    @property
    def is_filtered(self) -> bool:
        """Whether the address leaves out more than what is over."""
        return bool(self.query or self.role or self.state in {GrantState.ENDED, GrantState.WITHDRAWN})


def asked_for(asked: Asked, edition: Any, at: datetime) -> Any:
    """Return the grants that an address asks for; a party is found by its name in any script."""
    state = GrantState(asked.state) if asked.state != ALL else None
    parties = index.matching(edition.slug, "party", asked.query) if asked.query else ()
    return accounts.grants_asked(
        edition.slug, at=at, query=asked.query, role=asked.role, state=state, parties=parties, order=asked.order
    )


def heads(asked: Asked) -> list[dict[str, Any]]:
    """Return the headings of the list of roles: how a click would sort, and how the list is sorted now."""
    return [{"label": label, **sorting(name, asked)} for name, label in _HEADS.items()]


def grant_rows(grants: Iterable[Any], user: Any, sheet: Sheet, at: datetime) -> list[dict[str, Any]]:
    """Return grants in words, each with whether this user may change it."""
    return [grant_row(grant, user, sheet, at) for grant in grants]


def grant_row(grant: Any, user: Any, sheet: Sheet, at: datetime) -> dict[str, Any]:
    """Return a grant in words."""
    state = grant.state_at(at)
    can_change = grant.withdrawn_at is None and may_give(user, grant.edition)
    return {
        "key": grant.pk,
        "name": grant.user.name,
        "email": grant.user.email,
        "role": ROLES[Role(grant.role)],
        "everywhere": not grant.edition,
        "of": _of(grant, sheet),
        "until": until(grant.ends_at, sheet.edition, sheet.reader),
        "by": grant.granted_by,
        "given": sheet.moment(grant.granted_at),
        "state": state.value,
        "state_words": GRANT_STATES[state],
        "withdrawn_by": grant.withdrawn_by,
        "withdrawn": sheet.moment(grant.withdrawn_at),
        "is_own": grant.user_id == user.pk,
        "can_change": can_change,
        "can_give_again": grant.withdrawn_at is not None and may_give(user, grant.edition),
    }


def invitation_rows(invitations: Iterable[Any], user: Any, sheet: Sheet, at: datetime) -> list[dict[str, Any]]:
    """Return invitations in words, each with whether this user may send it again or withdraw it."""
    return [invitation_row(each, user, sheet, at) for each in invitations]


def invitation_row(invitation: Any, user: Any, sheet: Sheet, at: datetime) -> dict[str, Any]:
    """Return an invitation in words, with its roles at this edition."""
    state = accounts.state_of(invitation, at=at)
    every = list(invitation.roles.all())
    can_change = state in {LinkState.OPEN, LinkState.EXPIRED} and all(
        may_give(user, edition) for edition in {role.edition for role in every}
    )
    return {
        "key": invitation.pk,
        "name": invitation.name,
        "email": invitation.email,
        "roles": [
            {"words": ROLES[Role(role.role)], "of": _of(role, sheet)}
            for role in every
            if role.edition in ("", sheet.edition.slug)
        ],
        "by": invitation.invited_by_name,
        "sent": sheet.moment(invitation.sent_at),
        "expires": sheet.moment(invitation.expires_at),
        "state": state.value,
        "state_words": LINK_STATES[state],
        "can_change": can_change,
    }


def sheet_of(edition: Any, named: Iterable[Any]) -> Sheet:
    """Return what the rows of a page share, with the names of the parties that they name. One SQL query at most."""
    return Sheet(edition, reader_of(edition), forum.party_names(edition, {each.party for each in named if each.party}))


def until(ends_at: datetime | None, edition: Any, reader: Reader) -> tuple[str, ...]:
    """Return the last day of a role in each calendar of the reader; nothing where it has no end."""
    return reader.dates(ends_at.astimezone(edition.zone).date(), "short") if ends_at else ()


def role_choices() -> Sequence[tuple[str, Any]]:
    """Return the roles with their words."""
    return [(role.value, words) for role, words in ROLES.items()]


def asking(edition: Any, user: Any, at: datetime, *, with_parties: bool) -> Asking:
    """Return what a form about roles must know. One SQL query with the parties."""
    reader = reader_of(edition)
    parties = forum.parties_of(edition) if with_parties else []
    return Asking(
        edition=edition.slug,
        zone=edition.zone,
        language=reader.language,
        today=at.astimezone(edition.zone).date(),
        roles=role_choices(),
        parties=[(party.slug, reader.plain(party.name.to_stored())) for party in parties],
        every_edition=may_give(user, ""),
    )


def _of(named: Any, sheet: Sheet) -> SafeString | None:
    if named.party:
        return sheet.party(named.party)
    return format_html("<bdi>{}</bdi>", named.body) if named.body else None
