"""Signing in at the host's own provider, which may be away."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider."""
    # What speaks to a provider weighs 5 MB in each web process; most hosts have none.
    import requests
    from allauth.socialaccount.providers.openid_connect import views

    try:
        return cast(HttpResponse, views.login(request, provider_id))
    except requests.RequestException:
        return _away(request)


def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the answer of the provider."""
    import requests
    from allauth.socialaccount.providers.openid_connect import views

    try:
        return cast(HttpResponse, views.callback(request, provider_id))
    except requests.RequestException:
        return _away(request)


def _away(request: HttpRequest) -> HttpResponse:
    return render(request, "socialaccount/authentication_error.html", status=503)
