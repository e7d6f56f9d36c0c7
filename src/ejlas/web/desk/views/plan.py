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
from ejlas.planning.queries import pages
from ejlas.planning.queries.hours import days_of_bilaterals
from ejlas.planning.queries.reasons import broken_lines, reason_lines
from ejlas.planning.queries.words import Words
from ejlas.planning.rules import Difference, RunState, Shift, differences
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.plan_board import Board
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
    return render(request, "desk/plan/board.html", context)


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
    context = frame(request, edition, "plan") | {
        "rows": [_row(each, run, words, edition) for each in found.bilaterals],
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
    context = {"desk": frame(request, edition, "plan")["desk"], **_planner(request, edition, words)}
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
    now, then = pages.placed_now(edition), queries.places_of_run(found)
    kept = {slug: place for slug, place in now.items() if place.is_pinned}
    compared = differences(now, {**then, **kept}) if found.has_plan else []
    refusals = dict(islice(found.refusals.items(), MOST_SHOWN))
    words = _words_for(edition, compared, *refusals, *pages.told_of(refusals.values()), *_in_broken(found))
    in_force = found.state == RunState.ACCEPTED and all(each.shift is Shift.SAME for each in compared)
    context = frame(request, edition, "plan") | {
        "run": found,
        "shown": run_shown(found, words, at=timezone.now()),
        "counts": counts_shown(compared, words),
        "differences": differences_shown(compared, words, most=MOST_SHOWN),
        "refusals": [(words.bilateral(slug), slug, reason_lines(why, _, words)) for slug, why in refusals.items()],
        "n_more": words.number(len(found.refusals) - MOST_SHOWN) if len(found.refusals) > MOST_SHOWN else "",
        "broken": broken_lines(found.broken, _, words),
        "is_outdated": "outdated" in request.GET,
        "can_accept": found.has_plan and may(request.user, "planning.accept_run", edition) and not in_force,
    }
    return render(request, "desk/plan/run.html", context)


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


def _in_broken(run: Any) -> list[str]:
    return [slug for each in run.broken for slug in each["bilaterals"]]


def _planner(request: HttpRequest, edition: Any, words: Words) -> dict[str, Any]:
    """Prepare the box that says where the planner stands and starts it."""
    latest = queries.newest_run(edition)
    return {
        "shown": run_shown(latest, words, at=timezone.now()) if latest else None,
        "is_active": latest is not None and latest.is_active,
        "can_run": may(request.user, "planning.run_planner", edition),
        "seconds": SECONDS,
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


def _row(bilateral: Any, run: Any, words: Words, edition: Any) -> dict[str, Any]:
    place = queries.place_of(bilateral)
    reasons = run.refusals.get(bilateral.slug) if run and place.is_nowhere else None
    return {
        "slug": bilateral.slug,
        "name": words.between(bilateral.parties),
        "state": bilateral.state,
        "state_words": word(BILATERAL_STATES, bilateral.state),
        "place": place_words(place, words) if not place.is_nowhere else "",
        "day": place.starts_at.astimezone(edition.zone).date().isoformat() if place.starts_at else "",
        "is_pinned": place.is_pinned,
        "reason": place.reason,
        "reasons": reason_lines(reasons, _, words) if reasons is not None else [],
        "weight": words.number(bilateral.weight),
        "revision": bilateral.revision,
    }


def _query(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return query.urlencode()
