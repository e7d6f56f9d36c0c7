"""Who asks at a gate to come in: the list, the answer, and the offices on whose word somebody is let in (rule 11)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ejlas.core.errors import RuleBroken
from ejlas.delegations.forms.watching import GrantForm, OfficesForm, RefuseForm
from ejlas.delegations.operations.gate import requests as operations
from ejlas.delegations.operations.passes import matrix
from ejlas.delegations.queries.gate import watching
from ejlas.delegations.rules.passes.scans import RequestState
from ejlas.delegations.rules.passes.watching import OFFICES, end_of_day
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.gates import requests as shapes
from ejlas.web.desk.listing import PER_PAGE
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.people import signed_in


@require_safe
@requires(watching.WATCH)
def requests(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show who waits at gates, who waits longest first; or what was answered, the latest first."""
    is_open = request.GET.get("state") != "answered"
    found = watching.requests_for(request.user, edition)
    if is_open:
        found = found.filter(state=RequestState.ASKED)
    else:
        found = found.exclude(state=RequestState.ASKED).order_by("-answered_at", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    sheet, at = Sheet(edition, reader_of(edition)), timezone.now()
    context = frame(request, edition, "gate-requests") | {
        "page": page,
        "rows": [shapes.row(each, sheet, at) for each in page.object_list],
        "count": sheet.number(page.paginator.count),
        "is_open": is_open,
        "address": reverse("desk:gate-requests", args=[edition.slug]),
    }
    context["offices_address"] = _offices_address(context["desk"])
    return render(request, "desk/gates/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(watching.WATCH)
def show(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show who asks, and answer: a spare on the word of an office, or a refusal in words."""
    found = watching.request_for(request.user, edition, slug)
    if found is None:
        raise Http404(slug)
    sheet, at = Sheet(edition, reader_of(edition)), timezone.now()
    given = _given(edition, sheet)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    grant = _grant_form(request, given, sheet, at, is_sent=act == "grant")
    refuse = RefuseForm(request.POST if act == "refuse" else None)
    fault = ""
    if act in {"grant", "refuse"} and (grant if act == "grant" else refuse).is_valid():
        try:
            _answer(request, found, grant if act == "grant" else refuse, given, at)
        except RuleBroken as broken:
            fault = broken.sentence(_)
            found.refresh_from_db()
        else:
            messages.success(request, _("It is granted.") if act == "grant" else _("It is refused."))
            return redirect("desk:gate-requests", edition.slug)
    context = frame(request, edition, "gate-requests") | {
        "row": shapes.row(found, sheet, at),
        "is_asked": found.state == RequestState.ASKED,
        "grant": grant,
        "refuse": refuse,
        "fault": fault,
        "has_offices": bool(grant.fields["category"].choices),  # type: ignore[attr-defined]
        "has_spares": bool(given["spares"]),
    }
    context["offices_address"] = _offices_address(context["desk"])
    return render(
        request, "desk/gates/request.html", context, status=422 if fault or grant.errors or refuse.errors else 200
    )


def _given(edition: Any, sheet: Sheet) -> dict[str, Any]:
    categories = shapes.categories(edition, sheet)
    return {
        "categories": {each.slug: (each, office) for each, _label, office in categories if office},
        "choices": shapes.choices(categories),
        "spares": {badge.slug: badge for badge in watching.free_spares(edition)},
    }


def _grant_form(request: HttpRequest, given: dict[str, Any], sheet: Sheet, at: Any, *, is_sent: bool) -> GrantForm:
    return GrantForm(
        request.POST if is_sent else None,
        categories=given["choices"],
        spares=shapes.spares(given["spares"], sheet),
        language=sheet.reader.language,
        zone=sheet.edition.zone,
        at=at,
        ends_at=end_of_day(at, sheet.edition.zone),
    )


def _answer(request: HttpRequest, found: Any, form: Any, given: dict[str, Any], at: Any) -> None:
    more: dict[str, Any] = {"is_granted": False, "approver": ""}
    if isinstance(form, GrantForm):
        category, office = given["categories"][form.cleaned_data["category"]]
        badge, ends_at = given["spares"][form.cleaned_data["spare"]], form.cleaned_data["ends_at"]
        more = {"is_granted": True, "approver": office, "badge": badge, "ends_at": ends_at, "category": category}
    answer = form.cleaned_data["answer"]
    operations.answer_request(request=found, answer=answer, by=signed_in(request), at=at, **more)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(watching.CHANGE)
def offices(request: HttpRequest, edition: Any) -> HttpResponse:
    """Name the office that approves walk-ins, for each category of passes."""
    sheet = Sheet(edition, reader_of(edition))
    asked = [(each.slug, label, office) for each, label, office in shapes.categories(edition, sheet)]
    form = OfficesForm(request.POST if request.method == "POST" else None, categories=asked)
    if request.method == "POST" and form.is_valid():
        named = {OFFICES: form.offices()}
        matrix.set_rules(edition=edition, rules=named, by=signed_in(request), at=timezone.now())
        messages.success(request, _("The change is saved."))
        return redirect("desk:gate-requests", edition.slug)
    context = frame(request, edition, "gate-requests") | {"form": form}
    return render(request, "desk/gates/offices.html", context, status=422 if form.errors else 200)


def _offices_address(desk: Any) -> str:
    return reverse("desk:gate-offices", args=[desk.slug]) if desk.may(watching.CHANGE) else ""
