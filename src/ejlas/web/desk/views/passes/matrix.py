"""The matrix of categories, zones and windows as one table, and the first setting up of passes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejlas.accounts.permissions import may
from ejlas.core.errors import RuleBroken
from ejlas.delegations.operations.passes import matrix as operations
from ejlas.delegations.operations.passes import opening
from ejlas.delegations.queries.passes import printing, table, things
from ejlas.delegations.rules.passes import standard
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.passes import matrix_page
from ejlas.web.desk.passes.words import MANY_OF
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.people import signed_in

HERE = "pass-matrix"
CHANGE = "delegations.change_passes"


@require_safe
@requires("delegations.view_passes")
def show(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show the matrix of a window, or of all."""
    held, sheet = table.table_of(edition), Sheet(edition, reader_of(edition))
    window = matrix_page.window_of(held, request.GET.get("window", ""))
    context = frame(request, edition, HERE) | matrix_page.page_of(held, window, sheet)
    context |= {
        "is_set_up": bool(held.zones),
        "can_change": may(request.user, CHANGE, edition),
        "n_without": sheet.number(n) if held.zones and (n := printing.without_pass(edition).count()) else "",
    }
    return render(request, "desk/passes/matrix.html", context)


@require_POST
@requires(CHANGE)
def save(request: HttpRequest, edition: Any) -> HttpResponse:
    """Allow and forbid the cells that the officer changed; what nobody touched is not sent on."""
    window = request.POST.get("window", "")
    boxes = matrix_page.cells_of(request.POST.getlist("allowed"), window)
    seen = matrix_page.cells_of(request.POST.getlist("seen"), window)
    allowed, forbidden = boxes - seen, seen - boxes
    if allowed or forbidden:
        numbers = operations.change_matrix(
            edition=edition, allowed=allowed, forbidden=forbidden, by=signed_in(request), at=timezone.now()
        )
        _tell(request, edition, *numbers)
    else:
        messages.info(request, _("Nothing was changed."))
    return redirect(f"{reverse('desk:pass-matrix', args=[edition.slug])}?{urlencode({'window': window})}")


def _tell(request: HttpRequest, edition: Any, n_allowed: int, n_forbidden: int) -> None:
    reader = reader_of(edition)
    values = {"allowed": reader.number(n_allowed), "forbidden": reader.number(n_forbidden)}
    messages.success(
        request, _("Saved: %(allowed)s allowed, %(forbidden)s forbidden. The gates learn it now.") % values
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CHANGE)
def copy(request: HttpRequest, edition: Any) -> HttpResponse:
    """Give a window the rights of another, after what changes was shown."""
    data = request.POST if request.method == "POST" else request.GET
    held, sheet = table.table_of(edition), Sheet(edition, reader_of(edition))
    windows = {each.slug: each for each in held.windows}
    window, other = windows.get(data.get("window", "")), windows.get(data.get("from", ""))
    back = f"{reverse('desk:pass-matrix', args=[edition.slug])}?{urlencode({'window': data.get('window', '')})}"
    if window is None or other is None or window is other:
        messages.warning(request, _("Choose another window to copy from."))
        return redirect(back)
    allowed, forbidden = matrix_page.differing(held, window.slug, other.slug)
    if request.method == "POST":
        numbers = operations.change_matrix(
            edition=edition, allowed=allowed, forbidden=forbidden, by=signed_in(request), at=timezone.now()
        )
        _tell(request, edition, *numbers)
        return redirect(back)
    context = frame(request, edition, HERE) | {
        "window": window,
        "other": other,
        "window_name": sheet.text(window.name),
        "other_name": sheet.text(other.name),
        "allowed": matrix_page.told(held, allowed, sheet),
        "forbidden": matrix_page.told(held, forbidden, sheet),
        "back": back,
    }
    return render(request, "desk/passes/matrix_copy.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CHANGE)
def set_up(request: HttpRequest, edition: Any) -> HttpResponse:
    """Set up zones, categories and tokens, and make the passes of those who were approved; asked once more."""
    back = reverse("desk:pass-matrix", args=[edition.slug])
    reader = reader_of(edition)
    if request.method == "POST":
        try:
            number = opening.open_passes(edition=edition, by=signed_in(request), at=timezone.now())
        except RuleBroken as broken:
            messages.error(request, broken.sentence(_))
        else:
            words = ngettext("%(number)s pass is made.", "%(number)s passes are made.", number)
            messages.success(request, words % {"number": reader.number(number)})
        return redirect(back)
    n_people, is_new = printing.without_pass(edition).count(), not things.has_zones(edition)
    context = frame(request, edition, HERE) | {
        "is_new": is_new,
        "has_work": is_new or n_people > 0,
        "zones": [each.letter for each in standard.ZONES],
        "kinds": [
            (words, reader.number(n))
            for kind, words in MANY_OF.items()
            if (n := sum(each.kind == kind for each in standard.CATEGORIES))
        ],
        "n_people": reader.number(n_people),
        "back": back,
    }
    return render(request, "desk/passes/set_up.html", context)
