"""Both summits in the tables, and browsers of people who work at their desks."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from ejlas.accounts.rules import Role
from tests.factories.people import person


@pytest.fixture(autouse=True)
def fresh(settings, summits):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def desk(summits):
    """Give the browser of a person with a role, signed in; `user` hangs on it."""

    def enter(role: Role = Role.HEAD, *, edition: str = "rasht2025", language: str = "en", **values) -> Client:
        user = person(role, edition=edition, language=language, **values)
        client = Client(headers={"host": "localhost", "accept-language": language})
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.user = user
        return client

    return enter
