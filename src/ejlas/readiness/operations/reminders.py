"""Reminders: one mail for each reader and day, of all that is to be told by the ladder (rule 29)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from ejlas.core import mail
from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.forum.models import Edition
from ejlas.readiness.models import AnswerLink, Body, Reminder
from ejlas.readiness.operations import digest_words
from ejlas.readiness.operations.answer_links import make_link
from ejlas.readiness.queries import reminders
from ejlas.readiness.queries.reminders import Digest
from ejlas.readiness.rules.ladder import Level
from ejlas.readiness.rules.post import Post

EVENT = "readiness.reminder"
# Addresses of people in bodies are kept for so long after the summit, and after a link no longer opens anything.
KEPT_FOR = timedelta(days=90)
# In whose name the system acts where no person asked it to.
BY = "Ejlas"


@dataclass(frozen=True, slots=True)
class Pages:
    """The whole addresses that stand in mails.

    Parameters
    ----------
    by_link : returns the page that a token opens
    own : returns the page of a body that signs in, at an edition
    desk : returns the list of obligations, at an edition
    """

    by_link: Callable[[str], str]
    own: Callable[[str], str]
    desk: Callable[[str], str]


def send_reminders(*, at: datetime, pages: Pages) -> int:
    """Send what the ladder asks for now, in every edition in preparation; return how many mails that makes.

    Nobody is written to at night, on a day of rest, or before the host lets mails leave.

    It may be done twice, also at once: nobody is written to twice on a day.
    """
    n_sent = 0
    for edition in reminders.editions_in_preparation(at):
        if not Post.of(edition.settings, edition.country).leaves(at.astimezone(edition.zone)):
            continue
        for digest in reminders.digests(edition, at):
            try:
                n_sent += _send(edition, digest, pages, at)
            except IntegrityError:
                # Another worker told this reader meanwhile.
                continue
    return n_sent


@transaction.atomic
def forget_addresses(*, at: datetime) -> int:
    """Remove reminders and links of summits long over, and links that opened nothing for long; return how many.

    What the trail says of them stays; it holds no address.
    """
    long_ago = at - KEPT_FOR
    n_reminders, _rows = Reminder.objects.filter(obligation__edition__ends_on__lt=long_ago.date()).delete()
    is_old = Q(body__edition__ends_on__lt=long_ago.date()) | Q(expires_at__lt=long_ago) | Q(revoked_at__lt=long_ago)
    n_links, _rows = AnswerLink.objects.filter(is_old).delete()
    if n_reminders + n_links:
        values = {"n_reminders": n_reminders, "n_links": n_links}
        audit.record([Entry(f"{EVENT}.forgotten", "reminder", "addresses", values)], scope="", by=BY, at=at)
    return n_reminders + n_links


@transaction.atomic
def _send(edition: Edition, digest: Digest, pages: Pages, at: datetime) -> bool:
    # Two workers may be at it: whoever comes second waits here, and finds that the reader was told today.
    Edition.objects.select_for_update().get(pk=edition.pk)
    reader = digest.reader
    if reader.key in reminders.addresses_told(edition, at):
        return False
    today = at.astimezone(edition.zone).date()
    Reminder.objects.bulk_create(
        Reminder(
            obligation=notice.obligation,
            rung=notice.rung,
            body=notice.obligation.body.slug if notice.obligation.body else "",
            due_on=notice.obligation.due_on or today,
            sent_at=at,
            sent_to=reader.address,
        )
        for notice in digest.notices
    )
    values = digest_words.values_of(digest, edition, today, link=_linker(edition, digest, pages, at))
    template = "readiness/overdue" if reader.level is Level.SECRETARIAT else "readiness/owed"
    mail.send(to=reader.address, template=template, language=reader.language, values=values)
    # The trail is never cut, so it holds no address.
    entry = Entry(f"{EVENT}.sent", "edition", edition.slug, {"after": _rungs(digest)})
    audit.record([entry], scope=edition.slug, by=BY, at=at)
    return True


def _rungs(digest: Digest) -> dict[str, str]:
    return {notice.obligation.slug: notice.rung.value for notice in digest.notices}


def _linker(edition: Edition, digest: Digest, pages: Pages, at: datetime) -> Callable[[Body | None], str]:
    """Return what gives the address for one body: whoever has an account signs in, others get a link of their own."""
    reader = digest.reader

    def link(body: Body | None) -> str:
        if body is None or reader.level is Level.SECRETARIAT:
            return pages.desk(edition.slug)
        if reader.has_account:
            return pages.own(edition.slug)
        return pages.by_link(make_link(body=body, reader=reader, by=BY, at=at)[0])

    return link
