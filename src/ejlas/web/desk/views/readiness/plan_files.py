"""A plan that stands elsewhere: sent, understood, corrected, taken over; and the plan handed out as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejlas.core import languages
from ejlas.core.errors import RuleBroken
from ejlas.core.files import rules as kinds
from ejlas.core.formats import cells, mspdi, sheets
from ejlas.core.formats.cells import Table
from ejlas.exports import plan_files as exports
from ejlas.exports.plan_labels import PLAN_FIELDS
from ejlas.readiness.operations import plan_files as files
from ejlas.readiness.operations import plan_import as operations
from ejlas.readiness.queries import plan_files
from ejlas.readiness.queries.plan import known_names, plan_of
from ejlas.readiness.rules.plan.headings import heading_row
from ejlas.readiness.rules.plan.project import sent_of_project
from ejlas.readiness.rules.plan.reading import understand
from ejlas.readiness.rules.plan.values import FileKind, Sent, sent_of_table
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.readiness.plan_page import SHOWN, Shown, chosen_in, offered, typed_in
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.people import signed_in

VIEW, CHANGE, HERE = "readiness.view_readiness", "readiness.change_readiness", "plan-files"
XML = "application/xml"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CHANGE)
def begin(request: HttpRequest, edition: Any) -> HttpResponse:
    """Ask for the file of a plan, and keep what was sent; lead to those that wait, and to the files of the plan."""
    fault = ""
    if request.method == "POST":
        try:
            kept = _keep(request, edition)
        except RuleBroken as broken:
            fault = broken.sentence(_)
        else:
            return redirect("desk:plan-file", edition.slug, kept.slug)
    reader = reader_of(edition)
    asked = request.POST.get("language", reader.language)
    context = frame(request, edition, HERE) | {
        "fault": fault,
        "waiting": [(each.slug, each.name, each.added_by) for each in plan_files.files_waiting(edition, FileKind.PLAN)],
        "languages": [
            (code, languages.name_of(code, reader.around), code == asked)
            for code in _languages(edition, reader.language)
        ],
        "accept": ",".join([*sorted(kinds.SHEETS), ".csv", ".xlsx", ".ods", ".xml"]),
    }
    return render(request, "desk/readiness/plan_files.html", context, status=422 if fault else 200)


def _languages(edition: Any, own: str) -> list[str]:
    return list(dict.fromkeys([*edition.languages, own, "en"]))


def _keep(request: HttpRequest, edition: Any) -> Any:
    """Read what was sent and keep it. Raises a RuleBroken that says what is wrong with it."""
    file, language = request.FILES.get("file"), request.POST.get("language", "")
    if not isinstance(file, UploadedFile):
        raise cells.SheetEmpty
    if language not in _languages(edition, reader_of(edition).language):
        language = edition.languages[0]
    data = file.read(mspdi.MOST_BYTES + 1)
    if (file.name or "").lower().endswith(".xml") or data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        sent = sent_of_project(
            mspdi.read(data),
            language=language,
            bodies=known_names(edition).bodies,
            heading=lambda field: str(PLAN_FIELDS[field]),
        )
    else:
        if len(data) > cells.MOST_BYTES:
            raise cells.SheetTooLarge(most=cells.MOST_ROWS)
        sent = sent_of_table(sheets.read_cells(data, suits=_suits), language=language)
    return files.keep_file(
        edition=edition,
        kind=FileKind.PLAN,
        name=file.name or "",
        content=sent.stored(),
        by=signed_in(request),
        at=timezone.now(),
    )


def _suits(table: Table) -> bool:
    return heading_row(table.rows) is not None


def _file(edition: Any, slug: str) -> Any:
    found = plan_files.file_of(edition, FileKind.PLAN, slug)
    if found is None:
        raise Http404(slug)
    return found


def _seen(request: HttpRequest, file: Any) -> Any:
    """Return the file as the person saw it: what somebody else did to it meanwhile is told by the operation."""
    seen = request.POST.get("revision", "")
    if seen.isdecimal() and len(seen) < 9:
        file.revision = int(seen)
    return file


@require_safe
@requires(CHANGE)
def show(request: HttpRequest, edition: Any, file: str) -> HttpResponse:
    """Show what a plan says, what is wrong in it, and what would be made."""
    held = _file(edition, file)
    sent, sheet = Sent.from_stored(held.content), Sheet(edition, reader_of(edition))
    found = understand(sent)
    shown = Shown(sent, found, known_names(edition), sheet)
    more = len(found.rows) - SHOWN
    context = frame(request, edition, HERE) | {
        "file": held,
        "notes": [note.sentence(_) for note in sent.notes],
        "columns": shown.columns(),
        "offered": offered(),
        "bad": shown.bad(),
        "rows": shown.rows(),
        "new": shown.new(),
        "n_rows": sheet.number(len(found.rows)),
        "n_more": sheet.number(more) if more > 0 else "",
        "n_faults": sheet.number(len(found.faults)) if found.faults else "",
        "n_out": sheet.number(len(sent.left_out)) if sent.left_out else "",
        "may_take": bool(found.rows) and not found.faults,
    }
    return render(request, "desk/readiness/plan_file.html", context)


@require_POST
@requires(CHANGE)
def columns(request: HttpRequest, edition: Any, file: str) -> HttpResponse:
    """Match the columns by hand."""
    held = _seen(request, _file(edition, file))
    try:
        operations.match_columns(file=held, chosen=chosen_in(request.POST))
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    return redirect("desk:plan-file", edition.slug, file)


@require_POST
@requires(CHANGE)
def correct(request: HttpRequest, edition: Any, file: str) -> HttpResponse:
    """Take corrections in, and leave rows out."""
    held = _seen(request, _file(edition, file))
    typed, left_out = typed_in(request.POST)
    try:
        operations.correct_rows(file=held, typed=typed, left_out=left_out)
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    return redirect("desk:plan-file", edition.slug, file)


@require_POST
@requires(CHANGE)
def take(request: HttpRequest, edition: Any, file: str) -> HttpResponse:
    """Take the whole plan over at once."""
    held = _seen(request, _file(edition, file))
    try:
        done = operations.take_over(file=held, by=signed_in(request), at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
        return redirect("desk:plan-file", edition.slug, file)
    number = done.n_obligations
    words = ngettext("%(number)s obligation was added.", "%(number)s obligations were added.", number)
    messages.success(request, words % {"number": reader_of(edition).number(number)})
    return redirect("desk:obligation-list", edition.slug)


@require_POST
@requires(CHANGE)
def discard(request: HttpRequest, edition: Any, file: str) -> HttpResponse:
    """Throw the file away."""
    files.discard_file(file=_file(edition, file), by=signed_in(request), at=timezone.now())
    messages.success(request, _("The file is thrown away; what was taken over from it stays."))
    return redirect("desk:plan-files", edition.slug)


@require_safe
@requires(VIEW)
def workbook(request: HttpRequest, edition: Any) -> HttpResponse:
    """Hand out the plan as a workbook in the reader's language."""
    made = exports.workbook(plan_of(edition), language=reader_of(edition).language, at=timezone.now())
    return _download(made, kinds.XLSX, f"{edition.slug}-plan.xlsx")


@require_safe
@requires(VIEW)
def project(request: HttpRequest, edition: Any) -> HttpResponse:
    """Hand out the plan as XML of Microsoft Project in the reader's language."""
    made = exports.project_xml(plan_of(edition), language=reader_of(edition).language)
    return _download(made, XML, f"{edition.slug}-plan.xml")


def _download(body: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return answer
