"""Both summits in the database, people with keys, and programs that ask."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from ejlas.accounts import operations
from ejlas.accounts.rules import Role, Scope
from tests.factories.people import person


class Program:
    """A program that asks the API with a key."""

    def __init__(self, token: str = "", *, language: str = "en", place: str = "/api/v1"):
        self.client = Client(headers={"host": "localhost", "accept-language": language})
        self.headers = {"authorization": f"Bearer {token}"} if token else {}
        self.place = place

    def ask(self, method: str, address: str, body=None, **headers):
        more = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method,
            address if address.startswith("/api") else f"{self.place}/{address}",
            **more,
            headers={**self.headers, **named},
        )

    def get(self, address: str, **headers):
        return self.ask("GET", address, **headers)

    def post(self, address: str, body=None, **headers):
        return self.ask("POST", address, {} if body is None else body, **headers)

    def put(self, address: str, body, **headers):
        return self.ask("PUT", address, body, **headers)

    def patch(self, address: str, body, **headers):
        return self.ask("PATCH", address, body, **headers)

    def delete(self, address: str, **headers):
        return self.ask("DELETE", address, **headers)


def key_of(user, *scopes: Scope, days: int = 30) -> str:
    """Make a key with these scopes, all of them without any; return its token."""
    now = timezone.now()
    _key, token = operations.make_key(
        user=user, name="Test", scopes=scopes or tuple(Scope), ends_at=now + timedelta(days=days), by=user, at=now
    )
    return token


def program_of(*roles: Role, edition: str = "rasht2025", scopes=(), language: str = "en", **values) -> Program:
    """Return the program of somebody who holds these roles at an edition."""
    return Program(key_of(person(*roles, edition=edition, password=None, **values), *scopes), language=language)


@pytest.fixture(autouse=True)
def fresh(summits):
    cache.clear()


@pytest.fixture
def head(summits) -> Program:
    """The program of a head of the secretariat of the first summit."""
    return program_of(Role.HEAD)
