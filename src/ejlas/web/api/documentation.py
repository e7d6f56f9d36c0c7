"""The page that tells what the API can do, made from its own description; and the answer where there is nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from ejlas.web.api import problems
from ejlas.web.api.api import api
from ejlas.web.api.describing import description


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done: its method, its address, what it does, and what it takes and gives."""

    method: str
    address: str
    summary: str
    takes: tuple[str, ...]
    gives: str


@require_safe
def describe(request: HttpRequest) -> HttpResponse:
    """Answer the description for programs."""
    return JsonResponse(description(api), json_dumps_params={"ensure_ascii": False})


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what can be done, by subject."""
    language = translation.get_language() or "en"
    context = {
        "language": language,
        "chrome": language,
        "subjects": sorted(_subjects(description(api)).items()),
        "description": "/api/v1/openapi.json",
    }
    return render(request, "api/docs.html", context)


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """Answer for an address that the API does not have."""
    return problems.not_there().answer()


def _subjects(described: Any) -> dict[str, list[Act]]:
    subjects: dict[str, list[Act]] = {}
    for address, acts in described["paths"].items():
        for method, act in acts.items():
            subject = (act.get("tags") or ["Ejlas"])[0]
            subjects.setdefault(subject, []).append(_act(method, address, act))
    return subjects


def _act(method: str, address: str, act: Any) -> Act:
    takes = tuple(each["name"] for each in act.get("parameters", ()) if each["in"] == "query")
    good: dict[str, Any] = next(
        (answer for status, answer in act["responses"].items() if str(status).startswith("2")), {}
    )
    given = good.get("content", {}).get("application/json", {}).get("schema", {})
    return Act(method.upper(), address, act.get("summary", ""), takes, given.get("$ref", "").rpartition("/")[2])
