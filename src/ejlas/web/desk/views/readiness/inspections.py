"""A round of inspection at the desk: its checklist filled, put in order and printed, its close, its photos."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejlas.core.errors import RuleBroken
from ejlas.core.files import queries as files
from ejlas.core.files.rules import FileDamaged, FileGone
from ejlas.core.formats import snapshots
from ejlas.readiness.forms import walking
from ejlas.readiness.operations import inspections as operations
from ejlas.readiness.queries import inspections as queries
from ejlas.readiness.rules.inspections import Outcome
from ejlas.web.desk import addresses
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.readiness import inspection_page
from ejlas.web.desk.views.delegations.files import handed
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.kinds.readiness import INSPECTION
from ejlas.web.ui.people import signed_in

MAY = inspection_page.INSPECTS


def found_round(request: HttpRequest, edition: Any, slug: str) -> Any:
    """Return a round that the reader may see. Raises Http404."""
    found = INSPECTION.find(request.user, edition, slug)
    if found is None:
        raise Http404(slug)
    return found


def context_of(request: HttpRequest, edition: Any, held: Any, **more: Any) -> dict[str, Any]:
    """Return what every page about a round shows."""
    return frame(request, edition, INSPECTION.name) | {
        "kind": INSPECTION,
        "round": held,
        "name": INSPECTION.name_of(held, Sheet(edition, reader_of(edition))),
        **addresses.of_thing(INSPECTION, edition, held.slug),
        **more,
    }


def _back(edition: Any, held: Any, part: str = "checklist") -> HttpResponse:
    answer = redirect("desk:inspection", edition.slug, held.slug)
    answer["Location"] += f"#{part}"
    return answer


@require_POST
@requires(MAY)
def fill(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Fill the checklist from obligations that want an inspection."""
    held, form = found_round(request, edition, slug), walking.FillForm(request.POST, edition)
    if not form.is_valid():
        messages.error(request, _("Choose from which obligations."))
        return _back(edition, held)
    by, at, reader = signed_in(request), timezone.now(), reader_of(edition)
    owed = form.cleaned_data["source"]
    try:
        number = operations.fill_from(inspection=held, obligations=owed, language=reader.language, by=by, at=at)
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
        return _back(edition, held)
    if number:
        words = ngettext("%(number)s line was added.", "%(number)s lines were added.", number)
        messages.success(request, words % {"number": reader.number(number)})
    else:
        messages.info(request, _("Nothing there wants an inspection that is not on the checklist already."))
    return _back(edition, held)


@require_POST
@requires(MAY)
def add(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Put a line of one's own on the checklist."""
    held, form = found_round(request, edition, slug), walking.LineForm(request.POST)
    try:
        words = form.cleaned_data.get("words", "") if form.is_valid() else ""
        operations.add_line(inspection=held, words=words, by=signed_in(request), at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    return _back(edition, held)


@require_POST
@requires(MAY)
def line(request: HttpRequest, edition: Any, slug: str, line: str) -> HttpResponse:
    """Word a line, put it higher, or take it off the checklist."""
    held = found_round(request, edition, slug)
    found, act = queries.line_of(held, line), request.POST.get("act")
    if found is None:
        raise Http404(line)
    by, at = signed_in(request), timezone.now()
    try:
        if act == "raise":
            operations.raise_line(line=found, by=by, at=at)
        elif act == "remove":
            operations.remove_line(line=found, by=by, at=at)
        elif act == "change":
            words = request.POST.get("words", "")[: operations.MOST_WORDS]
            operations.change_line(line=found, words=words, by=by, at=at)
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    return _back(edition, held)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MAY)
def close(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Say what will happen to which obligation; then do it, if it still is what was shown."""
    held, fault = found_round(request, edition, slug), ""
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            found = operations.close_round(inspection=held, seen=seen, by=signed_in(request), at=timezone.now())
        except RuleBroken as broken:
            fault = broken.sentence(_)
        else:
            _tell(request, edition, found)
            return _back(edition, held)
    lines, answers = queries.lines_of(held), queries.answers_of(held)
    sheet = Sheet(edition, reader_of(edition))
    context = context_of(
        request,
        edition,
        held,
        fault=fault,
        is_open=held.closed_at is None,
        seen=queries.mark_of(lines),
        parts=inspection_page.endings(queries.judged(lines, queries.outcomes_of(answers)), sheet),
        own=[inspection_page.shown(each, sheet) for each in lines if each.obligation is None],
    )
    return render(request, "desk/readiness/inspection_close.html", context, status=422 if fault else 200)


def _tell(request: HttpRequest, edition: Any, found: Any) -> None:
    reader = reader_of(edition)
    count = {outcome: sum(each.ending.outcome is outcome for each in found) for outcome in Outcome}
    words = _("The round is closed. Inspected: %(passed)s. Sent back: %(back)s. Left open: %(left)s.") % {
        "passed": reader.number(count[Outcome.PASSED]),
        "back": reader.number(count[Outcome.SENT_BACK]),
        "left": reader.number(count[Outcome.LEFT]),
    }
    messages.success(request, words)
    gone = [each.obligation for each in found if each.ending.outcome is Outcome.GONE]
    if gone:
        names = "; ".join(reader.plain(each.name.to_stored()) or each.slug for each in gone)
        messages.warning(request, _("These had gone on meanwhile and stay as they are: %(names)s.") % {"names": names})


@require_POST
@requires(MAY)
def reopen(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Open a closed round for answers again; nothing is taken back."""
    held = found_round(request, edition, slug)
    operations.reopen_round(inspection=held, by=signed_in(request), at=timezone.now())
    messages.success(request, _("The round is open again; what it did to obligations stays done."))
    return _back(edition, held)


@require_safe
@requires(INSPECTION.view)
def sheet(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show the checklist as a sheet to be printed, for whoever walks with paper."""
    held, reader = found_round(request, edition, slug), reader_of(edition)
    of = Sheet(edition, reader)
    lines = [inspection_page.shown(each, of) for each in queries.lines_of(held)]
    for number, each in enumerate(lines, start=1):
        each["number"] = reader.number(number)
    context = context_of(request, edition, held, lines=lines, days=reader.dates(held.held_on), language=reader.language)
    return render(request, "desk/readiness/inspection_sheet.html", context)


@require_safe
@requires(INSPECTION.view)
def photo(request: HttpRequest, edition: Any, slug: str, answer: str) -> HttpResponse:
    """Hand out the photo of an answer."""
    return handed(_photo(request, edition, slug, answer), "inline")


@require_safe
@requires(INSPECTION.view)
def small(request: HttpRequest, edition: Any, slug: str, answer: str) -> HttpResponse:
    """Hand out the photo of an answer as a small one, for lists."""
    kept = _photo(request, edition, slug, answer)
    try:
        body = snapshots.small(files.contents(kept))
    except (FileGone, FileDamaged) as broken:
        raise Http404(answer) from broken
    made = HttpResponse(body, content_type="image/jpeg")
    # A photo of an answer never changes; it is kept by nobody between, and for an hour by who may see it.
    made.headers["Cache-Control"] = "private, max-age=3600"
    made.headers["X-Content-Type-Options"] = "nosniff"
    return made


def _photo(request: HttpRequest, edition: Any, slug: str, answer: str) -> Any:
    held = found_round(request, edition, slug)
    try:
        found = queries.answer_of(held, UUID(answer))
    except ValueError:
        raise Http404(answer) from None
    if found is None or found.photo is None:
        raise Http404(answer)
    return found.photo
