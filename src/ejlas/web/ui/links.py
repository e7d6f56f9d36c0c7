"""Whole addresses of this site, for what leaves it: links in mails and for clients."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse

from ejlas.accounts.operations import Letter


def invitation_letter(request: HttpRequest, *, edition_name: str = "") -> Letter:
    """Return what the mail of an invitation needs; `edition_name` is in the language of the person invited."""
    address: Callable[[str], str] = lambda token: request.build_absolute_uri(  # noqa: E731
        reverse("account:invitation", args=[token])
    )
    return Letter(
        address=address, sign_in=request.build_absolute_uri(reverse("account_login")), edition_name=edition_name
    )


def pass_address(request: HttpRequest) -> Callable[[str], str]:
    """Return what makes the whole address of a pass on the telephone of its token."""
    return lambda token: request.build_absolute_uri(reverse("public:pass", args=[token]))
