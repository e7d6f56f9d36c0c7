"""The queue of cards to print: narrowed, chosen, printed; the files come at once or in the background."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejlas.core.errors import RuleBroken
from ejlas.delegations.operations.passes import printing as operations
from ejlas.delegations.queries.passes import printing as queries
from ejlas.delegations.rules.passes.badges import BadgeState
from ejlas.delegations.rules.passes.cards import Sheet as Paper
from ejlas.delegations.rules.passes.printing import FEW
from ejlas.exports.typesetting import CannotTypeset
from ejlas.journeys.print_cards import print_cards
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.listing import PER_PAGE
from ejlas.web.desk.passes import printing_page
from ejlas.web.desk.views.delegations.files import handed
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.people import signed_in

HERE, MAY = "pass-print", "delegations.change_passes"
LONGEST_REASON = 500


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MAY)
def queue(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show which cards wait to be printed, and print those that are chosen."""
    data = request.POST if request.method == "POST" else request.GET
    asked = printing_page.chosen(data)
    found = queries.printable(request.user, edition, asked)
    fault = ""
    if request.method == "POST":
        try:
            return redirect("desk:pass-printing", edition.slug, _print(request, edition, found))
        except RuleBroken as broken:
            fault = broken.sentence(_)
    return _page(request, edition, found, asked, fault)


def _print(request: HttpRequest, edition: Any, found: Any) -> str:
    """Print what was chosen; return the name of the printing. Raises RuleBroken."""
    data = request.POST
    if data.get("what") != "all":
        found = found.filter(slug__in=data.getlist("thing_chosen")[: 10 * PER_PAGE])
    # Of thousands only the keys are asked for.
    badges = list(found.select_related(None).only("pk"))
    sheet = data.get("sheet", "")
    made = operations.ask_for_cards(
        edition=edition,
        badges=badges,
        design=data.get("design", "")[:100],
        sheet=sheet if sheet in set(Paper) else Paper.CARD.value,
        language=_language(data.get("language", ""), edition),
        by=signed_in(request),
        at=timezone.now(),
        reason=data.get("reason", "").replace("\x00", "")[:LONGEST_REASON],
        in_background=len(badges) > FEW,
    )
    if len(badges) <= FEW:
        # What went wrong stands on the page of the printing, with the button that makes the files again.
        with suppress(CannotTypeset):
            print_cards(key=made.pk, now=timezone.now)
    return str(made.slug)


def _language(asked: str, edition: Any) -> str:
    return asked if asked in edition.languages else str(edition.languages[0])


def _page(request: HttpRequest, edition: Any, found: Any, asked: dict[str, str], fault: str) -> HttpResponse:
    sheet, at = Sheet(edition, reader_of(edition)), timezone.now()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    data = request.POST
    context = frame(request, edition, HERE) | {
        "page": page,
        "count": sheet.number(page.paginator.count),
        "rows": [printing_page.row(badge, sheet) for badge in page.object_list],
        "filters": printing_page.filters(request.user, edition, asked, sheet),
        "asked": [(name, value) for name, value in asked.items() if value],
        "is_again": asked["state"] != BadgeState.APPROVED,
        "is_narrowed": any(asked[name] for name in asked if name != "state"),
        "address": reverse("desk:pass-print", args=[edition.slug]),
        "designs": printing_page.choices_of_design(edition, sheet),
        "papers": printing_page.papers(),
        "tongues": printing_page.tongues(edition),
        "typed": {name: data.get(name, "") for name in ("design", "sheet", "language", "reason", "what")},
        "chosen": set(data.getlist("thing_chosen")),
        "latest": [printing_page.told(each, sheet, at) for each in queries.latest_printings(edition)],
        "n_without": sheet.number(n) if (n := queries.without_pass(edition).count()) else "",
        "fault": fault,
        "state": urlencode({name: value for name, value in asked.items() if value}),
    }
    return render(request, "desk/passes/print.html", context, status=422 if fault else 200)


@require_safe
@requires(MAY)
def show(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show how far a printing is, and its files."""
    made = _found(edition, slug)
    sheet = Sheet(edition, reader_of(edition))
    context = frame(request, edition, HERE) | {"made": printing_page.told(made, sheet, timezone.now())}
    return render(request, "desk/passes/printing.html", context)


@require_POST
@requires(MAY)
def again(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Make the files of a printing again that were not made."""
    made = _found(edition, slug)
    try:
        operations.ask_again(printing=made, at=timezone.now())
    except RuleBroken as broken:
        messages.warning(request, broken.sentence(_))
    return redirect("desk:pass-printing", edition.slug, slug)


@require_safe
@requires(MAY)
def file(request: HttpRequest, edition: Any, slug: str, place: int) -> HttpResponse:
    """Hand out a file of cards."""
    found = queries.file_of(_found(edition, slug), place)
    if found is None:
        raise Http404(slug)
    return handed(found, f'attachment; filename="{edition.slug}-cards-{slug}-{place}.pdf"')


def _found(edition: Any, slug: str) -> Any:
    found = queries.printing_of(edition, slug)
    if found is None:
        raise Http404(slug)
    return found
