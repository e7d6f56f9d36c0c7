"""A body is no more: the day, and who takes over what it still owes."""

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
from ejlas.readiness.forms.answering import DissolveForm
from ejlas.readiness.operations import bodies as operations
from ejlas.readiness.queries import obligations as queries
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.readiness.obligation_page import offered
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.kinds.readiness import BODY
from ejlas.web.ui.people import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@requires("readiness.change_readiness")
def dissolve(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Ask for the day and for the body that follows, and dissolve a body."""
    body = BODY.find(request.user, edition, slug)
    if body is None or body.dissolved_on is not None:
        raise Http404(slug)
    today = timezone.now().astimezone(edition.zone).date()
    data = request.POST if request.method == "POST" else None
    form = DissolveForm(data, body, language=reader_of(edition).language, today=today)
    if request.method != "POST":
        return _page(request, edition, body, form, [])
    if not form.is_valid():
        return _page(request, edition, body, form, [str(fault) for faults in form.errors.values() for fault in faults])
    try:
        operations.dissolve_body(
            body=body,
            day=form.cleaned_data["day"],
            heir=form.cleaned_data["heir"],
            by=signed_in(request),
            at=timezone.now(),
        )
    except RuleBroken as broken:
        return _page(request, edition, body, form, [broken.sentence(_)])
    messages.success(request, _("It is noted that the body is no more."))
    return redirect("desk:body", edition.slug, slug)


def _page(request: HttpRequest, edition: Any, body: Any, form: DissolveForm, faults: list[str]) -> HttpResponse:
    sheet = Sheet(edition, reader_of(edition))
    context = frame(request, edition, BODY.name) | {
        "name": sheet.text(body.name) or body.slug,
        "back": reverse("desk:body", args=[edition.slug, body.slug]),
        "n_open": sheet.number(queries.n_open_of(body)),
        "heirs": offered(queries.may_follow(body), sheet),
        "day": form["day"],
        "heir": request.POST.get("heir", ""),
        "faults": faults,
    }
    return render(request, "desk/readiness/dissolve.html", context, status=422 if faults else 200)
