"""The first page of the portal: who one is, and the bilaterals of one's own party."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from ejlas.accounts.rules import Door
from ejlas.forum import queries as forum
from ejlas.programme import queries as programme
from ejlas.web.ui.doors import Post, lists_of, posts_at, requires_door
from ejlas.web.ui.labels import BILATERAL_STATES, DOORS, word

if TYPE_CHECKING:
    from ejlas.programme.models import Bilateral


@dataclass(frozen=True, slots=True)
class Meeting:
    """A bilateral of one's own party, as its delegates read it."""

    others: list[SafeString]
    state: str
    days: tuple[str, ...]
    time: str
    room: SafeString | None
    venue: SafeString | None


@requires_door(Door.PORTAL)
def show(request: HttpRequest) -> HttpResponse:
    """Show what a person is, and what his party has before it."""
    posts = [(post, _meetings(post)) for post in posts_at(request, Door.PORTAL)]
    context = {"door_words": DOORS[Door.PORTAL], "posts": posts, "lists": lists_of(request)}
    return render(request, "portal/home.html", context)


def _meetings(post: Post) -> list[Meeting]:
    if not post.party:
        return []
    names = {slug: party.name.to_stored() for slug, party in forum.parties_by_slug(post.edition).items()}
    found = programme.bilaterals_of_party(post.edition, post.party)
    return [_meeting(bilateral, post, names) for bilateral in found]


def _meeting(bilateral: Bilateral, post: Post, names: dict[str, dict[str, str | list[str]]]) -> Meeting:
    reader = post.reader
    starts = bilateral.starts_at.astimezone(post.edition.zone) if bilateral.starts_at else None
    room = bilateral.room
    return Meeting(
        others=[reader.name(names.get(slug, {"en": slug})) for slug in bilateral.parties if slug != post.party],
        state=word(BILATERAL_STATES, bilateral.state),
        days=reader.dates(starts.date(), "weekday") if starts else (),
        time=reader.time(starts) if starts else "",
        room=reader.html(room.name.to_stored()) if room else None,
        venue=reader.html(room.venue.name.to_stored()) if room else None,
    )
