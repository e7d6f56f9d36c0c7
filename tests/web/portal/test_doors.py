"""Portal, gate and press: who one is there, and of one's own party what it has before it; nothing of others."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ejlas.accounts import operations, queries
from ejlas.accounts.rules import Role
from ejlas.forum import queries as forum
from ejlas.journeys.publish_edition import publish_edition
from ejlas.programme import queries as programme
from tests.factories.people import person, visitor
from tests.factories.summits import SUMMITS

AT = datetime(2025, 11, 1, 8, 0, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("summits")


def _browser(user):
    client = visitor()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _parties(slug):
    """Name the two parties of an edition with the most bilaterals."""
    edition = forum.edition(slug)
    by_many = sorted(
        forum.parties_of(edition), key=lambda party: -len(programme.bilaterals_of_party(edition, party.slug))
    )
    return edition, by_many[0].slug, by_many[1].slug


@pytest.mark.parametrize("slug", SUMMITS)
@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.DELEGATE])
def test_delegate_sees_the_bilaterals_of_the_own_party_alone(role, slug):
    edition, own, _other = _parties(slug)
    language = edition.languages[0]
    user = person(role, edition=slug, party=own, language=language)

    page = _browser(user).get("/portal/").content.decode()

    expected = programme.bilaterals_of_party(edition, own)
    assert expected
    assert len(re.findall(r"<li><div><strong>", page)) == len(expected)
    assert all(own in bilateral.parties for bilateral in expected)


@pytest.mark.parametrize("slug", SUMMITS)
def test_liaison_and_interpreter_see_no_bilaterals(slug):
    for role in (Role.LIAISON, Role.INTERPRETER):
        page = _browser(person(role, edition=slug)).get("/portal/").content.decode()

        assert "<li><div><strong>" not in page
        assert "Bilaterals" not in page


def test_page_says_who_where_which_role_and_until_when():
    user = person(Role.DELEGATE, edition="rasht2025", party="mazandaran", name="Nilufar Rad")
    now = timezone.now()
    grant = queries.grants_held_by(user, at=now)[0]
    ends = datetime(now.year + 1, 12, 31, 12, tzinfo=UTC)
    operations.grant_role(
        user=user,
        role=Role.DELEGATE,
        edition=grant.edition,
        party=grant.party,
        by=queries.system_account(),
        at=now,
        ends_at=ends,
    )

    page = _browser(user).get("/portal/").content.decode()

    for words in ("<bdi>Nilufar Rad</bdi>", "Delegate", "18–19 November 2025", f"31 December {now.year + 1}"):
        assert words in page
    assert "Your role ends" in page


def test_role_that_has_ended_opens_nothing():
    user = person()
    by, made = queries.system_account(), timezone.now() - timedelta(days=2)
    operations.grant_role(
        user=user, role=Role.GATE, edition="rasht2025", by=by, at=made, ends_at=made + timedelta(days=1)
    )

    assert _browser(user).get("/gate/").status_code == 403


@pytest.mark.parametrize(
    ("role", "door"), [(Role.GATE, "/gate/"), (Role.JOURNALIST, "/press/"), (Role.LIAISON, "/portal/")]
)
def test_door_leads_to_the_programme_once_it_is_published(role, door):
    client = _browser(person(role, language="ru"))
    before = client.get(door).content.decode()

    publish_edition(edition=forum.edition("rasht2025"), note="", by=queries.system_account(), at=AT)
    after = client.get(door).content.decode()

    assert "/programme/" not in before
    assert 'href="/ru/rasht2025/programme/"' in after


def test_person_of_two_editions_sees_both():
    user = person(Role.GATE, edition="rasht2025")
    operations.grant_role(user=user, role=Role.GATE, edition="atlantic2027", by=queries.system_account(), at=AT)

    page = _browser(user).get("/gate/").content.decode()

    assert page.count("<h2>") == 2


def test_bilaterals_cost_as_many_queries_for_one_as_for_all():
    counts = []
    edition, most, _other = _parties("rasht2025")
    fewest = min(
        (party.slug for party in forum.parties_of(edition)),
        key=lambda slug: len(programme.bilaterals_of_party(edition, slug)) or 10**6,
    )

    for party in (fewest, most):
        client = _browser(person(Role.DELEGATE, party=party))
        client.get("/portal/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/portal/")
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 10


def test_words_of_another_language_are_marked():
    page = _browser(person(Role.DELEGATE, party="mazandaran", language="tk")).get("/portal/").content.decode()

    assert '<html lang="tk"' in page
    assert 'lang="' in page.partition("<main")[2]
