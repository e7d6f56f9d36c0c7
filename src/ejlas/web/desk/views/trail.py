"""The history of a thing, the trail of an edition, and putting back."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ejlas.accounts.permissions import may
from ejlas.core.audit import queries as audit
from ejlas.core.errors import RuleBroken
from ejlas.forum import operations as forum
from ejlas.web.desk import addresses, history
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.ui.access import View, requires
from ejlas.web.ui.kinds import BY_EVENT, EDITION, KINDS, Kind

PER_PAGE = 50


def history_view(kind: Kind) -> View:
    """Return the view of a thing's history; what was removed has one too."""

    @require_safe
    @requires(kind.view)
    def show(request: HttpRequest, edition: Any, slug: str = "") -> HttpResponse:
        slug = slug or edition.slug
        lines = audit.history_of(scope=edition.slug, kind=kind.event.rpartition(".")[2], subject=slug)
        page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
        if not page.object_list:
            raise Http404(slug)
        context = frame(request, edition, kind.name) | {
            "kind": kind,
            "subject": slug,
            "page": page,
            "lines": history.told(page.object_list, reader_of(edition), edition),
            "can_change": may(request.user, kind.change, edition),
            "list_address": addresses.of_list(kind, edition) or addresses.of_thing(kind, edition, slug)["address"],
        }
        return render(request, "desk/history.html", context)

    return show


@require_safe
@requires("forum.view_trail")
def trail(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show all that happened at an edition."""
    lines = audit.lines_in(edition.slug)
    kind, actor = request.GET.get("kind", ""), request.GET.get("actor", "")[:200].replace("\x00", "")
    if kind:
        lines = lines.filter(subject_kind=kind[:50])
    if actor:
        lines = lines.filter(actor=actor)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    context = frame(request, edition, "trail") | {
        "page": page,
        "lines": history.told(page.object_list, reader_of(edition), edition),
        "kinds": [
            *((each.event.rpartition(".")[2], each.one) for each in (EDITION, *KINDS)),
            *((name.rpartition(".")[2], words) for name, words in history.OTHER_KINDS.items() if name not in BY_EVENT),
        ],
        "kind_chosen": kind,
        "actor_chosen": actor,
        "can_change": False,
    }
    return render(request, "desk/trail.html", context)


@require_POST
@requires("accounts.enter_desk")
def put_back(request: HttpRequest, edition: Any) -> HttpResponse:
    """Undo what lines of the trail tell, in the order from the newest to the oldest."""
    numbers = [int(each) for each in request.POST.getlist("line") if each.isascii() and each.isdecimal()]
    target = request.POST.get("next", "")
    is_own = target.startswith("/desk/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    back = target if is_own else reverse("desk:home", args=[edition.slug])
    try:
        forum.together([partial(_undo, request, edition, number) for number in sorted(numbers, reverse=True)[:200]])
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
        return redirect(back)
    messages.success(request, _("It is put back."))
    return redirect(back)


def _undo(request: HttpRequest, edition: Any, number: int) -> None:
    line = audit.line_by_number(number)
    if line is None or line.scope != edition.slug:
        raise Http404(number)
    kind = BY_EVENT.get(line.event.rpartition(".")[0])
    if kind is None or not may(request.user, kind.change, edition):
        raise PermissionDenied
    kind.undo(edition=edition, line=line, by=request.user, at=timezone.now())
