"""Gives every request a name, a line in the log and its place in the metrics; none of them tells who asked for what."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse

from ejlas.core import logs
from ejlas.web.ui import metrics, proxies

logger = logging.getLogger("ejlas.request")

NAME = re.compile(r"[A-Za-z0-9-]{8,64}")


class ObservingMiddleware:
    """Writes for each request its view, status and duration; a trusted proxy may have named it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        name = self._name(request)
        logs.enter_request(name)
        response = self.get_response(request)
        seconds = perf_counter() - began
        view = view_of(request)
        metrics.count(view=view, status=response.status_code, seconds=seconds)
        response.headers["X-Request-ID"] = name
        level = _level(view, response.status_code)
        if logger.isEnabledFor(level):
            fields = {"view": view, "method": _method(request), "status": response.status_code}
            logger.log(level, "answered", extra={"fields": {**fields, "ms": round(seconds * 1000, 1)}})
        return response

    def _name(self, request: HttpRequest) -> str:
        named = request.META.get("HTTP_X_REQUEST_ID", "")
        may_name = request.META.get(proxies.BY_TRUSTED)
        return named if may_name and NAME.fullmatch(named) else secrets.token_hex(8)


def _level(view: str, status: int) -> int:
    if status >= 500:
        return logging.WARNING
    # Whoever watches asks every few seconds: that is no news.
    return logging.DEBUG if view == "health" else logging.INFO


def view_of(request: HttpRequest) -> str:
    """Return the name of the view that answers; never the address, which may hold a person's secret."""
    match = getattr(request, "resolver_match", None)
    if match is not None:
        return match.view_name or "unnamed"
    first = request.path_info.split("/", 2)[1]
    return first if first in {"static", "health"} else "none"


def _method(request: HttpRequest) -> str:
    return request.method if request.method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} else "other"
