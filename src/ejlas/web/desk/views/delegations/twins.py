"""Entries that may be one person, side by side: merged by hand, or told apart for good."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ejlas.core.changes import ChangedMeanwhile
from ejlas.core.errors import RuleBroken
from ejlas.delegations import operations, permissions, queries
from ejlas.delegations.queries import twins as pairs
from ejlas.web.desk.delegations import acting
from ejlas.web.desk.delegations.comparing import beside
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import BY_NAME
from ejlas.web.ui.people import signed_in

KIND = BY_NAME["person"]
PER_PAGE = 10


@require_safe
@requires("delegations.check_people")
def twins(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show pairs of entries that may be one person, the surest first."""
    asked = request.GET.get("page", "1")
    page = max(int(asked), 1) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    found, number = pairs.twins(request.user, edition, first=(page - 1) * PER_PAGE, last=page * PER_PAGE)
    sheet = KIND.sheet(edition, reader_of(edition), [])
    last = max(-(-number // PER_PAGE), 1)
    context = frame(request, edition, "twins") | {
        "pairs": [beside(each.one, each.other, sheet) | {"same_document": each.same_document} for each in found],
        "count": sheet.number(number),
        "twin_address": reverse("desk:twins-act", args=[edition.slug]),
        "here": sheet.number(page),
        "last": sheet.number(last),
        "previous_page": page - 1 if page > 1 else None,
        "next_page": page + 1 if page < last else None,
        "several": last > 1,
    }
    return render(request, "desk/delegations/twins.html", context)


@require_POST
@requires("delegations.check_people")
def act(request: HttpRequest, edition: Any) -> HttpResponse:
    """Merge two entries into the one that is kept, or tell them apart."""
    back = redirect(acting.back_from(request, reverse("desk:twins", args=[edition.slug])))
    name = request.POST.get("act", "")
    if name not in {"keep-one", "keep-other", "apart"}:
        return back
    try:
        one, other = (_found(request, edition, request.POST.get(side, "")) for side in ("one", "other"))
        _decide(request, one, other, name)
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    else:
        said = _("They stand as two people now.") if name == "apart" else _("They are one entry now.")
        messages.success(request, said)
    return back


def _decide(request: HttpRequest, one: Any, other: Any, name: str) -> None:
    by, at = signed_in(request), timezone.now()
    if name == "apart":
        operations.tell_apart(one=one, other=other, by=by, at=at)
    else:
        keep, gone = (one, other) if name == "keep-one" else (other, one)
        operations.merge(keep=keep, other=gone, by=by, at=at)


def _found(request: HttpRequest, edition: Any, seen: str) -> Any:
    """Return the person that a form names with the state that was seen. Raises Http404, ChangedMeanwhile."""
    slug, _colon, revision = seen.rpartition(":")
    person = queries.person_at(edition, slug)
    if person is None or not permissions.may_change(request.user, person):
        raise Http404(slug)
    if revision != str(person.revision):
        raise ChangedMeanwhile
    return person
