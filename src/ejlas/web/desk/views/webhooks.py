"""Webhooks: the addresses that are told of changes at an edition, and what was told to each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejlas.accounts import operations, queries
from ejlas.accounts.forms import ChosenEventsForm
from ejlas.accounts.permissions import may
from ejlas.accounts.rules import DeliveryState
from ejlas.core.errors import RuleBroken
from ejlas.web.desk import hooks
from ejlas.web.desk.frame import Desk, frame, reader_of
from ejlas.web.desk.listing import PER_PAGE
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.labels import DELIVERY_STATES
from ejlas.web.ui.people import signed_in

# The session keeps which secret is still to be shown, never the secret.
TO_SHOW = "desk.webhook_secret"


@require_safe
@requires("accounts.view_webhooks")
def webhooks(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show the addresses that are told."""
    sheet = Sheet(edition, reader_of(edition))
    rows = [hooks.webhook_row(each, sheet) for each in queries.webhooks_of(edition.slug)]
    context = _context(request, edition) | {"rows": rows, "count": sheet.number(len(rows))}
    return render(request, "desk/webhooks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("accounts.change_webhooks")
def add(request: HttpRequest, edition: Any) -> HttpResponse:
    """Add an address."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            webhook = operations.add_webhook(edition=edition.slug, **_given(request, form))
        except RuleBroken as broken:
            form.add_error(None, broken.sentence(_))
        else:
            request.session[TO_SHOW] = webhook.pk
            return redirect("desk:webhook", edition.slug, webhook.pk)
    context = _context(request, edition) | {"form": form}
    return render(request, "desk/webhook_form.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@requires("accounts.view_webhooks")
def show(request: HttpRequest, edition: Any, key: int) -> HttpResponse:
    """Show a webhook with its deliveries; with its secret, once, to who has just made that."""
    webhook, context = _found(request, edition, key)
    sheet, state = Sheet(edition, reader_of(edition)), request.GET.get("state", "")
    chosen = DeliveryState(state) if state in set(DeliveryState) else None
    page = Paginator(queries.all_deliveries_of(webhook, chosen), PER_PAGE).get_page(request.GET.get("page"))
    context |= {
        "page": page,
        "deliveries": [hooks.delivery_row(each, sheet) for each in page.object_list],
        "states": [(each.value, words) for each, words in DELIVERY_STATES.items()],
        "state": chosen or "",
        "secret": webhook.secret if context["can_change"] and request.session.get(TO_SHOW) == webhook.pk else "",
    }
    if context["secret"]:
        del request.session[TO_SHOW]
    return render(request, "desk/webhook.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("accounts.change_webhooks")
def change(request: HttpRequest, edition: Any, key: int) -> HttpResponse:
    """Change the address, or what it hears of."""
    webhook, context = _found(request, edition, key)
    form = _form(request, stored=webhook.events, initial={"address": webhook.address})
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_webhook(webhook=webhook, **_given(request, form))
        except RuleBroken as broken:
            form.add_error(None, broken.sentence(_))
        else:
            messages.success(request, _("The change is saved."))
            return redirect("desk:webhook", edition.slug, key)
    return render(request, "desk/webhook_form.html", context | {"form": form}, status=422 if form.errors else 200)


@require_POST
@requires("accounts.change_webhooks")
def pause(request: HttpRequest, edition: Any, key: int) -> HttpResponse:
    """Tell nothing until it is resumed."""
    webhook, _context = _found(request, edition, key)
    operations.pause_webhook(webhook=webhook, by=signed_in(request), at=timezone.now())
    messages.success(request, _("It is paused; what happens meanwhile can still be told."))
    return redirect("desk:webhook", edition.slug, key)


@require_POST
@requires("accounts.change_webhooks")
def resume(request: HttpRequest, edition: Any, key: int) -> HttpResponse:
    """Tell again, with what happened meanwhile or without."""
    webhook, _context = _found(request, edition, key)
    from_now = request.POST.get("from_now") == "1"
    operations.resume_webhook(webhook=webhook, from_now=from_now, by=signed_in(request), at=timezone.now())
    messages.success(request, _("It is told again."))
    return redirect("desk:webhook", edition.slug, key)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("accounts.change_webhooks")
def renew_secret(request: HttpRequest, edition: Any, key: int) -> HttpResponse:
    """Make a new secret, after it was said what that breaks."""
    webhook, context = _found(request, edition, key)
    if request.method != "POST":
        return render(request, "desk/webhook_secret.html", context)
    operations.renew_webhook_secret(webhook=webhook, by=signed_in(request), at=timezone.now())
    request.session[TO_SHOW] = webhook.pk
    return redirect("desk:webhook", edition.slug, key)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("accounts.change_webhooks")
def remove(request: HttpRequest, edition: Any, key: int) -> HttpResponse:
    """Remove an address, after it was named once more."""
    webhook, context = _found(request, edition, key)
    if request.method != "POST":
        return render(request, "desk/webhook_remove.html", context)
    operations.remove_webhook(webhook=webhook, by=signed_in(request), at=timezone.now())
    messages.success(request, _("It is removed."))
    return redirect("desk:webhooks", edition.slug)


@require_POST
@requires("accounts.change_webhooks")
def send_again(request: HttpRequest, edition: Any, key: int, delivery: int) -> HttpResponse:
    """Put a delivery into the queue once more."""
    webhook, _context = _found(request, edition, key)
    row = queries.delivery_of(webhook, delivery) if delivery < 2**63 else None
    if row is None:
        raise Http404(delivery)
    operations.send_delivery_again(delivery=row, by=signed_in(request), at=timezone.now())
    messages.success(request, _("It is sent again within seconds, unless the webhook is paused."))
    return redirect("desk:webhook", edition.slug, key)


def _context(request: HttpRequest, edition: Any) -> dict[str, Any]:
    can_change = may(request.user, "accounts.change_webhooks", edition)
    return frame(request, edition, "webhooks") | {"can_change": can_change}


def _found(request: HttpRequest, edition: Any, key: int) -> tuple[Any, dict[str, Any]]:
    webhook = queries.webhook_of(edition.slug, key) if key < 2**63 else None
    if webhook is None:
        raise Http404(key)
    context = _context(request, edition)
    desk: Desk = context["desk"]
    return webhook, context | {"row": hooks.webhook_row(webhook, desk.sheet())}


def _form(request: HttpRequest, **options: Any) -> ChosenEventsForm:
    return ChosenEventsForm(
        request.POST or None, kinds=hooks.EVENTS, allow_private=settings.WEBHOOKS_PRIVATE, **options
    )


def _given(request: HttpRequest, form: ChosenEventsForm) -> dict[str, Any]:
    return {
        "address": form.cleaned_data["address"],
        "events": form.wanted(),
        "allow_private": settings.WEBHOOKS_PRIVATE,
        "by": signed_in(request),
        "at": timezone.now(),
    }
