"""Every change to the forum's tables."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction

from ejlas.accounts.models import User
from ejlas.core.audit import operations as audit
from ejlas.core.audit.rules import canonical
from ejlas.core.changes import Changes, synchronise
from ejlas.core.errors import RuleBroken, marked
from ejlas.forum.models import (
    Claim,
    Duty,
    Edition,
    Forum,
    Mandate,
    Milestone,
    OfEdition,
    Office,
    Party,
    Publication,
    PublishedText,
    Source,
)
from ejlas.forum.rules import slug_is_free

Rows = Iterable[Mapping[str, Any]]
Texts = Callable[[int], Iterable[tuple[str, str, str]]]


def _no_texts(_number: int) -> Iterable[tuple[str, str, str]]:
    return ()


class SlugTaken(RuleBroken):
    """An edition's slug belongs to the system or to another forum's edition."""

    message = marked("The address “%(slug)s” cannot be used for this edition; choose another.")
    field = "slug"


@transaction.atomic
def set_forum(*, fields: Mapping[str, Any], by: User, at: datetime) -> tuple[Forum, Changes]:
    """Make the forum of this slug hold these fields."""
    changes = synchronise(Forum.objects.filter(slug=fields["slug"]), [fields], event="forum.forum", at=at)
    audit.record(changes.entries, scope="", by=by.name, at=at)
    return Forum.objects.get(slug=fields["slug"]), changes


@transaction.atomic
def set_edition(*, forum: Forum, fields: Mapping[str, Any], by: User, at: datetime) -> tuple[Edition, Changes]:
    """Make the forum's edition of this slug hold these fields. Raises SlugTaken."""
    slug = fields["slug"]
    taken = Edition.objects.filter(slug=slug).exclude(forum=forum).exists()
    if taken or not slug_is_free(slug):
        raise SlugTaken(slug=slug)
    own = Edition.objects.filter(forum=forum, slug=slug)
    if "settings" in fields and (stored := own.first()):
        # What the file says nothing of was set by hand, and stays.
        fields = {**fields, "settings": {**stored.settings, **fields["settings"]}}
    changes = synchronise(own, [fields], event="forum.edition", common={"forum": forum}, at=at)
    audit.record(changes.entries, scope=slug, by=by.name, at=at)
    return own.get(), changes


def set_sources(*, edition: Edition, rows: Rows, by: User, at: datetime) -> Changes:
    """Make the edition's sources exactly these."""
    return set_rows(Source, edition=edition, rows=rows, event="forum.source", by=by, at=at)


def set_claims(*, edition: Edition, rows: Rows, by: User, at: datetime) -> Changes:
    """Make the edition's disputed facts exactly these."""
    return set_rows(Claim, edition=edition, rows=rows, event="forum.claim", by=by, at=at)


def set_mandates(*, edition: Edition, rows: Rows, by: User, at: datetime) -> Changes:
    """Make the decisions that gave the hosting exactly these."""
    return set_rows(Mandate, edition=edition, rows=rows, event="forum.mandate", by=by, at=at)


def set_duties(*, edition: Edition, rows: Rows, by: User, at: datetime) -> Changes:
    """Make the split of duties exactly this."""
    return set_rows(Duty, edition=edition, rows=rows, event="forum.duty", by=by, at=at)


def set_milestones(*, edition: Edition, rows: Rows, by: User, at: datetime) -> Changes:
    """Make the steps of the preparation exactly these."""
    return set_rows(Milestone, edition=edition, rows=rows, event="forum.milestone", by=by, at=at)


def set_parties(*, edition: Edition, rows: Rows, by: User, at: datetime) -> Changes:
    """Make the edition's parties exactly these."""
    return set_rows(Party, edition=edition, rows=rows, event="forum.party", by=by, at=at)


def set_offices(*, edition: Edition, rows: Rows, by: User, at: datetime) -> Changes:
    """Make the offices beside the parties exactly these."""
    return set_rows(Office, edition=edition, rows=rows, event="forum.office", by=by, at=at)


@transaction.atomic
def set_rows(
    model: type[OfEdition],
    *,
    edition: Edition,
    rows: Rows,
    event: str,
    by: User,
    at: datetime,
    keep_missing: bool = False,
) -> Changes:
    """Make the edition's rows of one table exactly these, in this order, with a line of the trail for each change."""
    numbered = [{**row, "position": position} for position, row in enumerate(rows)]
    stored: models.QuerySet[OfEdition] = model._default_manager.filter(edition=edition)
    changes = synchronise(stored, numbered, event=event, common={"edition": edition}, keep_missing=keep_missing, at=at)
    audit.record(changes.entries, scope=edition.slug, by=by.name, at=at)
    return changes


@transaction.atomic
def publish(
    *, edition: Edition, content: Mapping[str, Any], note: str, by: User, at: datetime, texts: Texts = _no_texts
) -> Publication | None:
    """Keep this content as the edition's next publication; None if it says just what the last one says.

    Parameters
    ----------
    texts : makes the feeds that are kept with it, of its number: form, language and text of each
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    digest = hashlib.sha256(canonical(content).encode()).hexdigest()
    last = edition.publications.first()
    if last and last.digest == digest:
        return None
    publication = Publication.objects.create(
        edition=edition,
        number=last.number + 1 if last else 1,
        published_at=at,
        published_by=by.name,
        note=note,
        digest=digest,
        languages=content["edition"]["languages"],
        fallback_languages=content["edition"]["fallback_languages"],
        colours=content["edition"]["colours"],
        content=content,
    )
    PublishedText.objects.bulk_create(
        PublishedText(publication=publication, form=form, language=language, text=text)
        for form, language, text in texts(publication.number)
    )
    values = {"number": publication.number, "digest": digest, "note": note}
    entry = audit.Entry("forum.publication.added", "publication", f"{edition.slug} {publication.number}", values)
    audit.record([entry], scope=edition.slug, by=by.name, at=at)
    return publication
