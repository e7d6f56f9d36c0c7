"""The first page of the gate: who one is there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ejlas.accounts.rules import Door
from ejlas.web.ui.doors import requires_door, show_door


@requires_door(Door.GATE)
def show(request: HttpRequest) -> HttpResponse:
    """Show what an officer is, at which edition, until when."""
    return show_door(request, Door.GATE)
