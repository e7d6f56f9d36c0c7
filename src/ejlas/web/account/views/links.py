"""Pages that a link opens: an invitation, a sign-in. Only the demo's links act when they are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from ejlas.accounts import operations, queries
from ejlas.accounts.forms import AcceptForm
from ejlas.accounts.operations import EmailTaken
from ejlas.accounts.queries import LinkDead, LinkUnknown
from ejlas.web.ui.reading import INTERFACE

if TYPE_CHECKING:
    from ejlas.accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_protect
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation, or make the account it is for: scanners of mails open links, so opening does nothing."""
    try:
        opened = queries.opened_invitation(token, at=timezone.now())
    except LinkDead as dead:
        return _dead(request, dead)
    if opened.language in INTERFACE and not request.user.is_authenticated and not _has_chosen(request):
        translation.activate(opened.language)
    by_passkey = request.POST.get("way") == "passkey"
    form = AcceptForm(request.POST or None, email=opened.email, by_passkey=by_passkey, initial={"name": opened.name})
    if request.method == "POST" and form.is_valid():
        return _accept(request, token, form, by_passkey=by_passkey)
    return render(request, "account/invitation.html", {"invitation": opened, "form": form, "token": token})


def _accept(request: HttpRequest, token: str, form: AcceptForm, *, by_passkey: bool) -> HttpResponse:
    password = None if by_passkey else form.cleaned_data["password"]
    try:
        user = operations.accept_invitation(
            token=token, name=form.cleaned_data["name"], password=password, at=timezone.now()
        )
    except (LinkDead, EmailTaken) as dead:
        return _dead(request, dead)
    return _signed_in(request, user, to=reverse("mfa_add_webauthn") if by_passkey else None)


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_protect
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link of the demo at once, by any other after one click."""
    now = timezone.now()
    try:
        opened = queries.opened_link(token, at=now)
        if request.method == "HEAD" or (request.method == "GET" and not opened.is_demo):
            return render(request, "account/sign_in_link.html", {"name": opened.user.name})
        user = operations.use_sign_in_link(token=token, at=now)
    except LinkDead as dead:
        return _dead(request, dead)
    # A person without a password has come to set one.
    first = None if user.has_usable_password() or opened.is_demo else reverse("account_set_password")
    return _signed_in(request, user, to=first)


def _signed_in(request: HttpRequest, user: User, *, to: str | None) -> HttpResponse:
    logout(request)
    return cast(HttpResponse, perform_login(request, Login(user=user, redirect_url=to)))


def _has_chosen(request: HttpRequest) -> bool:
    return request.COOKIES.get("language", "") in INTERFACE


def _dead(request: HttpRequest, dead: LinkDead | EmailTaken) -> HttpResponse:
    status = 404 if isinstance(dead, LinkUnknown) else 410
    return render(request, "account/dead_link.html", {"sentence": dead.sentence(gettext)}, status=status)
