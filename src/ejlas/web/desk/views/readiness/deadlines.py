"""Links to calendars of deadlines: the desk makes and voids them for every body, a body for itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ejlas.core.errors import RuleBroken
from ejlas.readiness.operations import feeds as operations
from ejlas.readiness.permissions import bodies_of
from ejlas.readiness.queries import feeds
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.people import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@requires("readiness.change_readiness")
def every(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show the links of all bodies, and make or void one."""
    return _page(request, edition, feeds.bodies_with_feeds(edition), "deadlines")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("readiness.answer_own")
def own(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show a body its own link, and make or void it."""
    slugs = bodies_of(request.user, edition)
    return _page(request, edition, feeds.bodies_with_feeds(edition, slugs), "own-deadlines")


def _page(request: HttpRequest, edition: Any, bodies: list[Any], here: str) -> HttpResponse:
    link = ""
    if request.method == "POST":
        body = next((each for each in bodies if each.slug == request.POST.get("body")), None)
        if body is None:
            raise Http404
        if request.POST.get("act") == "void":
            operations.void_feed(body=body, by=signed_in(request), at=timezone.now())
            messages.success(request, _("The link is void: whoever holds it sees nothing any more."))
            return redirect(f"desk:{here}", edition.slug)
        try:
            token = operations.make_feed(body=body, by=signed_in(request), at=timezone.now())
        except RuleBroken as broken:
            messages.error(request, broken.sentence(_))
            return redirect(f"desk:{here}", edition.slug)
        link = request.build_absolute_uri(reverse("public:deadlines", args=[token]))
        bodies = feeds.bodies_with_feeds(edition, [each.slug for each in bodies])
    sheet = Sheet(edition, reader_of(edition))
    context = frame(request, edition, here) | {
        "link": link,
        "made_for": request.POST.get("body", "") if link else "",
        "rows": [_row(each, sheet) for each in bodies],
    }
    answer = render(request, "desk/readiness/deadlines.html", context)
    # The secret is shown once, and kept by no one but its reader.
    answer["Cache-Control"] = "no-store"
    return answer


def _row(body: Any, sheet: Sheet) -> dict[str, Any]:
    feed = getattr(body, "deadline_feed", None)
    return {
        "slug": body.slug,
        "name": sheet.text(body.name) or body.slug,
        "made_at": sheet.moment(feed.made_at) if feed else "",
        "made_by": feed.made_by if feed else "",
    }
