"""The walk: the page of a round on a phone, what the phone is told, the answers that it brings, and its worker."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ejlas.core.errors import RuleBroken
from ejlas.readiness.forms.walking import WalkAnswerForm
from ejlas.readiness.operations import errors
from ejlas.readiness.operations import inspections as operations
from ejlas.readiness.queries import inspections as queries
from ejlas.readiness.rules.meetings import Result
from ejlas.web.desk.frame import reader_of
from ejlas.web.desk.readiness import walk_page
from ejlas.web.desk.views.readiness.inspections import MAY, context_of, found_round
from ejlas.web.ui import workers
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.people import signed_in

SCRIPT = "src/inspection/worker.ts"
LOADED = ("src/inspection.ts", "styles/site.css", "styles/desk.css", "src/site.ts", "src/theme/first.ts")
BESIDE = ("ui/mark.svg",)


@require_safe
@requires(MAY)
def walk(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show the checklist to somebody who walks the round."""
    return _page(request, edition, found_round(request, edition, slug))


def _page(
    request: HttpRequest, edition: Any, held: Any, *, fault: str = "", typed: dict[str, Any] | None = None
) -> HttpResponse:
    sheet = Sheet(edition, reader_of(edition))
    lines = queries.lines_of(held)
    cards = walk_page.cards(lines, sheet)
    for card in cards:
        if typed and card["slug"] == typed.get("line"):
            card |= {"fault": fault, "typed": typed.get("found", "")}
    told = walk_page.told(held, lines, sheet) | {"who": walk_page.who(request.user)}
    context = context_of(
        request,
        edition,
        held,
        cards=cards,
        results=walk_page.results(),
        is_open=held.closed_at is None,
        n_seen=sheet.number(sum(line.result != Result.OPEN for line in lines)),
        n_lines=sheet.number(len(lines)),
        fault=fault,
        told=told,
        words=walk_page.sentences(sheet),
        sign_in=f"{reverse('account_login')}?next={request.path}",
    )
    return render(request, "desk/readiness/walk.html", context, status=422 if fault else 200)


@require_safe
@requires(MAY)
def lines(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Tell a phone what stands at each line now, who is signed in, and by which token it may send."""
    held, sheet = found_round(request, edition, slug), Sheet(edition, reader_of(edition))
    told = walk_page.told(held, queries.lines_of(held), sheet)
    more = {"who": walk_page.who(request.user), "csrf": get_token(request), "now": timezone.now().isoformat()}
    answer = JsonResponse(told | more)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@requires(MAY)
def answers(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Take an answer: from the queue of a phone as JSON, from a form as a page."""
    held, form = found_round(request, edition, slug), WalkAnswerForm(request.POST, request.FILES)
    is_script = "application/json" in request.headers.get("Accept", "")
    try:
        taken = _taken(request, held, form)
    except RuleBroken as broken:
        return _refused(request, edition, held, form, broken) if not is_script else _fault(broken, form)
    if is_script:
        sheet = Sheet(edition, reader_of(edition))
        return JsonResponse({"counts": taken.counts, "line": walk_page.told_of(taken.line, sheet)})
    if taken.counts:
        messages.success(request, _("It is noted."))
    else:
        messages.info(request, _("It is noted; somebody looked later, and that counts."))
    answer = redirect("desk:inspection-walk", edition.slug, held.slug)
    answer["Location"] += f"#{taken.line.slug}"
    return answer


class Misshapen(RuleBroken):
    """What was sent is no answer; the form says where."""

    message = errors.AnswerUnclear.message


def _taken(request: HttpRequest, held: Any, form: WalkAnswerForm) -> operations.Taken:
    if not form.is_valid():
        raise Misshapen
    sent = form.cleaned_data
    line = queries.line_of(held, sent["line"])
    if line is None:
        raise errors.LineGone
    return operations.answer_line(
        line=line,
        result=sent["result"],
        found=sent["found"],
        photo=form.photo_data(),
        answer_id=sent["answer_id"],
        seen_at=sent["seen_at"],
        by=signed_in(request),
        at=timezone.now(),
    )


def _fault(broken: RuleBroken, form: WalkAnswerForm) -> JsonResponse:
    """Say why an answer is not taken, by a name that the script knows, and in words."""
    if isinstance(broken, errors.RoundClosed):
        return JsonResponse({"fault": "closed"}, status=409)
    if isinstance(broken, errors.LineGone):
        return JsonResponse({"fault": "line-gone"}, status=410)
    at = next(iter(form.errors), broken.field or "photo")
    return JsonResponse({"fault": "shape", "at": at, "words": broken.sentence(_)}, status=400)


def _refused(request: HttpRequest, edition: Any, held: Any, form: WalkAnswerForm, broken: RuleBroken) -> HttpResponse:
    typed = {"line": form.data.get("line", ""), "found": form.data.get("found", "")}
    return _page(request, edition, held, fault=broken.sentence(_), typed=typed)


@require_safe
@requires(MAY)
def worker(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Answer with the worker that opens this walk, and nothing else, without network."""
    found_round(request, edition, slug)
    return workers.worker(SCRIPT, LOADED, BESIDE)
