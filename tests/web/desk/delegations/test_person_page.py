"""The page of a person: the way, what is personal by role, a number that is shown once, and two who write at once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.delegations import operations
from ejlas.delegations.models import Person
from ejlas.delegations.rules.states import PaperKind, PersonState, Step
from tests.factories.delegations import AT
from tests.factories.faces import portrait
from tests.factories.summits import SUMMITS


def _page(person, rest: str = "") -> str:
    return f"/desk/{person.edition.slug}/persons/of/{person.slug}/{rest}"


def _kept(person) -> Person:
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def somebody(delegations, people_in):
    return people_in(delegations()[0], PersonState.COMPLETE)[0]


@pytest.mark.parametrize("slug", SUMMITS)
def test_page_shows_the_way_and_the_steps_that_are_possible(slug, desk, delegations, people_in):
    person = people_in(delegations(slug)[0], PersonState.COMPLETE)[0]

    page = desk(Role.ACCREDITATION_DESK, edition=slug).get(_page(person)).content.decode()

    assert page.count('class="is-done"') == 2
    assert 'class="is-now" aria-current="step"' in page
    assert all(f"step={step}&amp;thing={person.slug}" in page for step in ("approve", "return", "refuse", "withdraw"))
    assert "step=clear" not in page


def test_who_is_off_the_way_shows_why(desk, somebody):
    operations.take_step(person=somebody, step=Step.REFUSE, by=accounts.system_account(), at=AT, reason="Мест нет.")

    page = desk(Role.ACCREDITATION_DESK).get(_page(somebody)).content.decode()

    assert "Мест нет." in page
    assert "step=reopen" in page
    assert 'aria-current="step"' not in page


def test_each_role_reads_only_what_it_is_for(desk, somebody):
    seen = {
        role: desk(role).get(_page(somebody)).content.decode()
        for role in (Role.ACCREDITATION_DESK, Role.PROTOCOL, Role.TRANSPORT_DESK, Role.PROGRAMME_DESK, Role.MEDIA_DESK)
    }

    born = somebody.born_on[:4]
    told = {
        role: ("+994501234567" in page, somebody.email in page, "No nuts" in page, f" {born}" in page)
        for role, page in seen.items()
    }
    assert told == {
        Role.ACCREDITATION_DESK: (True, True, True, True),
        Role.PROTOCOL: (True, True, True, False),
        Role.TRANSPORT_DESK: (True, False, False, False),
        Role.PROGRAMME_DESK: (False, False, False, False),
        Role.MEDIA_DESK: (False, False, False, False),
    }
    assert not any(somebody.document_number in page for page in seen.values())


def test_vetting_and_a_stranger_do_not_open_the_page(desk, somebody):
    assert desk(Role.VETTING).get(_page(somebody)).status_code == 403
    stranger = desk(Role.HEAD, edition="atlantic2027")
    assert stranger.get(_page(somebody)).status_code == 403
    assert stranger.get(f"/desk/atlantic2027/persons/of/{somebody.slug}/").status_code == 404


def test_a_number_is_shown_once_and_the_reading_is_written_down(desk, somebody):
    client = desk(Role.ACCREDITATION_DESK, name="Parviz Desk")

    shown = client.post(_page(somebody, "number/"), {"purpose": "visa"})
    later = client.get(_page(somebody))

    line = Line.objects.get(event="delegations.document.read", subject=somebody.slug)
    assert somebody.document_number in shown.content.decode()
    assert somebody.document_number not in later.content.decode()
    assert (line.actor, line.held.values) == ("Parviz Desk", {"purpose": "visa"})
    assert "no-store" in shown.headers["Cache-Control"]


@pytest.mark.parametrize("sent", [{}, {"purpose": ""}, {"purpose": "curiosity"}])
def test_without_a_purpose_no_number_is_shown_and_nothing_written(sent, desk, somebody):
    answer = desk(Role.ACCREDITATION_DESK).post(_page(somebody, "number/"), sent, follow=True)

    assert somebody.document_number not in answer.content.decode()
    assert not Line.objects.filter(event="delegations.document.read").exists()


def test_a_number_is_not_for_who_may_not_read_it(desk, somebody):
    for role, status in ((Role.PROTOCOL, 404), (Role.MEDIA_DESK, 404), (Role.PROGRAMME_DESK, 403)):
        assert desk(role).post(_page(somebody, "number/"), {"purpose": "visa"}).status_code == status
    assert not Line.objects.filter(event="delegations.document.read").exists()


def test_a_photo_and_a_paper_go_to_who_may_see_them(desk, somebody):
    by = accounts.system_account()
    operations.set_photo(person=somebody, picture=portrait(), taken_on=None, by=by, at=AT)
    paper = operations.add_paper(
        delegation=somebody.delegation,
        person=somebody,
        kind=PaperKind.OTHER,
        data=b"%PDF-1.7\n",
        name="a",
        by=by,
        at=AT,
    )

    photo = desk(Role.PROTOCOL).get(_page(somebody, "photo/"))

    assert photo.content.startswith(b"\xff\xd8\xff")
    assert photo.headers["Cache-Control"] == "private, no-store"
    assert desk(Role.TRANSPORT_DESK).get(_page(somebody, "photo/")).status_code == 404
    assert desk(Role.PROGRAMME_DESK).get(_page(somebody, "photo/")).status_code == 403
    assert desk(Role.ACCREDITATION_DESK).get(f"/desk/rasht2025/papers/{paper.slug}/").status_code == 200
    assert desk(Role.MEDIA_DESK).get(f"/desk/rasht2025/papers/{paper.slug}/").status_code == 404


def test_the_media_desk_reads_and_changes_the_press_alone(desk, medium, people_in, somebody):
    reporter = people_in(medium(), PersonState.SUBMITTED, slug="reporter")[0]
    client = desk(Role.MEDIA_DESK)

    page = client.get(_page(reporter)).content.decode()
    saved = client.post(_page(reporter, "personal/"), _sent(reporter, phone="+442000000"))

    assert "step=complete" in page
    assert reporter.email in page
    assert saved.status_code == 302
    assert _kept(reporter).phone == "+442000000"
    assert client.get(_page(somebody, "personal/")).status_code == 404
    assert "step=" not in client.get(_page(somebody)).content.decode()


def _sent(person, **more) -> dict[str, str]:
    held = {
        "revision": str(person.revision),
        "born_on": person.born_on,
        "document_kind": "passport",
        "document_number": "",
        "document_state": "AZE",
        "document_expires_on": "2031-04-30",
        "email": person.email,
        "phone": person.phone,
        "diet": person.diet,
        "health": person.health,
    }
    return held | more


def test_personal_fields_are_changed_and_an_empty_number_keeps_the_old_one(desk, somebody):
    client = desk(Role.ACCREDITATION_DESK)
    form = client.get(_page(somebody, "personal/")).content.decode()

    client.post(_page(somebody, "personal/"), _sent(somebody, health="Needs a ramp"))

    kept = _kept(somebody)
    assert somebody.document_number not in form
    assert (kept.health, kept.document_number, kept.state) == (
        "Needs a ramp",
        somebody.document_number,
        PersonState.COMPLETE,
    )
    values = Line.objects.filter(subject=somebody.slug).latest("number").held.values
    assert "Needs a ramp" not in str(values)


def test_another_document_sends_the_person_back_to_the_check(desk, somebody):
    desk(Role.ACCREDITATION_DESK).post(_page(somebody, "personal/"), _sent(somebody, document_number="Z 1234567"))

    assert (_kept(somebody).document_number, _kept(somebody).state) == ("Z 1234567", PersonState.SUBMITTED)


def test_the_second_of_two_who_write_is_shown_what_stands_and_saves_with_a_second_press(desk, somebody):
    first, second = desk(Role.HEAD), desk(Role.ACCREDITATION_DESK)
    first.post(_page(somebody, "personal/"), _sent(somebody, diet="Vegetarian"))

    answer = second.post(_page(somebody, "personal/"), _sent(somebody, diet="No fish"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Vegetarian" in page
    assert "No fish" in page
    assert _kept(somebody).diet == "Vegetarian"
    second.post(_page(somebody, "personal/"), _sent(_kept(somebody), diet="No fish"))
    assert _kept(somebody).diet == "No fish"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("born_on", "2999-01-01"),
        ("born_on", "1404/13/41"),
        ("document_state", "A1"),
        ("email", "nowhere"),
        ("document_kind", "library"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_lost(field, value, desk, somebody):
    answer = desk(Role.ACCREDITATION_DESK).post(
        _page(somebody, "personal/"), _sent(somebody, diet="No fish") | {field: value}
    )

    assert answer.status_code == 422
    assert "No fish" in answer.content.decode()
    assert _kept(somebody).diet == somebody.diet


def test_a_walk_in_bears_the_name_of_the_office_that_approved(desk, delegations):
    delegation, client = delegations()[0], desk(Role.ACCREDITATION_DESK)
    address = f"/desk/rasht2025/delegations/of/{delegation.slug}/walk-in/"
    sent = {"capacity": "delegate", "given_name": "Vera", "family_name": "Testova", "nationality": "ru", "office": "x"}

    refused = client.post(address, sent | {"approver": " "})
    client.post(address, sent | {"approver": "Governor's office"})

    person = Person.objects.get(delegation=delegation)
    assert refused.status_code == 422
    assert (person.approver, person.is_walk_in, person.state) == ("Governor's office", True, PersonState.SUBMITTED)
    assert "Governor&#x27;s office" in client.get(_page(person)).content.decode()


def test_a_walk_in_beyond_the_places_is_told_beside_the_capacity(desk, delegations, people_in):
    delegation = delegations()[0]
    people_in(delegation, slug="head")

    answer = desk(Role.ACCREDITATION_DESK).post(
        f"/desk/rasht2025/delegations/of/{delegation.slug}/walk-in/",
        {"capacity": "head", "family_name": "Testova", "approver": "Governor's office"},
    )

    assert answer.status_code == 422
    assert "At most 1 people of a delegation" in answer.content.decode()


def test_a_page_of_one_asks_as_many_questions_whoever_else_is_there(desk, somebody, people_in):
    client = desk(Role.ACCREDITATION_DESK)
    client.get(_page(somebody))
    with CaptureQueriesContext(connection) as alone:
        client.get(_page(somebody))
    people_in(somebody.delegation, PersonState.COMPLETE, 3)

    with CaptureQueriesContext(connection) as among:
        client.get(_page(somebody))

    assert len(among) == len(alone)


def test_the_history_tells_states_in_words(desk, somebody):
    operations.take_step(person=somebody, step=Step.APPROVE, by=accounts.system_account(), at=AT)

    page = desk(Role.ACCREDITATION_DESK).get(_page(somebody, "history/")).content.decode()

    assert '<th scope="row">State</th><td dir="auto">Before the desk</td><td dir="auto">Being vetted</td>' in page
