"""The calendar of what a body still owes: its link is the key, so nobody signs in, and no proxy keeps it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ejlas.exports import deadlines_ics
from ejlas.readiness.queries import feeds


@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the deadlines of the body whose link this is, in the language of the body."""
    body = feeds.body_of_token(token)
    if body is None:
        raise Http404
    asked, offered = request.GET.get("language", ""), body.edition.languages
    language = asked if asked in offered else body.language or offered[0]
    made = deadlines_ics.render(body, feeds.deadlines_of(body), language=language, at=timezone.now())
    answer = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    answer["Content-Language"] = language
    answer["Cache-Control"] = "private, no-cache"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer
