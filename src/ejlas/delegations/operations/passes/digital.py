"""The link to a pass on the telephone: made, sent by mail, made void by the next one."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core import languages, mail
from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.core.errors import RuleBroken, marked
from ejlas.delegations.models import Badge, Person
from ejlas.delegations.operations.passes import badges, errors, lists
from ejlas.delegations.queries.desk import language_of
from ejlas.delegations.queries.passes import phone
from ejlas.delegations.rules.passes.badges import HOLDING

_TOKEN_BYTES = 24


class NoDigitalPasses(RuleBroken):
    """The edition shows no passes on telephones."""

    message = marked("The rules for passes of this edition allow none on the telephone.")


class NamesNobody(RuleBroken):
    """A token or a spare is a card in a hand, and nothing for a telephone."""

    message = marked("Only the pass of a person may be shown on the telephone.")


class NoAddress(RuleBroken):
    """Nothing can be sent to a person whose address nobody knows."""

    message = marked("No e-mail address of %(name)s is known: add it, or show the code here.")


@transaction.atomic
def make_link(*, badge: Badge, by: User, at: datetime) -> str:
    """Return the token of a new link to a pass on the telephone, which is kept nowhere; the old link is void.

    Raises NoDigitalPasses, NamesNobody, BadgeStepNotPossible.
    """
    return _made(badge, "link_made", by=by, at=at)


@transaction.atomic
def send_link(*, badge: Badge, address: Callable[[str], str], by: User, at: datetime) -> str:
    """Send a new link by mail to the person whom the pass names, in that person's language; return the address.

    Raises NoAddress, NoDigitalPasses, NamesNobody, BadgeStepNotPossible.

    Parameters
    ----------
    address : returns the whole address of the page that a token opens
    """
    person = badge.person
    if person is None:
        raise NamesNobody
    if not person.email:
        raise NoAddress(name=person.passport_name)
    language = language_for(person)
    token = _made(badge, "link_sent", by=by, at=at)
    fallbacks = badge.edition.fallback_languages
    values = {
        "name": person.title.wording(language, fallbacks).text,
        "edition": badge.edition.name.wording(language, fallbacks).text,
        "link": address(token),
    }
    mail.send(to=person.email, template="delegations/pass", language=language, values=values)
    return str(person.email)


@transaction.atomic
def void_link(*, badge: Badge, by: User, at: datetime) -> None:
    """Make the link to a pass void, so that no page opens by it."""
    row = Badge.objects.select_for_update().get(pk=badge.pk)
    if row.link_hash:
        _keep(row, "", "link_voided", by=by, at=at)


def language_for(person: Person) -> str:
    """Return the language in which a person is written to: the first that mails speak, else the delegation's."""
    spoken = dict(settings.LANGUAGES)
    own = next((code for code in person.languages if languages.plain(code) in spoken), "")
    return languages.plain(own) if own else language_of(person.delegation)


def _made(badge: Badge, event: str, *, by: User, at: datetime) -> str:
    if not phone.are_digital(badge.edition):
        raise NoDigitalPasses
    # The first key is made here, so that the page only ever reads.
    lists.signing_key(badge.edition, at=at)
    row = Badge.objects.select_for_update().get(pk=badge.pk)
    if row.person_id is None:
        raise NamesNobody
    if row.state not in HOLDING:
        raise errors.BadgeStepNotPossible(number=row.number)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    _keep(row, phone.link_hash(token), event, by=by, at=at)
    return token


def _keep(row: Badge, digest: str, event: str, *, by: User, at: datetime) -> None:
    # No gate and no list shows the link: the pass keeps its revision, and officers who write in it are not stopped.
    row.link_hash = digest
    row.save(update_fields=["link_hash"])
    entry = Entry(f"{badges.EVENT}.{event}", "badge", row.slug, {"number": row.number})
    audit.record([entry], scope=row.edition.slug, by=by.name, at=at)
