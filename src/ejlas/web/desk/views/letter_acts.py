"""What becomes of letters: clearing, sending, what is heard of them, replies; one letter or many at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ejlas.core.errors import RuleBroken
from ejlas.delegations.operations import letter_ways as ways
from ejlas.delegations.operations import letters as operations
from ejlas.delegations.queries import letters as queries
from ejlas.delegations.rules.letters import LetterChannel, LetterState
from ejlas.journeys import letters as journey
from ejlas.web.desk import changing
from ejlas.web.desk import letters as shown
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.listing import Asked, Listing
from ejlas.web.desk.views import letters as pages
from ejlas.web.desk.views.lists import many_view
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds.letters import LETTER
from ejlas.web.ui.people import signed_in

_generic = many_view(LETTER)


def found(request: HttpRequest, edition: Any, slug: str) -> Any:
    """Return a letter that the reader may see. Raises Http404."""
    letter = LETTER.find(request.user, edition, slug)
    if letter is None:
        raise Http404(slug)
    return letter


# --- One letter ---


@require_POST
@requires("delegations.change_letters")
def step(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Take a letter one step on, or take it back."""
    letter, asked = found(request, edition, slug), request.POST.get("step", "")
    act = _STEPS.get(asked)
    if act is None:
        messages.error(request, _("Choose what is to be done with the letter."))
        return redirect("desk:letter", edition.slug, slug)
    try:
        act(request, [letter])
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    else:
        messages.success(request, str(_said()[asked]))
    return redirect("desk:letter", edition.slug, slug)


def _clear(request: HttpRequest, letters: list[Any]) -> None:
    operations.clear(letters=letters, by=signed_in(request), at=timezone.now())


def _take_back(request: HttpRequest, letters: list[Any]) -> None:
    for letter in letters:
        operations.take_back(letter=letter, by=signed_in(request), at=timezone.now())


def _mail(request: HttpRequest, letters: list[Any]) -> None:
    portal = shown.portal_address(request)
    journey.send_by_mail(letters=letters, portal=portal, by=signed_in(request), at=timezone.now())


def _heard(state: LetterState) -> Callable[[HttpRequest, list[Any]], None]:
    def act(request: HttpRequest, letters: list[Any]) -> None:
        operations.bring(letters, state, {}, by=signed_in(request), at=timezone.now())

    return act


_STEPS: Mapping[str, Callable[[HttpRequest, list[Any]], None]] = {
    "clear": _clear,
    "take-back": _take_back,
    "mail": _mail,
    "delivered": _heard(LetterState.DELIVERED),
    "acknowledged": _heard(LetterState.ACKNOWLEDGED),
}


def _said() -> Mapping[str, str]:
    return {
        "clear": _("The letter is cleared and has its number."),
        "take-back": _("The letter is a draft again; its number stays with it."),
        "mail": _("The letter is on its way. Whether a mail came back is not known here."),
        "delivered": _("It is noted that the letter was delivered."),
        "acknowledged": _("It is noted that its receipt was acknowledged."),
    }


@require_POST
@requires("delegations.change_letters")
def sent(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Say by which way a letter went, and when."""
    letter, reader = found(request, edition, slug), reader_of(edition)
    form = pages.sent_form(edition, reader, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            ways.mark_sent(
                letters=[letter],
                channel=LetterChannel(given["channel"]),
                on=given["on"],
                note=given["note"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except RuleBroken as broken:
            changing.refuse(form, broken)
        else:
            messages.success(request, _("It is noted that the letter was sent."))
            return redirect("desk:letter", edition.slug, slug)
    return pages.page(request, edition, slug, status=422, sent_form=form)


@require_POST
@requires("delegations.change_letters")
def reply(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Write down how a letter was answered."""
    letter, reader = found(request, edition, slug), reader_of(edition)
    form = pages.reply_form(letter, edition, reader, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        answer = queries.incoming_of(letter).filter(slug=given["answer"]).first() if given["answer"] else None
        try:
            ways.record_reply(
                letter=letter,
                state=LetterState(given["state"]),
                level=given["reply_level"],
                on=given["on"],
                answer=answer,
                by=signed_in(request),
                at=timezone.now(),
            )
        except RuleBroken as broken:
            changing.refuse(form, broken)
        else:
            messages.success(request, _("The answer is written down."))
            return redirect("desk:letter", edition.slug, slug)
    return pages.page(request, edition, slug, status=422, reply_form=form)


# --- Many letters ---


@require_POST
@requires("delegations.change_letters")
def many(request: HttpRequest, edition: Any) -> HttpResponse:
    """Clear, send or mark the chosen letters; what every kind can do to many, its own view does."""
    asked = request.POST.get("act", "")
    if asked not in ("clear", "mail", "sent"):
        return _generic(request, edition.slug)  # type: ignore[return-value]
    reader = reader_of(edition)
    listing = Listing(LETTER, edition, request.user, reader, Asked.read(LETTER, request.GET))
    letters = listing.picked(request.POST.getlist("thing"))
    back = f"{reverse('desk:letter-list', args=[edition.slug])}?{listing.asked.address(page=listing.asked.page)}"
    if not letters:
        messages.warning(request, _("Nothing was chosen; tick the boxes of the rows first."))
        return redirect(back)
    if asked == "sent":
        return _mark_many(request, edition, letters, listing.asked.address(page=listing.asked.page), back)
    try:
        _STEPS[asked](request, letters)
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    else:
        messages.success(request, _told(asked, len(letters)) % {"count": reader.number(len(letters))})
    return redirect(back)


def _told(asked: str, n_letters: int) -> str:
    if asked == "clear":
        return ngettext("%(count)s letter is cleared.", "%(count)s letters are cleared.", n_letters)
    return ngettext("%(count)s letter is on its way.", "%(count)s letters are on their way.", n_letters)


def _mark_many(request: HttpRequest, edition: Any, letters: list[Any], state: str, back: str) -> HttpResponse:
    """Ask once for the way and the day of all, then note them."""
    reader = reader_of(edition)
    form = pages.sent_form(edition, reader, request.POST if "channel" in request.POST else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            done = ways.mark_sent(
                letters=letters,
                channel=LetterChannel(given["channel"]),
                on=given["on"],
                note=given["note"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except RuleBroken as broken:
            changing.refuse(form, broken)
        else:
            words = ngettext("%(count)s letter is marked as sent.", "%(count)s letters are marked as sent.", len(done))
            messages.success(request, words % {"count": reader.number(len(done))})
            return redirect(back)
    context = frame(request, edition, LETTER.name) | {
        "form": form,
        "letters": shown.rows(letters, LETTER.sheet(edition, reader, letters)),
        "things": [each.slug for each in letters],
        "count": reader.number(len(letters)),
        "back": back,
        "many_address": f"{reverse('desk:letter-many', args=[edition.slug])}?{state}",
    }
    return render(request, "desk/letters/mark.html", context, status=422 if form.errors else 200)
