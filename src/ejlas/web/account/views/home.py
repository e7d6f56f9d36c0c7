"""The page of one's own account: doors, name and language, ways to sign in."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from ejlas.accounts import operations, permissions, queries
from ejlas.accounts.forms import ProfileForm
from ejlas.web.ui.labels import DOORS
from ejlas.web.ui.people import signed_in
from ejlas.web.ui.reading import INTERFACE


@login_required
def show(request: HttpRequest) -> HttpResponse:
    """Show the account and the doors that its roles open; take a new name or language."""
    user = signed_in(request)
    form = ProfileForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        changed = operations.change_profile(user=user, by=user, at=timezone.now(), **form.cleaned_data)
        with translation.override(changed.language):
            messages.success(request, gettext("Saved."))
        return redirect("account:home")
    context = {
        "form": form,
        "doors": [(door.value, DOORS[door]) for door in permissions.doors_open_to(user)],
        "has_password": user.has_usable_password(),
        "n_sign_ins": len(queries.sign_ins_of(user, current="")),
    }
    return render(request, "account/home.html", context)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on: in this browser, and to the person who is signed in."""
    language = request.POST.get("language", "")
    target = request.POST.get("next", "")
    is_own = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    response = HttpResponseRedirect(target if is_own else settings.LOGIN_REDIRECT_URL)
    if language in INTERFACE:
        if request.user.is_authenticated:
            user = signed_in(request)
            operations.change_profile(user=user, language=language, by=user, at=timezone.now())
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response
