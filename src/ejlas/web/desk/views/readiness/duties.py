"""The split of duties: its table, the usual split to begin with, and what comes of each duty."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejlas.accounts.permissions import may
from ejlas.core.errors import RuleBroken
from ejlas.exports import list_files
from ejlas.readiness.forms.duties import AttachForm
from ejlas.readiness.operations import duties as operations
from ejlas.readiness.queries import duties as queries
from ejlas.readiness.rules.template.duties import standard_duties
from ejlas.web.desk import changing
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.readiness.duty_page import VIEWS
from ejlas.web.desk.readiness.obligation_page import CHANGES
from ejlas.web.desk.readiness.split_page import PARTS, Split, part_of
from ejlas.web.desk.undo import offer_undo
from ejlas.web.desk.views.things import page_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.kinds.asking import form_of
from ejlas.web.ui.kinds.forum import DUTY
from ejlas.web.ui.kinds.readiness import OBLIGATION
from ejlas.web.ui.labels import DUTY_BEARERS
from ejlas.web.ui.people import signed_in

HERE = "duties-table"


def found(request: HttpRequest, edition: Any, slug: str) -> Any:
    """Return the duty of an address. Raises Http404."""
    duty = DUTY.find(request.user, edition, slug)
    if duty is None:
        raise Http404(slug)
    return duty


@require_safe
@requires(VIEWS)
def table(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show the split of duties with what came of each, or hand it out as a file."""
    sheet = Sheet(edition, reader_of(edition))
    rows, loose = queries.split_of(edition, today=timezone.now().astimezone(edition.zone).date())
    split = Split(rows, loose, sheet)
    if request.GET.get("format") in list_files.FORMS:
        return _file(request, split, request.GET["format"])
    context = frame(request, edition, HERE) | {
        "count": sheet.number(len(rows)),
        "heads": split.heads(),
        "lines": split.lines(),
        "totals": split.totals(),
        "whole": split.counts(split.whole()),
        "loose": split.counts(loose),
        "files": list_files.FORMS,
        "changes_duties": may(request.user, DUTY.change, edition),
        "changes_owed": may(request.user, CHANGES, edition),
        "standard": [each.slug for each in standard_duties()],
        "n_standard": sheet.number(len(standard_duties())),
    }
    return render(request, "desk/readiness/duties_table.html", context)


def _file(request: HttpRequest, split: Split, form: str) -> HttpResponse:
    edition, reader = split.sheet.edition, split.sheet.reader
    heads, rows = split.file()
    try:
        made = list_files.make(
            form,
            title=_("Split of duties"),
            subtitle=reader.plain(edition.name.to_stored()),
            heads=heads,
            rows=rows,
            language=reader.language,
            printed_at=timezone.now().astimezone(edition.zone),
            calendars=tuple(edition.calendars),
        )
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
        return redirect("desk:duties-table", edition.slug)
    response = HttpResponse(made.body, content_type=made.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{edition.slug}-split-of-duties.{form}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@requires(DUTY.change)
def standard(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show the usual split of duties, and put in the lines that were chosen."""
    chosen = set(request.POST.getlist("line"))
    if request.method == "POST" and chosen & {each.slug for each in standard_duties()}:
        added = operations.put_in_duties(edition=edition, chosen=chosen, by=signed_in(request), at=timezone.now())
        words = ngettext("%(number)s duty was put in.", "%(number)s duties were put in.", len(added))
        messages.success(request, words % {"number": reader_of(edition).number(len(added))})
        return redirect("desk:duties-table", edition.slug)
    sheet, there = Sheet(edition, reader_of(edition)), queries.slugs_there(edition)
    faults = [_("Choose at least one line.")] if request.method == "POST" else []
    context = frame(request, edition, HERE) | {
        "faults": faults,
        "bearers": list(DUTY_BEARERS.values()),
        "lines": [_standard_line(each, sheet, there) for each in standard_duties()],
        "has_new": any(each.slug not in there for each in standard_duties()),
        "table_address": reverse("desk:duties-table", args=[edition.slug]),
    }
    return render(request, "desk/readiness/duties_standard.html", context, status=422 if faults else 200)


def _standard_line(duty: Any, sheet: Sheet, there: frozenset[str]) -> dict[str, Any]:
    parts = [(words, part_of(duty, bearer)) for bearer, words in DUTY_BEARERS.items()]
    return {
        "slug": duty.slug,
        "name": sheet.text(duty.task),
        "parts": [(words, part, PARTS.get(part, "")) for words, part in parts],
        "is_there": duty.slug in there,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CHANGES)
def write(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Write down one obligation of a duty."""
    duty = found(request, edition, slug)
    given = {"data": request.POST} if request.method == "POST" else {"initial": {"duty": duty.pk}}
    form = form_of(OBLIGATION, edition, reader_of(edition).language, **given)
    if request.method == "POST" and form.is_valid():
        try:
            OBLIGATION.create(edition=edition, fields=form.values(), by=signed_in(request), at=timezone.now())
        except RuleBroken as broken:
            changing.refuse(form, broken)
        else:
            messages.success(request, _("It is added."))
            return redirect("desk:duty-write" if "another" in request.POST else "desk:duty", edition.slug, slug)
    context = frame(request, edition, OBLIGATION.name) | {
        "kind": OBLIGATION,
        "form": form,
        "is_new": True,
        "list_address": reverse("desk:obligation-list", args=[edition.slug]),
        "cancel_address": reverse("desk:duty", args=[edition.slug, slug]),
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


@require_POST
@requires(CHANGES)
def attach(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Let obligations that stand there come of a duty."""
    duty = found(request, edition, slug)
    form = AttachForm(request.POST, duty, reader_of(edition).language)
    if not form.is_valid():
        context = page_of(request, DUTY, edition, slug)
        context |= {"faults": [str(fault) for faults in form.errors.values() for fault in faults]}
        return render(request, "desk/readiness/duty.html", context, status=422)
    return _set(request, edition, slug, duty, [form.cleaned_data["obligation"]])


@require_POST
@requires(CHANGES)
def detach(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Let one obligation come of this duty no more."""
    owed = queries.obligations_of(request.user, found(request, edition, slug))
    row = owed.filter(slug=request.POST.get("obligation", "")[:60]).first()
    if row is None:
        raise Http404(slug)
    return _set(request, edition, slug, None, [row])


def _set(request: HttpRequest, edition: Any, slug: str, duty: Any, rows: list[Any]) -> HttpResponse:
    lines = operations.set_duty(obligations=rows, duty=duty, by=signed_in(request), at=timezone.now())
    words = _("It comes of this duty now.") if duty else _("It comes of this duty no more.")
    offer_undo(request, words, edition=edition, lines=lines, back=reverse("desk:duty", args=[edition.slug, slug]))
    return redirect("desk:duty", edition.slug, slug)
