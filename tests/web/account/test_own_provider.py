"""Sign-in at the host's own provider, against one that runs."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time

import pytest
import requests
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.core.exceptions import ImproperlyConfigured

from ejlas.accounts.models import User
from ejlas.accounts.rules import Role
from ejlas.config.sign_in import provider_from
from tests.factories.people import person, visitor

pytestmark = pytest.mark.django_db

PEOPLE = {
    "known": {"email": "known@example.org", "email_verified": True, "name": "Known"},
    "stranger": {"email": "stranger@example.org", "email_verified": True},
    "unverified": {"email": "known@example.org", "email_verified": False},
}


@pytest.fixture(scope="module")
def provider():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    people = [part for sub, claims in PEOPLE.items() for part in ("--user-claims", json.dumps({"sub": sub, **claims}))]
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port), *people],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _number in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
            break
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    yield f"http://desk%3A1:quite%20secret@127.0.0.1:{port}?name=Ministry"
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture
def configured(provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS = provider_from(provider)
    # The settings name the app of the provider only where there is one.
    registry.register(OpenIDConnectProvider)


def _through(client, sub, *, path="/account/oidc/host/login/?process=login"):
    """Go to the provider, say there who one is, and come back."""
    asked = client.get(path).url
    answer = requests.post(asked, data={"sub": sub}, allow_redirects=False, timeout=10)
    back = answer.headers["Location"].removeprefix("http://localhost")
    return client.get(back)


def test_provider_is_offered_by_its_name_and_leads_to_the_next_page(configured):
    page = visitor().get("/account/login/?next=/gate/").content.decode()

    assert "Sign in with Ministry" in page
    assert 'href="/account/oidc/host/login/?process=login&amp;next=%2Fgate%2F"' in page


def test_without_a_provider_none_is_offered():
    assert "/account/oidc/" not in visitor().get("/account/login/").content.decode()


def test_verified_address_opens_the_account_it_belongs_to(configured):
    person(Role.GATE, email="known@example.org")
    client = visitor()

    answer = _through(client, "known")

    assert (answer.status_code, answer.url) == (302, "/gate/")
    assert client.get("/gate/").status_code == 200


def test_second_sign_in_finds_the_account_by_the_providers_own_number(configured):
    user = person(Role.GATE, email="known@example.org")
    _through(visitor(), "known")
    User.objects.filter(pk=user.pk).update(email="renamed@example.org")
    user.emailaddress_set.update(email="renamed@example.org")

    assert _through(visitor(), "known").url == "/gate/"


@pytest.mark.parametrize("sub", ["stranger", "unverified"])
def test_nobody_gets_an_account_or_anothers_by_the_provider(configured, sub):
    person(Role.GATE, email="known@example.org")
    n_users = User.objects.count()
    client = visitor()

    answer = _through(client, sub)

    assert "There is no account for you yet" in answer.content.decode()
    assert User.objects.count() == n_users
    assert client.get("/gate/").status_code == 302


def test_next_page_is_never_elsewhere(configured):
    person(Role.GATE, email="known@example.org")

    answer = _through(visitor(), "known", path="/account/oidc/host/login/?process=login&next=https://evil.example.org/")

    assert answer.url == "/gate/"


def test_answer_that_was_not_asked_for_is_refused(configured):
    answer = visitor().get("/account/oidc/host/login/callback/?code=stolen&state=made-up")

    assert "The provider did not sign you in" in answer.content.decode()


def test_provider_that_is_away_leaves_the_person_with_a_sentence(settings):
    settings.SOCIALACCOUNT_PROVIDERS = provider_from("http://desk:secret@127.0.0.1:9?name=Ministry")
    registry.register(OpenIDConnectProvider)

    answer = visitor().get("/account/oidc/host/login/?process=login")

    assert "It refused, or could not be reached." in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://id.example.org", "lacks the host, the client or its secret"),
        ("http://desk:secret@id.example.org", "OIDC_URL begins with 'http'"),
        ("https://desk:secret@id.example.org?colour=red", "OIDC_URL holds 'colour'"),
    ],
)
def test_wrong_address_of_the_provider_stops_the_start(address, words):
    with pytest.raises(ImproperlyConfigured, match=words):
        provider_from(address)
