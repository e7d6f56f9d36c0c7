"""A word to the person with the way back: what was removed can be put back from where it is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

# So many lines can be put back by one press; of more, each from the trail.
MOST_AT_ONCE = 200


def offer_undo(request: HttpRequest, words: str, *, edition: Any, lines: Sequence[int], back: str) -> None:
    """Say what was done, with a button that undoes it and leads to the page `back`."""
    context = {"words": words, "slug": edition.slug, "lines": list(lines)[:MOST_AT_ONCE], "back": back}
    html = render_to_string("desk/parts/undo.html", context, request=request)
    messages.success(request, SafeString(html))
