"""Who asks: a key, or a browser that is signed in; and what this request may be used for."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from ejlas.accounts import operations, queries
from ejlas.accounts.permissions import may, roles_at
from ejlas.accounts.rules import Scope, scope_allows
from ejlas.forum import queries as forum
from ejlas.web.api import limits, problems
from ejlas.web.api.problems import Problem
from ejlas.web.ui.reading import INTERFACE, chosen

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
KEY = "api_key"


class KeyOrSession(AuthBase):
    """A key in the header, `Authorization: Bearer ejlas_…`, or the session of a browser."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Any:
        if "\x00" in request.get_full_path() or "%00" in request.get_full_path():
            raise problems.not_there()
        given = request.headers.get("Authorization", "")
        person = self._by_key(request, given) if given else self._by_session(request)
        spoken = person.language if person.language in INTERFACE else "en"
        # The middleware around puts back what was spoken before.
        translation.activate(chosen(request.headers.get("Accept-Language", ""), INTERFACE, spoken))
        return person

    @staticmethod
    def _by_key(request: HttpRequest, given: str) -> Any:
        kind, _blank, token = given.partition(" ")
        now = timezone.now()
        key = queries.key_by_token(token.strip(), at=now) if kind.lower() == "bearer" else None
        if key is None:
            raise Problem(401, _(problems.NOBODY), headers={"WWW-Authenticate": "Bearer"})
        wait = limits.seconds_to_wait(key.prefix)
        if wait:
            words = _(problems.TOO_MANY) % {"seconds": wait}
            raise Problem(429, words, headers={"Retry-After": str(wait)})
        operations.note_key_used(key=key, at=now)
        setattr(request, KEY, key)
        request.user = key.user
        return key.user

    @staticmethod
    def _by_session(request: HttpRequest) -> Any:
        if not request.user.is_authenticated:
            raise Problem(401, _(problems.NOBODY), headers={"WWW-Authenticate": "Bearer"})
        if request.method not in SAFE and check_csrf(request) is not None:
            raise Problem(403, _(problems.FORGED), name="forged")
        return request.user


def person_of(request: HttpRequest) -> Any:
    """Return the person whose request this is."""
    return cast(Any, request).auth


def require_scope(request: HttpRequest, scope: Scope) -> None:
    """Refuse a key that may not be used for this; a person at a browser needs no scope. Raises Problem."""
    key = getattr(request, KEY, None)
    if key is not None and not scope_allows(key.scopes, scope):
        words = _(problems.SCOPE_TOO_SMALL) % {"scope": scope.value}
        raise Problem(403, words, name="scope-too-small")


def edition_for(request: HttpRequest, slug: str, permission: str, scope: Scope = Scope.READ) -> Any:
    """Return the edition of an address, when the person has the permission there and the key the scope.

    An edition at which the person is nothing is not there for them. Raises Problem.
    """
    found = forum.edition(slug)
    person = person_of(request)
    if found is None or not roles_at(person, found):
        raise problems.not_there()
    if not may(person, permission, found):
        raise problems.not_allowed()
    require_scope(request, scope)
    return found
