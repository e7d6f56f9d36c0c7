"""The scans of an edition: as a list that can be narrowed, and as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext as _in
from django.views.decorators.http import require_safe

from ejlas.delegations.queries.gate.watching import WATCH
from ejlas.exports import list_files
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.gates import scans as shapes
from ejlas.web.desk.gates.scans import Scans
from ejlas.web.desk.listing import MOST_IN_ONE_FILE
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet

# On paper a day of scans would be a book.
FORMS = tuple(form for form in list_files.FORMS if form != list_files.PDF)


@require_safe
@requires(WATCH)
def scans(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show what was decided at the gates, the latest first."""
    sheet = Sheet(edition, reader_of(edition))
    found = Scans(request.user, sheet, request.GET)
    if request.GET.get("format") in FORMS:
        return _file(found, request.GET["format"])
    base = frame(request, edition, "scans")
    context = {
        **base,
        **found.page(),
        "count": found.count,
        "filters": found.filters(),
        "span": found.span,
        "number": found.number,
        "kept": [(name, value) for name, value in found.chosen.items() if name in {"badge", "person"}],
        "chips": found.chips(),
        "is_filtered": found.is_filtered,
        "files": [(form, found.query(format=form)) for form in FORMS],
        "address": reverse("desk:scans", args=[edition.slug]),
    }
    return render(request, "desk/gates/scans.html", context)


def _file(found: Scans, form: str) -> HttpResponse:
    sheet, edition = found.sheet, found.sheet.edition
    made = list_files.make(
        form,
        title=_in("at gates", "Scans"),
        subtitle=sheet.reader.plain(edition.name.to_stored()),
        heads=shapes.heads(),
        rows=shapes.cells(found.found, sheet, MOST_IN_ONE_FILE),
        language=sheet.reader.language,
        printed_at=timezone.now().astimezone(edition.zone),
        calendars=tuple(edition.calendars),
    )
    response = HttpResponse(made.body, content_type=made.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{edition.slug}-scans.{form}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
