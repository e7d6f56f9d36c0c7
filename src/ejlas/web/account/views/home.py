"""The page of one's own account: doors, name and language, ways to sign in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ejlas.accounts import operations, permissions
from ejlas.web.ui.reading import INTERFACE


@login_required
def show(request: HttpRequest) -> HttpResponse:
    """Show the account, and the doors that its roles open."""
    return render(request, "account/home.html", {"doors": permissions.doors_open_to(request.user)})


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on: in this browser, and to the person who is signed in."""
    language = request.POST.get("language", "")
    target = request.POST.get("next", "")
    is_own = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    response = HttpResponseRedirect(target if is_own else settings.LOGIN_REDIRECT_URL)
    if language in INTERFACE:
        if request.user.is_authenticated:
            operations.change_profile(user=request.user, language=language, by=request.user, at=timezone.now())
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response
