"""How many people are inside each zone, by the latest scan of each pass there."""

from __future__ import annotations

from django.db.models import F, Sum

from ejlas.delegations.models import Presence
from ejlas.forum.models import Edition


def inside(edition: Edition) -> dict[str, int]:
    """Return how many are inside, by the slug of each zone in which somebody is; guests count. One SQL query."""
    there = Presence.objects.filter(zone__edition=edition, is_inside=True).order_by()
    return dict(there.values_list("zone__slug").annotate(n_people=Sum(F("n_guests") + 1)))
