"""How many people are inside each zone, by the latest scan of each pass there."""

from __future__ import annotations

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from ejlas.delegations.models import Zone
from ejlas.forum.models import Edition


def inside(edition: Edition) -> dict[str, int]:
    """Return how many are inside each zone, by its slug; guests count. One SQL query."""
    there = Sum(F("presences__n_guests") + 1, filter=Q(presences__is_inside=True))
    zones = Zone.objects.filter(edition=edition).order_by("position", "pk")
    return dict(zones.annotate(n_people=Coalesce(there, 0)).values_list("slug", "n_people"))
