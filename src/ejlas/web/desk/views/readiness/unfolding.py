"""Unfolding a duty into obligations: lines chosen, bodies said, and all of it done at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ejlas.core.errors import RuleBroken
from ejlas.readiness.operations import duties as operations
from ejlas.readiness.queries import duties as queries
from ejlas.readiness.queries.template import bodies_to_choose
from ejlas.readiness.rules.template.standard import standard
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.readiness.obligation_page import CHANGES
from ejlas.web.desk.readiness.unfold_page import Of, Unfolding, Wish
from ejlas.web.desk.views.readiness.duties import found
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.kinds.forum import DUTY
from ejlas.web.ui.people import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CHANGES)
def unfold(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show which lines a duty can unfold into; make obligations of the chosen ones once bodies were said."""
    duty, template = found(request, edition, slug), standard()
    of_duty = Of.duty(duty, template, queries.by_origin(edition))
    data = request.POST if request.method == "POST" else request.GET
    wish = Wish.read(data, template, of_duty, edition.starts_on)
    today = timezone.now().astimezone(edition.zone).date()
    unfolding = Unfolding(duty, template, of_duty, wish, today, Sheet(edition, reader_of(edition)))
    fault = _("Give the day of the opening as a date.") if wish.asked.is_wrong else ""
    act = data.get("act", "") if request.method == "POST" else "look"
    if act == "look" or fault:
        return _choose(request, unfolding, fault)
    if wish.is_empty:
        return _choose(request, unfolding, _("Choose at least one line."))
    if act != "apply":
        return _confirm(request, unfolding)
    return _apply(request, unfolding)


def _apply(request: HttpRequest, unfolding: Unfolding) -> HttpResponse:
    duty, wish = unfolding.duty, unfolding.wish
    try:
        done = operations.unfold_duty(
            duty=duty,
            template=unfolding.template,
            chosen=wish.asked.chosen,
            opening=wish.asked.opening,
            owed_by=wish.owed_by,
            attached=wish.attached,
            by=signed_in(request),
            at=timezone.now(),
        )
    except RuleBroken as broken:
        return _choose(request, unfolding, broken.sentence(_))
    _tell(request, unfolding, done)
    return redirect("desk:duty", duty.edition.slug, duty.slug)


def _tell(request: HttpRequest, unfolding: Unfolding, done: operations.Unfolded) -> None:
    number = unfolding.sheet.number
    if done.applied.n_obligations:
        n_new = done.applied.n_obligations
        words = ngettext("%(number)s obligation was added.", "%(number)s obligations were added.", n_new)
        messages.success(request, words % {"number": number(n_new)})
    if done.n_attached:
        words = ngettext(
            "%(number)s obligation was attached.", "%(number)s obligations were attached.", done.n_attached
        )
        messages.success(request, words % {"number": number(done.n_attached)})


def _context(request: HttpRequest, unfolding: Unfolding) -> dict[str, Any]:
    duty, wish, sheet = unfolding.duty, unfolding.wish, unfolding.sheet
    n_past = unfolding.n_past()
    args = [sheet.edition.slug, duty.slug]
    return frame(request, sheet.edition, DUTY.name) | {
        "kind": DUTY,
        "name": DUTY.name_of(duty, sheet),
        "list_address": reverse("desk:duty-list", args=args[:1]),
        "address": reverse("desk:duty", args=args),
        "write_address": reverse("desk:duty-write", args=args),
        "here": reverse("desk:duty-unfold", args=args),
        "opening": wish.asked.opening.isoformat(),
        "opening_words": sheet.reader.dates(wish.asked.opening),
        "finding": wish.query,
        "n_past": sheet.number(n_past) if n_past else "",
    }


def _choose(request: HttpRequest, unfolding: Unfolding, fault: str) -> HttpResponse:
    context = _context(request, unfolding) | {
        "faults": [fault] if fault else [],
        "usual": unfolding.usual(),
        "streams": unfolding.others(),
        "owed_by": sorted(unfolding.wish.owed_by.items()),
    }
    return render(request, "desk/readiness/unfold.html", context, status=422 if fault else 200)


def _confirm(request: HttpRequest, unfolding: Unfolding) -> HttpResponse:
    lines = unfolding.chosen(bodies_to_choose(unfolding.sheet.edition))
    context = _context(request, unfolding) | {
        "lines": lines,
        "attached": unfolding.attached(),
        "n_chosen": unfolding.sheet.number(len(lines)),
    }
    return render(request, "desk/readiness/unfold_confirm.html", context)
