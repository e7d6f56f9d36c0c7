"""Who is written to about what a body owes: its people, its head, the head of the secretariat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from ejlas.accounts import queries as accounts
from ejlas.accounts.models import User
from ejlas.accounts.rules import Role
from ejlas.core import languages
from ejlas.forum.models import Edition
from ejlas.readiness.models import Body
from ejlas.readiness.rules.ladder import Level


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is written to; `language` is one that mails speak."""

    address: str
    name: str
    language: str
    level: Level
    has_account: bool = False

    @property
    def key(self) -> str:
        """What tells one reader from another, whatever the case in which the address is written."""
        return self.address.casefold()


def readers_of(body: Body, accounts_of: Mapping[str, Iterable[User]], heads: Iterable[User]) -> list[Reader]:
    """Return who is told of what a body owes, from its own people up to the head of the secretariat.

    Parameters
    ----------
    accounts_of : the people who answer for each body, by its slug
    heads : the heads of the secretariat
    """
    found: dict[tuple[str, bool], Reader] = {}
    if body.dissolved_on is None:
        language = spoken(body.language or body.edition.languages[0])
        own = [_of_account(user, Level.BODY) for user in accounts_of.get(body.slug, ())]
        for reader in (
            *own,
            Reader(body.contact_email, body.contact_name, language, Level.BODY),
            Reader(body.head_email, body.head_name, language, Level.HEAD_OF_BODY),
        ):
            if reader.address:
                found.setdefault((reader.key, False), reader)
    for head in secretariat(heads):
        found.setdefault((head.key, True), head)
    return list(found.values())


def secretariat(heads: Iterable[User]) -> list[Reader]:
    """Return the heads of the secretariat as readers."""
    return [_of_account(user, Level.SECRETARIAT) for user in heads if user.email]


def accounts_of_bodies(edition: Edition, at: datetime) -> dict[str, list[User]]:
    """Return the people who answer for each body, by its slug. One SQL query."""
    found: dict[str, list[User]] = defaultdict(list)
    for grant in accounts.grants_for_bodies(edition.slug, at=at):
        found[grant.body].append(grant.user)
    return found


def heads_of_secretariat(edition: Edition, at: datetime) -> list[User]:
    """Return the heads of the secretariat. One SQL query."""
    return accounts.holders_of(frozenset({Role.HEAD}), edition=edition.slug, at=at)


def readers_for(body: Body, at: datetime) -> list[Reader]:
    """Return who is told of what one body owes. Two SQL queries."""
    edition = body.edition
    return readers_of(body, accounts_of_bodies(edition, at), heads_of_secretariat(edition, at))


def spoken(language: str) -> str:
    """Return the language in which somebody is written to: English where the interface does not speak theirs."""
    plain = languages.plain(language)
    return plain if plain in dict(settings.LANGUAGES) else "en"


def _of_account(user: User, level: Level) -> Reader:
    return Reader(user.email, user.name, spoken(user.language), level, has_account=True)
