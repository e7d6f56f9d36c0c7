"""Whether this process lives, whether it can serve, and its figures: for machines that watch, before all else."""

from __future__ import annotations

import hmac
import os
import shutil
from collections.abc import Callable
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from ejlas.core.workers import queries, rules
from ejlas.web.ui import metrics, proxies

LEAST_FREE_BYTES = 64 * 1024 * 1024
PROBE = "health:probe"


class HealthMiddleware:
    """Answers below /health/ at once: under any host name, without a redirect, a session or a language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before, health, name = request.path_info.partition("/health/")
        view = VIEWS.get(name) if health and not before else None
        return view(request) if view else self.get_response(request)


def live(request: HttpRequest) -> HttpResponse:
    """Answer as long as this process can answer at all."""
    return _uncached(JsonResponse({"live": True}))


def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when pages can be served from here, else 503; what is only weaker without it does not count."""
    needed = {"database": _database(), "migrations": _migrations(), "disk": _disk()}
    useful = {"cache": _cache(), "worker": _worker()}
    is_ready = set(needed.values()) == {"ok"}
    checks = {**needed, **useful}
    return _uncached(JsonResponse({"ready": is_ready, "checks": checks}, status=200 if is_ready else 503))


def figures(request: HttpRequest) -> HttpResponse:
    """Answer with the metrics, to whoever has the token, or without one to this machine alone."""
    if not _may_measure(request):
        return _uncached(JsonResponse({"error": "not allowed"}, status=403))
    return _uncached(HttpResponse(metrics.exposition(), content_type=metrics.CONTENT_TYPE))


VIEWS: dict[str, Callable[[HttpRequest], HttpResponse]] = {"live": live, "ready": ready, "metrics": figures}


def _may_measure(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    if request.META.get(proxies.CAME_BY_PROXY):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _uncached(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return "away"
    return "ok"


def _migrations() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = set(cursor.fetchall())
    except Error:
        return "unknown"
    return "ok" if _known_migrations() <= applied else "missing"


@lru_cache(maxsize=1)
def _known_migrations() -> frozenset[tuple[str, str]]:
    """Return the migrations of this version by the names of their files: to load them all would cost memory."""
    return frozenset(
        (config.label, path.stem)
        for config in apps.get_app_configs()
        for path in Path(config.path, "migrations").glob("[0-9]*.py")
    )


def _cache() -> str:
    cache = caches["default"]
    cache.set(PROBE, os.getpid(), 60)
    return "ok" if cache.get(PROBE) is not None else "away"


def _worker() -> str:
    try:
        age = queries.queue(at=timezone.now()).beat_age_s
    except Error:
        return "unknown"
    if age is None:
        return "none"
    return "ok" if age <= rules.DEAD_AFTER.total_seconds() else "silent"


def _disk() -> str:
    try:
        return "ok" if shutil.disk_usage(settings.VAR).free >= LEAST_FREE_BYTES else "full"
    except OSError:
        return "unknown"
