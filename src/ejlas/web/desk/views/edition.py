"""The edition itself: what it is called, when and where it is, by which rules bilaterals are planned."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ejlas.accounts.permissions import may
from ejlas.web.desk.views.things import page_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import BILATERAL_RULES, EDITION


@require_safe
@requires("forum.view_edition")
def show(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show the edition, with the ways to what belongs to it alone."""
    context = page_of(request, EDITION, edition, edition.slug)
    rules = page_of(request, BILATERAL_RULES, edition, edition.slug)
    context |= {
        "rules": [fact for _title, facts in rules["groups"] for fact in facts],
        "rules_address": reverse("desk:bilateral-rules-change", args=[edition.slug]),
        "series": edition.forum,
        "series_name": context["desk"].reader.name(edition.forum.name.to_stored()),
        "can_change_series": may(request.user, "forum.add_edition"),
        "can_follow": may(request.user, "forum.add_edition", edition),
    }
    return render(request, "desk/edition.html", context)
