"""A delegation of each summit, who files its list, and others who must not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ejlas.accounts.rules import Role
from ejlas.delegations.models import Delegation, Paper, Person
from tests.factories.delegations import opened
from tests.factories.people import person

SUMMITS = ("rasht2025", "atlantic2027")


@pytest.fixture(params=SUMMITS)
def edition(request, summits):
    return summits[request.param]


@pytest.fixture
def rasht(summits):
    return summits["rasht2025"]


def open_list(edition, *, name=""):
    """Open the delegations of an edition with windows that end tomorrow and the day after; return one of them."""
    made = opened(edition)
    now = timezone.now()
    Delegation.objects.filter(edition=edition).update(
        nominate_by=now + timedelta(days=1), confirm_by=now + timedelta(days=2), has_nomination=True
    )
    found = Delegation.objects.select_related("edition", "party").get(pk=made[name or next(iter(made))].pk)
    # The summits of the tests name a few people already: here each test names its own.
    found.people.all().delete()
    return found


@pytest.fixture
def delegation(edition):
    return open_list(edition)


@pytest.fixture
def own(rasht):
    """A delegation of the one summit, for what need not be asked of both."""
    return open_list(rasht)


def client_of(user, *, language="en"):
    client = Client(headers={"host": "localhost", "accept-language": language})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def filer_of(delegation, *, language="en", name="Nilufar Rad", role=Role.FOCAL_POINT):
    """Return the browser of who files the list of a delegation."""
    slug = delegation.edition.slug
    user = person(role, edition=slug, party=delegation.slug, language=language, name=name, password=None)
    return client_of(user, language=language)


def at(delegation, more=""):
    return f"/portal/{delegation.edition.slug}/{delegation.slug}/{more}"


def kept(thing):
    return type(thing).objects.get(pk=thing.pk)


def page(response, status=200):
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


__all__ = ["Paper", "Person", "at", "client_of", "filer_of", "kept", "open_list", "page"]
