"""The page that an officer keeps a gate with: all its screens and sentences at once, to work without network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ejlas.delegations.queries.gate import posts
from ejlas.web.gate import sentences
from ejlas.web.ui.access import requires
from ejlas.web.ui.camera import with_camera
from ejlas.web.ui.reading import Reader

if TYPE_CHECKING:
    from ejlas.forum.models import Edition

DIGITS = "1234567890"


@require_safe
@requires("delegations.keep_gate")
@with_camera
def show(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Show the page of the gates of an edition; who is signed in stands nowhere in it, because devices keep it."""
    reader = Reader(get_language() or "en", tuple(edition.fallback_languages))
    gates = [
        (gate.slug, reader.plain(gate.name.to_stored()), gate.zone.letter, reader.plain(gate.zone.name.to_stored()))
        for gate in posts.gates_of(edition)
    ]
    context = {
        "edition": edition,
        "edition_title": reader.plain(edition.name.to_stored()),
        "gates": gates,
        "digits": [(digit, reader.number(int(digit))) for digit in DIGITS],
        "words": sentences.words(),
    }
    return render(request, "gate/app.html", context)
