"""The page of one's keys: shown once, revoked by their person alone, and only after signing in anew."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from ejlas.accounts.models import ApiKey
from ejlas.accounts.rules import Role
from tests.factories.people import PASSWORD, browser_of, person, visitor

pytestmark = pytest.mark.django_db
PAGE = "/account/keys/"


def wanted(**values):
    day = timezone.localdate() + timedelta(days=30)
    return {"name": "Import", "scopes": ["read", "write"], "ends_on": day.isoformat(), **values}


def sure_of(user, **values):
    """Return a browser in which a person has just said the password again."""
    browser = browser_of(user, **values)
    assert browser.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302
    return browser


@pytest.fixture
def user():
    return person(Role.HEAD)


def test_key_is_made_shown_once_and_opens_the_api(user):
    browser = sure_of(user)

    made = browser.post(PAGE, wanted())
    token = re.search(r"ejlas_[0-9a-f]{8}_[0-9a-f]{64}", made.content.decode())[0]
    later = browser.get(PAGE).content.decode()

    assert made.status_code == 200
    assert "no-store" in made["Cache-Control"]
    assert token not in later
    assert ApiKey.objects.get().prefix in later
    answer = visitor().get("/api/v1/me", headers={"authorization": f"Bearer {token}"})
    assert (answer.json()["email"], answer.json()["key"]["scopes"]) == (user.email, ["read", "write"])


def test_key_is_revoked_by_its_person_alone(user):
    browser = sure_of(user)
    browser.post(PAGE, wanted())
    key = ApiKey.objects.get()

    browser_of(person(Role.HEAD)).post(f"{PAGE}{key.prefix}/revoke/")
    key.refresh_from_db()
    assert key.revoked_at is None
    done = browser.post(f"{PAGE}{key.prefix}/revoke/", follow=True)

    key.refresh_from_db()
    assert key.revoked_at is not None
    assert f"{PAGE}{key.prefix}/revoke/" not in done.content.decode()


def test_keys_of_others_and_nobodys_page_are_not_shown(user):
    sure_of(user).post(PAGE, wanted(name="Secret import"))
    assert ApiKey.objects.get().name == "Secret import"

    assert "Secret import" not in browser_of(person(Role.HEAD)).get(PAGE).content.decode()
    assert visitor().get(PAGE).status_code == 302


def test_key_is_made_only_after_the_password_was_said_again(user):
    browser = browser_of(user)

    refused = browser.post(PAGE, wanted())
    made_meanwhile = ApiKey.objects.count()
    resumed = browser.post(refused["Location"], {"password": PASSWORD})

    assert browser.get(PAGE).status_code == 200
    assert (refused.status_code, made_meanwhile) == (302, 0)
    assert "/account/reauthenticate/" in refused["Location"]
    assert ApiKey.objects.get().prefix in resumed.content.decode()


@pytest.mark.parametrize("language", ["en", "fa", "ru", "az", "tk", "kk"])
def test_faults_are_told_on_the_page_in_its_language(language):
    browser = sure_of(person(Role.HEAD, language=language))

    page = browser.post(PAGE, {"name": "", "ends_on": "2020-01-01"}).content.decode()

    assert f'<html lang="{language}"' in page
    assert page.count('class="error"') == 3
    assert ApiKey.objects.count() == 0
