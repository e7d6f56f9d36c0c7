"""Media that apply by themselves: the list is opened, the link goes by mail alone, and nothing is told of others."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.delegations import operations
from ejlas.delegations.models import Delegation
from ejlas.delegations.rules.states import DelegationKind
from ejlas.journeys import press
from ejlas.journeys.publish_edition import publish_edition
from tests.factories.delegations import AT, opened
from tests.factories.people import person, visitor

GIVEN = {"name": "The Wave", "country": "PT", "contact": "Ada Quill", "email": "ada@example.org", "language": "en"}


@pytest.fixture
def edition(summits, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    found = summits["atlantic2027"]
    by = accounts.system_account()
    opened(found)
    operations.set_rules(edition=found, rules={"press_is_open": True}, by=by, at=AT)
    publish_edition(edition=found, note="", by=by, at=AT)
    return found


def _send(edition, client=None, **changed):
    return (client or visitor()).post(f"/pt/{edition.slug}/press/", GIVEN | changed)


def _media(edition):
    return Delegation.objects.filter(edition=edition, kind=DelegationKind.PRESS)


def test_a_medium_applies_and_finds_its_list_behind_the_link(edition, mailoutbox, django_capture_on_commit_callbacks):
    client = visitor()
    with django_capture_on_commit_callbacks(execute=True):
        answer = _send(edition, client)
    for row in DBTaskResult.objects.filter(task_path="ejlas.core.mail.tasks.deliver"):
        import_string(row.task_path).func(**row.args_kwargs["kwargs"])
    link = re.search(r"https?://[^/]+(/account/invitation/\S+)", mailoutbox[-1].body)[1]

    client.post(link, {"name": "Ada Quill", "password": "four quiet words here", "way": "password"})
    medium = _media(edition).get()

    assert "ada@example.org" in answer.content.decode()
    assert client.get(f"/portal/{edition.slug}/{medium.slug}/").status_code == 200
    assert client.get("/press/").status_code == 200


def test_the_page_says_until_when_and_is_kept_by_nobody(edition):
    answer = visitor().get(f"/pt/{edition.slug}/press/")

    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_closed_edition_takes_nobody(edition):
    operations.set_rules(edition=edition, rules={"press_is_open": False}, by=accounts.system_account(), at=AT)

    answer = _send(edition)

    assert "Applications of media are closed" in answer.content.decode()
    assert not _media(edition).exists()
    with pytest.raises(press.PressClosed):
        press.apply_as_medium(edition=edition, **GIVEN, letter=None, at=AT)


def test_a_medium_of_the_same_name_is_told_so_beside_the_field(edition):
    _send(edition)

    answer = _send(edition, email="other@example.org", name="the wave")

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["name"]
    assert _media(edition).count() == 1


def test_an_address_that_is_invited_already_gets_the_same_answer_and_no_second_list(edition):
    first = _send(edition)

    again = _send(edition, name="The Tide")

    assert first.status_code == again.status_code == 200
    assert _media(edition).count() == 1


def test_programs_that_fill_every_field_and_visitors_in_a_hurry_are_held_up(edition):
    trapped = _send(edition, website="spam")
    answers = [_send(edition, name="") for _ in range(3)]
    hurried = [_send(edition, name=f"Medium {n}", email=f"m{n}@example.org").status_code for n in range(8)]

    assert trapped.status_code == 422
    assert {answer.status_code for answer in answers} == {422}
    assert hurried == [200] * 6 + [422] * 2


@pytest.mark.parametrize("role", [Role.MEDIA_DESK, Role.ACCREDITATION_DESK, Role.PROTOCOL])
def test_who_files_a_list_is_named_by_the_desk_that_works_with_it(role, edition, desk_invites):
    media = {Role.MEDIA_DESK, Role.ACCREDITATION_DESK}
    party = {Role.PROTOCOL, Role.ACCREDITATION_DESK}

    assert desk_invites(role, Role.JOURNALIST) is (role in media)
    assert desk_invites(role, Role.FOCAL_POINT) is (role in party)
    assert desk_invites(role, Role.HEAD) is False


@pytest.fixture
def desk_invites(edition):
    from ejlas.accounts.permissions import may_give

    return lambda by, role: may_give(person(by, edition=edition.slug, password=None), edition.slug, role)
