"""People who came to an earlier edition are offered for the new list, with a tick each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ejlas.core.errors import RuleBroken
from ejlas.delegations.operations.returning import return_people
from ejlas.delegations.queries.returning import earlier_people
from ejlas.web.portal.access import requires_delegation
from ejlas.web.portal.frame import frame
from ejlas.web.portal.rows import row_of
from ejlas.web.ui.people import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@requires_delegation
def offer(request: HttpRequest, delegation: Any) -> HttpResponse:
    """Offer people of earlier editions, and take over those who are ticked."""
    if request.method == "POST":
        return _take_over(request, delegation)
    context = frame(request, delegation)
    reader = context["reader"]
    context["rows"] = [
        (row_of(person, reader), reader.html(person.edition.name.to_stored())) for person in earlier_people(delegation)
    ]
    return render(request, "portal/return.html", context)


def _take_over(request: HttpRequest, delegation: Any) -> HttpResponse:
    slugs = request.POST.getlist("person")
    at = [delegation.edition.slug, delegation.slug]
    if not slugs:
        messages.error(request, _("Tick at least one person."))
        return redirect("portal:return", *at)
    try:
        named = return_people(delegation=delegation, slugs=slugs, by=signed_in(request), at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
        return redirect("portal:return", *at)
    for _number, rule in named.refused:
        messages.error(request, rule.sentence(_))
    if named.people:
        told = _("People taken over: %(n)s. See what is missing of each.")
        messages.success(request, told % {"n": frame(request, delegation)["reader"].number(len(named.people))})
    return redirect("portal:delegation", *at)
