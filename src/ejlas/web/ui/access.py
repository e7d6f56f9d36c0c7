"""The way into a page: somebody is signed in, the edition exists, and its person has the permission there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from ejlas.accounts.permissions import may
from ejlas.forum import queries as forum

View = Callable[..., HttpResponseBase]

# The attribute of a view that names its permission, for the test that walks every address with every role.
PERMISSION = "permission"


def requires(permission: str) -> Callable[[View], View]:
    """Let in who has the permission at the edition of the address, and hand the view that edition.

    Nobody signed in: to the sign-in and back. No such edition: 404. No permission: 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, edition: str, *args: Any, **values: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            found = forum.edition(edition)
            if found is None:
                raise Http404(edition)
            if not may(request.user, permission, found):
                raise PermissionDenied
            return view(request, found, *args, **values)

        setattr(guarded, PERMISSION, permission)
        return guarded

    return decorate


def requires_anywhere(permission: str) -> Callable[[View], View]:
    """Let in who has the permission at every edition, for pages that belong to none."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **values: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if not may(request.user, permission):
                raise PermissionDenied
            return view(request, *args, **values)

        setattr(guarded, PERMISSION, permission)
        return guarded

    return decorate


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in, and from there back to a page that can be read; a form sent is not sent again."""
    return redirect_to_login(request.get_full_path())
