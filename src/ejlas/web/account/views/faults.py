"""What a person reads when a form is refused: too many at once, or not sent from its own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer one who sends too much; every limit that leads here counts over one minute."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = "60"
    return response


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that does not come from a page of this session."""
    return render(request, "403_form.html", status=403)
