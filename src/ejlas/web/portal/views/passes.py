"""Where the passes of a delegation stand, what cards it holds besides, and the pass of a person on the telephone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ejlas.core.errors import RuleBroken
from ejlas.delegations import queries
from ejlas.delegations.operations.passes import digital
from ejlas.delegations.queries.passes import phone
from ejlas.delegations.rules.passes.badges import HOLDING, BadgeState
from ejlas.web.portal.access import person_of, requires_delegation
from ejlas.web.portal.frame import capacity_words, frame, moment_of, name_of
from ejlas.web.ui.badge_labels import BADGE_KINDS, BADGE_STATES, PASS_STATES
from ejlas.web.ui.labels import word
from ejlas.web.ui.links import pass_address
from ejlas.web.ui.people import signed_in
from ejlas.web.ui.phone import shown_once

if TYPE_CHECKING:
    from ejlas.delegations.models import Badge, Delegation
    from ejlas.web.portal.frame import Moment
    from ejlas.web.ui.reading import Reader


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who took a card, and when."""

    at: Moment
    to: str
    is_by_authority: bool


@dataclass(frozen=True, slots=True)
class PassRow:
    """A person, or a token, and where the card stands."""

    slug: str
    name: SafeString
    capacity: str
    state: str
    state_words: str
    category: SafeString
    letters: str
    number: str
    receipt: Receipt | None
    has_link: bool
    may_send: bool


@require_safe
@requires_delegation
def show(request: HttpRequest, delegation: Any) -> HttpResponse:
    """Show where the pass of each person stands, and the tokens of the delegation."""
    context = frame(request, delegation)
    reader = context["reader"]
    holders = phone.holders_of(delegation, queries.people_of(delegation))
    are_digital = phone.are_digital(delegation.edition)
    context |= {
        "are_digital": are_digital,
        "holders": [_holder_row(holder, delegation, reader, are_digital=are_digital) for holder in holders],
        "tokens": [_token_row(badge, delegation, reader) for badge in phone.tokens_of(delegation)],
    }
    return render(request, "portal/passes.html", context)


def _holder_row(holder: phone.Holder, delegation: Delegation, reader: Reader, *, are_digital: bool) -> PassRow:
    person, badge = holder.person, holder.badge
    return PassRow(
        slug=person.slug,
        name=name_of(person, reader),
        capacity=capacity_words(person.capacity, reader),
        state=holder.state,
        state_words=word(PASS_STATES, holder.state),
        category=reader.html(badge.category.name.to_stored()) if badge else SafeString(""),
        letters=badge.category.short if badge else "",
        number=f"{badge.number:05d}" if badge else "",
        receipt=_receipt(badge, delegation, reader) if badge else None,
        has_link=holder.has_link,
        may_send=are_digital and badge is not None and badge.state in HOLDING,
    )


def _token_row(badge: Badge, delegation: Delegation, reader: Reader) -> PassRow:
    return PassRow(
        slug=badge.slug,
        name=reader.html(badge.category.name.to_stored()),
        capacity=word(BADGE_KINDS, badge.kind),
        state=badge.state,
        state_words=word(BADGE_STATES, badge.state),
        category=SafeString(""),
        letters=badge.category.short,
        number=f"{badge.number:05d}",
        receipt=_receipt(badge, delegation, reader),
        has_link=False,
        may_send=False,
    )


def _receipt(badge: Badge, delegation: Delegation, reader: Reader) -> Receipt | None:
    """Return the receipt of a card that was handed out, and is not on its way again."""
    if badge.issued_at is None or badge.state in (BadgeState.APPROVED, BadgeState.PRINTED):
        return None
    return Receipt(moment_of(delegation, badge.issued_at, reader), badge.issued_to or "", badge.is_by_authority)


@require_http_methods(["GET", "HEAD", "POST"])
@requires_delegation
def on_phone(request: HttpRequest, delegation: Any, person: str) -> HttpResponse:
    """Send the pass of a person to that person's telephone, or show the link here, once."""
    found = person_of(delegation, person)
    badge = phone.badge_of_person(found)
    if badge is None or not phone.are_digital(delegation.edition):
        raise Http404(person)
    context = frame(request, delegation)
    context |= {
        "person": found,
        "person_name": name_of(found, context["reader"]),
        "email": found.email,
        "badge": badge,
        "state_words": word(BADGE_STATES, badge.state),
    }
    if request.method == "POST":
        try:
            if "send" in request.POST:
                return _sent(request, delegation, badge)
            context |= shown_once(request, badge, by=signed_in(request), at=timezone.now())
        except RuleBroken as broken:
            context["fault"] = broken.sentence(_)
    return render(request, "portal/phone.html", context, status=422 if "fault" in context else 200)


def _sent(request: HttpRequest, delegation: Delegation, badge: Badge) -> HttpResponse:
    address = pass_address(request)
    email = digital.send_link(badge=badge, address=address, by=signed_in(request), at=timezone.now())
    messages.success(request, _("The pass is on its way to %(email)s.") % {"email": email})
    return redirect("portal:passes", delegation.edition.slug, delegation.slug)
