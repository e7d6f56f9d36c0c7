"""The first page behind a door: it opens for its roles alone, and says what a person is there, and until when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ejlas.accounts import queries as accounts
from ejlas.accounts.permissions import doors_open_to
from ejlas.accounts.rules import DOORS, Door, Role
from ejlas.core.text import Text
from ejlas.delegations import queries as delegations
from ejlas.forum import queries as forum
from ejlas.web.ui.access import View, to_sign_in
from ejlas.web.ui.labels import DOORS as DOOR_WORDS
from ejlas.web.ui.labels import ROLES
from ejlas.web.ui.people import signed_in
from ejlas.web.ui.reading import Reader

if TYPE_CHECKING:
    from ejlas.accounts.models import Grant
    from ejlas.forum.models import Edition

# The attribute of a view that names its door, for the test that walks every address with every role.
DOOR = "door"


def requires_door(door: Door) -> Callable[[View], View]:
    """Let in who holds a role of a door at any edition; nobody signed in: to the sign-in and back."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **values: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if door not in doors_open_to(request.user):
                raise PermissionDenied
            return view(request, *args, **values)

        setattr(guarded, DOOR, door)
        return guarded

    return decorate


@dataclass(frozen=True, slots=True)
class Post:
    """What a person is at one edition, in words."""

    role: Role
    role_words: str
    edition: Edition
    edition_title: SafeString
    days: tuple[str, ...]
    city: SafeString
    party: str
    party_name: SafeString | None
    until: tuple[str, ...]
    programme: str | None
    reader: Reader


def show_door(request: HttpRequest, door: Door) -> HttpResponse:
    """Answer with the page of a door that has nothing of its own to show yet."""
    posts = [(post, ()) for post in posts_at(request, door)]
    context = {"door_words": DOOR_WORDS[door], "posts": posts, "lists": lists_of(request)}
    return render(request, "ui/door.html", context)


def lists_of(request: HttpRequest) -> list[tuple[str, SafeString, SafeString]]:
    """Return the lists of delegations that the person files: address, whose, of which edition. One SQL query."""
    made = []
    for each in delegations.delegations_filed_by(signed_in(request)):
        edition = each.edition
        reader = Reader(get_language() or "en", tuple(edition.fallback_languages), tuple(edition.calendars))
        address = reverse("portal:delegation", args=[edition.slug, each.slug])
        made.append((address, reader.name(each.title.to_stored()), reader.html(edition.name.to_stored())))
    return made


def posts_at(request: HttpRequest, door: Door) -> list[Post]:
    """Return what the person is behind a door, oldest grant first; four SQL queries for one edition."""
    grants = accounts.grants_held_by(signed_in(request), at=timezone.now())
    posts = [_post(grant) for grant in grants if DOORS[Role(grant.role)] is door]
    return [post for post in posts if post is not None]


def _post(grant: Grant) -> Post | None:
    edition = forum.edition(grant.edition)
    if edition is None:
        return None
    language = get_language() or "en"
    reader = Reader(language, tuple(edition.fallback_languages), tuple(edition.calendars))
    party = forum.parties_by_slug(edition).get(grant.party) if grant.party else None
    ends = grant.ends_at.astimezone(edition.zone).date() if grant.ends_at else None
    return Post(
        role=Role(grant.role),
        role_words=str(ROLES[Role(grant.role)]),
        edition=edition,
        edition_title=reader.html(edition.name.to_stored()),
        days=reader.spans(edition.starts_on, edition.ends_on),
        city=reader.html(edition.city.to_stored()),
        party=party.slug if party else "",
        party_name=_name(reader, party.name) if party else None,
        until=reader.dates(ends) if ends else (),
        programme=_programme(edition, language),
        reader=reader,
    )


def _name(reader: Reader, name: Text) -> SafeString:
    return reader.name(name.to_stored())


def _programme(edition: Edition, language: str) -> str | None:
    if forum.published_edition(edition.slug) is None:
        return None
    spoken = language if language in edition.languages else edition.languages[0]
    return reverse("public:programme", args=[spoken, edition.slug])
