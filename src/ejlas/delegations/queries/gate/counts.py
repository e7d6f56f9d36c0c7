"""Who is inside each zone, by the latest scan of each pass there: how many, and whom the gates are told of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from ejlas.delegations.models import Presence, Zone
from ejlas.delegations.rules.passes.house import Passback
from ejlas.forum.models import Edition


def inside(edition: Edition) -> dict[str, int]:
    """Return how many are inside each zone, by its slug; guests count. One SQL query."""
    there = Sum(F("presences__n_guests") + 1, filter=Q(presences__is_inside=True))
    zones = Zone.objects.filter(edition=edition).order_by("position", "pk")
    return dict(zones.annotate(n_people=Coalesce(there, 0)).values_list("slug", "n_people"))


# What was noted so long before an answer is told once more: its transaction may have ended after the answer began.
OVERLAP = timedelta(seconds=10)
MOST_MOVES = 2000
Told = tuple[int, str, bool, str]


def moves(edition: Edition, since: datetime | None, *, at: datetime) -> tuple[list[Told], datetime]:
    """Return who came into zones with anti-passback, or left them, and from when on to ask the next time.

    Each is number, zone, whether inside, and when; without `since`, all who are inside. One SQL query.
    """
    watched = Presence.objects.filter(zone__edition=edition).exclude(zone__passback=Passback.OFF)
    found = watched.filter(is_inside=True) if since is None else watched.filter(noted_at__gte=since)
    named = found.order_by("noted_at", "pk").values_list("badge__number", "zone__slug", "is_inside", "at", "noted_at")
    rows = list(named[:MOST_MOVES])
    told = [
        (number, zone, is_inside, moved.astimezone(UTC).isoformat()) for number, zone, is_inside, moved, _noted in rows
    ]
    return told, rows[-1][-1] if len(rows) == MOST_MOVES else at - OVERLAP
