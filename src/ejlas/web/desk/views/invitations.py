"""Invitations to roles at an edition: what became of each, sending again, withdrawing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejlas.accounts import operations, queries
from ejlas.accounts.permissions import may
from ejlas.core.errors import RuleBroken
from ejlas.web.desk import people
from ejlas.web.desk.frame import frame
from ejlas.web.desk.listing import PER_PAGE
from ejlas.web.ui.access import requires
from ejlas.web.ui.links import invitation_letter
from ejlas.web.ui.people import signed_in


@require_safe
@requires("accounts.view_grants")
def invitations(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show who was invited; those without an answer, or all."""
    asked = queries.invitations_in(edition.slug)
    shows_all = request.GET.get("state") == people.ALL
    page = Paginator(asked if shows_all else asked.open(), PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    sheet = people.sheet_of(edition, [role for row in rows for role in row.roles.all()])
    context = frame(request, edition, "people") | {
        "page": page,
        "rows": people.invitation_rows(rows, request.user, sheet, timezone.now()),
        "count": sheet.number(page.paginator.count),
        "shows_all": shows_all,
        "can_change": may(request.user, "accounts.change_grants", edition),
    }
    return render(request, "desk/people_invitations.html", context)


@require_POST
@requires("accounts.change_grants")
def send_again(request: HttpRequest, edition: Any, key: int) -> HttpResponse:
    """Send an invitation once more, with a new link."""
    invitation, at = _found(edition, key), timezone.now()
    name = edition.name.wording(invitation.language, edition.fallback_languages).text
    try:
        operations.send_again(
            invitation=invitation,
            by=signed_in(request),
            at=at,
            expires_at=at + timedelta(days=settings.INVITATION_DAYS),
            letter=invitation_letter(request, edition_name=name),
        )
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    else:
        words = _("A new link is on its way to %(address)s; the old one opens nothing any more.")
        messages.success(request, words % {"address": invitation.email})
    return redirect("desk:people-invitations", edition.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("accounts.change_grants")
def withdraw(request: HttpRequest, edition: Any, key: int) -> HttpResponse:
    """Withdraw an invitation, after its person was named once more."""
    invitation = _found(edition, key)
    if request.method != "POST":
        sheet = people.sheet_of(edition, invitation.roles.all())
        row = people.invitation_row(invitation, request.user, sheet, timezone.now())
        return render(request, "desk/invitation_withdraw.html", frame(request, edition, "people") | {"row": row})
    try:
        operations.withdraw_invitation(invitation=invitation, by=signed_in(request), at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    else:
        messages.success(request, _("The invitation is withdrawn; its link opens nothing any more."))
    return redirect("desk:people-invitations", edition.slug)


def _found(edition: Any, key: int) -> Any:
    invitation = queries.invitation_at(edition.slug, key)
    if invitation is None:
        raise Http404(key)
    return invitation
