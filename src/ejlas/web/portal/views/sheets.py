"""A list from a spreadsheet: sent or pasted, its columns matched, its good rows taken over, its bad ones corrected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejlas.core import languages
from ejlas.core.errors import RuleBroken
from ejlas.core.files import rules as kinds
from ejlas.core.formats import cells, sheets, xlsx
from ejlas.delegations.operations import uploads as operations
from ejlas.delegations.queries import uploads as queries
from ejlas.delegations.rules import capacity_column, columns, filing, house
from ejlas.delegations.rules.uploads import Kept, Read, from_stored
from ejlas.delegations.rules.values import Context
from ejlas.web.portal.access import requires_delegation
from ejlas.web.portal.acts import acts_of
from ejlas.web.portal.asking import context_of, loads_of
from ejlas.web.portal.frame import frame
from ejlas.web.portal.sheets import (
    SHOWN,
    bad_row,
    columns_of,
    fields_offered,
    good_row,
    summary,
    typed_in,
)
from ejlas.web.ui.people import signed_in

if TYPE_CHECKING:
    from ejlas.delegations.models import Delegation, Upload


@dataclass(frozen=True, slots=True)
class Opened:
    """A list that waits, and how it reads now."""

    upload: Upload
    kept: Kept
    context: Context
    found: Read


def _context(delegation: Delegation) -> Context:
    today = timezone.now().astimezone(delegation.edition.zone).date()
    most = delegation.most_people or house.stored(delegation.edition.settings)["most_people"]
    return replace(context_of(delegation, loads_of(delegation), today=today), most_people=most)


def _upload(delegation: Delegation, slug: str) -> Upload:
    found = queries.upload_of(delegation, slug)
    if found is None:
        raise Http404(slug)
    return found


def _opened(delegation: Delegation, slug: str) -> Opened:
    upload, context = _upload(delegation, slug), _context(delegation)
    kept = from_stored(upload.rows or "")
    found = queries.read_upload(kept, context, queries.people_named_already(delegation))
    return Opened(upload, kept, context, found)


# --- Sending ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires_delegation
def begin(request: HttpRequest, delegation: Any) -> HttpResponse:
    """Ask for a file or for pasted rows, and keep what was sent."""
    at = [delegation.edition.slug, delegation.slug]
    fault = ""
    if request.method == "POST":
        try:
            upload = _keep(request, delegation)
        except RuleBroken as broken:
            fault = broken.sentence(_)
        else:
            return redirect("portal:sheet", *at, upload.slug)
    context = frame(request, delegation)
    reader = context["reader"]
    waiting = delegation.uploads.defer("rows").order_by("-added_at")
    context |= {
        "fault": fault,
        "pasted": request.POST.get("pasted", ""),
        "waiting": [(each.slug, reader.number(each.n_rows), each.added_by) for each in waiting],
        "may_add": acts_of(delegation, timezone.now()).is_open,
        "accept": ",".join([*sorted(kinds.SHEETS), ".csv", ".xlsx", ".ods"]),
    }
    return render(request, "portal/sheets.html", context, status=422 if fault else 200)


def _keep(request: HttpRequest, delegation: Delegation) -> Upload:
    """Read what was sent and keep it. Raises a RuleBroken that says what is wrong with it."""
    context = _context(delegation)
    file, pasted = request.FILES.get("file"), request.POST.get("pasted", "")
    suits = partial(columns.suits, languages=context.languages)
    if isinstance(file, UploadedFile):
        if (file.size or 0) > cells.MOST_BYTES:
            raise cells.SheetTooLarge(most=cells.MOST_ROWS)
        table = sheets.read_cells(file.read(), suits=suits)
    else:
        table = sheets.read_pasted(pasted)
    return operations.keep_upload(
        delegation=delegation, kept=Kept(table), context=context, by=signed_in(request), at=timezone.now()
    )


@require_safe
@requires_delegation
def template(request: HttpRequest, delegation: Any) -> HttpResponse:
    """Hand out the workbook that a delegation fills in, in the reader's language."""
    context, reader = _context(delegation), frame(request, delegation)["reader"]
    made = filing.template(context.languages, context.capacities, reader.language, translate=_)
    title = f"{reader.plain(delegation.title.to_stored())} · {delegation.edition.slug}"
    is_right_to_left = languages.direction(reader.language) == "rtl"
    body = xlsx.pack(made, title=title, created=timezone.now(), is_right_to_left=is_right_to_left)
    answer = HttpResponse(body, content_type=kinds.XLSX)
    name = f"{delegation.edition.slug}-{delegation.slug}.xlsx"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return answer


# --- What was sent ---


@require_safe
@requires_delegation
def show(request: HttpRequest, delegation: Any, upload: str) -> HttpResponse:
    """Show the columns, the good rows, and the bad ones with what is wrong in each."""
    opened = _opened(delegation, upload)
    context = frame(request, delegation)
    reader = context["reader"]
    found, kept = opened.found, opened.kept
    good = [row for row in found.filed.good if row.number not in kept.broken]
    bad = [row for row in found.filed.rows if not row.is_good or row.number in kept.broken]
    context |= {
        "upload": opened.upload,
        "columns": columns_of(kept, found.matching),
        "offered": fields_offered(opened.context.languages, reader),
        "good": [good_row(row, opened.context, reader) for row in good[:SHOWN]],
        "n_more_good": reader.number(len(good) - SHOWN) if len(good) > SHOWN else "",
        "bad": [bad_row(row, kept, opened.context, reader) for row in bad[:SHOWN]],
        "n_more_bad": reader.number(len(bad) - SHOWN) if len(bad) > SHOWN else "",
        "is_open": acts_of(delegation, timezone.now()).is_open,
        **summary(found, kept, reader),
    }
    return render(request, "portal/sheet.html", context)


def _seen(request: HttpRequest, upload: Upload) -> Upload:
    """Return the list as the person saw it: what somebody else did to it meanwhile is told by the operation."""
    seen = request.POST.get("revision", "")
    if seen.isdecimal() and len(seen) < 9:
        upload.revision = int(seen)
    return upload


def _back(request: HttpRequest, delegation: Delegation, upload: str, broken: RuleBroken | None = None) -> HttpResponse:
    if broken is not None:
        messages.error(request, broken.sentence(_))
    return redirect("portal:sheet", delegation.edition.slug, delegation.slug, upload)


def _after(request: HttpRequest, delegation: Delegation, upload: str) -> HttpResponse:
    """Lead to what is left of the list, else to the delegation."""
    if queries.upload_of(delegation, upload) is not None:
        return _back(request, delegation, upload)
    return redirect("portal:delegation", delegation.edition.slug, delegation.slug)


@require_POST
@requires_delegation
def choose_columns(request: HttpRequest, delegation: Any, upload: str) -> HttpResponse:
    """Match the columns by hand."""
    held = _seen(request, _upload(delegation, upload))
    chosen = {
        int(name[1:]): str(value) for name, value in request.POST.items() if name[:1] == "c" and name[1:].isdecimal()
    }
    stands = from_stored(held.rows or "")
    context = _context(delegation)
    matched = capacity_column.find(stands.table, context=context).by_hand(stands.chosen)
    differs = {number: name for number, name in chosen.items() if matched.columns.get(number, "") != name}
    try:
        if differs:
            operations.choose_columns(upload=held, chosen=differs, context=context)
    except RuleBroken as broken:
        return _back(request, delegation, upload, broken)
    messages.success(request, _("The columns are matched."))
    return _after(request, delegation, upload)


@require_POST
@requires_delegation
def correct(request: HttpRequest, delegation: Any, upload: str) -> HttpResponse:
    """Take corrections in, and leave rows out."""
    held = _seen(request, _upload(delegation, upload))
    typed, left_out = typed_in(request.POST)
    try:
        operations.correct_rows(upload=held, typed=typed, left_out=left_out, context=_context(delegation))
    except RuleBroken as broken:
        return _back(request, delegation, upload, broken)
    return _after(request, delegation, upload)


@require_POST
@requires_delegation
def take(request: HttpRequest, delegation: Any, upload: str) -> HttpResponse:
    """Take all good rows over at once."""
    held = _seen(request, _upload(delegation, upload))
    try:
        named = operations.take_over(
            upload=held, context=_context(delegation), by=signed_in(request), at=timezone.now()
        )
    except RuleBroken as broken:
        return _back(request, delegation, upload, broken)
    reader = frame(request, delegation)["reader"]
    if named.people:
        messages.success(request, _("People taken over: %(n)s.") % {"n": reader.number(len(named.people))})
    if named.refused:
        messages.warning(request, _("For some there was no place; they stand below."))
    return _after(request, delegation, upload)


@require_POST
@requires_delegation
def discard(request: HttpRequest, delegation: Any, upload: str) -> HttpResponse:
    """Throw the rest of the list away."""
    operations.discard(upload=_upload(delegation, upload))
    messages.success(request, _("The rest of the spreadsheet is thrown away; who was taken over stays."))
    return redirect("portal:delegation", delegation.edition.slug, delegation.slug)
