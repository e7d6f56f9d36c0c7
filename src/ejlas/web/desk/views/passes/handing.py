"""The counter: cards are found by code, number or name, handed out against a signature, and taken back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ejlas.core.errors import RuleBroken
from ejlas.delegations.operations.passes import steps
from ejlas.delegations.queries.passes import handing
from ejlas.delegations.rules.passes.badges import BadgeKind, BadgeStep
from ejlas.delegations.rules.passes.payload import N_TEXT, NotAPass
from ejlas.exports import pass_receipt
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.passes import handing_page
from ejlas.web.desk.passes.handing_page import Tab, tab_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.pass_labels import REASONS
from ejlas.web.ui.people import signed_in

HERE, MAY = "hand-out", "delegations.hand_out_passes"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MAY)
def counter(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show the counter; what a reader types into the field is sent, so that no code stands in an address."""
    if request.method == "POST":
        return _look_up(request, edition)
    return _page(request, edition, tab_of(request.GET.get("tab", "")), _found(request, edition))


def _look_up(request: HttpRequest, edition: Any) -> HttpResponse:
    words = " ".join(request.POST.get("find", "").replace("\x00", "").split())[:400]
    query = {"tab": tab_of(request.POST.get("tab", "")).value}
    here = reverse("desk:hand-out", args=[edition.slug])
    # Words with spaces are a name; a reader of codes types none.
    if len(words.replace(" ", "")) < N_TEXT // 2:
        number = words.isdecimal() and len(words) <= handing.LONGEST_NUMBER
        query |= {"number": str(int(words))} if number else {"q": words[:200]}
        return redirect(f"{here}?{urlencode(query)}")
    try:
        read = handing.read_code(edition, words)
    except NotAPass as broken:
        messages.error(request, broken.sentence(_))
        return redirect(f"{here}?{urlencode(query)}")
    if read.fault is not None:
        messages.error(request, str(REASONS[read.fault].sentence))
        return redirect(f"{here}?{urlencode(query)}")
    return redirect(f"{here}?{urlencode(query | {'number': read.number, 'print': read.print_number})}")


def _found(request: HttpRequest, edition: Any) -> list[Any] | None:
    """Return the cards that an address asks for; None where it asks for none."""
    data, user, tab = request.GET, request.user, tab_of(request.GET.get("tab", ""))
    most = handing_page.MOST_ROWS
    if data.get("delegation"):
        states = handing_page.STATES[tab]
        return list(handing.of_delegation(user, edition, data["delegation"][:100].replace("\x00", ""), states)[:most])
    words = data.get("number", "") or data.get("q", "")
    if not words:
        return None
    return list(handing.find(user, edition, words[:200].replace("\x00", ""))[:50])


def _page(
    request: HttpRequest,
    edition: Any,
    tab: Tab,
    found: list[Any] | None,
    fault: str = "",
    chosen: frozenset[str] = frozenset(),
) -> HttpResponse:
    sheet = Sheet(edition, reader_of(edition))
    data = request.POST if request.method == "POST" else request.GET
    rows = [handing_page.row(badge, tab, sheet, set(chosen)) for badge in found or ()]
    context = frame(request, edition, HERE) | {
        "tab": tab.value,
        "tab_words": handing_page.TABS[tab],
        "purpose": handing_page.PURPOSES[tab],
        "button": handing_page.BUTTONS[tab],
        "tabs": handing_page.tabs(edition, tab),
        "rows": rows,
        "is_asked": found is not None,
        "n_may": sum(row["may"] for row in rows),
        "typed": {name: data.get(name, "") for name in ("q", "number", "delegation", "name", "to", "on_paper")},
        "has_old_card": _is_old(data.get("print", ""), found or []),
        "standings": [handing_page.standing(each, tab, sheet) for each in handing.standings(edition)]
        if found is None
        else [],
        "fault": fault,
        "here": reverse("desk:hand-out", args=[edition.slug]),
    }
    return render(request, "desk/passes/hand_out.html", context, status=422 if fault else 200)


def _is_old(printed: str, found: list[Any]) -> bool:
    """Whether the card that was read is an older one than the last that was printed of its pass."""
    if not (printed.isascii() and printed.isdecimal() and len(printed) < 4 and len(found) == 1):
        return False
    return int(printed) < int(found[0].print_number)


@require_POST
@requires(MAY)
def give(request: HttpRequest, edition: Any) -> HttpResponse:
    """Hand out the chosen cards, or validate them on arrival."""
    tab = tab_of(request.POST.get("tab", ""))
    chosen = handing_page.slugs(request.POST.getlist("thing"))
    found = handing.by_slugs(request.user, edition, chosen)
    badges = [badge for badge in found if badge.kind != BadgeKind.SPARE]
    if not badges:
        return _nothing(request, edition, tab)
    try:
        number = steps.hand_out(
            badges=badges, to=handing_page.collected(request), by=signed_in(request), at=timezone.now()
        )
    except RuleBroken as broken:
        shown = handing.by_slugs(request.user, edition, handing_page.slugs(request.POST.getlist("shown"))) or badges
        return _page(request, edition, tab, shown, broken.sentence(_), frozenset(chosen))
    words = (
        ngettext("%(number)s card is validated.", "%(number)s cards are validated.", number)
        if tab is Tab.AHEAD
        else ngettext("%(number)s card is handed out.", "%(number)s cards are handed out.", number)
    )
    messages.success(request, words % {"number": reader_of(edition).number(number)})
    return redirect(f"{reverse('desk:hand-out', args=[edition.slug])}?{urlencode({'tab': tab.value})}")


@require_POST
@requires(MAY)
def take_back(request: HttpRequest, edition: Any) -> HttpResponse:
    """Take back the chosen cards: all of them or none."""
    badges = handing.by_slugs(request.user, edition, handing_page.slugs(request.POST.getlist("thing")))
    if not badges:
        return _nothing(request, edition, Tab.BACK)
    try:
        number = steps.take_step(badges=badges, step=BadgeStep.RETURN, by=signed_in(request), at=timezone.now())
    except RuleBroken as broken:
        return _page(request, edition, Tab.BACK, badges, broken.sentence(_))
    words = ngettext("%(number)s card is taken back.", "%(number)s cards are taken back.", number)
    messages.success(request, words % {"number": reader_of(edition).number(number)})
    return redirect(f"{reverse('desk:hand-out', args=[edition.slug])}?{urlencode({'tab': Tab.BACK.value})}")


def _nothing(request: HttpRequest, edition: Any, tab: Tab) -> HttpResponse:
    messages.warning(request, _("Nothing was chosen; tick the boxes of the rows first."))
    return redirect(f"{reverse('desk:hand-out', args=[edition.slug])}?{urlencode({'tab': tab.value})}")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(MAY)
def receipt(request: HttpRequest, edition: Any) -> HttpResponse:
    """Give the receipt for cards: as it was signed on the screen, else with room to sign on paper."""
    data = request.POST if request.method == "POST" else request.GET
    badges = handing.by_slugs(request.user, edition, handing_page.slugs(data.getlist("thing")))
    if not badges:
        raise Http404
    body = pass_receipt.render(
        badges,
        edition=edition,
        language=reader_of(edition).language,
        at=timezone.now(),
        signed=handing_page.signed(handing.handed_together(badges)),
    )
    response = HttpResponse(body, content_type=pass_receipt.CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{edition.slug}-receipt.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
