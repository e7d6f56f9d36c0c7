"""Designs of cards, and what of an edition a sample card shows."""

from __future__ import annotations

from dataclasses import dataclass

from ejlas.delegations.models import Access, CardDesign, Category, Zone
from ejlas.forum.models import Edition


@dataclass(frozen=True, slots=True)
class CategoryOpened:
    """A category, with the zones that it opens in their order."""

    category: Category
    zones: tuple[Zone, ...]


def designs_of(edition: Edition) -> list[CardDesign]:
    """Return the designs of an edition in their order. One SQL query."""
    return list(CardDesign.objects.filter(edition=edition).order_by("position", "pk"))


def design_at(edition: Edition, slug: str) -> CardDesign | None:
    """Return a design with its edition. One SQL query."""
    return CardDesign.objects.select_related("edition").filter(edition=edition, slug=slug).first()


def categories_opened(edition: Edition) -> list[CategoryOpened]:
    """Return the categories of an edition with the zones of each. Three SQL queries."""
    cells = Access.objects.filter(category__edition=edition).values_list("category_id", "zone_id").distinct()
    opened = set(cells.order_by())
    zones = list(Zone.objects.filter(edition=edition).order_by("position", "pk"))
    return [
        CategoryOpened(category, tuple(zone for zone in zones if (category.pk, zone.pk) in opened))
        for category in Category.objects.filter(edition=edition).order_by("position", "pk")
    ]
