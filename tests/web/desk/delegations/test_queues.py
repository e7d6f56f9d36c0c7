"""The queues of the desk and of vetting: who waits longest first, many at once or none, halls that are full, mails."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.core.mail.composing import compose
from ejlas.core.text import Text
from ejlas.delegations.models import Delegation, Person
from ejlas.delegations.operations.telling import News
from ejlas.delegations.rules.states import PersonState
from ejlas.programme.models import Room
from tests.factories.delegations import AT
from tests.factories.people import person
from tests.factories.summits import SUMMITS
from tests.marks import PERMISSIONS

ACT = "/desk/rasht2025/queues/act/"
VET = "/desk/rasht2025/vetting/act/"


def _kept(somebody) -> Person:
    return Person.objects.get(pk=somebody.pk)


def _states(people) -> set[str]:
    return set(Person.objects.filter(pk__in=[each.pk for each in people]).values_list("state", flat=True))


def _sent(step, people, **more) -> dict[str, object]:
    return {
        "step": step,
        "thing": [each.slug for each in people],
        "seen": [f"{each.slug}:{each.revision}" for each in people],
        "sure": "1",
        **more,
    }


def _queue(state: str, slug: str = "rasht2025", rest: str = "") -> str:
    return f"/desk/{slug}/queues/of/{state}/{rest}"


@pytest.mark.parametrize("slug", SUMMITS)
def test_who_waits_longest_stands_first_and_can_be_narrowed(slug, desk, delegations, people_in):
    one, other = delegations(slug)[:2]
    late, early = people_in(one, PersonState.SUBMITTED)[0], people_in(other, PersonState.SUBMITTED)[0]
    Person.objects.filter(pk=early.pk).update(submitted_at=AT - timedelta(days=3))
    client = desk(Role.ACCREDITATION_DESK, edition=slug)

    rows = client.get(_queue("submitted", slug)).context["rows"]
    narrowed = client.get(_queue("submitted", slug, f"?delegation={one.slug}")).context["rows"]

    slugs = [row["slug"] for row in rows]
    assert slugs.index(early.slug) < slugs.index(late.slug)
    assert [row["slug"] for row in narrowed] == [late.slug]
    assert client.get(_queue("approved", slug)).status_code == 404


def test_the_overview_counts_each_queue(desk, delegations, people_in):
    people_in(delegations()[0], PersonState.COMPLETE, 3)

    page = desk(Role.ACCREDITATION_DESK).get("/desk/rasht2025/queues/")

    assert [each["number"] for each in page.context["queues"]] == ["0", "3", "0"]


def test_many_are_taken_on_at_once_after_they_were_named(desk, delegations, people_in):
    people = [*people_in(delegations()[0], n=2), *people_in(delegations()[1])]
    client = desk(Role.ACCREDITATION_DESK)

    asked = client.post(ACT, _sent("approve", people, sure=""))
    untouched = _states(people)
    client.post(ACT, _sent("approve", people))

    page = asked.content.decode()
    assert "Approve 3 people, and pass on to vetting?" in page
    assert all(each.family_name in page for each in people)
    assert untouched == {PersonState.COMPLETE}
    assert _states(people) == {PersonState.VETTING}


def test_all_or_none_when_one_has_moved_on(desk, delegations, people_in):
    people = people_in(delegations()[0], n=3)
    seen = _sent("approve", people)
    Person.objects.filter(pk=people[2].pk).update(revision=people[2].revision + 1)

    answer = desk(Role.ACCREDITATION_DESK).post(ACT, seen, follow=True)

    assert "Nothing was changed." in answer.content.decode()
    assert _states(people) == {PersonState.COMPLETE}


def test_of_two_officers_the_second_is_told_that_the_person_has_moved_on(desk, delegations, people_in):
    people = people_in(delegations()[0])
    first, second = desk(Role.HEAD), desk(Role.ACCREDITATION_DESK)

    first.post(ACT, _sent("approve", people))
    answer = second.post(ACT, _sent("return", people, ready="photo"), follow=True)

    assert "has moved on meanwhile" in answer.content.decode()
    assert _states(people) == {PersonState.VETTING}


def test_nobody_chosen_an_unknown_step_or_another_edition_changes_nothing(desk, delegations, people_in):
    people = people_in(delegations()[0])
    client, stranger = desk(Role.ACCREDITATION_DESK), desk(Role.HEAD, edition="atlantic2027")
    lines = Line.objects.count()

    for sent in (_sent("approve", []), _sent("applaud", people), {}, _sent("clear", people), _sent("reopen", people)):
        assert client.post(ACT, sent).status_code == 302
    elsewhere = stranger.post("/desk/atlantic2027/queues/act/", _sent("approve", people))

    assert elsewhere.status_code == 302
    assert _states(people) == {PersonState.COMPLETE}
    assert Line.objects.count() == lines


def test_without_a_reason_nobody_is_refused_and_what_was_typed_stays(desk, delegations, people_in):
    people = people_in(delegations()[0])
    client = desk(Role.ACCREDITATION_DESK)

    answer = client.post(ACT, _sent("refuse", people, ready="", reason=" "))

    assert answer.status_code == 422
    assert "Write why" in answer.content.decode()
    assert _states(people) == {PersonState.COMPLETE}


def test_each_delegation_reads_the_ready_sentence_in_its_own_language(desk, delegations, people_in):
    one, other = delegations()[:2]
    Delegation.objects.filter(pk=one.pk).update(language="en")
    Delegation.objects.filter(pk=other.pk).update(language="fa")
    people = [*people_in(one), *people_in(other)]

    desk(Role.ACCREDITATION_DESK).post(ACT, _sent("return", people, ready="photo", reason="Until Monday."))

    reasons = [_kept(each).reason for each in people]
    assert reasons[0].startswith("The photo cannot be used")
    assert all(each.endswith("Until Monday.") for each in reasons)


def test_a_hall_that_would_be_too_small_is_named_and_must_be_confirmed(desk, delegations, people_in, summits):
    hall = Room.objects.filter(venue__edition=summits["rasht2025"]).first()
    Room.objects.filter(pk=hall.pk).update(seats=2, capacities=["delegate"], name=Text.of(en="Small hall"))
    people_in(delegations()[0], PersonState.VETTING)
    people = people_in(delegations()[0], n=2)
    client = desk(Role.ACCREDITATION_DESK)

    asked = client.post(ACT, _sent("approve", people, sure="")).content.decode()
    refused = client.post(ACT, _sent("approve", people))
    untouched = _states(people)
    client.post(ACT, _sent("approve", people, beyond="1"))

    assert re.search(r"Small hall.*: 3 let through, 2 seats", asked)
    assert refused.status_code == 422
    assert untouched == {PersonState.COMPLETE}
    assert _states(people) == {PersonState.VETTING}
    places = client.get("/desk/rasht2025/places/").content.decode()
    assert "Over by 1" in places


def test_the_media_desk_sees_and_decides_the_press_alone(desk, delegations, medium, people_in):
    party, press = people_in(delegations()[0]), people_in(medium(), slug="reporter")
    client = desk(Role.MEDIA_DESK)

    rows = client.get(_queue("complete")).context["rows"]
    client.post(ACT, _sent("approve", [*party, *press]))
    untouched = _states([*party, *press])
    client.post(ACT, _sent("approve", press))

    assert [row["slug"] for row in rows] == [press[0].slug]
    assert untouched == {PersonState.COMPLETE}
    assert (_states(party), _states(press)) == ({PersonState.COMPLETE}, {PersonState.VETTING})


@PERMISSIONS
@pytest.mark.parametrize("role", [Role.PROGRAMME_DESK, Role.TRANSPORT_DESK, Role.PROTOCOL, Role.AUDITOR, Role.VETTING])
def test_nobody_else_opens_the_queues(role, desk, delegations, people_in):
    people = people_in(delegations()[0])
    client = desk(role)

    answers = {
        client.get("/desk/rasht2025/queues/").status_code,
        client.get(_queue("complete")).status_code,
        client.post(ACT, _sent("approve", people)).status_code,
        client.get("/desk/rasht2025/twins/").status_code,
        client.get("/desk/rasht2025/requests/").status_code,
    }

    assert answers == {403}
    assert _states(people) == {PersonState.COMPLETE}


@pytest.mark.parametrize("address", [_queue("complete"), "/desk/rasht2025/vetting/", "/desk/rasht2025/places/"])
def test_lists_ask_as_many_questions_for_one_as_for_three(address, desk, delegations, people_in):
    state = PersonState.VETTING if "vetting" in address else PersonState.COMPLETE
    client = desk(Role.VETTING if "vetting" in address else Role.ACCREDITATION_DESK)
    people_in(delegations()[0], state)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    people_in(delegations()[1], state, 2)

    with CaptureQueriesContext(connection) as three:
        client.get(address)

    assert len(three) == len(one)


# --- Vetting ---


def test_vetting_sees_who_waits_for_it_and_nothing_else_of_the_desk(desk, delegations, people_in):
    delegation = delegations()[0]
    waiting, other = people_in(delegation, PersonState.VETTING)[0], people_in(delegation, PersonState.COMPLETE)[0]
    client = desk(Role.VETTING)

    page = client.get("/desk/rasht2025/vetting/").content.decode()
    own = client.get(f"/desk/rasht2025/vetting/of/{waiting.slug}/").content.decode()
    numbers = client.get("/desk/rasht2025/")

    assert waiting.slug in page
    assert other.slug not in page
    assert client.get(f"/desk/rasht2025/vetting/of/{other.slug}/").status_code == 404
    assert f"{waiting.born_on[:4]}" in own
    for hidden in (waiting.phone, waiting.email, "No nuts", waiting.document_number):
        assert hidden not in own
    rooms = re.search(r'<nav class="rooms".*?</nav>', page, re.S)
    assert re.findall(r'href="(/desk/rasht2025/[^"]*)"', rooms[0]) == ["/desk/rasht2025/", "/desk/rasht2025/vetting/"]
    assert "/desk/rasht2025/vetting/" in numbers.content.decode()


def test_vetting_reads_a_number_for_vetting_and_it_is_written_down(desk, delegations, people_in):
    waiting = people_in(delegations()[0], PersonState.VETTING)[0]
    client = desk(Role.VETTING)
    address = f"/desk/rasht2025/vetting/of/{waiting.slug}/number/"

    client.post(address)
    nothing = Line.objects.filter(event="delegations.document.read").count()
    shown = client.post(address, {"purpose": "vetting"}).content.decode()

    assert nothing == 0
    assert waiting.document_number in shown
    assert Line.objects.get(event="delegations.document.read").held.values == {"purpose": "vetting"}


@pytest.mark.parametrize("role", [Role.HEAD, Role.ACCREDITATION_DESK, Role.AUDITOR, Role.PROGRAMME_DESK])
def test_nobody_of_the_desk_vets(role, desk, delegations, people_in):
    waiting = people_in(delegations()[0], PersonState.VETTING)
    client = desk(role)

    assert client.get("/desk/rasht2025/vetting/").status_code == 403
    assert client.post(VET, _sent("clear", waiting)).status_code == 403
    assert client.post(ACT, _sent("clear", waiting)).status_code in {302, 403}
    assert _states(waiting) == {PersonState.VETTING}


def test_vetting_clears_many_and_may_refuse_one_of_them_later(desk, delegations, people_in):
    people = people_in(delegations()[0], PersonState.VETTING, 2)
    client = desk(Role.VETTING)

    client.post(VET, _sent("clear", people))
    cleared = _states(people)
    decided = client.get("/desk/rasht2025/vetting/?state=decided").context["rows"]
    client.post(VET, _sent("refuse", [_kept(people[0])], ready="authority"))

    assert cleared == {PersonState.APPROVED}
    assert {each.slug for each in people} <= {row["slug"] for row in decided}
    assert (_kept(people[0]).state, _kept(people[1]).state) == (PersonState.REFUSED, PersonState.APPROVED)
    assert _kept(people[0]).reason


# --- Mails ---


def test_many_steps_on_one_list_make_one_mail_without_a_name_in_it(desk, delegations, people_in, posted):
    delegation = delegations()[0]
    person(Role.FOCAL_POINT, party=delegation.slug, language="en", email="focal@example.org")
    people, client = people_in(delegation, n=2), desk(Role.ACCREDITATION_DESK)

    with posted() as mails:
        client.post(ACT, _sent("return", people, ready="photo"))

    assert [each.to for each in mails] == [["focal@example.org"]]
    assert "Of 2 people, more is asked for." in mails[0].body
    assert "http://localhost/portal/" in mails[0].body
    for each in people:
        assert each.family_name not in mails[0].subject + mails[0].body
        assert each.document_number not in mails[0].body


def test_when_the_last_one_is_decided_the_focal_point_is_told_once(desk, delegations, people_in, posted):
    delegation = delegations()[0]
    Delegation.objects.filter(pk=delegation.pk).update(contact_email="office@example.org", language="en")
    people, client = people_in(delegation, PersonState.VETTING, 2), desk(Role.VETTING)

    with posted() as first:
        client.post(VET, _sent("clear", people[:1]))
    with posted() as last:
        client.post(VET, _sent("clear", people[1:]))

    assert first == []
    assert [each.to for each in last] == [["office@example.org"]]
    assert "Everyone on the list has an answer now." in last[0].body


@pytest.mark.parametrize("language", ["en", "fa", "ru", "az", "tk", "kk"])
def test_the_mail_says_how_many_and_where_and_no_more(language):
    values = {
        "edition": "Rasht",
        "name": "Vera",
        "delegation": "Gilan",
        "link": "http://localhost/portal/",
        "news": News(n_returned=2, n_refused=1),
        "returned": "2",
        "refused": "1",
    }

    composed = compose("delegations/news", language=language, values=values)

    assert "Rasht" in composed.subject
    assert "Vera" not in composed.subject
    assert "http://localhost/portal/" in composed.text
    if language == "en":
        assert "Of 2 people, more is asked for." in composed.text
        assert "One person was refused." in composed.text
