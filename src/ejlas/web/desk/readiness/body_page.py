"""The page of a body: beside what every kind has, the way to say that it is no more."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from ejlas.accounts.permissions import may
from ejlas.web.desk.readiness.obligation_page import CHANGES
from ejlas.web.ui.kinds import Sheet


def prepare(request: HttpRequest, edition: Any, thing: Any, _sheet: Sheet) -> dict[str, Any]:
    """Return where a body that is still there can be dissolved, for who may."""
    offered = thing.dissolved_on is None and may(request.user, CHANGES, edition)
    return {"dissolve_address": reverse("desk:body-dissolve", args=[edition.slug, thing.slug]) if offered else ""}
