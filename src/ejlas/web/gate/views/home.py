"""The first page of the gate: who one is there, and the way to the page that keeps it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ejlas.accounts.rules import Door
from ejlas.web.ui.doors import posts_at, requires_door
from ejlas.web.ui.labels import DOORS


@requires_door(Door.GATE)
def show(request: HttpRequest) -> HttpResponse:
    """Show what an officer is, at which edition, until when; four SQL queries for one edition."""
    posts = [(post, ()) for post in posts_at(request, Door.GATE)]
    return render(request, "gate/home.html", {"door_words": DOORS[Door.GATE], "posts": posts})
