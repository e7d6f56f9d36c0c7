"""The links by which a body answers without an account: which were sent, to whom; a new one; void."""

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
from ejlas.readiness.operations import answer_links as operations
from ejlas.readiness.queries import answer_links as queries
from ejlas.readiness.queries import readers
from ejlas.readiness.rules.ladder import Level
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.readiness import sites
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.kinds.readiness import BODY
from ejlas.web.ui.people import signed_in

MOST = 100


@require_http_methods(["GET", "HEAD", "POST"])
@requires("readiness.change_readiness")
def every(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show the links of a body; send a new one, or make one void."""
    body = BODY.find(request.user, edition, slug)
    if body is None:
        raise Http404(slug)
    if request.method == "POST":
        _act(request, body)
        return redirect("desk:body-links", edition.slug, slug)
    sheet, now = Sheet(edition, reader_of(edition)), timezone.now()
    context = frame(request, edition, BODY.name) | {
        "name": sheet.text(body.name) or body.slug,
        "back": reverse("desk:body", args=[edition.slug, body.slug]),
        "change": reverse("desk:body-change", args=[edition.slug, body.slug]),
        "readers": [] if body.dissolved_on else _reachable(body),
        "is_gone": body.dissolved_on is not None,
        "rows": [_row(link, sheet, now) for link in queries.links_of(body).select_related("body")[:MOST]],
    }
    return render(request, "desk/readiness/links.html", context)


def _act(request: HttpRequest, body: Any) -> None:
    by, now = signed_in(request), timezone.now()
    if request.POST.get("act") == "void":
        key = request.POST.get("link", "")
        link = queries.links_of(body).filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
        if link is None:
            raise Http404
        operations.void_link(link=link, by=by, at=now)
        messages.success(request, _("The link is void: whoever holds it sees nothing any more."))
        return
    reader = next((each for each in _reachable(body) if each.level == request.POST.get("to")), None)
    if reader is None:
        raise Http404
    address = lambda token: request.build_absolute_uri(sites.home_by_link(token))  # noqa: E731
    try:
        link = operations.send_link(body=body, reader=reader, address=address, by=by, at=now)
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
        return
    messages.success(request, _("A new link is on its way to %(address)s.") % {"address": link.sent_to})


def _reachable(body: Any) -> list[Any]:
    """Return whom of a body, without an account, a link can be sent to."""
    there = readers.readers_of(body, {}, [])
    return [reader for reader in there if reader.level is not Level.SECRETARIAT]


def _row(link: Any, sheet: Sheet, now: Any) -> dict[str, Any]:
    return {
        "key": link.pk,
        "name": link.name,
        "sent_to": link.sent_to,
        "made_at": sheet.moment(link.made_at),
        "made_by": link.made_by,
        "used_at": sheet.moment(link.last_used_at),
        "until": sheet.day(link.expires_at.astimezone(sheet.edition.zone).date()),
        "void_at": sheet.moment(link.revoked_at),
        "void_by": link.revoked_by,
        "is_open": queries.is_open(link, now),
        "is_named": queries.is_named(link),
    }
