"""The designer of a card: each button sends the working copy, which is kept only when it is saved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ejlas.core.changes import ChangedMeanwhile
from ejlas.core.errors import RuleBroken, marked
from ejlas.core.files.rules import PDF
from ejlas.delegations.operations.passes import designs as operations
from ejlas.delegations.queries.passes import designs as queries
from ejlas.exports.cards.badge_values import card_edition
from ejlas.exports.cards.printing import render as print_cards
from ejlas.exports.cards.samples import values_of
from ejlas.web.desk import letters as shown
from ejlas.web.desk.designs import working as copies
from ejlas.web.desk.designs.page import context_of, look_of
from ejlas.web.desk.designs.working import Working
from ejlas.web.desk.frame import frame
from ejlas.web.desk.views.designs import CHANGE, design_at
from ejlas.web.ui.access import requires
from ejlas.web.ui.people import signed_in


class NameNeeded(RuleBroken):
    """A design is chosen by its name when cards are printed."""

    message = marked("Give the design a name in at least one language.")


SAVES = ("save", "save-over", "save-copy")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CHANGE)
def design(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show a design with both its sides; do what a button asks for, and keep it when that is to save."""
    found = design_at(edition, slug)
    if request.method != "POST":
        return _page(request, edition, found, copies.of_design(found))
    working, act = copies.of_form(request.POST, edition.languages), request.POST.get("act", "")
    if act in SAVES:
        return _saved(request, edition, found, working, act)
    return _page(request, edition, found, copies.acted(working, act, request.POST))


@require_POST
@requires(CHANGE)
def work(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Return only what the designer shows of a working copy, for a page that renews itself; nothing is kept."""
    found = design_at(edition, slug)
    working = copies.of_form(request.POST, edition.languages)
    working = copies.acted(working, request.POST.get("act", ""), request.POST)
    return _page(request, edition, found, working, template="desk/designs/work.html")


@require_POST
@requires(CHANGE)
def test(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Return one card of the working copy as PDF, with sample data."""
    found = design_at(edition, slug)
    working = copies.of_form(request.POST, edition.languages)
    drawn = working.drawn(working.faults())
    if drawn is None:
        return _page(request, edition, found, working, status=422)
    look = look_of(request.POST, working, edition)
    values = values_of(look.sample, edition, queries.categories_opened(edition), category=look.category)
    shared = card_edition(edition)
    files = print_cards([values], drawn[0], edition=shared, language=look.language, at=timezone.now(), n_children=1)
    return shown.as_file(b"".join(files), media_type=PDF, name=f"{slug}.pdf", is_shown=True)


def _page(
    request: HttpRequest,
    edition: Any,
    design: Any,
    working: Working,
    *,
    template: str = "desk/designs/design.html",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = frame(request, edition, "designs")
    reader = context["desk"].reader
    look = look_of(request.POST or request.GET, working, edition)
    context |= context_of(working, look, edition=edition, reader=reader, at=timezone.now())
    context |= {
        "design": design,
        "design_name": reader.html(design.name.to_stored()) or design.slug,
        "is_kept": _fields(working) == _fields(copies.of_design(design)),
        **more,
    }
    return render(request, template, context, status=status)


def _fields(working: Working) -> dict[str, Any]:
    return {"name": copies.text_of(working), "kinds": list(working.kinds), "design": working.stored}


def _saved(request: HttpRequest, edition: Any, design: Any, working: Working, act: str) -> HttpResponse:
    fields, by, at = _fields(working), signed_in(request), timezone.now()
    try:
        if working.is_broken:
            raise operations.DesignFaulty(working.faults())
        if not working.name:
            raise NameNeeded
        if act == "save-copy":
            made = operations.add_design(edition=edition, fields=fields, by=by, at=at)
        else:
            made = design
            revision = int(working.revision) if working.revision.isdigit() else 0
            operations.change_design(thing=design, fields=fields, by=by, at=at, revision=revision)
    except ChangedMeanwhile as broken:
        # What one typed stays; who saves again now has seen that somebody else wrote.
        told = {"conflict": broken.sentence(_)}
        newest = replace(working, revision=str(design_at(edition, design.slug).revision))
        return _page(request, edition, design_at(edition, design.slug), newest, status=409, **told)
    except operations.DesignFaulty:
        return _page(request, edition, design, working, status=422)
    except RuleBroken as broken:
        return _page(request, edition, design, working, status=422, fault=broken.sentence(_))
    messages.success(request, _("The design is saved."))
    return redirect("desk:design", edition.slug, made.slug)
