"""The page of a pass on the telephone: its link is the key, so nobody signs in, and no proxy keeps it."""

from __future__ import annotations

from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from ejlas.delegations.queries.passes import phone
from ejlas.web.public.passes import page_of
from ejlas.web.ui.reading import INTERFACE, chosen, interface_language

# The telephone itself may keep the page for a day, so that it opens without a network; with one it asks at once.
_KEPT = "private, max-age=86400"


@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show the pass that a link opens, in a language of its edition."""
    badge = phone.badge_of_token(token)
    if badge is None:
        return _sealed(_missing(request))
    offered, asked = badge.edition.languages, request.GET.get("language", "")
    accepted = request.headers.get("Accept-Language", "")
    language = asked if asked in offered else chosen(accepted, offered, offered[0])
    with translation.override(interface_language(language)):
        context = page_of(phone.phone_of(badge, at=timezone.now()), language=language, address=request.path)
        response = render(request, "public/pass.html", context)
    response.headers["Cache-Control"] = _KEPT
    response.headers["Content-Language"] = language
    response.headers["ETag"] = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
    sealed = _sealed(response)
    return get_conditional_response(request, etag=sealed.headers["ETag"], response=sealed) or sealed


def _missing(request: HttpRequest) -> HttpResponse:
    language = chosen(request.headers.get("Accept-Language", ""), INTERFACE, "en")
    with translation.override(language):
        context = {"language": language, "chrome": language}
        response = render(request, "public/pass_missing.html", context, status=404)
    response.headers["Cache-Control"] = "no-store"
    return response


def _sealed(response: HttpResponse) -> HttpResponse:
    """Keep the address, which is the key, out of other sites and of search engines."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    patch_vary_headers(response, ["Accept-Language"])
    return response
