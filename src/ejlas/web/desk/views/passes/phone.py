"""A pass on the telephone: its link, sent by mail to the person or shown at the desk once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ejlas.core.errors import RuleBroken
from ejlas.delegations import permissions
from ejlas.delegations.operations.passes import digital
from ejlas.delegations.queries.passes import phone
from ejlas.delegations.rules.people import PersonField
from ejlas.web.desk.frame import frame
from ejlas.web.ui.access import requires
from ejlas.web.ui.links import pass_address
from ejlas.web.ui.people import signed_in
from ejlas.web.ui.phone import shown_once


@require_http_methods(["GET", "HEAD", "POST"])
@requires("delegations.hand_out_passes")
def on_phone(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Send the link to a pass to the person whom it names, or show it here, once."""
    badge = phone.badge_at(edition, slug)
    if badge is None or badge.person is None or not phone.may_be_shown(badge):
        raise Http404(slug)
    context, fault = frame(request, edition, "badge"), ""
    if request.method == "POST":
        try:
            if "send" in request.POST:
                return _sent(request, badge)
            context |= shown_once(request, badge, by=signed_in(request), at=timezone.now())
        except RuleBroken as broken:
            fault = broken.sentence(_)
    reads_address = PersonField.EMAIL in permissions.fields_read(request.user, badge.person)
    context |= {
        "badge": badge,
        "fault": fault,
        "number": f"{badge.number:05d}",
        "name": context["desk"].reader.name(badge.title.to_stored()),
        "address": reverse("desk:badge", args=[edition.slug, slug]),
        "email": badge.person.email if reads_address else "",
    }
    return render(request, "desk/passes/on_phone.html", context, status=422 if fault else 200)


def _sent(request: HttpRequest, badge: Any) -> HttpResponse:
    email = digital.send_link(badge=badge, address=pass_address(request), by=signed_in(request), at=timezone.now())
    messages.success(request, _("The pass is on its way to %(email)s.") % {"email": email})
    return redirect("desk:badge", badge.edition.slug, badge.slug)
