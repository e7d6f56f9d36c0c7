"""The page of a gate: who may open it, in which language, and what it may hold."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from ejlas.accounts.rules import Role
from ejlas.delegations.models import Gate
from ejlas.delegations.rules.passes.verdicts import Reason
from tests.factories import people

PAGE = "/gate/rasht2025/"

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_any_database("reads the gates of one edition")]


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def _words(page: str) -> dict[str, dict[str, object]]:
    found = re.search(r'<script id="gate-words" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_page_says_everything_in_the_officers_language_and_names_nobody(summits):
    officer = people.person(Role.GATE, name="Nobody Elses", language="fa")

    response = people.browser_of(officer, language="fa").get(PAGE)

    page = response.content.decode()
    words = _words(page)
    assert set(words["reasons"]) == {reason.value for reason in Reason}
    assert all(title and sentence for title, sentence in words["reasons"].values())
    assert 'value="gate-hall"' in page
    # Devices keep the page: it may not tell who set one up.
    assert "Nobody Elses" not in page
    assert "camera=(self)" in response.headers["Permissions-Policy"]


def test_an_edition_without_gates_says_what_to_do_first(summits):
    Gate.objects.filter(edition=summits["rasht2025"]).delete()
    officer = people.person(Role.GATE)

    page = people.browser_of(officer).get(PAGE).content.decode()

    assert "There is no gate yet." in page


def test_who_keeps_no_gate_is_turned_away(summits):
    vetting, elsewhere = people.person(Role.VETTING), people.person(Role.GATE, edition="atlantic2027")

    assert [people.browser_of(user).get(PAGE).status_code for user in (vetting, elsewhere)] == [403, 403]
    assert people.visitor().get(PAGE).status_code == 302


def test_the_door_leads_to_the_page(summits):
    page = people.browser_of(people.person(Role.GATE)).get("/gate/").content.decode()

    assert f'href="{PAGE}"' in page
