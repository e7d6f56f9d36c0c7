"""What the cards of passes show besides their person: zones with their windows, the days, and the code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ejlas.delegations.models import Access, Badge, CardDesign, Zone
from ejlas.delegations.queries.passes.codes import Coder, key_of
from ejlas.forum.models import Edition

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class OpenZone:
    """A zone that a pass opens, with the windows in which it does; none = as long as the pass is valid."""

    zone: Zone
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A pass with what its card shows of the matrix."""

    badge: Badge
    zones: tuple[OpenZone, ...]
    span: Span
    code: str


def shown_on_cards(edition: Edition, badges: Iterable[Badge]) -> Iterator[Shown]:
    """Yield passes of an edition, in their order, with what their cards show; their categories are at hand.

    Five SQL queries, whatever the number of passes.
    """
    key = key_of(edition)
    if key is None:
        raise ValueError(f"edition {edition.slug} has no key that signs its passes")
    coder = Coder(edition, key)
    zones = list(Zone.objects.filter(edition=edition).order_by("position", "pk"))
    spans = _spans(edition)
    for badge in badges:
        opened = tuple(_opened(badge, zones, spans[badge.category_id]))
        yield Shown(badge, opened, coder.span(badge), coder.code(badge))


def _spans(edition: Edition) -> dict[int, dict[int, list[Span]]]:
    """Return the windows by category and zone, the earliest first."""
    found: dict[int, dict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
    cells = Access.objects.filter(category__edition=edition).order_by("window__starts_at", "window__ends_at")
    for category, zone, starts, ends in cells.values_list(
        "category_id", "zone_id", "window__starts_at", "window__ends_at"
    ):
        found[category][zone].append((starts, ends))
    return found


def _opened(badge: Badge, zones: Iterable[Zone], spans: dict[int, list[Span]]) -> Iterator[OpenZone]:
    for zone in zones:
        if zone.slug in badge.zones:
            yield OpenZone(zone, ())
        elif zone.pk in spans:
            yield OpenZone(zone, tuple(spans[zone.pk]))


def designs_of(edition: Edition) -> list[CardDesign]:
    """Return the designs of an edition, in its order. One SQL query."""
    return list(CardDesign.objects.filter(edition=edition).order_by("position", "pk"))
