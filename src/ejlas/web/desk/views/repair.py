"""The plan made right again: what cannot stand any more, the run that repairs it, and taking over its moves."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ejlas.accounts.permissions import may
from ejlas.core.errors import RuleBroken
from ejlas.planning import operations, queries
from ejlas.planning.forms import RunForm
from ejlas.planning.queries import pages
from ejlas.planning.queries.words import Words
from ejlas.web.desk.frame import frame
from ejlas.web.desk.plan_repair import numbers_of, slugs_of
from ejlas.web.desk.plan_words import place_words, run_shown
from ejlas.web.desk.views.plan import words_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.people import signed_in

RUN, ACCEPT = "planning.run_planner", "planning.accept_run"
WORKERS = 2
SECONDS = 20


@require_safe
@requires("planning.view_plan")
def repair(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show which placed bilaterals cannot stand any more, rule by rule, and offer to repair the plan."""
    return _page(request, edition)


@require_safe
@requires("planning.view_plan")
def unfit(request: HttpRequest, edition: Any) -> HttpResponse:
    """Answer how many placed bilaterals cannot stand any more, as a part of a page; nothing where all can."""
    facts = queries.facts_of(edition)
    try:
        found = queries.unfit_of(facts)
    except RuleBroken:
        found = []
    if not found:
        return HttpResponse(status=204)
    told = {"told": _told(len(found), words_of(facts)), "slug": edition.slug}
    return render(request, "desk/plan/unfit.html", told)


def _told(number: int, words: Words) -> str:
    told = ngettext(
        "%(number)s bilateral cannot stand any more.", "%(number)s bilaterals cannot stand any more.", number
    )
    return told % {"number": words.number(number)}


@require_POST
@requires(RUN)
def start(request: HttpRequest, edition: Any) -> HttpResponse:
    """Ask for a repair; a worker makes it."""
    form = RunForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, form=form)
    effort = operations.Effort(seconds=form.cleaned_data["seconds"], workers=WORKERS, in_background=True)
    try:
        operations.ask_for_repair(edition=edition, effort=effort, by=signed_in(request), at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    return redirect(reverse("desk:plan-repair", args=[edition.slug]) + "#planner")


def _page(request: HttpRequest, edition: Any, *, form: RunForm | None = None) -> HttpResponse:
    facts = queries.facts_of(edition)
    words, refused = words_of(facts), ""
    found: list[Any] = []
    try:
        found = queries.unfit_of(facts)
    except RuleBroken as broken:
        refused = broken.sentence(_)
    latest = queries.newest_run(edition)
    context = frame(request, edition, "plan") | {
        "unfit": [
            (
                words.bilateral(each.bilateral.slug),
                each.bilateral.slug,
                place_words(queries.place_of(each.bilateral), words),
                [words.conflict(conflict) for conflict in each.conflicts],
            )
            for each in found
        ],
        "refused": refused,
        "told": _told(len(found), words),
        "form": form or RunForm(initial={"seconds": words.number(SECONDS)}),
        "shown": run_shown(latest, words, at=timezone.now()) if latest else None,
        "is_active": latest is not None and latest.is_active,
        "is_repair": latest is not None and latest.kind == "repair",
        "can_run": may(request.user, RUN, edition),
        "run_address": reverse("desk:plan-run", args=[edition.slug, latest.pk]) if latest else "",
        "stop_address": reverse("desk:plan-stop", args=[edition.slug, latest.pk]) if latest else "",
        "progress_address": reverse("desk:plan-progress", args=[edition.slug]) + "?of=repair",
        "again_address": reverse("desk:plan-repair", args=[edition.slug]),
    }
    return render(request, "desk/plan/repair.html", context, status=422 if form else 200)


@require_POST
@requires(ACCEPT)
def accept(request: HttpRequest, edition: Any, run: int) -> HttpResponse:
    """Make the plan of a run the plan in force, all of it or the parts that are ticked."""
    found, known = queries.run_of(edition, run), "despite_changes" in request.POST
    if found is None:
        raise Http404(run)
    numbers = request.POST.getlist("part")[:10_000]
    only = slugs_of(found, numbers) if "in_part" in request.POST else None
    try:
        changes = operations.accept_run(
            run=found, by=signed_in(request), at=timezone.now(), despite_changes=known, only=only
        )
    except RuleBroken as broken:
        return _refused(request, edition, found, broken, numbers)
    told = _("The plan is in force; places that changed: %(number)s.") % {"number": len(changes.changed)}
    _offer_undo(request, edition, found, told)
    return redirect("desk:plan", edition.slug)


def _refused(request: HttpRequest, edition: Any, run: Any, broken: RuleBroken, numbers: list[str]) -> HttpResponse:
    """Go back to the run with what was ticked, and say what is in the way by its name."""
    query = [("part", number) for number in numbers]
    if isinstance(broken, operations.PlanIsOutdated):
        query.append(("outdated", "1"))
    if isinstance(broken, operations.PartsBelongTogether):
        query += [("part", number) for number in numbers_of(run, broken.bilaterals) if number not in numbers]
    messages.error(request, _named(broken, edition))
    address = reverse("desk:plan-run", args=[edition.slug, run.pk])
    return redirect(f"{address}?{urlencode(query)}#would" if query else address)


def _named(broken: RuleBroken, edition: Any) -> str:
    """Return the sentence of a broken rule, with the names of bilaterals where it knows their slugs."""
    slugs = getattr(broken, "bilaterals", ())
    if not slugs:
        return broken.sentence(_)
    words = words_of(pages.facts_naming(edition, slugs))
    return str(_(broken.message) % {"names": words.listed(map(words.bilateral, slugs))})


def _offer_undo(request: HttpRequest, edition: Any, run: Any, told: str) -> None:
    context = {"words": told, "slug": edition.slug, "run": run}
    messages.success(request, SafeString(render_to_string("desk/plan/undo_run.html", context, request=request)))


@require_POST
@requires(ACCEPT)
def undo(request: HttpRequest, edition: Any, run: int) -> HttpResponse:
    """Put the plan back as it stood before this run was accepted."""
    found = queries.run_of(edition, run)
    if found is None:
        raise Http404(run)
    try:
        changes = operations.undo_acceptance(run=found, by=signed_in(request), at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, _named(broken, edition))
        return redirect("desk:plan-run", edition.slug, run)
    told = _("The plan is as it was; places that changed back: %(number)s.") % {"number": len(changes.changed)}
    messages.success(request, told)
    return redirect("desk:plan-run", edition.slug, run)
