"""The report of readiness as one page to print, for who may see the preparation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ejlas.exports import readiness_report
from ejlas.exports.reading import INTERFACE
from ejlas.planning.queries.ready import report as queries
from ejlas.web.desk.frame import reader_of
from ejlas.web.ui.access import requires


@require_safe
@requires("readiness.view_readiness")
def show(request: HttpRequest, edition: Any) -> HttpResponse:
    """Give the report as a PDF, in a language that was asked for, else in the reader's."""
    at, asked = timezone.now(), request.GET.get("language", "")
    known = asked in edition.languages or asked in INTERFACE
    made = readiness_report.render(
        queries.readiness_report(edition, request.user, at=at),
        language=asked if known else reader_of(edition).language,
        at=at,
    )
    answer = HttpResponse(made, content_type=readiness_report.CONTENT_TYPE)
    answer.headers["Content-Disposition"] = f'inline; filename="{edition.slug}-readiness.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
