"""Templates of letters: the standard texts, one template, and what it would say to a delegation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ejlas.core import languages
from ejlas.core.files.rules import PDF
from ejlas.delegations import queries as delegations
from ejlas.delegations.operations import letters as operations
from ejlas.delegations.queries import letters as queries
from ejlas.journeys import letters as journey
from ejlas.web.desk import letters as shown
from ejlas.web.desk.frame import reader_of
from ejlas.web.desk.views.things import page_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds.letters import TEMPLATE
from ejlas.web.ui.people import signed_in
from ejlas.web.ui.reading import Reader


@require_POST
@requires("delegations.change_letters")
def add_standard(request: HttpRequest, edition: Any) -> HttpResponse:
    """Add the standard text of each kind of letter that has none."""
    made = operations.add_standard_templates(edition=edition, by=signed_in(request), at=timezone.now())
    if made:
        words = ngettext("%(count)s template is added.", "%(count)s templates are added.", len(made))
        messages.success(request, words % {"count": reader_of(edition).number(len(made))})
    else:
        messages.info(request, _("Each kind of letter has a template already."))
    return redirect("desk:template-list", edition.slug)


@require_safe
@requires("delegations.view_letters")
def show(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show a template in all its languages."""
    return render(request, "desk/letters/template.html", page_of(request, TEMPLATE, edition, slug))


@require_safe
@requires("delegations.view_letters")
def preview(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show what a template would say to a delegation, on the page or on paper."""
    context = page_of(request, TEMPLATE, edition, slug)
    reader, template = context["desk"].reader, context["thing"]
    every = list(edition.delegation_set.select_related("edition__forum", "party").order_by("position", "pk"))
    asked = request.GET.get("delegation", "")
    delegation = next((each for each in every if each.slug == asked), every[0] if every else None)
    if asked and (delegation is None or delegation.slug != asked):
        raise Http404(asked)
    spoken = request.GET.get("language", "")
    made = _filled(request, template, delegation, spoken if spoken in edition.languages else "")
    if delegation is not None and made is not None and request.GET.get("format") == "pdf":
        body = journey.preview_pdf(delegation=delegation, filled=made, at=timezone.now())
        return as_paper(body, template)
    context |= _shown(made, reader) | {
        "delegations": [(each.slug, reader.plain(each.title.to_stored()) or each.slug) for each in every],
        "delegation": delegation,
        "spoken": [(code, languages.name_of(code, reader.language)) for code in edition.languages],
        "language": spoken,
        "preview_address": reverse("desk:template-preview", args=[edition.slug, slug]),
    }
    return render(request, "desk/letters/preview.html", context)


def as_paper(body: bytes, template: Any) -> HttpResponse:
    """Return the PDF of a preview, to be looked at."""
    return shown.as_file(body, media_type=PDF, name=f"{template.slug}.pdf", is_shown=True)


def _filled(request: HttpRequest, template: Any, delegation: Any, language: str) -> Any:
    if delegation is None:
        return None
    return queries.filled(
        template,
        delegation,
        language=language or queries.language_for(delegation),
        portal=shown.portal_address(request),
        n_people=delegations.people_of(delegation).counted().count(),
    )


def _shown(made: Any, reader: Reader) -> dict[str, Any]:
    if made is None:
        return {"filled": None}
    return {
        "filled": made,
        "text_direction": languages.direction(made.language),
        "language_words": languages.name_of(made.language, reader.language),
        "borrowed": shown.said_in(made.borrowed, reader.language),
        "left": ", ".join(f"{{{name}}}" for name in made.left),
    }
