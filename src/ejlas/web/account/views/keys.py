"""The keys by which a person's programs use the API: made, shown once, and revoked."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from ejlas.accounts import operations, queries
from ejlas.accounts.forms import ApiKeyForm
from ejlas.accounts.forms.keys import SCOPES
from ejlas.accounts.rules import Scope
from ejlas.core.errors import RuleBroken
from ejlas.web.ui.people import signed_in

if TYPE_CHECKING:
    from ejlas.accounts.models import ApiKey, User


@login_required
def show(request: HttpRequest) -> HttpResponse:
    """Show the keys of this account; make one, whose token is on the page that answers and nowhere after."""
    user = signed_in(request)
    form = ApiKeyForm(request.POST or None)
    token = _made(user, form) if request.method == "POST" and form.is_valid() else ""
    now = timezone.now()
    context = {
        "form": ApiKeyForm() if token else form,
        "token": token,
        "keys": [(key, _words(key), key.holds_at(now)) for key in queries.keys_of(user)],
    }
    response = render(request, "account/keys.html", context)
    add_never_cache_headers(response)
    return response


@require_POST
@login_required
def revoke(request: HttpRequest, prefix: str) -> HttpResponse:
    """End a key at once, for good."""
    user = signed_in(request)
    key = queries.key_of(user, prefix)
    if key is not None:
        operations.revoke_key(key=key, by=user, at=timezone.now())
        messages.success(request, gettext("The key is revoked."))
    return redirect("account:keys")


def _made(user: User, form: ApiKeyForm) -> str:
    asked = form.cleaned_data
    # A last day ends with its last minute.
    ends_at = timezone.make_aware(datetime.combine(asked["ends_on"] + timedelta(days=1), time()))
    try:
        _key, token = operations.make_key(
            user=user,
            name=asked["name"],
            scopes=[Scope(scope) for scope in asked["scopes"]],
            ends_at=ends_at,
            by=user,
            at=timezone.now(),
        )
    except RuleBroken as broken:
        form.add_error(None, broken.sentence(gettext))
        return ""
    return token


def _words(key: ApiKey) -> list[str]:
    return [str(SCOPES[Scope(scope)]) for scope in key.scopes]
