"""Gives every answer its content policy, and an interface language before a page names its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from ejlas.web.ui.reading import INTERFACE, chosen

# First parts of the addresses that are for people who sign in, and for nobody's cache.
PRIVATE = frozenset({"desk", "portal", "gate", "press", "account"})


class PolicyMiddleware(CSPMiddleware):
    """Gives every answer the policy of the settings, built once; an answer with wishes of its own has it built anew."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        asks = getattr(request, "_csp_nonce", None) or any(name.startswith("_csp") for name in vars(response))
        if asks or (settings.DEBUG and response.status_code in (404, 500)):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _policy())
        return response


@lru_cache(maxsize=1)
def _policy() -> str:
    return build_policy()


class VisitorLanguageMiddleware:
    """Speaks the visitor's language where an address names none: in errors and answers of Django itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(chosen(request.headers.get("Accept-Language", ""), INTERFACE, "en")):
            return self.get_response(request)


class PersonLanguageMiddleware:
    """Speaks the language of the person who is signed in, on every page but the public ones; nobody keeps such a page.

    Without a sign-in, what the visitor chose on the page of sign-in goes before what the browser asks for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_private(request.path_info):
            return self.get_response(request)
        with translation.override(_language_of(request)):
            response = self.get_response(request)
        if "Cache-Control" not in response.headers:
            add_never_cache_headers(response)
        return response


def is_private(path: str) -> bool:
    """Tell whether an address belongs to people who sign in."""
    return path.split("/", 2)[1] in PRIVATE


def _language_of(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        spoken = request.user.language
    else:
        spoken = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return spoken if spoken in INTERFACE else translation.get_language() or "en"
