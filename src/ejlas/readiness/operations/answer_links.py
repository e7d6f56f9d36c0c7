"""Links in mails by which a body answers without an account: made, sent, used and made void."""

from __future__ import annotations

import secrets as chance
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core import mail, secrets
from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.delegations.queries.letters import day_words
from ejlas.readiness.models import AnswerLink, Body
from ejlas.readiness.operations import errors
from ejlas.readiness.queries.answer_links import PURPOSE
from ejlas.readiness.queries.readers import Reader
from ejlas.readiness.rules import house

EVENT = "readiness.answer-link"
_BYTES = 24


@transaction.atomic
def make_link(*, body: Body, reader: Reader, by: str, at: datetime) -> tuple[str, AnswerLink]:
    """Make a link for somebody of a body; return its secret, which is kept nowhere, and the link."""
    token = chance.token_urlsafe(_BYTES)
    made = AnswerLink.objects.create(
        body=body,
        token_hash=secrets.keyed_hash(token, purpose=PURPOSE),
        name=reader.name,
        sent_to=reader.address,
        language=reader.language,
        made_at=at,
        made_by=by,
        expires_at=at + timedelta(days=house.stored(body.edition.settings)["link_days"]),
    )
    return token, made


@transaction.atomic
def send_link(*, body: Body, reader: Reader, address: Callable[[str], str], by: User, at: datetime) -> AnswerLink:
    """Send a new link by mail, in the reader's language; those that were sent before stay. Raises BodyDissolved.

    Parameters
    ----------
    address : returns the whole address of the page that a token opens
    """
    held = Body.objects.select_for_update(of=("self",)).select_related("edition").get(pk=body.pk)
    if held.dissolved_on is not None:
        raise errors.BodyDissolved.of(held)
    edition, language = held.edition, reader.language
    token, link = make_link(body=held, reader=reader, by=by.name, at=at)
    values = {
        "name": reader.name,
        "edition": edition.name.wording(language, edition.fallback_languages).text,
        "body": held.name.wording(language, edition.fallback_languages).text or held.slug,
        "link": address(token),
        "until": day_words(link.expires_at.astimezone(edition.zone).date(), language, edition),
    }
    mail.send(to=reader.address, template="readiness/link", language=language, values=values)
    _note("sent", link, by.name, at)
    return link


@transaction.atomic
def void_link(*, link: AnswerLink, by: User, at: datetime) -> bool:
    """Make a link void; return whether it was not yet."""
    fields = {"revoked_at": at, "revoked_by": by.name}
    if not AnswerLink.objects.filter(pk=link.pk, revoked_at=None).update(**fields):
        return False
    _note("voided", link, by.name, at)
    return True


def note_use(*, link: AnswerLink, at: datetime) -> None:
    """Note that somebody answered by a link."""
    AnswerLink.objects.filter(pk=link.pk).update(last_used_at=at)


def _note(what: str, link: AnswerLink, by: str, at: datetime) -> None:
    entry = Entry(f"{EVENT}.{what}", "body", link.body.slug, {"link": link.pk})
    audit.record([entry], scope=link.body.edition.slug, by=by, at=at)
