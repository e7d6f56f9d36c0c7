"""The plan of bilaterals: as a board, as a table, one run, and against what is published."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ejlas.accounts.permissions import may
from ejlas.forum import queries as forum
from ejlas.planning import queries
from ejlas.planning.forms import RunForm
from ejlas.planning.queries import pages
from ejlas.planning.queries.hours import days_of_bilaterals
from ejlas.planning.queries.reasons import broken_lines
from ejlas.planning.queries.words import Words
from ejlas.planning.rules import Difference, RunKind, RunState, Shift, differences
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.plan_board import Board
from ejlas.web.desk.plan_reasons import Reasons
from ejlas.web.desk.plan_repair import open_moves, parts_shown, to_be_told
from ejlas.web.desk.plan_words import counts_shown, differences_shown, place_words, run_shown
from ejlas.web.ui.access import requires
from ejlas.web.ui.labels import BILATERAL_STATES, word

ROWS = 50
MOST_SHOWN = 100
SECONDS = 60
VIEW = "planning.view_plan"


def words_of(facts: Any) -> Words:
    """Return the words of the person who is signed in."""
    return Words(facts, reader_of(facts.edition).language, _)


@require_safe
@requires(VIEW)
def plan(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show one day of the board, what has no place, and where the planner stands."""
    return plan_page(request, edition)


def plan_page(request: HttpRequest, edition: Any, *, form: RunForm | None = None) -> HttpResponse:
    """Return the page of the board; with the form that starts the planner as it was sent, where it was wrong."""
    days = days_of_bilaterals(edition)
    day = _asked_day(request, days)
    hand = _slug(request, "hand")
    facts_page = pages.day_page(edition, queries.hours_of(edition)[days.index(day)], hand=hand)
    words = words_of(facts_page.facts)
    can_move = may(request.user, "planning.move_bilateral", edition)
    board_day = queries.board_of(facts_page.facts).days[days.index(day)]
    board = Board(board_day, words, can_move=can_move)
    context = frame(request, edition, "plan") | {
        "days": [(each.isoformat(), words.dates(_noon(each, edition))[0], each == day) for each in days],
        "day": day.isoformat(),
        "day_words": " · ".join(words.dates(_noon(day, edition), "full")),
        "table": board.table(),
        "has_rooms": bool(board_day.columns),
        "waiting": [SafeString(board.card(each, _length(each, words))) for each in facts_page.unplaced],
        "n_waiting": words.number(facts_page.n_unplaced),
        "n_more": words.number(facts_page.n_unplaced - len(facts_page.unplaced))
        if facts_page.n_unplaced > len(facts_page.unplaced)
        else "",
        "can_move": can_move,
        "hand": hand,
        "place": words.text(edition.city),
        "publish_address": _publish_address(request, edition),
        **_planner(request, edition, words),
    }
    return render(
        request, "desk/plan/board.html", context | ({"form": form} if form else {}), status=422 if form else 200
    )


@require_safe
@requires(VIEW)
def table(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show every bilateral with its state, its place or the reasons why it has none."""
    run = queries.latest_plan(edition)
    number = int(asked) if (asked := request.GET.get("page", "1")).isdecimal() and asked.isascii() else 1
    state, party = request.GET.get("state", ""), _slug(request, "party")
    first = (min(max(number, 1), 10_000) - 1) * ROWS
    found = pages.table_page(edition, run, first=first, most=ROWS, state=state, party=party)
    words = words_of(found.facts)
    reasons = Reasons(words, request.user, {each.slug: each.seats for each in found.bilaterals})
    context = frame(request, edition, "plan") | {
        "rows": [_row(each, run, reasons) for each in found.bilaterals],
        "count": words.number(found.n_bilaterals),
        "states": [("", _("All")), ("placed", _("With a place")), ("refused", _("Without a place"))],
        "state": state,
        "parties": [(each.slug, words.party(each.slug)) for each in found.facts.parties],
        "party": party,
        "run": run,
        "newer": _query(request, number - 1) if number > 1 else "",
        "older": _query(request, number + 1) if first + ROWS < found.n_bilaterals else "",
        "can_move": may(request.user, "planning.move_bilateral", edition),
    }
    return render(request, "desk/plan/table.html", context)


@require_safe
@requires(VIEW)
def progress(request: HttpRequest, edition: Any) -> HttpResponse:
    """Answer where the planner stands, as a part of a page; 304 while nothing is new."""
    words = words_of(pages.named_facts(edition))
    is_repair_page = request.GET.get("of") == "repair"
    context = {
        "desk": frame(request, edition, "plan")["desk"],
        **_planner(request, edition, words),
        "is_repair_page": is_repair_page,
    }
    if is_repair_page:
        context["again_address"] = reverse("desk:plan-repair", args=[edition.slug])
    response = render(request, "desk/plan/planner.html", context)
    shown = context["shown"]
    # The form holds a token that differs each time; what is told is what counts.
    told = f"{request.user.pk} {shown.run.pk} {shown.state} {shown.lines} {shown.seconds // 2}" if shown else "none"
    etag = f'"{hashlib.blake2b(told.encode(), digest_size=12).hexdigest()}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


@require_safe
@requires(VIEW)
def run(request: HttpRequest, edition: Any, run: int) -> HttpResponse:
    """Show what a run found: how good it is, what it would change, and every refusal with its reasons."""
    found = queries.run_of(edition, run)
    if found is None:
        raise Http404(run)
    compared, moves = _compared(found, edition)
    refusals = dict(islice(found.refusals.items(), MOST_SHOWN))
    words = words_of(pages.things_named(edition))
    reasons = Reasons(words, request.user, {each.slug: each.seats for each in words.facts.bilaterals})
    is_repair = found.kind == RunKind.REPAIR
    may_accept = found.may_be_accepted and may(request.user, "planning.accept_run", edition)
    context = frame(request, edition, "plan") | {
        "run": found,
        "shown": run_shown(found, words, at=timezone.now()),
        "is_repair": is_repair,
        "counts": counts_shown(compared, words),
        "differences": [] if is_repair else differences_shown(compared, words, most=MOST_SHOWN),
        "parts": parts_shown(found, moves, words, request.GET.getlist("part")),
        "told": to_be_told(moves, words) if is_repair else {},
        "freeing": reasons.freeing(found.refusals),
        "refusals": [(words.bilateral(slug), slug, reasons.of(slug, why)) for slug, why in refusals.items()],
        "n_more": words.number(len(found.refusals) - MOST_SHOWN) if len(found.refusals) > MOST_SHOWN else "",
        "broken": broken_lines(found.broken, _, words),
        "is_outdated": "outdated" in request.GET,
        "can_accept": may_accept and not (found.state == RunState.ACCEPTED and _is_in_force(compared)),
        "can_undo": may_accept and found.state == RunState.ACCEPTED and bool(found.acts),
    }
    return render(request, "desk/plan/run.html", context)


def _compared(run: Any, edition: Any) -> tuple[list[Difference], list[Difference]]:
    """Return what the plan of a run would change, and of a repair the moves that are still open."""
    if not run.has_plan:
        return [], []
    now, then = pages.placed_now(edition, with_people=True), queries.places_of_run(run)
    if run.kind == RunKind.REPAIR:
        moves = open_moves(run, now)
        differing = {each.bilateral for each in moves}
        same = [each for each in differences(now, now) if each.bilateral not in differing]
        return [*moves, *same], moves
    kept = {slug: place for slug, place in now.items() if place.is_pinned}
    return differences(now, {**then, **kept}), []


def _is_in_force(compared: list[Difference]) -> bool:
    return all(each.shift is Shift.SAME for each in compared)


@require_safe
@requires(VIEW)
def compare(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show what differs between the plan as it stands and what the public sees."""
    newest = forum.published_edition(edition.slug)
    content = forum.publication_content(newest.publication_id) if newest else None
    published = queries.places_published(content["programme"]["sessions"]) if content else {}
    compared = differences(published, pages.placed_now(edition, listed_only=True))
    words = _words_for(edition, compared)
    context = frame(request, edition, "plan") | {
        "is_published": content is not None,
        "publish_address": _publish_address(request, edition),
        "counts": counts_shown(compared, words),
        "differences": differences_shown(compared, words, most=MOST_SHOWN),
    }
    return render(request, "desk/plan/compare.html", context)


def _words_for(edition: Any, compared: list[Difference], *slugs: str) -> Words:
    """Return words that know by name what differs, and these bilaterals."""
    differing = islice((each.bilateral for each in compared if each.shift is not Shift.SAME), MOST_SHOWN)
    return words_of(pages.facts_naming(edition, {*differing, *slugs}))


def _planner(request: HttpRequest, edition: Any, words: Words) -> dict[str, Any]:
    """Prepare the box that says where the planner stands and starts it."""
    latest = queries.newest_run(edition)
    return {
        "again_address": reverse("desk:plan", args=[edition.slug]),
        "shown": run_shown(latest, words, at=timezone.now()) if latest else None,
        "is_active": latest is not None and latest.is_active,
        "can_run": may(request.user, "planning.run_planner", edition),
        "form": RunForm(initial={"seconds": words.number(SECONDS)}),
        "run_address": reverse("desk:plan-run", args=[edition.slug, latest.pk]) if latest else "",
        "stop_address": reverse("desk:plan-stop", args=[edition.slug, latest.pk]) if latest else "",
        "progress_address": reverse("desk:plan-progress", args=[edition.slug]),
    }


def _publish_address(request: HttpRequest, edition: Any) -> str:
    may_publish = may(request.user, "forum.publish_edition", edition)
    return reverse("desk:publish", args=[edition.slug]) if may_publish else ""


def _asked_day(request: HttpRequest, days: list[date]) -> date:
    asked = request.GET.get("day", "")
    return next((each for each in days if each.isoformat() == asked), days[0])


def _slug(request: HttpRequest, name: str) -> str:
    """Return a slug that the address names; what cannot be one is none."""
    asked = request.GET.get(name, "")
    return asked if re.fullmatch(r"[-\w]{1,60}", asked, re.ASCII) else ""


def _noon(day: date, edition: Any) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=edition.zone)


def _length(bilateral: Any, words: Words) -> str:
    return _("%(minutes)s min, weight %(weight)s") % {
        "minutes": words.number(bilateral.length_min),
        "weight": words.number(bilateral.weight),
    }


def _row(bilateral: Any, run: Any, shown: Reasons) -> dict[str, Any]:
    place, words = queries.place_of(bilateral), shown.words
    reasons = run.refusals.get(bilateral.slug) if run and place.is_nowhere else None
    return {
        "slug": bilateral.slug,
        "name": words.between(bilateral.parties),
        "state": bilateral.state,
        "state_words": word(BILATERAL_STATES, bilateral.state),
        "place": place_words(place, words) if not place.is_nowhere else "",
        "day": place.starts_at.astimezone(shown.edition.zone).date().isoformat() if place.starts_at else "",
        "is_pinned": place.is_pinned,
        "reason": place.reason,
        "reasons": shown.of(bilateral.slug, reasons) if reasons is not None else [],
        "weight": words.number(bilateral.weight),
        "revision": bilateral.revision,
    }


def _query(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return query.urlencode()
