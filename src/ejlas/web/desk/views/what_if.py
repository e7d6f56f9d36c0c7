"""Changes that are only thought of: what the plan would become, and several answers side by side."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ejlas.accounts.permissions import may
from ejlas.core.errors import RuleBroken
from ejlas.planning import operations, queries
from ejlas.planning.forms import OFFERED, ChangeForm, RunForm
from ejlas.planning.queries import pages
from ejlas.planning.queries.words import Words
from ejlas.planning.rules import MOST_CHANGES, Change, ChangeKind, NotAChange
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.plan_changes import OFFERS, asking_address, change_words
from ejlas.web.desk.plan_what_if import answer_shown, card_shown
from ejlas.web.desk.views.plan import words_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.people import signed_in

VIEW, RUN = "planning.view_plan", "planning.run_planner"
WORKERS = 2
SECONDS = 30


@require_safe
@requires(VIEW)
def what_ifs(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show the questions that are kept, and the one that is being put together in the address."""
    return _page(request, edition)


@require_POST
@requires(RUN)
def ask(request: HttpRequest, edition: Any) -> HttpResponse:
    """Ask what the plan in force would become; a worker finds out."""
    form = RunForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, form=form)
    effort = operations.Effort(seconds=form.cleaned_data["seconds"], workers=WORKERS, in_background=True)
    changes = _changes(request.POST)
    try:
        operations.ask_what_if(
            edition=edition, changes=changes, effort=effort, by=signed_in(request), at=timezone.now()
        )
    except RuleBroken as broken:
        return _page(request, edition, refused=broken.sentence(_))
    messages.success(request, _("The question is asked; nothing of the plan is changed by it."))
    return redirect(reverse("desk:plan-what-ifs", args=[edition.slug]) + "#kept")


@require_safe
@requires(VIEW)
def what_if(request: HttpRequest, edition: Any, run: int) -> HttpResponse:
    """Show one answer: numbers before and after, what would differ, who would be touched."""
    found = _run(edition, run)
    facts, now = pages.things_named(edition), pages.placed_now(edition)
    shown = answer_shown(found, words_of(facts), now, user=request.user, at=timezone.now())
    context = frame(request, edition, "plan") | shown | {"can_run": may(request.user, RUN, edition)}
    return render(request, "desk/plan/what_if.html", context)


@require_safe
@requires(VIEW)
def progress(request: HttpRequest, edition: Any, run: int) -> HttpResponse:
    """Answer one question's card, as a part of a page; 304 while nothing is new."""
    found = _run(edition, run)
    card = card_shown(found, words_of(pages.things_named(edition)), at=timezone.now())
    context = {"desk": frame(request, edition, "plan")["desk"], "card": card} | _may(request, edition)
    response = render(request, "desk/plan/what_if_card.html", context)
    told = f"{request.user.pk} {found.pk} {card.shown.state} {card.shown.lines} {card.shown.seconds // 2}"
    etag = f'"{hashlib.blake2b(told.encode(), digest_size=12).hexdigest()}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


@require_POST
@requires(RUN)
def discard(request: HttpRequest, edition: Any, run: int) -> HttpResponse:
    """Put a question away."""
    operations.discard_what_if(run=_run(edition, run), by=signed_in(request), at=timezone.now())
    messages.success(request, _("The question is put away."))
    return redirect("desk:plan-what-ifs", edition.slug)


def _page(request: HttpRequest, edition: Any, *, form: RunForm | None = None, refused: str = "") -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    chosen, kind = _changes(asked), asked.get("kind", "")
    words = words_of(pages.things_named(edition))
    adding = {each: _form(each, words, asked if each.value == kind else None) for each in OFFERED}
    added = adding.get(ChangeKind(kind)) if kind in set(ChangeKind) else None
    if added is not None and added.is_valid() and added.change is not None:
        return redirect(asking_address(edition, dict.fromkeys([*chosen, added.change])) + "#question")
    runs = queries.what_ifs_of(edition)
    at = timezone.now()
    context = (
        frame(request, edition, "plan")
        | _may(request, edition)
        | {
            "chosen": [
                (each.written(), change_words(each, words), asking_address(edition, [c for c in chosen if c != each]))
                for each in chosen
            ],
            "adding": [(each.value, OFFERS[each], form, each.value == kind) for each, form in adding.items()],
            "wrong": added,
            "form": form or RunForm(initial={"seconds": words.number(SECONDS)}),
            "refused": refused,
            "cards": [card_shown(each, words, at=at) for each in runs],
        }
    )
    is_wrong = bool(refused or form or (added is not None and added.errors))
    return render(request, "desk/plan/what_ifs.html", context, status=422 if is_wrong else 200)


def _may(request: HttpRequest, edition: Any) -> dict[str, bool]:
    return {"can_run": may(request.user, RUN, edition)}


def _form(kind: ChangeKind, words: Words, data: Any) -> ChangeForm:
    edition = words.facts.edition
    return ChangeForm(
        data,
        kind=kind,
        things=_things(kind, words),
        language=reader_of(edition).language,
        zone=edition.zone,
    )


def _things(kind: ChangeKind, words: Words) -> list[tuple[str, str]]:
    """Return what a change can be about, by slug and name."""
    facts = words.facts
    match kind:
        case ChangeKind.PARTY_AWAY:
            return [(each.slug, words.party(each.slug)) for each in facts.parties]
        case ChangeKind.ROOM_CLOSED:
            return [(each.slug, words.room(each.slug)) for each in facts.rooms if each.kind == "meeting"]
        case ChangeKind.INTERPRETER_AWAY:
            return [(each.slug, words.interpreter(each.slug)) for each in facts.interpreters]
        case ChangeKind.WITHDRAWN:
            return [(each.slug, words.between(each.parties)) for each in facts.bilaterals]
        case ChangeKind.INTERPRETER_ADDED:
            spoken = {code for party in facts.parties for code in party.languages} | set(facts.edition.languages)
            return sorted(((code, words.spoken([code])) for code in spoken), key=lambda each: each[1])
        case _:
            return []


def _changes(asked: Any) -> list[Change]:
    """Return the changes that an address or a form names; what is none is left out."""
    found = []
    for written in asked.getlist("change")[:MOST_CHANGES]:
        try:
            found.append(Change.read(written))
        except NotAChange:
            continue
    return list(dict.fromkeys(found))


def _run(edition: Any, key: int) -> Any:
    found = queries.what_if_of(edition, key) if key < 2**63 else None
    if found is None:
        raise Http404(key)
    return found
