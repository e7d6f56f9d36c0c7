"""A whole plan from a template: chosen, looked at with its days, applied; and the plan handed on as one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejlas.core.errors import RuleBroken
from ejlas.core.formats.problem import Problem
from ejlas.readiness.forms.answering import FirstMailsForm, OpeningForm
from ejlas.readiness.operations import plan_files as files
from ejlas.readiness.operations import template as operations
from ejlas.readiness.queries import plan_files, reminders, template
from ejlas.readiness.rules.days import calendar_of
from ejlas.readiness.rules.plan.values import FileKind
from ejlas.readiness.rules.template.reading import MOST_BYTES, read_template
from ejlas.readiness.rules.template.standard import standard
from ejlas.readiness.rules.template.values import Template
from ejlas.readiness.rules.template.writing import write_template
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.readiness.template_page import Asked, Shown
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.people import signed_in

VIEW, CHANGE, HERE = "readiness.view_readiness", "readiness.change_readiness", "plan-template"
_MOST_SHOWN = 50
DAYS_TO_LOOK = 5


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CHANGE)
def show(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show the lines of a template with their days; apply the chosen ones once it was said what comes of it."""
    file, found = _source(request, edition)
    there = template.lines_there(edition)
    data = request.POST if request.method == "POST" else request.GET
    asked = Asked.read(data, found, there, edition.starts_on)
    mails = _first_mails(request, edition)
    fault = _("Give the day of the opening as a date.") if asked.is_wrong else ""
    if request.method == "POST" and data.get("act") != "look" and not fault:
        if not asked.chosen:
            fault = _("Choose at least one line.")
        elif data.get("act") != "apply" or (mails and not mails.is_valid()):
            context = _context(request, edition, found, asked) | {"mails": mails}
            status = 422 if mails and mails.errors else 200
            return render(request, "desk/readiness/template_confirm.html", context, status=status)
        else:
            try:
                begins_on = mails.cleaned_data["remind_from"] if mails else None
                done = _apply(request, edition, found, asked, begins_on)
            except RuleBroken as broken:
                fault = broken.sentence(_)
            else:
                _tell(request, edition, done, begins_on)
                return redirect("desk:obligation-list", edition.slug)
    context = _context(request, edition, found, asked) | {"fault": fault, "file": file}
    return render(request, "desk/readiness/template.html", context, status=422 if fault else 200)


def _source(request: HttpRequest, edition: Any) -> tuple[Any, Template]:
    """Return the template that the address names: one that was sent, else the one that comes with the system."""
    slug = request.GET.get("file", "")[:60]
    if not slug:
        return None, standard()
    file = plan_files.file_of(edition, FileKind.TEMPLATE, slug)
    found = read_template(file.content.encode(), name=file.name)[0] if file else None
    if found is None:
        raise Http404(slug)
    return file, found


def _context(request: HttpRequest, edition: Any, found: Template, asked: Asked) -> dict[str, Any]:
    sheet = Sheet(edition, reader_of(edition))
    there, today = template.lines_there(edition), timezone.now().astimezone(edition.zone).date()
    shown = Shown(found, asked, there, today, sheet)
    wanted = found.with_only(asked.chosen)
    part = Shown(wanted, asked, there, today, sheet)
    waiting = plan_files.files_waiting(edition, FileKind.TEMPLATE)
    n_past = shown.n_past()
    return frame(request, edition, HERE) | {
        "name": sheet.text(found.name),
        "streams": shown.streams(),
        "kinds": shown.kinds(template.bodies_to_choose(edition)),
        "opening": asked.opening.isoformat(),
        "opening_field": OpeningForm(
            asked.typed if asked.is_wrong else asked.opening, language=sheet.reader.language, zone=edition.zone
        )["opening"],
        "opening_words": sheet.reader.dates(asked.opening),
        "chosen": sorted(asked.chosen),
        "bodies": sorted(asked.bodies.items()),
        "parts": part.streams(),
        "n_chosen": sheet.number(len(asked.chosen)),
        "n_past": sheet.number(n_past) if n_past else "",
        "waiting": [(each.slug, each.name) for each in waiting],
        "address": request.get_full_path(),
        "list_address": reverse("desk:obligation-list", args=[edition.slug]),
    }


def _first_mails(request: HttpRequest, edition: Any) -> FirstMailsForm | None:
    """Return what asks when the first mails leave; None where some left already."""
    if not reminders.is_first_mail(edition):
        return None
    zone, today = edition.zone, timezone.now().astimezone(edition.zone).date()
    data = request.POST if request.POST.get("act") == "apply" else None
    # A week of work to look through what was laid.
    first = calendar_of(edition.settings, edition.country).plus(today, DAYS_TO_LOOK)
    return FirstMailsForm(data, first=first, language=reader_of(edition).language, zone=zone)


def _apply(
    request: HttpRequest, edition: Any, found: Template, asked: Asked, remind_from: date | None
) -> operations.Applied:
    return operations.apply_template(
        edition=edition,
        template=found,
        chosen=asked.chosen,
        opening=asked.opening,
        bodies=asked.bodies,
        remind_from=remind_from,
        by=signed_in(request),
        at=timezone.now(),
    )


def _tell(request: HttpRequest, edition: Any, done: operations.Applied, begins_on: date | None) -> None:
    number, reader = done.n_obligations, reader_of(edition)
    words = ngettext("%(number)s obligation was added.", "%(number)s obligations were added.", number)
    messages.success(request, words % {"number": reader.number(number)})
    if begins_on is not None:
        messages.info(request, _("Reminders begin on %(day)s.") % {"day": reader.dates(begins_on)[0]})


@require_safe
@requires(VIEW)
def export(request: HttpRequest, edition: Any) -> HttpResponse:
    """Hand out the plan as the file of a template, with what each line really took."""
    made = template.plan_as_template(edition, opening=edition.starts_on)
    answer = HttpResponse(write_template(made), content_type="application/yaml; charset=utf-8")
    name = f"{edition.slug}-plan-template.yaml"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return answer


@require_POST
@requires(CHANGE)
def send(request: HttpRequest, edition: Any) -> HttpResponse:
    """Take in the file of a template, or say in which line, row and field it is wrong."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return _refused(request, edition, "", [], _("Choose a file."))
    name, data = file.name or "", file.read(MOST_BYTES + 1)
    found, problems = read_template(data, name=name)
    if found is None:
        return _refused(request, edition, name, list(problems))
    try:
        kept = files.keep_file(
            edition=edition,
            kind=FileKind.TEMPLATE,
            name=name,
            content=data.decode(),
            by=signed_in(request),
            at=timezone.now(),
        )
    except RuleBroken as broken:
        return _refused(request, edition, name, [], broken.sentence(_))
    return redirect(f"{reverse('desk:plan-template', args=[edition.slug])}?file={kept.slug}")


def _refused(request: HttpRequest, edition: Any, name: str, problems: list[Problem], fault: str = "") -> HttpResponse:
    reader = reader_of(edition)
    context = frame(request, edition, HERE) | {
        "name": name,
        "fault": fault,
        "problems": [
            {"line": reader.number(each.line), "path": each.path, "sentence": each.sentence(_)}
            for each in problems[:_MOST_SHOWN]
        ],
        "n_more": reader.number(len(problems) - _MOST_SHOWN) if len(problems) > _MOST_SHOWN else "",
    }
    return render(request, "desk/readiness/template_faults.html", context, status=422)


@require_POST
@requires(CHANGE)
def discard(request: HttpRequest, edition: Any, file: str) -> HttpResponse:
    """Throw away a template that was sent."""
    found = plan_files.file_of(edition, FileKind.TEMPLATE, file)
    if found is None:
        raise Http404(file)
    files.discard_file(file=found, by=signed_in(request), at=timezone.now())
    messages.success(request, _("The file is thrown away; what was taken over from it stays."))
    return redirect("desk:plan-template", edition.slug)
