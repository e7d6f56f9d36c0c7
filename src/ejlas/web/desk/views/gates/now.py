"""What goes on at the gates now: for a supervisor's screen, and large for a wall."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from ejlas.delegations.queries.gate.watching import CHANGE, WATCH
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.gates import now as shapes
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet


@require_safe
@requires(WATCH)
def now(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show who is inside, which gates are there, what the server found, and what was refused."""
    context = _context(request, edition)
    context["live_address"] = _with_query(request, reverse("desk:gates-now-live", args=[edition.slug]))
    template = "desk/gates/wall.html" if context["is_wall"] else "desk/gates/now.html"
    response = render(request, template, context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@requires(WATCH)
def live(request: HttpRequest, edition: Any) -> HttpResponse:
    """Answer what changes while one watches, as a part of the page; 304 where nothing has."""
    context = _context(request, edition)
    template = "desk/gates/wall_live.html" if context["is_wall"] else "desk/gates/live.html"
    response = render(request, template, context)
    etag = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return get_conditional_response(request, etag=etag, response=response) or response


def _context(request: HttpRequest, edition: Any) -> dict[str, Any]:
    sheet = Sheet(edition, reader_of(edition))
    base = frame(request, edition, "gates-now")
    found = shapes.live(request.user, edition, sheet, at=timezone.now(), page=request.GET.get("page", ""))
    desk = base["desk"]
    return {
        **base,
        **found,
        "is_wall": request.GET.get("wall") == "1",
        "map": {"width": shapes.WIDTH, "height": shapes.HEIGHT, "radius": shapes.RADIUS},
        "address": reverse("desk:gates-now", args=[edition.slug]),
        "scans_address": reverse("desk:scans", args=[edition.slug]),
        "devices_address": reverse("desk:devices", args=[edition.slug]) if desk.may(CHANGE) else "",
    }


def _with_query(request: HttpRequest, address: str) -> str:
    query = request.GET.urlencode()
    return f"{address}?{query}" if query else address
