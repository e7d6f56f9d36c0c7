"""How full capacities and halls are, before anybody is let through (rule 6)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ejlas.web.desk.delegations import places as loads
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet


@require_safe
@requires("delegations.view_delegations")
def places(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show how many are named, let through and approved, and how many places there are."""
    sheet = Sheet(edition, reader_of(edition))
    context = frame(request, edition, "places") | {"halls": loads.halls(sheet), "capacities": loads.capacities(sheet)}
    return render(request, "desk/delegations/places.html", context)
