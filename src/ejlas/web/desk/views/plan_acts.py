"""What a person does to the plan: start and stop the planner, accept, move by hand, undo."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejlas.core.errors import RuleBroken, marked
from ejlas.planning import operations, queries
from ejlas.planning.forms import RunForm
from ejlas.planning.queries import pages
from ejlas.planning.queries.hours import slots_of
from ejlas.planning.rules import Place
from ejlas.web.desk.frame import frame
from ejlas.web.desk.plan_board import iso
from ejlas.web.desk.plan_words import place_words
from ejlas.web.desk.views.plan import plan_page, words_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.people import signed_in

MOVE = "planning.move_bilateral"
WORKERS = 2
MOST_OFFERED = 12


@require_POST
@requires("planning.run_planner")
def start(request: HttpRequest, edition: Any) -> HttpResponse:
    """Ask for a plan; a worker makes it."""
    form = RunForm(request.POST)
    if not form.is_valid():
        return plan_page(request, edition, form=form)

    def ask() -> object:
        return operations.ask_for_run(
            edition=edition,
            seconds=form.cleaned_data["seconds"],
            workers=WORKERS,
            seed=1,
            by=signed_in(request),
            at=timezone.now(),
            in_background=True,
            enough_percent=form.cleaned_data["enough"],
        )

    return _tried(request, ask, edition)


@require_POST
@requires("planning.run_planner")
def stop(request: HttpRequest, edition: Any, run: int) -> HttpResponse:
    """Let a run end with the best plan it has."""
    found = _run(edition, run)
    return _tried(request, lambda: operations.stop_run(run=found, by=signed_in(request), at=timezone.now()), edition)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MOVE)
def move(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Choose a time and a room for one bilateral, see what is in the way, and put it there."""
    facts, bilateral = _found(edition, slug)
    asked = request.POST if request.method == "POST" else request.GET
    place = _place(asked, with_reason=request.method == "POST")
    refused = ""
    if request.method == "POST":
        try:
            return _moved(request, edition, bilateral, place)
        except operations.InTheWay:
            refused = _("It was not moved.")
        except RuleBroken as broken:
            refused = broken.sentence(_)
    return _form(request, facts, bilateral, place, refused)


def _moved(request: HttpRequest, edition: Any, bilateral: Any, place: Place) -> HttpResponse:
    if place.starts_at is None:
        raise NoTimeChosen()
    moved = operations.move_bilateral(
        bilateral=bilateral, place=place, revision=_revision(request), by=signed_in(request), at=timezone.now()
    )
    return _done(request, edition, moved, _("%(name)s is at %(place)s."))


class NoTimeChosen(RuleBroken):
    """A form without a time."""

    message = marked("Choose a time and a room.")


def _form(request: HttpRequest, facts: Any, bilateral: Any, place: Place, refused: str) -> HttpResponse:
    edition, words = facts.edition, words_of(facts)
    weighed = queries.weigh_place(facts, bilateral, place.starts_at, place.room) if place.starts_at else None
    conflicts = weighed.conflicts if weighed else ()
    now = queries.place_of(bilateral)
    context = frame(request, edition, "plan") | {
        "bilateral": bilateral,
        "name": words.bilateral(bilateral.slug),
        "now": now,
        "now_words": place_words(now, words),
        "slots": _slot_options(edition, words, place.starts_at or now.starts_at),
        "rooms": [(each.slug, words.room(each.slug), each.slug == (place.room or now.room)) for each in facts.rooms],
        "is_asked": place.starts_at is not None,
        "asked_words": place_words(place, words),
        "asked_time": iso(place.starts_at, edition.zone) if place.starts_at else "",
        "asked_room": place.room,
        "conflicts": [words.conflict(each) for each in conflicts],
        "kinds": sorted({each.kind.value for each in conflicts}),
        "may_be_set_aside": all(each.may_be_set_aside for each in conflicts),
        "people": words.listed(map(words.interpreter, weighed.interpreters)) if weighed else "",
        "offers": _offers(facts, bilateral, words),
        "reason": place.reason,
        "refused": refused,
    }
    return render(request, "desk/plan/move.html", context, status=409 if refused else 200)


def _offers(facts: Any, bilateral: Any, words: Any) -> list[tuple[str, str]]:
    """Offer places that are free, spread over the days, each with its address."""
    free = [each for each in queries.free_places(facts, bilateral) if each.starts_at != bilateral.starts_at]
    step = max(1, len(free) // MOST_OFFERED)
    return [
        (
            urlencode({"starts_at": iso(each.starts_at, facts.edition.zone), "room": each.rooms[0]}),
            place_words(Place(each.starts_at, each.rooms[0]), words),
        )
        for each in free[::step][:MOST_OFFERED]
    ]


def _slot_options(edition: Any, words: Any, chosen: datetime | None) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    return [
        (words.dates(day[0])[0], [(iso(each, edition.zone), words.time(each), each == chosen) for each in day])
        for day in slots_of(edition)
        if day
    ]


@require_POST
@requires(MOVE)
def unplace(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Take a bilateral out of the plan."""
    return _act(request, edition, slug, operations.unplace_bilateral, _("%(name)s has no place now."))


@require_POST
@requires(MOVE)
def pin(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Keep a bilateral where it is in the next plan."""
    return _act(request, edition, slug, operations.pin_bilateral, _("%(name)s stays at %(place)s in the next plan."))


@require_POST
@requires(MOVE)
def unpin(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Let the next plan move a bilateral again."""
    return _act(request, edition, slug, operations.unpin_bilateral, _("The next plan may move %(name)s."))


@require_POST
@requires(MOVE)
def undo(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Put a bilateral back where it was."""
    _facts, bilateral = _found(edition, slug)
    try:
        place = Place.from_plain(json.loads(request.POST.get("place", "")))
    except (KeyError, TypeError, ValueError):
        messages.error(request, _("What was before is not known any more; move it by hand."))
        return redirect("desk:plan", edition.slug)
    try:
        moved = operations.move_bilateral(
            bilateral=bilateral,
            place=place,
            choose_interpreters=False,
            revision=_revision(request),
            by=signed_in(request),
            at=timezone.now(),
        )
    except RuleBroken as broken:
        messages.error(request, _told(broken, edition, slug))
        return redirect("desk:plan", edition.slug)
    return _done(request, edition, moved, _("%(name)s is where it was: %(place)s."))


@require_safe
@requires(MOVE)
def places(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Answer where a bilateral fits, for a board that somebody moves it on."""
    facts, bilateral = _found(edition, slug)
    free = [[iso(each.starts_at, edition.zone), list(each.rooms)] for each in queries.free_places(facts, bilateral)]
    return JsonResponse({"free": free})


@require_safe
@requires(MOVE)
def weigh(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Answer in words what is in the way of a bilateral at a time and in a room."""
    facts, bilateral = _found(edition, slug)
    place = _place(request.GET)
    if place.starts_at is None:
        return JsonResponse({"conflicts": [NoTimeChosen().sentence(_)], "may_be_set_aside": False}, status=400)
    found = queries.weigh_place(facts, bilateral, place.starts_at, place.room).conflicts
    words = words_of(facts)
    answer = {
        "place": place_words(place, words),
        "conflicts": [words.conflict(each) for each in found],
        "may_be_set_aside": all(each.may_be_set_aside for each in found),
    }
    return JsonResponse(answer)


def _act(
    request: HttpRequest, edition: Any, slug: str, act: Callable[..., operations.Moved], words: str
) -> HttpResponse:
    _facts, bilateral = _found(edition, slug)
    try:
        moved = act(bilateral=bilateral, revision=_revision(request), by=signed_in(request), at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
        return redirect("desk:plan-move", edition.slug, slug)
    return _done(request, edition, moved, words)


def _done(request: HttpRequest, edition: Any, moved: operations.Moved, sentence: str) -> HttpResponse:
    """Say what was done, offer to undo it, and go back to the day where it was done."""
    words = words_of(pages.facts_naming(edition, [moved.bilateral.slug]))
    name = words.bilateral(moved.bilateral.slug)
    context = {
        "words": sentence % {"name": name, "place": place_words(moved.after, words)},
        "slug": edition.slug,
        "bilateral": moved.bilateral,
        "place": json.dumps(moved.before.to_plain()),
    }
    messages.success(request, SafeString(render_to_string("desk/plan/undo.html", context, request=request)))
    moment = moved.after.starts_at or moved.before.starts_at
    day = f"?day={moment.astimezone(edition.zone).date()}" if moment else ""
    return redirect(f"{reverse('desk:plan', args=[edition.slug])}{day}#card-{moved.bilateral.slug}")


def _tried(request: HttpRequest, act: Callable[[], object], edition: Any) -> HttpResponse:
    try:
        act()
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    return redirect(f"{reverse('desk:plan', args=[edition.slug])}#planner")


def _told(broken: RuleBroken, edition: Any, slug: str) -> str:
    if not isinstance(broken, operations.InTheWay):
        return broken.sentence(_)
    words = words_of(queries.facts_of(edition, around=slug))
    return " ".join(words.conflict(each) for each in broken.conflicts)


def _run(edition: Any, key: int) -> Any:
    found = queries.run_of(edition, key)
    if found is None:
        raise Http404(key)
    return found


def _found(edition: Any, slug: str) -> tuple[Any, Any]:
    facts = queries.facts_of(edition, around=slug)
    bilateral = facts.bilateral(slug)
    if bilateral is None:
        raise Http404(slug)
    return facts, bilateral


def _place(asked: Any, *, with_reason: bool = False) -> Place:
    try:
        starts_at = datetime.fromisoformat(asked.get("starts_at", ""))
    except ValueError:
        return Place()
    if starts_at.tzinfo is None:
        return Place()
    despite = tuple(asked.getlist("despite")) if with_reason else ()
    reason = asked.get("reason", "")[:300] if with_reason else ""
    return Place(starts_at, asked.get("room", "")[:60], (), "pin" in asked, despite, reason)


def _revision(request: HttpRequest) -> int | None:
    seen = request.POST.get("revision", "")
    return int(seen) if seen.isdecimal() and seen.isascii() and len(seen) < 10 else None
