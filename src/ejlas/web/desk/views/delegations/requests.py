"""What focal points ask for after the lock (rule 5): what would change, and the answer."""

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
from ejlas.delegations import operations, queries
from ejlas.delegations.operations import deciding
from ejlas.delegations.queries import desk
from ejlas.delegations.rules.states import RequestState
from ejlas.web.desk.delegations import acting, wishes
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.listing import PER_PAGE
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.people import signed_in


@require_safe
@requires("delegations.check_people")
def requests(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show what was asked for and waits for an answer, or what was answered."""
    is_open = request.GET.get("state") != "answered"
    found = queries.requests_for(request.user, edition) if is_open else desk.requests_answered(request.user, edition)
    chosen = request.GET.get("delegation", "")[:100].replace("\x00", "")
    if chosen:
        found = found.filter(delegation__slug=chosen)
    # What is wanted stands encrypted, and is opened on the page of one request alone.
    page = Paginator(found.defer("wanted"), PER_PAGE).get_page(request.GET.get("page"))
    sheet = Sheet(edition, reader_of(edition))
    context = frame(request, edition, "requests") | {
        "page": page,
        "rows": [wishes.row(each, sheet) for each in page.object_list],
        "count": sheet.number(page.paginator.count),
        "is_open": is_open,
        "is_filtered": bool(chosen),
        "address": reverse("desk:requests", args=[edition.slug]),
    }
    return render(request, "desk/delegations/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("delegations.check_people")
def show(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show what a request would change, and grant or refuse it."""
    found = queries.requests_for(request.user, edition, is_open=False).filter(slug=slug).first()
    if found is None:
        raise Http404(slug)
    sheet = Sheet(edition, reader_of(edition))
    fault, name = "", request.POST.get("act", "")
    if request.method == "POST" and name in {"grant", "refuse"}:
        try:
            _answer(request, found, is_granted=name == "grant")
        except operations.RequestAnswered as broken:
            messages.error(request, broken.sentence(_))
            return redirect("desk:requests", edition.slug)
        except RuleBroken as broken:
            fault = broken.sentence(_)
        else:
            messages.success(request, _("It is granted.") if name == "grant" else _("It is refused."))
            return redirect("desk:requests", edition.slug)
    context = frame(request, edition, "requests") | wishes.page_of(found, request.user, sheet)
    context |= {"fault": fault, "answer": request.POST.get("answer", ""), "is_asked": found.state == RequestState.ASKED}
    return render(request, "desk/delegations/request.html", context, status=422 if fault else 200)


def _answer(request: HttpRequest, found: Any, *, is_granted: bool) -> None:
    deciding.answer_request(
        request=found,
        is_granted=is_granted,
        answer=request.POST.get("answer", "").replace("\x00", "")[:2000],
        by=signed_in(request),
        at=timezone.now(),
        link=acting.portal_link(request),
    )
