"""One invented person for each role of the demo, and a fresh link that signs in as each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from ejlas.accounts import operations, queries
from ejlas.accounts.rules import OF_A_PARTY, Role
from ejlas.forum import queries as forum
from ejlas.journeys import demo_delegations, demo_passes, demo_readiness

if TYPE_CHECKING:
    from ejlas.accounts.models import User
    from ejlas.forum.models import Edition

LINKS_HOLD = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Invented:
    """A person whom nobody is; each has a language of the summit."""

    name: str
    language: str


PEOPLE = {
    Role.HEAD: Invented("سیمین رهنما", "fa"),
    Role.PROTOCOL: Invented("بهرام دلاور", "fa"),
    Role.ACCREDITATION_DESK: Invented("نگار آبی", "fa"),
    Role.PROGRAMME_DESK: Invented("کاوه موج", "fa"),
    Role.INTERPRETER_DESK: Invented("ترانه گویا", "fa"),
    Role.TRANSPORT_DESK: Invented("آرش راهوار", "fa"),
    Role.MEDIA_DESK: Invented("شیرین خبری", "fa"),
    Role.VETTING: Invented("پارسا نگهبان", "fa"),
    Role.BODY: Invented("مهتاب بندری", "fa"),
    Role.FOCAL_POINT: Invented("Vera Lodkina", "ru"),
    Role.DELEGATE: Invented("Timur Parusov", "ru"),
    Role.INTERPRETER: Invented("Aylin Sözer", "az"),
    Role.LIAISON: Invented("یاسمن همراه", "fa"),
    Role.GATE: Invented("سهراب دربان", "fa"),
    Role.JOURNALIST: Invented("Ada Inkwell", "en"),
    Role.AUDITOR: Invented("Theo Ledger", "en"),
}


def address_of(role: Role) -> str:
    """Return the address of the invented person of a role; mail to it goes nowhere."""
    return f"{role.value}@example.org"


def is_free_for_demo() -> bool:
    """Tell whether this installation has no real accounts: then invented ones may stand in it."""
    return queries.has_demo_links() or not queries.has_people()


@transaction.atomic
def make_links(edition: Edition, *, at: datetime) -> dict[str, str]:
    """Make the people of the demo where they are missing, and return a fresh token for each role.

    The party of the focal point and the delegate is the first member beside the host; the journalist's medium is
    invented, too. Lists are open, as if the summit were to come; its preparation stands as it was played.
    """
    by = queries.system_account()
    medium = demo_delegations.open_lists(edition, at=at)
    demo_passes.give_passes(edition, at=at)
    demo_readiness.prepare(edition, at=at)
    members = [party.slug for party in forum.parties_of(edition) if party.role == "member"]
    tokens = {}
    for role, invented in PEOPLE.items():
        user = queries.user_by_email(address_of(role)) or _added(role, invented, by=by, at=at)
        party = members[0] if role in OF_A_PARTY and members else ""
        party = medium.slug if role is Role.JOURNALIST else party
        if role not in OF_A_PARTY or party:
            body = demo_readiness.BODY if role is Role.BODY else ""
            operations.grant_role(user=user, role=role, edition=edition.slug, party=party, body=body, by=by, at=at)
        tokens[role.value] = operations.make_sign_in_link(
            user=user, by=by, at=at, expires_at=at + LINKS_HOLD, is_demo=True
        )
    return tokens


def _added(role: Role, invented: Invented, *, by: User, at: datetime) -> User:
    return operations.add_user(
        email=address_of(role), name=invented.name, language=invented.language, password=None, by=by, at=at
    )
