"""What the lists of passes, categories, zones, windows, designs and gates show, to whom."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from ejlas.delegations.models import Badge, Category, Gate, Window, Zone
from ejlas.delegations.rules.passes.badges import TOKENS
from ejlas.forum.models import Edition
from ejlas.forum.permissions import visible

_VIEW = "delegations.view_passes"


def badges_for(user: Any, edition: Edition) -> QuerySet[Badge]:
    """Return the passes that this user may see, with whom they name, without what stands encrypted."""
    found = visible(Badge.objects.all(), user, edition, _VIEW).defer("holder", "issued_to")
    return found.select_related("edition", "category", "delegation__party", "person__capacity")


def categories_for(user: Any, edition: Edition) -> QuerySet[Category]:
    """Return the categories of passes that this user may see."""
    return visible(Category.objects.select_related("edition"), user, edition, _VIEW)


def zones_for(user: Any, edition: Edition) -> QuerySet[Zone]:
    """Return the zones that this user may see."""
    return visible(Zone.objects.select_related("edition"), user, edition, _VIEW)


def windows_for(user: Any, edition: Edition) -> QuerySet[Window]:
    """Return the windows of time that this user may see."""
    return visible(Window.objects.select_related("edition"), user, edition, _VIEW)


def gates_for(user: Any, edition: Edition) -> QuerySet[Gate]:
    """Return the gates that this user may see, with the zones to which they lead."""
    return visible(Gate.objects.select_related("edition", "zone"), user, edition, _VIEW)


def has_zones(edition: Edition) -> bool:
    """Tell whether the passes of an edition are set up."""
    return Zone.objects.filter(edition=edition).exists()


def windows_of(edition: Edition) -> list[Window]:
    """Return the windows of time of an edition, the earliest first. One SQL query."""
    return list(Window.objects.filter(edition=edition).select_related("edition").order_by("starts_at", "pk"))


def badges_of(edition: Edition) -> QuerySet[Badge]:
    """Return all passes of an edition, with whom they name, in handing-out order."""
    found = Badge.objects.filter(edition=edition).select_related("edition", "category", "delegation__party", "person")
    return found.in_handing_order()


def token_categories(edition: Edition) -> list[Category]:
    """Return the categories of tokens, in their order. One SQL query."""
    found = Category.objects.filter(edition=edition, kind__in=sorted(TOKENS)).select_related("edition")
    return list(found.order_by("position", "pk"))
