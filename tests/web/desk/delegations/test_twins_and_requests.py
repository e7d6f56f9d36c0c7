"""Twins side by side, requests after the lock, what waits at home, and who enters a hall."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.text import Text
from ejlas.delegations import operations
from ejlas.delegations.models import Person, Request
from ejlas.delegations.rules.states import PersonState, RequestKind, RequestState
from ejlas.programme import queries as programme
from ejlas.programme.models import Room
from tests.factories.delegations import AT, named
from tests.factories.pages import form_data
from tests.factories.summits import SUMMITS

TWINS = "/desk/rasht2025/twins/"


def _kept(somebody) -> Person:
    return Person.objects.get(pk=somebody.pk)


def _act(client, one, other, act, edition: str = "rasht2025", **options):
    sent = {"act": act, "one": f"{one.slug}:{one.revision}", "other": f"{other.slug}:{other.revision}"}
    return client.post(f"/desk/{edition}/twins/act/", sent, **options)


@pytest.fixture
def same_document(delegations):
    one, other = delegations()[:2]
    first = named(one, family_name="Darvishi", given_name="Parisa", document_number="X1234567", phone="")[0]
    second = named(other, family_name="Quliyeva", given_name="Aydan", document_number="x-123 4567", phone="+99412")[0]
    return first, second


def test_the_same_document_in_two_delegations_stands_side_by_side_with_the_differences_marked(desk, same_document):
    first, second = same_document
    client = desk(Role.ACCREDITATION_DESK)

    page = client.get(TWINS).content.decode()

    assert "Perhaps the same person" in client.get(f"/desk/rasht2025/persons/of/{first.slug}/").content.decode()
    assert f"{first.slug}:{first.revision}" in page
    assert f"{second.slug}:{second.revision}" in page
    assert '<tr class="differs">' in page
    assert "X1234567" not in page


@pytest.mark.parametrize("slug", SUMMITS)
def test_names_alike_in_two_scripts_are_twins_unless_born_on_other_days(slug, desk, delegations):
    one, other = delegations(slug)[:2]
    born = {"born_on": "1970-01-02"}
    first = named(one, family_name="Nurmuhammedow", given_name="Serdar", **born)[0]
    second = named(other, family_name="X", given_name="", name=Text.of(ru="Сердар Нурмухаммедов"), **born)[0]
    third = named(other, family_name="Nurmuhammedov", given_name="Serdar", born_on="1999-09-09")[0]

    page = desk(Role.ACCREDITATION_DESK, edition=slug).get(f"/desk/{slug}/twins/").content.decode()

    assert f'value="{first.slug}:{first.revision}"' in page
    assert f'value="{second.slug}:{second.revision}"' in page
    assert third.slug not in page


def test_one_person_is_kept_and_the_other_withdrawn_with_what_only_it_knew(desk, same_document):
    first, second = same_document

    _act(desk(Role.ACCREDITATION_DESK), first, second, "keep-one")

    assert _kept(second).state == PersonState.WITHDRAWN
    assert (_kept(second).merged_into_id, _kept(first).phone) == (first.pk, "+99412")


def test_two_people_are_told_apart_for_good(desk, same_document):
    first, second = same_document
    client = desk(Role.ACCREDITATION_DESK)

    _act(client, first, second, "apart")

    assert first.slug not in client.get(TWINS).content.decode()
    assert "Perhaps the same person" not in client.get(f"/desk/rasht2025/persons/of/{first.slug}/").content.decode()


def test_what_somebody_changed_meanwhile_is_not_merged_unseen(desk, same_document):
    first, second = same_document
    Person.objects.filter(pk=first.pk).update(revision=first.revision + 1)

    answer = _act(desk(Role.ACCREDITATION_DESK), first, second, "keep-one", follow=True)

    assert "Somebody changed this" in answer.content.decode()
    assert _kept(second).state == PersonState.DRAFT


def test_the_media_desk_merges_no_people_of_parties(desk, same_document):
    first, second = same_document
    client = desk(Role.MEDIA_DESK)

    assert first.slug not in client.get(TWINS).content.decode()
    assert _act(client, first, second, "keep-one").status_code == 404
    assert _act(client, first, second, "nonsense").status_code == 302
    assert _kept(second).state == PersonState.DRAFT


def test_pairs_are_found_by_as_many_questions_for_one_as_for_three(desk, same_document, delegations):
    client = desk(Role.ACCREDITATION_DESK)
    client.get(TWINS)
    with CaptureQueriesContext(connection) as one:
        client.get(TWINS)
    for number in ("Y1", "Y2"):
        for delegation in delegations()[-2:]:
            named(delegation, family_name=f"Zed{number}", given_name="Ogul", document_number=number)
    client.get(TWINS)

    with CaptureQueriesContext(connection) as three:
        client.get(TWINS)

    assert len(three) == len(one)
    assert not any("document_number" in each["sql"] for each in three)


def test_of_many_people_only_the_same_document_or_sound_is_held_together(desk, same_document, monkeypatch):
    monkeypatch.setattr("ejlas.delegations.queries.twins.MOST_COMPARED", 1)

    assert same_document[0].slug in desk(Role.ACCREDITATION_DESK).get(TWINS).content.decode()


# --- Requests after the lock ---


def _asked(person, kind=RequestKind.CHANGE, **fields) -> Request:
    by = accounts.system_account()
    fields = {"office": Text.of(en="Minister"), "phone": "+77010000000", "document_number": "N9"} | fields
    return operations.ask(
        delegation=person.delegation,
        kind=kind,
        reason="He was promoted",
        by=by,
        at=AT,
        person=None if kind is RequestKind.ADD else person,
        fields=fields,
    )


@pytest.fixture
def wish(delegations, people_in):
    return _asked(people_in(delegations()[0], PersonState.APPROVED)[0])


def _request(request, slug: str = "rasht2025") -> str:
    return f"/desk/{slug}/requests/of/{request.slug}/"


def test_a_request_shows_before_and_after_with_the_number_sealed(desk, wish):
    client = desk(Role.ACCREDITATION_DESK)

    rows = client.get("/desk/rasht2025/requests/").content.decode()
    page = client.get(_request(wish)).content.decode()

    assert "He was promoted" in rows
    for words in ("He was promoted", "Head of department", "Minister", "+994501234567", "+77010000000", "•••"):
        assert words in page
    assert "N9" not in page
    assert wish.person.document_number not in page


def test_a_request_is_granted_once(desk, wish, people_in):
    first, second = desk(Role.HEAD), desk(Role.ACCREDITATION_DESK)

    first.post(_request(wish), {"act": "grant", "answer": ""})
    answer = second.post(_request(wish), {"act": "refuse", "answer": "No"}, follow=True)

    kept = Request.objects.get(pk=wish.pk)
    assert "was answered meanwhile" in answer.content.decode()
    assert (kept.state, _kept(wish.person).phone) == (RequestState.GRANTED, "+77010000000")
    assert "Granted" in second.get("/desk/rasht2025/requests/?state=answered").content.decode()


def test_a_refusal_says_why(desk, wish):
    client = desk(Role.ACCREDITATION_DESK)

    without = client.post(_request(wish), {"act": "refuse", "answer": " "})
    client.post(_request(wish), {"act": "refuse", "answer": "Too late."})

    kept = Request.objects.get(pk=wish.pk)
    assert without.status_code == 422
    assert (kept.state, kept.answer, kept.wanted) == (RequestState.REFUSED, "Too late.", "")


def test_requests_of_parties_are_not_for_the_media_desk(desk, wish, medium, people_in):
    press = _asked(people_in(medium(), PersonState.APPROVED, slug="reporter")[0])
    client = desk(Role.MEDIA_DESK)

    assert client.get(_request(wish)).status_code == 404
    assert client.post(_request(wish), {"act": "grant"}).status_code == 404
    assert [row["by"] for row in client.get("/desk/rasht2025/requests/").context["rows"]] == [press.asked_by]
    assert "+77010000000" in client.get(_request(press)).content.decode()
    assert desk(Role.HEAD, edition="atlantic2027").get(_request(wish, "atlantic2027")).status_code == 404


def test_a_grant_that_breaks_a_rule_is_told_and_stays_open(desk, delegations, people_in):
    delegation = delegations()[0]
    head = people_in(delegation, PersonState.APPROVED, slug="head")[0]
    wish = _asked(head, RequestKind.ADD, capacity=head.capacity, family_name="Second", given_name="Head")

    answer = desk(Role.ACCREDITATION_DESK).post(_request(wish), {"act": "grant"})

    assert answer.status_code == 422
    assert "At most 1 people of a delegation" in answer.content.decode()
    assert Request.objects.get(pk=wish.pk).state == RequestState.ASKED


# --- At home, and halls ---


def test_home_tells_each_what_waits_for_it(desk, delegations, people_in, medium, wish):
    people_in(delegations()[0], PersonState.SUBMITTED, 2)
    people_in(delegations()[0], PersonState.VETTING)
    people_in(medium(), PersonState.SUBMITTED, slug="reporter")

    told = {
        role: desk(role).get("/desk/rasht2025/").content.decode()
        for role in (Role.ACCREDITATION_DESK, Role.MEDIA_DESK, Role.PROGRAMME_DESK, Role.VETTING)
    }

    assert "<b>3</b> <span>people wait for the check</span>" in told[Role.ACCREDITATION_DESK]
    assert "change of a list is asked for" in told[Role.ACCREDITATION_DESK]
    assert "<b>1</b> <span>person waits for the check</span>" in told[Role.MEDIA_DESK]
    assert "waits for the check" not in told[Role.PROGRAMME_DESK]
    assert "<b>1</b> <span>person waits for vetting</span>" in told[Role.VETTING]


def test_a_room_says_who_enters_and_its_seats_are_counted(desk, delegations, people_in, summits):
    people_in(delegations()[0], PersonState.APPROVED, 2)
    people_in(delegations()[0], PersonState.DRAFT)
    room = Room.objects.filter(venue__edition=summits["rasht2025"]).first()
    client = desk(Role.PROGRAMME_DESK)
    address = f"/desk/rasht2025/rooms/of/{room.slug}/change/"

    client.post(address, form_data(client.get(address).content.decode()) | {"capacities": ["delegate", "adviser"]})

    load = next(each for each in programme.hall_loads(summits["rasht2025"]) if each.room.pk == room.pk)
    assert Room.objects.get(pk=room.pk).capacities == ["delegate", "adviser"]
    assert (load.n_approved, load.n_granted, load.is_over) == (2, 2, False)
    assert load.n_named >= 3
