"""The person whose request this is, on pages that only open for one who is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

if TYPE_CHECKING:
    from ejlas.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """Return the person who is signed in. Raises PermissionDenied where nobody is."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
