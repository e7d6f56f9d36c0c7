"""The first page of an edition's desk, and the editions that a person may enter."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ejlas.accounts import operations as accounts
from ejlas.accounts.permissions import may, roles_at
from ejlas.accounts.rules import STAFF
from ejlas.core.audit import queries as audit
from ejlas.forum import queries as forum
from ejlas.web.desk import today
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.readiness import today as readiness
from ejlas.web.ui.access import requires, to_sign_in


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """Show the editions that a person may enter; one alone is opened at once."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    entered = list(forum.editions_entered_by(request.user))
    can_add = may(request.user, "forum.add_edition")
    if not entered and not can_add:
        raise PermissionDenied
    if len(entered) == 1 and not can_add:
        return redirect("desk:home", entered[0].slug)
    reader = reader_of(None)
    rows = [
        {"slug": each.slug, "name": reader_of(each).name(each.name.to_stored()), "spans": _spans(each)}
        for each in entered
    ]
    series = [(each.slug, reader.name(each.name.to_stored())) for each in forum.forums()] if can_add else []
    context = {"editions": rows, "can_add": can_add, "forums": series}
    return render(request, "desk/editions.html", context)


def _spans(edition: Any) -> tuple[str, ...]:
    return reader_of(edition).spans(edition.starts_on, edition.ends_on)


@require_safe
@requires("accounts.enter_desk")
def home(request: HttpRequest, edition: Any) -> HttpResponse:
    """Answer: are we ready, and what needs me now. A body and a vetting officer see their own small page."""
    at, reader = timezone.now(), reader_of(edition)
    context = frame(request, edition, "home") | {"countdown": today.countdown(edition, at, reader)}
    if not roles_at(request.user, edition) & STAFF:
        context["owes"] = readiness.of_bodies(request.user, edition, at, reader)
        context["own"] = today.own_grants(request.user, edition, reader, at)
        context["waiting"] = today.of_vetting(request.user, edition, reader)
        return render(request, "desk/home_small.html", context)
    newest = audit.newest_number(edition.slug)
    visit = accounts.note_visit(user=cast(Any, request.user), edition=edition.slug, newest=newest, at=at)
    found = today.numbers(request.user, edition, at, reader, newest)
    context |= {
        "late": today.late(edition, at, reader, found),
        "waiting": today.waiting(request.user, edition, reader, found),
        "news": today.news(request.user, edition, visit, reader),
        "plan": today.plan(request.user, edition, reader, found),
        "readiness": readiness.told(edition, reader, found),
        "next_step": today.next_step(request.user, edition, at, reader),
    }
    return render(request, "desk/home.html", context)
