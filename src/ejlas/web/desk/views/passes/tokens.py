"""Tokens of delegations: quotas, what each has, more of them; and the numbered spares for a system failure."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ejlas.accounts.permissions import may
from ejlas.core.errors import RuleBroken
from ejlas.delegations.operations.passes import badges, steps
from ejlas.delegations.queries.passes import tokens as queries
from ejlas.delegations.rules.passes import house
from ejlas.delegations.rules.passes.badges import BadgeState
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.listing import PER_PAGE
from ejlas.web.desk.passes import tokens_page
from ejlas.web.ui.access import requires
from ejlas.web.ui.badge_labels import BADGE_STATES
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.people import signed_in

VIEW, CHANGE, HANDS = "delegations.view_passes", "delegations.change_passes", "delegations.hand_out_passes"
_STATES = (BadgeState.APPROVED, BadgeState.PRINTED, BadgeState.ISSUED, BadgeState.RETURNED)


@require_safe
@requires(VIEW)
def tokens(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show how many tokens each delegation may have and has."""
    sheet, categories = Sheet(edition, reader_of(edition)), queries.token_categories(edition)
    page = Paginator(queries.delegations_with_tokens(edition), PER_PAGE).get_page(request.GET.get("page"))
    delegations = list(page.object_list)
    held = queries.held_by(delegations, categories)
    context = frame(request, edition, "tokens") | {
        "heads": tokens_page.heads(categories, sheet),
        "rows": [tokens_page.row(each, held[each.pk], sheet) for each in delegations],
        "page": page,
        "count": sheet.number(page.paginator.count),
        "can_change": may(request.user, CHANGE, edition),
    }
    return render(request, "desk/passes/tokens.html", context)


@require_safe
@requires(VIEW)
def of_delegation(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show the tokens of one delegation."""
    return _page(request, edition, _delegation(edition, slug))


def _delegation(edition: Any, slug: str) -> Any:
    found = queries.delegation_at(edition, slug)
    if found is None:
        raise Http404(slug)
    return found


def _page(request: HttpRequest, edition: Any, delegation: Any, fault: str = "", at: str = "") -> HttpResponse:
    sheet, categories = Sheet(edition, reader_of(edition)), queries.token_categories(edition)
    held = queries.held_by([delegation], categories)[delegation.pk]
    rows = queries.tokens_of(request.user, delegation)
    receipt = [("thing", each.slug) for each in rows if each.state == BadgeState.ISSUED]
    hands = may(request.user, HANDS, edition)
    context = frame(request, edition, "tokens") | {
        "name": sheet.text(delegation.title),
        "delegation": delegation,
        "sections": [tokens_page.section(each, rows, sheet) for each in held],
        "can_change": may(request.user, CHANGE, edition),
        "receipt_address": f"{reverse('desk:hand-out-receipt', args=[edition.slug])}?{urlencode(receipt)}"
        if receipt and hands
        else "",
        "hand_address": f"{reverse('desk:hand-out', args=[edition.slug])}?{urlencode({'delegation': delegation.slug})}"
        if hands
        else "",
        "fault": fault,
        "fault_at": at,
        "typed": {name: request.POST.get(name, "") for name in ("number", "mark")},
    }
    return render(request, "desk/passes/delegation_tokens.html", context, status=422 if fault else 200)


@require_POST
@requires(CHANGE)
def add(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Give a delegation more tokens of a category."""
    delegation, sheet = _delegation(edition, slug), Sheet(edition, reader_of(edition))
    wanted = request.POST.get("category", "")
    category = next((each for each in queries.token_categories(edition) if each.slug == wanted), None)
    if category is None:
        raise Http404(wanted)
    number = tokens_page.number_from(request.POST.get("number", ""), tokens_page.MOST_AT_ONCE)
    if number is None:
        return _page(request, edition, delegation, tokens_page.wrong_number(tokens_page.MOST_AT_ONCE, sheet), wanted)
    mark = request.POST.get("mark", "")
    try:
        badges.add_tokens(
            delegation=delegation,
            category=category,
            n_tokens=number,
            by=signed_in(request),
            at=timezone.now(),
            mark=mark if mark in category.most_by_use else "",
        )
    except RuleBroken as broken:
        return _page(request, edition, delegation, broken.sentence(_), wanted)
    words = ngettext("%(number)s token is made, ready to print.", "%(number)s tokens are made, ready to print.", number)
    messages.success(request, words % {"number": sheet.number(number)})
    return redirect("desk:delegation-tokens", edition.slug, slug)


@require_safe
@requires(VIEW)
def spares(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show the spares: how many are printed and free, and who holds one today."""
    return _spares(request, edition)


def _spares(request: HttpRequest, edition: Any, fault: str = "") -> HttpResponse:
    sheet, at = Sheet(edition, reader_of(edition)), timezone.now()
    counts = queries.spare_counts(edition)
    today = datetime.combine(at.astimezone(edition.zone).date(), time(0), tzinfo=edition.zone)
    hands = may(request.user, HANDS, edition)
    free = queries.free_spares(request.user, edition)[:1000]
    wanted = int(house.stored(edition.settings)["n_spares"])
    missing = max(0, wanted - sum(counts.get(state, 0) for state in (BadgeState.APPROVED, BadgeState.PRINTED)))
    context = frame(request, edition, "spares") | {
        "counts": [(BADGE_STATES[state], sheet.number(counts.get(state, 0))) for state in _STATES],
        "given": [
            tokens_page.given_spare(each, sheet, sees_holder=hands)
            for each in queries.spares_given(edition, since=today)
        ],
        "categories": [
            (each.slug, sheet.reader.plain(each.name.to_stored())) for each in queries.spare_categories(edition)
        ],
        "free": [(each.slug, sheet.number(each.number)) for each in free] if hands else [],
        "can_change": may(request.user, CHANGE, edition),
        "can_give": hands,
        "wanted": sheet.number(wanted),
        "missing": str(missing or 1),
        "until": tokens_page.end_of_day(edition, at).strftime("%H:%M"),
        "fault": fault,
        "typed": {name: request.POST.get(name, "") for name in ("holder", "reason", "number", "until")},
        "print_address": f"{reverse('desk:pass-print', args=[edition.slug])}?kind=spare",
    }
    return render(request, "desk/passes/spares.html", context, status=422 if fault else 200)


@require_POST
@requires(CHANGE)
def add_spares(request: HttpRequest, edition: Any) -> HttpResponse:
    """Make more spares, ready to be printed."""
    wanted = request.POST.get("category", "")
    category = next((each for each in queries.spare_categories(edition) if each.slug == wanted), None)
    most = house.NUMBERS["n_spares"].most
    number = tokens_page.number_from(request.POST.get("number", ""), most)
    if category is None or number is None:
        return _spares(request, edition, tokens_page.wrong_number(most, Sheet(edition, reader_of(edition))))
    try:
        badges.add_spares(category=category, n_spares=number, by=signed_in(request), at=timezone.now())
    except RuleBroken as broken:
        return _spares(request, edition, broken.sentence(_))
    words = ngettext("%(number)s spare is made, ready to print.", "%(number)s spares are made, ready to print.", number)
    messages.success(request, words % {"number": reader_of(edition).number(number)})
    return redirect("desk:spares", edition.slug)


@require_POST
@requires(HANDS)
def give_spare(request: HttpRequest, edition: Any) -> HttpResponse:
    """Give a spare to somebody until an hour of this day."""
    data, at = request.POST, timezone.now()
    free = {each.slug: each for each in queries.free_spares(request.user, edition)[:1000]}
    badge = free.get(data.get("thing", ""))
    holder = data.get("holder", "").replace("\x00", "").strip()[:200]
    until = _until(data.get("until", ""), edition, at)
    if badge is None:
        return _spares(request, edition, _("Choose a spare that is printed and free."))
    if not holder:
        return _spares(request, edition, _("Write who gets the spare."))
    if until is None:
        return _spares(request, edition, _("Write an hour later today, such as 18:30."))
    reason = data.get("reason", "").replace("\x00", "").strip()[:500]
    try:
        steps.give_spare(badge=badge, holder=holder, ends_at=until, by=signed_in(request), at=at, reason=reason)
    except RuleBroken as broken:
        return _spares(request, edition, broken.sentence(_))
    messages.success(request, _("The spare is given out."))
    return redirect("desk:spares", edition.slug)


def _until(typed: str, edition: Any, at: datetime) -> datetime | None:
    """Return the moment of an hour of today at the place, if it lies ahead."""
    local = at.astimezone(edition.zone)
    try:
        hour = time.fromisoformat(typed.strip()[:5])
    except ValueError:
        return None
    until = datetime.combine(local.date(), hour.replace(tzinfo=None), tzinfo=edition.zone)
    return until if until > at else None
