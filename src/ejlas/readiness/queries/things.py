"""What the lists of readiness show, to whom."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from ejlas.forum.models import Edition
from ejlas.forum.permissions import visible
from ejlas.readiness import permissions
from ejlas.readiness.models import (
    Body,
    CoordinationMeeting,
    Inspection,
    Obligation,
    ObligationQuerySet,
    Resource,
    Workstream,
)

_VIEW = "readiness.view_readiness"


def obligations_for(user: Any, edition: Edition) -> ObligationQuerySet:
    """Return the obligations that this user may see, with body and workstream; `is_mine` says that they concern him."""
    own = Q(body__slug__in=permissions.bodies_of(user, edition))
    for field, value in (("responsible__iexact", user.name), ("body__contact_email__iexact", user.email)):
        own |= Q(**{field: value}) if value else Q()
    # An alias costs nothing where nobody asks for it.
    mine = Case(When(own, then=Value(value=True)), default=Value(value=False))
    found = permissions.visible_obligations(user, edition).alias(is_mine=mine)
    return found.select_related("edition", "body", "workstream")


def bodies_for(user: Any, edition: Edition) -> QuerySet[Body]:
    """Return the bodies that this user may see, each with how much it still owes."""
    found: QuerySet[Body] = visible(Body.objects.select_related("edition"), user, edition, _VIEW)
    return found.annotate(n_open=_open_of("body"))


def workstreams_for(user: Any, edition: Edition) -> QuerySet[Workstream]:
    """Return the workstreams that this user may see, each with how much of it is still open."""
    found: QuerySet[Workstream] = visible(Workstream.objects.select_related("edition"), user, edition, _VIEW)
    return found.annotate(n_open=_open_of("workstream"))


def _open_of(group: str) -> Coalesce:
    rows = Obligation.objects.filter(**{group: OuterRef("pk")}).open().order_by()
    return Coalesce(Subquery(rows.values(group).annotate(number=Count("pk")).values("number")), 0)


def resources_for(user: Any, edition: Edition) -> QuerySet[Resource]:
    """Return the limited hands and equipment that this user may see."""
    return visible(Resource.objects.select_related("edition", "body"), user, edition, _VIEW)


def meetings_for(user: Any, edition: Edition) -> QuerySet[CoordinationMeeting]:
    """Return the coordination meetings that this user may see."""
    return visible(CoordinationMeeting.objects.select_related("edition"), user, edition, _VIEW)


def inspections_for(user: Any, edition: Edition) -> QuerySet[Inspection]:
    """Return the rounds of inspection that this user may see."""
    return visible(Inspection.objects.select_related("edition"), user, edition, _VIEW)
