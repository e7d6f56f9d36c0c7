"""Links by which a body answers without an account: what a token opens, and who acts by it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from ejlas.accounts import queries as accounts
from ejlas.accounts.models import User
from ejlas.accounts.rules import Held, Role
from ejlas.core import secrets
from ejlas.readiness.models import AnswerLink, Body, Obligation, ObligationQuerySet

PURPOSE = "readiness.answer-link"
_LONGEST, _LONGEST_NAME = 100, 150


def link_of_token(token: str) -> AnswerLink | None:
    """Return the link that a token belongs to, whether it still opens anything or not. One SQL query."""
    if not token or len(token) > _LONGEST:
        return None
    hashed = secrets.keyed_hash(token, purpose=PURPOSE)
    return AnswerLink.objects.select_related("body__edition").filter(token_hash=hashed).first()


def is_open(link: AnswerLink, at: datetime) -> bool:
    """Whether a link opens what its body owes."""
    return link.revoked_at is None and at < link.expires_at and is_named(link)


def is_named(link: AnswerLink) -> bool:
    """Whether the body is there and still names the address to which a link was sent: who has left answers no more."""
    body = link.body
    named = {body.contact_email.casefold(), body.head_email.casefold()}
    return body.dissolved_on is None and link.sent_to.casefold() in named


def owed_by_link(link: AnswerLink) -> ObligationQuerySet:
    """Return what the body of a link owes, and nothing of others."""
    rows = Obligation.objects.filter(body=link.body_id).select_related("edition", "body", "workstream")
    return rows.order_by("due_on", "position", "pk")


def visitor_of(link: AnswerLink) -> User:
    """Return who acts by a link: nobody with an account, but somebody who answers for this body alone."""
    body = link.body
    with translation.override(link.language):
        name = _("%(name)s, by a link") % {"name": (link.name or link.sent_to)[:_LONGEST_NAME]}
    held = Held(Role.BODY, edition=body.edition.slug, body=body.slug)
    return accounts.guest(email=link.sent_to, name=name, held=held)


def links_of(body: Body) -> QuerySet[AnswerLink]:
    """Return the links that were sent for a body, the newest first."""
    return AnswerLink.objects.filter(body=body)
