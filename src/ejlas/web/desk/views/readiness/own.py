"""What a body of the host sees and answers: what it owes, and nothing of others."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ejlas.readiness.queries import obligations as queries
from ejlas.readiness.rules.states import OF_BODY
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.readiness import own_page, sites
from ejlas.web.desk.views.readiness.answering import Way
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet

MAY, HERE = "readiness.answer_own", "own-obligations"


@require_safe
@requires(MAY)
def every(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show a body what it owes, what needs its answer first."""
    sheet = Sheet(edition, reader_of(edition))
    groups = own_page.groups(queries.owed_by(request.user, edition), sheet, sites.of_own(edition))
    return render(request, "desk/readiness/own.html", frame(request, edition, HERE) | {"groups": groups})


@require_safe
@requires(MAY)
def show(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show a body one thing that it owes."""
    return render(request, "desk/readiness/own_obligation.html", _context(request, edition, slug))


def _find(user: Any, edition: Any, slug: str) -> Any:
    return queries.owed_by(user, edition).filter(slug=slug).first()


def _context(request: HttpRequest, edition: Any, slug: str) -> dict[str, Any]:
    owed = _find(request.user, edition, slug)
    if owed is None:
        raise Http404(slug)
    sheet = Sheet(edition, reader_of(edition))
    home = {"home": reverse("desk:own-obligations", args=[edition.slug])}
    return frame(request, edition, HERE) | home | own_page.one(request.user, owed, sheet, sites.of_own(edition))


def _again(request: HttpRequest, edition: Any, slug: str, faults: list[str]) -> HttpResponse:
    context = _context(request, edition, slug) | {"faults": faults, "typed": request.POST}
    return render(request, "desk/readiness/own_obligation.html", context, status=422)


OF_OWN = Way(name="own-obligation", reads=MAY, answers=MAY, steps=OF_BODY, find=_find, show=_again)
