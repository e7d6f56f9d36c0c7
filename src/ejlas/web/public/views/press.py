"""The first page of the press site for a journalist who is signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ejlas.accounts.rules import Door
from ejlas.web.ui.doors import requires_door, show_door


@requires_door(Door.PRESS)
def show(request: HttpRequest) -> HttpResponse:
    """Show what a journalist is, at which edition, until when."""
    return show_door(request, Door.PRESS)
