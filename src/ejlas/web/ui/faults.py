"""What a person reads when the database is away or busy, or the disk full: what happened, what is safe, what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from ejlas.core.databases import Trouble, trouble_of
from ejlas.web.ui.reading import INTERFACE, chosen

logger = logging.getLogger("ejlas.faults")

# Seconds after which it is worth asking again.
AGAIN_AFTER = {Trouble.AWAY: 10, Trouble.BUSY: 2, Trouble.FULL: 120}


class FaultMiddleware:
    """Answers 503 where a view met an absent database or a full disk; a fault before the view comes by `handler500`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer in the language that is spoken already."""
        return answer_to(request, exception, language=translation.get_language() or "en")


def answer_to(request: HttpRequest, fault: BaseException | None, *, language: str = "") -> HttpResponse | None:
    """Return the answer to a trouble that is nobody's mistake and will pass; None for any other fault."""
    trouble = trouble_of(fault)
    if trouble is None:
        return None
    logger.error("service unavailable", extra={"fields": {"trouble": trouble.value, "kind": type(fault).__name__}})
    spoken = language or chosen(request.headers.get("Accept-Language", ""), INTERFACE, "en")
    spoken = spoken if spoken in INTERFACE else "en"
    with translation.override(spoken):
        response = _written(request, trouble, spoken)
    response.headers["Retry-After"] = str(AGAIN_AFTER[trouble])
    response.headers["Cache-Control"] = "no-store"
    return response


def _written(request: HttpRequest, trouble: Trouble, language: str) -> HttpResponse:
    heading, words = sentences(trouble)
    if request.path_info.startswith("/api/"):
        told = {"type": f"urn:ejlas:problem:{trouble.value}", "title": heading, "status": 503, "detail": words}
        return JsonResponse(told, status=503, content_type="application/problem+json")
    context = {"language": language, "chrome": language, "happened": heading, "words": words}
    return HttpResponse(render_to_string("503.html", context), status=503)


def sentences(trouble: Trouble) -> tuple[str, str]:
    """Return what happened, and what is safe and what to do, in the language spoken now."""
    if trouble is Trouble.FULL:
        return _("There is no room left to save"), _(
            "What was saved before is safe and can be read; what you sent just now was not saved. "
            "Keep it, and tell the secretariat that the disk is full."
        )
    if trouble is Trouble.BUSY:
        return _("Too many people are saving at once"), _(
            "What was saved before is safe; what you sent just now was not saved. Send it again in a few seconds."
        )
    return _("The database does not answer"), _(
        "What was saved before is safe; what you sent just now may not be saved. "
        "Open the page again in a minute and look before you send it again."
    )
