"""Questions about the forum, its editions, and what is published of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from django.db import connection
from django.db.models import QuerySet

from ejlas.forum import rules
from ejlas.forum.models import Claim, Duty, Edition, Mandate, Milestone, Party, Publication, PublishedText


@dataclass(frozen=True, slots=True)
class PublishedEdition:
    """The newest publication of an edition, without its content."""

    slug: str
    publication_id: int
    number: int
    published_at: datetime
    digest: str
    languages: tuple[str, ...]
    fallback_languages: tuple[str, ...]
    colours: tuple[str, ...]


_COLUMNS = (
    "edition__slug",
    "pk",
    "number",
    "published_at",
    "digest",
    "languages",
    "fallback_languages",
    "colours",
)


def published_edition(slug: str) -> PublishedEdition | None:
    """Return the newest publication of this edition, or None. One SQL query, two the first time.

    Every request asks this, so the query is compiled once, and what never changes of a publication is kept.
    """
    with connection.cursor() as cursor:
        cursor.execute(_newest_sql(connection.vendor), [slug])
        newest = cursor.fetchone()
    return _kept(*newest) if newest else None


@lru_cache(maxsize=4)
def _newest_sql(_vendor: str) -> str:
    rows = Publication.objects.filter(edition__slug="").order_by("-number").values_list("pk", "number", "digest")[:1]
    return str(rows.query.sql_with_params()[0])


@lru_cache(maxsize=256)
def _kept(publication_id: int, _number: int, _digest: str) -> PublishedEdition:
    # The number and the digest stand in the key for a database that was put back to an older state.
    return _published(Publication.objects.values_list(*_COLUMNS).get(pk=publication_id))


def current_edition() -> PublishedEdition | None:
    """Return the published edition that begins last, or None. One SQL query."""
    newest = Publication.objects.order_by("-edition__starts_on", "-number")
    row = newest.values_list(*_COLUMNS).first()
    return _published(row) if row else None


def published_editions() -> list[PublishedEdition]:
    """Return the newest publication of every edition, the latest edition first. One SQL query."""
    rows = Publication.objects.order_by("-edition__starts_on", "edition__slug", "-number").values_list(*_COLUMNS)
    newest: dict[str, PublishedEdition] = {}
    for row in rows:
        newest.setdefault(row[0], _published(row))
    return list(newest.values())


def _published(row: tuple[Any, ...]) -> PublishedEdition:
    slug, publication_id, number, published_at, digest, *lists = row
    languages, fallbacks, colours = (tuple(values or ()) for values in lists)
    return PublishedEdition(slug, publication_id, number, published_at, digest, languages, fallbacks, colours)


def publications_of(edition: Edition) -> QuerySet[Publication]:
    """Return the publications of an edition without their content, the newest first, to be cut into pages."""
    return edition.publications.defer("content").order_by("-number")


def publication_content(publication_id: int) -> Mapping[str, Any]:
    """Return the content of a publication, as exports.content describes it. One SQL query."""
    return cast(Mapping[str, Any], Publication.objects.values_list("content", flat=True).get(pk=publication_id))


def published_text(publication_id: int, form: str, language: str) -> str | None:
    """Return the text of a feed that was made with its publication, or None. One SQL query."""
    texts = PublishedText.objects.filter(publication=publication_id, form=form, language=language)
    return texts.values_list("text", flat=True).first()


def edition(slug: str) -> Edition | None:
    """Return the edition of this slug with its forum, or None."""
    return Edition.objects.select_related("forum").filter(slug=slug).first()


def edition_slugs() -> list[str]:
    """Return the slugs of all editions, the latest first."""
    return list(Edition.objects.order_by("-starts_on", "slug").values_list("slug", flat=True))


def parties_by_slug(edition: Edition) -> dict[str, Party]:
    """Return the parties of an edition by slug. One SQL query."""
    return {party.slug: party for party in edition.party_set.all()}


def parties_of(edition: Edition) -> list[Party]:
    """Return the parties of an edition in the order of its file."""
    return list(edition.party_set.all())


def edition_content(edition: Edition) -> rules.EditionContent:
    """Return what a publication says of the edition itself. Three SQL queries."""
    opens_at = edition.opens_at.astimezone(edition.zone).isoformat() if edition.opens_at else None
    return {
        "slug": edition.slug,
        "number": edition.number,
        "name": edition.name.to_stored(),
        "motto": edition.motto.to_stored(),
        "summary": edition.summary.to_stored(),
        "starts_on": edition.starts_on.isoformat(),
        "ends_on": edition.ends_on.isoformat(),
        "opens_at": opens_at,
        "timezone": edition.timezone,
        "city": edition.city.to_stored(),
        "country": edition.country,
        "languages": edition.languages,
        "fallback_languages": edition.fallback_languages,
        "calendars": edition.calendars,
        "colours": edition.colours,
        "forum_slug": edition.forum.slug,
        "forum_name": edition.forum.name.to_stored(),
        "host_office": edition.host_office.to_stored(),
        "lead_ministry": edition.lead_ministry.to_stored(),
        "secretariat": edition.secretariat.to_stored(),
        "aims": edition.aims,
        "mandates": [_mandate(mandate) for mandate in edition.mandate_set.all()],
        "duties": [_duty(duty) for duty in edition.duty_set.all()],
        "milestones": [_milestone(milestone) for milestone in edition.milestone_set.all()],
    }


def _mandate(mandate: Mandate) -> rules.MandateContent:
    said: rules.MandateContent = {
        "wording": mandate.wording.to_stored(),
        "decided_on": mandate.decided_on.isoformat() if mandate.decided_on else None,
        "confidence": mandate.confidence,
        "sources": mandate.sources,
    }
    if mandate.kind != rules.MandateKind.HOSTING:
        said["kind"] = mandate.kind
    if mandate.decided_by:
        said["decided_by"] = mandate.decided_by.to_stored()
    if mandate.signatories:
        said["signatories"] = mandate.signatories.to_stored()
    if mandate.in_force_on:
        said["in_force_on"] = mandate.in_force_on.isoformat()
    return said


def _duty(duty: Duty) -> rules.DutyContent:
    return {
        "slug": duty.slug,
        "task": duty.task.to_stored(),
        "bearer": duty.bearer,
        "supported_by": duty.supported_by,
    }


def _milestone(milestone: Milestone) -> rules.MilestoneContent:
    return {
        "slug": milestone.slug,
        "date": milestone.date.isoformat(),
        "wording": milestone.wording.to_stored(),
        "sources": milestone.sources,
    }


def sources_content(edition: Edition) -> list[rules.SourceContent]:
    """Return what a publication says of the sources. One SQL query."""
    return [
        {
            "slug": source.slug,
            "url": source.url,
            "title": source.title,
            "published_on": source.published_on.isoformat() if source.published_on else None,
            "language": source.language,
            "note": source.note.to_stored(),
        }
        for source in edition.source_set.all()
    ]


def claims_content(edition: Edition) -> list[rules.ClaimContent]:
    """Return what a publication says of disputed facts. One SQL query."""
    return [_claim(claim) for claim in edition.claim_set.all()]


def _claim(claim: Claim) -> rules.ClaimContent:
    return {"slug": claim.slug, "subject": claim.subject.to_stored(), "versions": claim.versions}


def parties_content(edition: Edition) -> list[rules.PartyContent]:
    """Return what a publication says of the parties. One SQL query."""
    return [_party(party) for party in edition.party_set.all()]


def _party(party: Party) -> rules.PartyContent:
    return {
        "slug": party.slug,
        "kind": party.kind,
        "role": party.role,
        "country": party.country or None,
        "iso": party.iso or None,
        "name": party.name.to_stored(),
        "seat": party.seat.to_stored(),
        "latitude": party.latitude,
        "longitude": party.longitude,
        "head_office": party.head_office.to_stored(),
        "head_attendance": party.head_attendance,
        "represented_by": party.represented_by.to_stored(),
        "confidence": party.confidence,
        "sources": party.sources,
        "note": party.note.to_stored(),
    }


def offices_content(edition: Edition) -> list[rules.OfficeContent]:
    """Return what a publication says of the offices beside the parties. One SQL query."""
    return [
        {
            "slug": office.slug,
            "name": office.name.to_stored(),
            "role": office.role.to_stored(),
            "attendance": office.attendance,
            "confidence": office.confidence,
            "sources": office.sources,
        }
        for office in edition.office_set.all()
    ]
