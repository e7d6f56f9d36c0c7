"""Files of letters: the PDF, the one for a word processor, and attachments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejlas.core.errors import RuleBroken
from ejlas.core.files import queries as kept
from ejlas.core.files import rules as kinds
from ejlas.delegations.operations import letter_ways as ways
from ejlas.delegations.queries import letters as queries
from ejlas.delegations.rules.letter_people import shows_documents
from ejlas.delegations.rules.letters import LetterDirection
from ejlas.journeys import letters as journey
from ejlas.web.desk.letters import as_file, paper_name
from ejlas.web.desk.views.letter_acts import found
from ejlas.web.desk.views.letters import MOST_SCANS
from ejlas.web.desk.views.things import page_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds.letters import LETTER
from ejlas.web.ui.people import signed_in

Make = Callable[..., bytes]


# --- The letter itself ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires("delegations.view_letters")
def pdf(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Return a letter as a PDF, to be kept or to be looked at."""
    return _paper(request, edition, slug, "pdf", kinds.PDF, journey.as_pdf)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("delegations.view_letters")
def docx(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Return a letter for a word processor."""
    return _paper(request, edition, slug, "docx", kinds.DOCX, journey.as_docx)


def _paper(request: HttpRequest, edition: Any, slug: str, form: str, media_type: str, make: Make) -> HttpResponse:
    letter = found(request, edition, slug)
    if letter.direction != LetterDirection.OUT:
        raise Http404(slug)
    # Who reads numbers of documents says so by a button: that is written into the trail, and a link never writes.
    if shows_documents(letter.kind) and request.method != "POST":
        return render(request, "desk/letters/numbers.html", page_of(request, LETTER, edition, slug))
    try:
        body = make(letter=letter, by=signed_in(request), at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
        return redirect("desk:letter", edition.slug, slug)
    is_shown = form == "pdf" and request.GET.get("show") == "1"
    return as_file(body, media_type=media_type, name=paper_name(letter, form), is_shown=is_shown)


# --- Attachments ---


@require_POST
@requires("delegations.change_letters")
def add(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Attach files to a letter: all of them or none that comes after a refused one."""
    letter = found(request, edition, slug)
    files = request.FILES.getlist("files")[:MOST_SCANS]
    if not files:
        messages.warning(request, _("Choose a file first."))
    for each in files:
        scan = ways.Scan(each.name or "", each.read())
        try:
            ways.add_file(letter=letter, scan=scan, by=signed_in(request), at=timezone.now())
        except RuleBroken as broken:
            messages.error(request, f"{each.name}: {broken.sentence(_)}")
            break
        messages.success(request, _("%(name)s is attached.") % {"name": each.name})
    return redirect("desk:letter", edition.slug, slug)


@require_safe
@requires("delegations.view_letters")
def show(request: HttpRequest, edition: Any, slug: str, file: str) -> HttpResponse:
    """Return an attachment as it was sent."""
    held = _held(request, edition, slug, file)
    try:
        body = kept.contents(held.file)
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
        return redirect("desk:letter", edition.slug, slug)
    return as_file(body, media_type=held.file.media_type, name=held.file.name or held.slug)


@require_POST
@requires("delegations.change_letters")
def remove(request: HttpRequest, edition: Any, slug: str, file: str) -> HttpResponse:
    """Remove an attachment for good."""
    ways.remove_file(file=_held(request, edition, slug, file), by=signed_in(request), at=timezone.now())
    messages.success(request, _("The attachment is removed."))
    return redirect("desk:letter", edition.slug, slug)


def _held(request: HttpRequest, edition: Any, slug: str, file: str) -> Any:
    held = queries.file_of(found(request, edition, slug), file)
    if held is None:
        raise Http404(file)
    return held
