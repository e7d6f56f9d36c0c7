"""People with accounts, and clients that are signed in as them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from itertools import count

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from ejlas.accounts import operations, queries
from ejlas.accounts.models import User
from ejlas.accounts.rules import OF_A_PARTY, Role

AT = datetime(2025, 11, 1, 8, 0, tzinfo=UTC)
PASSWORD = "four quiet words here"
_numbers = count(1)


def person(
    *roles: Role,
    edition: str = "rasht2025",
    party: str = "gilan",
    name: str = "Nilufar Rad",
    language: str = "en",
    email: str = "",
    password: str | None = PASSWORD,
) -> User:
    """Make an account that holds these roles at an edition; those of a party, for that party."""
    by = queries.system_account()
    address = email or f"person{next(_numbers)}@example.org"
    user = operations.add_user(email=address, name=name, language=language, password=None, by=by, at=AT)
    if password:
        user.password = _hashed(password, settings.PASSWORD_HASHERS[0])
        user.save(update_fields=["password"])
    for role in roles:
        operations.grant_role(
            user=user, role=role, edition=edition, party=party if role in OF_A_PARTY else "", by=by, at=AT
        )
    return user


@cache
def _hashed(password: str, _hasher: str) -> str:
    """Hash a password once in a test process: that it takes long is its purpose."""
    return make_password(password)


def visitor(*, language: str = "en", **options: object) -> Client:
    """Return the browser of somebody who is not signed in."""
    return Client(headers={"host": "localhost", "accept-language": language}, **options)


def browser_of(user: User, *, language: str = "en", agent: str = "") -> Client:
    """Return a browser in which a person has signed in by password."""
    client = visitor(language=language, HTTP_USER_AGENT=agent)
    response = client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert response.status_code == 302, response.content.decode()
    return client
