"""The page of a body or of a workstream: beside what every kind has, how much of its obligations is open and late."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from ejlas.accounts.permissions import may
from ejlas.readiness.queries import now
from ejlas.web.desk.readiness.obligation_page import CHANGES
from ejlas.web.ui.kinds import Sheet


def prepare(request: HttpRequest, edition: Any, thing: Any, sheet: Sheet) -> dict[str, Any]:
    """Return what a body owes, and where its links are and it can be dissolved, for who may."""
    changes = may(request.user, CHANGES, edition)
    offered = thing.dissolved_on is None and changes
    address = reverse("desk:body-dissolve", args=[edition.slug, thing.slug]) if offered else ""
    links = reverse("desk:body-links", args=[edition.slug, thing.slug]) if changes else ""
    found = prepare_group(request, edition, thing, sheet, "body")
    return found | {"dissolve_address": address, "links_address": links}


def prepare_workstream(request: HttpRequest, edition: Any, thing: Any, sheet: Sheet) -> dict[str, Any]:
    """Return how far the obligations of a workstream are."""
    return prepare_group(request, edition, thing, sheet, "workstream")


def prepare_group(_request: HttpRequest, edition: Any, thing: Any, sheet: Sheet, name: str) -> dict[str, Any]:
    """Return how many obligations there are, are open and are late, and where they stand. One SQL query."""
    found = now.of_group(thing, timezone.now().astimezone(edition.zone).date())
    address = f"{reverse('desk:obligation-list', args=[edition.slug])}?{name}={thing.slug}"
    return {
        "n_owed": {each: sheet.number(number) for each, number in found.items() if number},
        "owed_address": address,
        "late_address": f"{address}&late=1",
    }
