"""Gives every answer an interface language before a page names its own."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from ejlas.web.ui.reading import INTERFACE, chosen


class VisitorLanguageMiddleware:
    """Speaks the visitor's language where an address names none: in errors and answers of Django itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(chosen(request.headers.get("Accept-Language", ""), INTERFACE, "en")):
            return self.get_response(request)
