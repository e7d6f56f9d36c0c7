"""What stands around one obligation, and what a body owes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ejlas.forum.models import Edition
from ejlas.readiness import permissions
from ejlas.readiness.models import Body, Comment, Evidence, Link, Obligation, ObligationQuerySet, Resource, ResourceUse
from ejlas.readiness.rules.states import EvidenceKind


@dataclass(frozen=True, slots=True)
class Around:
    """What was handed in and said about an obligation, and what it hangs together with."""

    proofs: list[Evidence]
    comments: list[Comment]
    before: list[Link]
    after: list[Link]
    uses: list[ResourceUse]


def around(obligation: Obligation) -> Around:
    """Return what stands around an obligation. Five SQL queries."""
    links = Link.objects.order_by("pk")
    return Around(
        proofs=list(obligation.proofs.select_related("file")),
        comments=list(obligation.comments.all()),
        before=list(links.filter(after=obligation).select_related("before__body")),
        after=list(links.filter(before=obligation).select_related("after__body")),
        uses=list(obligation.uses.select_related("resource").order_by("resource__position", "pk")),
    )


def missing_evidence(obligation: Obligation, proofs: list[Evidence]) -> list[EvidenceKind]:
    """Name the kinds of evidence that were asked for and are not there yet."""
    held = {proof.kind for proof in proofs}
    if obligation.inspected_at is not None:
        held.add(EvidenceKind.INSPECTION)
    return [kind for kind in EvidenceKind if kind in obligation.evidence and kind not in held]


def may_precede(obligation: Obligation) -> ObligationQuerySet:
    """Return the obligations of the same edition that may come before one; circles are judged later."""
    return Obligation.objects.filter(edition=obligation.edition_id).exclude(pk=obligation.pk).order_by("position", "pk")


def lags_of(obligation: Obligation) -> dict[Obligation, int]:
    """Return after which obligations one begins, with the lag of each. One SQL query."""
    links = Link.objects.filter(after=obligation).select_related("before")
    return {link.before: link.lag_days for link in links}


def amounts_of(obligation: Obligation) -> dict[Resource, int]:
    """Return how much of limited hands and equipment an obligation holds. One SQL query."""
    return {use.resource: use.amount for use in obligation.uses.select_related("resource")}


def resources_of(edition: Edition) -> QuerySet[Resource]:
    """Return the limited hands and equipment of an edition."""
    return Resource.objects.filter(edition=edition).order_by("position", "pk")


def owed_by(user: Any, edition: Edition) -> ObligationQuerySet:
    """Return what the bodies owe for which a user answers, with body and workstream."""
    own = permissions.visible_obligations(user, edition).filter(body__slug__in=permissions.bodies_of(user, edition))
    return own.select_related("edition", "body", "workstream").order_by("due_on", "position", "pk")


def proof_of(obligation: Obligation, slug: str) -> Evidence | None:
    """Return one piece of evidence of an obligation, with its file. One SQL query."""
    return obligation.proofs.select_related("file").filter(slug=slug).exclude(file=None).first()


def n_open_of(body: Body) -> int:
    """Return how much a body still owes. One SQL query."""
    return Obligation.objects.filter(body=body).open().count()


def may_follow(body: Body) -> QuerySet[Body]:
    """Return the bodies that may take over what a body owes that is no more."""
    there = Body.objects.filter(edition=body.edition_id, dissolved_on=None)
    return there.exclude(pk=body.pk).order_by("position", "pk")
