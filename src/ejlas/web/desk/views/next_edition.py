"""The next edition, made from one that was."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from ejlas.core.errors import RuleBroken
from ejlas.forum import queries as forum
from ejlas.forum.forms import Ask, EditionForm
from ejlas.journeys.next_edition import Part, make_next_edition
from ejlas.outcomes import queries as outcomes
from ejlas.web.desk import changing
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import EDITION
from ejlas.web.ui.reading import Reader

FEW = 50
PARTS = {
    Part.PARTIES: lazy("Parties: who comes is not known again, arrivals are empty"),
    Part.OFFICES: lazy("Offices beside the parties"),
    Part.VENUES: lazy("Venues and rooms: untick when another city hosts"),
    Part.RULES: lazy("Rules for bilaterals"),
    Part.DUTIES: lazy("Split of duties"),
}
# What lasts from one summit to the next; names and days are written anew.
LASTING = ("timezone", "city", "country", "calendars", "main_colour", "accent", "lead_ministry", "secretariat", "aims")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.add_edition")
def begin(request: HttpRequest, edition: Any) -> HttpResponse:
    """Ask what the next edition is called and what is taken over, and make it."""
    reader = reader_of(edition)
    ask = Ask(None, reader.language, EDITION.words, tuple(edition.languages))
    form = EditionForm(request.POST or None, ask=ask, initial=_initial(edition, ask))
    parts = [part for part in Part if part.value in request.POST.getlist("part")] if request.POST else list(Part)
    if request.method == "POST" and form.is_valid():
        fields = {**form.values(), "languages": edition.languages, "fallback_languages": edition.fallback_languages}
        try:
            made = make_next_edition(edition=edition, fields=fields, parts=parts, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        except RuleBroken as broken:
            changing.refuse(form, broken)
        else:
            messages.success(request, _("The next edition is made; look through what it took over."))
            return redirect("desk:edition", made.edition.slug)
    context = frame(request, edition, "edition") | {
        "kind": EDITION,
        "form": form,
        "is_new": True,
        "parts": [(part.value, words, part in parts) for part, words in PARTS.items()],
        "list_address": reverse("desk:edition", args=[edition.slug]),
        **_inherited(request.user, edition, reader),
    }
    return render(request, "desk/next_edition.html", context, status=422 if form.errors else 200)


def _initial(edition: Any, ask: Ask) -> dict[str, Any]:
    held = EditionForm(ask=ask, instance=edition).initial
    return {name: held[name] for name in LASTING} | {"number": forum.next_number(edition.forum)}


def _inherited(user: Any, edition: Any, reader: Reader) -> dict[str, Any]:
    """Tell what the next host inherits: the points of the texts. Nothing here records yet that one was kept."""
    points = outcomes.points_for(user, edition)
    return {
        "points": [
            {
                "words": reader.name(point.wording.to_stored()),
                "due": " · ".join(reader.dates(point.due_on)) if point.due_on else "",
                "owner": reader.name(point.owner.to_stored()) if point.owner else "",
                "address": reverse("desk:point", args=[edition.slug, point.slug]),
            }
            for point in points[:FEW]
        ],
        "n_points": reader.number(points.count()),
        "points_address": reverse("desk:point-list", args=[edition.slug]),
    }
