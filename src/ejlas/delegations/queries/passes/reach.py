"""What a pass opens, and which passes open a zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from ejlas.delegations.models import Badge, Category, Person, Window, Zone
from ejlas.delegations.queries.passes.table import Table
from ejlas.delegations.queries.passes.things import badges_for
from ejlas.delegations.rules.passes.badges import HOLDING
from ejlas.forum.models import Edition

LIVE = sorted(HOLDING)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time in which a zone is open to a pass; `window` names it, unless the zone was given besides."""

    starts_at: datetime | None
    ends_at: datetime | None
    window: Window | None = None

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in it."""
        return (self.starts_at is None or self.starts_at <= at) and (self.ends_at is None or at < self.ends_at)


@dataclass(frozen=True, slots=True)
class Opened:
    """A zone that a pass opens, with when; `is_besides` where it is given besides those of its category."""

    zone: Zone
    stretches: list[Stretch]
    is_besides: bool = False

    def is_now(self, at: datetime) -> bool:
        """Whether it may be entered at a moment."""
        return any(each.holds(at) for each in self.stretches)

    def next_at(self, at: datetime) -> datetime | None:
        """Return when it may be entered next."""
        return min((each.starts_at for each in self.stretches if each.starts_at and each.starts_at > at), default=None)


def opened_by(badge: Badge, table: Table) -> list[Opened]:
    """Return the zones that a pass opens, in the order of the table, cut to the pass's own validity."""
    found = []
    for zone in table.zones:
        if zone.slug in badge.zones:
            found.append(Opened(zone, [Stretch(*_whole(badge, table))], is_besides=True))
            continue
        spans = [_cut(badge, window) for window in table.windows_of(badge.category.slug, zone.slug)]
        stretches = [each for each in spans if each is not None]
        if stretches:
            found.append(Opened(zone, stretches))
    return found


def _whole(badge: Badge, table: Table) -> tuple[datetime | None, datetime | None]:
    span = table.matrix.whole_span(badge.category.slug) or (None, None)
    return badge.starts_at or span[0], badge.ends_at or span[1]


def _cut(badge: Badge, window: Window) -> Stretch | None:
    starts = max(window.starts_at, badge.starts_at) if badge.starts_at else window.starts_at
    ends = min(window.ends_at, badge.ends_at) if badge.ends_at else window.ends_at
    return Stretch(starts, ends, window) if starts < ends else None


def badge_of(person: Person) -> Badge | None:
    """Return the pass of a person that may still open gates, else the latest that ever did. One SQL query."""
    found = Badge.objects.filter(person=person).select_related("category", "edition").defer("holder", "issued_to")
    rows = sorted(found, key=lambda badge: (badge.state in HOLDING, badge.pk))
    return rows[-1] if rows else None


def badges_into(user: Any, edition: Edition, zone: Zone, window: str = "") -> QuerySet[Badge]:
    """Return the passes in hand, or on the way there, that open a zone, in one window where that is named.

    Two SQL queries before the list: few passes have zones besides, and those are looked through here.
    """
    access = Category.objects.filter(edition=edition, access__zone=zone)
    if window:
        access = access.filter(access__zone=zone, access__window__slug=window)
    besides = Badge.objects.filter(edition=edition, state__in=LIVE).exclude(zones=[]).values_list("pk", "zones")
    extra = [key for key, zones in besides if zone.slug in zones]
    found = badges_for(user, edition).filter(state__in=LIVE)
    return found.filter(Q(category__in=set(access.values_list("pk", flat=True))) | Q(pk__in=extra))


def counts_by_category(edition: Edition) -> dict[int, int]:
    """Return how many passes of each category, by its key, open gates now or later. One SQL query."""
    rows = Badge.objects.filter(edition=edition, state__in=LIVE).order_by().values_list("category_id")
    return dict(rows.annotate(number=Count("pk")))
