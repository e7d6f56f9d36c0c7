"""The things of an edition that a user may see at the desk, and the names by which others speak of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Max, QuerySet, TextField
from django.db.models.functions import Cast

from ejlas.accounts.permissions import may
from ejlas.core.text import Text
from ejlas.forum.models import Claim, Duty, Edition, Forum, Mandate, Milestone, Office, Party, Source
from ejlas.forum.permissions import editions_entered_by, visible

__all__ = [
    "claims_for",
    "duties_for",
    "editions_entered_by",
    "fields_of",
    "forum_by_slug",
    "forums",
    "mandates_for",
    "milestones_for",
    "naming",
    "next_number",
    "offices_for",
    "offices_of_party",
    "own_edition",
    "parties_for",
    "party_names",
    "sources_for",
    "things_citing",
]


def parties_for(user: Any, edition: Edition) -> QuerySet[Party]:
    """Return the parties that this user may see."""
    return visible(Party.objects.all(), user, edition, "forum.view_parties")


def offices_for(user: Any, edition: Edition) -> QuerySet[Office]:
    """Return the offices beside the parties that this user may see."""
    return visible(Office.objects.select_related("party"), user, edition, "forum.view_parties")


def sources_for(user: Any, edition: Edition) -> QuerySet[Source]:
    """Return the sources that this user may see."""
    return visible(Source.objects.all(), user, edition, "forum.view_facts")


def claims_for(user: Any, edition: Edition) -> QuerySet[Claim]:
    """Return the disputed facts that this user may see."""
    return visible(Claim.objects.all(), user, edition, "forum.view_facts")


def mandates_for(user: Any, edition: Edition) -> QuerySet[Mandate]:
    """Return the decisions behind the hosting that this user may see."""
    return visible(Mandate.objects.all(), user, edition, "forum.view_facts")


def duties_for(user: Any, edition: Edition) -> QuerySet[Duty]:
    """Return the split of duties that this user may see."""
    return visible(Duty.objects.all(), user, edition, "forum.view_facts")


def milestones_for(user: Any, edition: Edition) -> QuerySet[Milestone]:
    """Return the steps of the preparation that this user may see."""
    return visible(Milestone.objects.all(), user, edition, "forum.view_facts")


def own_edition(user: Any, edition: Edition) -> QuerySet[Edition]:
    """Return the edition itself as a thing, for a user who may see it."""
    own = Edition.objects.select_related("forum").filter(pk=edition.pk)
    return own if may(user, "forum.view_edition", edition) else own.none()


def forum_by_slug(slug: str) -> Forum | None:
    """Return a forum, or None."""
    return Forum.objects.filter(slug=slug).first()


def next_number(forum: Forum) -> int:
    """Return the number that the next meeting of a forum has. One SQL query."""
    return int(forum.editions.aggregate(last=Max("number"))["last"] or 0) + 1


def fields_of(thing: Any, *, but: Iterable[str] = ()) -> dict[str, Any]:
    """Return what a thing of an edition holds, as another edition can take it: without its key, place and edition."""
    left_out = {"id", "edition", "position", "revision", *but}
    return {
        column.name: getattr(thing, column.name)
        for column in thing._meta.concrete_fields
        if column.name not in left_out
    }


def forums() -> QuerySet[Forum]:
    """Return all forums."""
    return Forum.objects.order_by("slug")


def party_names(edition: Edition, slugs: Iterable[str]) -> dict[str, Text]:
    """Return the names of these parties by slug. One SQL query, none for no slug."""
    wanted = set(slugs)
    return dict(edition.party_set.filter(slug__in=wanted).values_list("slug", "name")) if wanted else {}


def naming(things: QuerySet[Any], column: str, slug: str) -> QuerySet[Any]:
    """Keep the things whose list in a JSON column names this slug; the databases have no common word for it."""
    written: QuerySet[Any] = things.annotate(**{f"{column}_text": Cast(column, TextField())})
    return written.filter(**{f"{column}_text__contains": f'"{slug}"'})


def things_citing(edition: Edition, slug: str) -> list[str]:
    """Return the slugs of things of the forum's tables that rest on a source. Five SQL queries."""
    resting = (edition.party_set, edition.office_set, edition.mandate_set, edition.milestone_set)
    found = [naming(things.all(), "sources", slug) for things in resting]
    found.append(naming(edition.claim_set.all(), "versions", slug))
    return [name for things in found for name in things.values_list("slug", flat=True)[:10]]


def offices_of_party(party: Party) -> list[str]:
    """Return the slugs of the offices of a party. One SQL query."""
    return list(party.offices.values_list("slug", flat=True)[:10])
