"""The gates of an edition, as an officer chooses among them."""

from __future__ import annotations

from django.db.models import QuerySet

from ejlas.delegations.models import Gate
from ejlas.forum.models import Edition


def gates_of(edition: Edition) -> QuerySet[Gate]:
    """Return the gates of an edition with the zones to which they lead, in their order."""
    return Gate.objects.filter(edition=edition).select_related("zone").order_by("zone__position", "position", "pk")
