"""The page of a delegation: where its list stands, what is needed next and until when, and who is on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ejlas.core.errors import RuleBroken
from ejlas.delegations import operations, queries
from ejlas.delegations.queries import filing
from ejlas.delegations.queries.returning import n_earlier
from ejlas.delegations.rules.states import COUNTED, ListState, PersonState
from ejlas.web.portal.access import requires_delegation
from ejlas.web.portal.acts import Acts, acts_of
from ejlas.web.portal.asking import loads_of
from ejlas.web.portal.frame import capacity_words, frame, moment_of
from ejlas.web.portal.rows import PAGE, places_of, request_rows, row_of
from ejlas.web.ui.delegation_labels import LIST_STATES, PERSON_STATES
from ejlas.web.ui.labels import word
from ejlas.web.ui.people import signed_in

FEW = 12


@require_safe
@requires_delegation
def show(request: HttpRequest, delegation: Any) -> HttpResponse:
    """Show where the list stands, what it needs, and its people."""
    now = timezone.now()
    context = frame(request, delegation)
    reader, acts = context["reader"], acts_of(delegation, now)
    windows = queries.windows_of(delegation)
    tally = filing.tally_of(delegation)
    context |= {
        "acts": acts,
        "tally": tally,
        "n_people": reader.number(tally.n_counted),
        "state_words": word(LIST_STATES, delegation.list_state),
        "nominate": moment_of(delegation, windows.nominate_by, reader),
        "confirm": moment_of(delegation, windows.confirm_by, reader),
        "nominate_over": not windows.may_nominate(now),
        "confirm_over": not windows.may_confirm(now),
        "places": places_of(delegation, loads_of(delegation), tally, reader),
        **_needed(delegation, acts, tally, reader),
        **_people(request, delegation, tally, reader),
        "requests": request_rows(delegation, reader),
    }
    return render(request, "portal/delegation.html", context)


def _needed(delegation: Any, acts: Acts, tally: filing.Tally, reader: Any) -> dict[str, Any]:
    """Return what the list needs next, the most pressing first."""
    people = filing.listed(delegation)
    returned = list(people.filter(state=PersonState.RETURNED)[:FEW]) if tally.by_state.get(PersonState.RETURNED) else []
    lacking = list(queries.lacking(people).exclude(state=PersonState.RETURNED)[: FEW + 1]) if tally.n_lacking else []
    uploads = list(delegation.uploads.defer("rows").order_by("-added_at")[:3])
    needs_letter = filing.letter_is_missing(delegation)
    is_sent = delegation.list_state == ListState.SUBMITTED
    return {
        "returned": [row_of(person, reader) for person in returned],
        "lacking": [row_of(person, reader) for person in lacking[:FEW]],
        "has_more_lacking": len(lacking) > FEW,
        "needs_letter": needs_letter,
        "needs_people": acts.is_open and not tally.n_counted,
        "needs_confirming": is_sent and acts.may_confirm,
        "n_ready": reader.number(tally.n_ready) if tally.n_ready else "",
        "may_submit": acts.is_open and tally.n_ready and not needs_letter,
        "left_behind": not acts.is_open and not acts.is_locked and tally.by_state.get(PersonState.DRAFT, 0),
        "uploads": [(each.slug, reader.number(each.n_rows)) for each in uploads],
        "n_earlier": _n_earlier(delegation, acts, reader),
    }


def _n_earlier(delegation: Any, acts: Acts, reader: Any) -> str:
    if not (acts.is_open and acts.may_add):
        return ""
    n = n_earlier(delegation)
    return reader.number(n) if n else ""


def _people(request: HttpRequest, delegation: Any, tally: filing.Tally, reader: Any) -> dict[str, Any]:
    """Return one page of the people, as far as words and a filter ask for them."""
    words, shown = request.GET.get("q", "").strip()[:200], request.GET.get("show", "")
    people = filing.listed(delegation)
    if words:
        people = filing.found_in(people, words)
    if shown == "lacking":
        people = queries.lacking(people)
    elif shown in set(PersonState):
        people = people.filter(state=shown)
    is_filtered = bool(words or shown)
    n_found = people.count() if is_filtered else tally.n_all
    last = max(1, -(-n_found // PAGE))
    here = min(max(1, _number(request.GET.get("page", ""))), last)
    found = people[(here - 1) * PAGE : here * PAGE]
    return {
        "people": [row_of(person, reader) for person in found],
        "query": words,
        "shown": shown,
        "is_filtered": is_filtered,
        "filters": [
            (state.value, word(PERSON_STATES, state), reader.number(n)) for state, n in _in_order(tally.by_state)
        ],
        "has_many": tally.n_all > FEW,
        "page": {
            "here": reader.number(here),
            "last": reader.number(last),
            "previous": here - 1 if here > 1 else None,
            "next": here + 1 if here < last else None,
        },
        "several_pages": last > 1,
    }


def _in_order(by_state: dict[PersonState, int]) -> list[tuple[PersonState, int]]:
    return [(state, by_state[state]) for state in PersonState if state in by_state]


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 6 else 1


@require_http_methods(["GET", "HEAD", "POST"])
@requires_delegation
def submit(request: HttpRequest, delegation: Any) -> HttpResponse:
    """Say what submitting does, and do it."""
    if request.method == "POST":
        return _done(request, delegation, operations.submit_list, _("The list is with the host."))
    tally = filing.tally_of(delegation)
    context = frame(request, delegation)
    reader = context["reader"]
    left = queries.lacking(filing.listed(delegation)).filter(state__in=(PersonState.DRAFT, PersonState.RETURNED))
    context |= {
        "n_ready": reader.number(tally.n_ready) if tally.n_ready else "",
        "left": [row_of(person, reader) for person in left[:FEW]],
        "needs_letter": filing.letter_is_missing(delegation),
        "is_open": acts_of(delegation, timezone.now()).is_open,
    }
    return render(request, "portal/submit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires_delegation
def confirm(request: HttpRequest, delegation: Any) -> HttpResponse:
    """Say what confirming does, and do it."""
    if request.method == "POST":
        return _done(request, delegation, operations.confirm_list, _("The list is confirmed."))
    context = frame(request, delegation)
    reader, tally = context["reader"], filing.tally_of(delegation)
    windows = queries.windows_of(delegation)
    context |= {
        "n_people": reader.number(tally.n_counted),
        "confirm": moment_of(delegation, windows.confirm_by, reader),
        "may_confirm": acts_of(delegation, timezone.now()).may_confirm,
    }
    return render(request, "portal/confirm.html", context)


def _done(request: HttpRequest, delegation: Any, act: Any, told: str) -> HttpResponse:
    try:
        act(delegation=delegation, by=signed_in(request), at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    else:
        messages.success(request, told)
    return redirect("portal:delegation", delegation.edition.slug, delegation.slug)


@require_safe
@requires_delegation
def paper(request: HttpRequest, delegation: Any) -> HttpResponse:
    """Show the whole list as it is printed."""
    context = frame(request, delegation)
    reader = context["reader"]
    people = filing.persons_at(delegation, COUNTED)
    rows = [(reader.number(place), row_of(person, reader)) for place, person in enumerate(people, start=1)]
    today = timezone.now().astimezone(delegation.edition.zone).date()
    context |= {"rows": rows, "today": reader.dates(today), "capacity_words": capacity_words}
    return render(request, "portal/list.html", context)
