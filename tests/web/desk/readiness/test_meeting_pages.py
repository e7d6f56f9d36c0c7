"""The page of a coordination meeting: held in the browser from its agenda to its report, and closed to who may not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.readiness.models import CoordinationMeeting, Obligation
from ejlas.readiness.operations import meetings
from ejlas.readiness.rules.meetings import mark_of
from tests.factories.readiness import AT, body

pytestmark = pytest.mark.same_on_any_database("pages over operations that are tested on both")

SUMMITS = ["rasht2025", "atlantic2027"]


def begun(edition: Any) -> CoordinationMeeting:
    meeting = CoordinationMeeting.objects.filter(edition=edition).latest("number")
    meetings.begin(meeting=meeting, by=accounts.system_account(), at=AT)
    return meeting


def page_of(meeting: CoordinationMeeting) -> str:
    return f"/desk/{meeting.edition.slug}/coordination-meetings/of/{meeting.slug}/"


@pytest.mark.parametrize("slug", SUMMITS)
def test_a_meeting_is_held_from_its_agenda_to_its_report(slug, desk, summits):
    edition = summits[slug]
    meeting = CoordinationMeeting.objects.filter(edition=edition).latest("number")
    client, page, airport = desk(Role.PROTOCOL, edition=slug), page_of(meeting), body(edition)

    client.post(f"{page}agenda/", {"words": "Light on the apron"})
    client.post(f"{page}session/", {"act": "begin"})
    client.post(f"{page}attendance/", {"who-airport": "A. Karimi", "guests": "The port’s engineer"})
    client.post(f"{page}minutes/", {"minutes": "The airport reports.", "seen": mark_of("")})
    point = meeting.points.get()
    typed = {"words": "All masts are lit", "body": "airport", "due_on": "2025-10-01", "point": point.slug}
    client.post(f"{page}decisions/", typed)
    decision = meeting.decisions.get()
    client.post(f"{page}decisions/{decision.slug}/", {"act": "give"})
    asked = client.get(f"{page}session/").content.decode()
    client.post(f"{page}session/", {"act": "close"})

    meeting.refresh_from_db()
    owed = Obligation.objects.get(decision=decision)
    shown = client.get(page).content.decode()
    assert (meeting.state, meeting.attendance, meeting.minutes) == (
        "closed",
        {"airport": "A. Karimi"},
        "The airport reports.",
    )
    assert (owed.body, owed.due_on, owed.name.wording("en").text) == (airport, date(2025, 10, 1), "All masts are lit")
    assert "Light on the apron" not in asked
    for words in ("Light on the apron", "A. Karimi", "The airport reports.", "All masts are lit", owed.slug):
        assert words in shown
    assert "data-draft" not in shown


def test_a_point_is_postponed_and_the_next_meeting_says_from_which_it_came(desk, summits):
    meeting = begun(summits["rasht2025"])
    client, page = desk(), page_of(meeting)
    client.post(f"{page}agenda/", {"words": "Buses"})
    client.post(f"{page}agenda/", {"words": "Flags"})
    buses, flags = meeting.points.all()

    client.post(f"{page}agenda/{buses.slug}/", {"act": "postponed"})
    client.post(f"{page}agenda/{flags.slug}/", {"act": "raise"})
    asked = client.get(f"{page}session/").content.decode()
    client.post("/desk/rasht2025/coordination-meetings/add/", {"starts_at": "2025-09-12 09:00"})

    following = CoordinationMeeting.objects.filter(edition=meeting.edition).latest("number")
    assert list(following.points.values_list("words", flat=True)) == ["Flags", "Buses"]
    assert "Buses" in asked
    assert page in client.get(page_of(following)).content.decode()


def test_minutes_that_somebody_wrote_meanwhile_stand_beside_ones_own_and_are_joined(desk, summits):
    meeting = begun(summits["rasht2025"])
    client, other, page = desk(), desk(Role.PROTOCOL), f"{page_of(meeting)}minutes/"
    other.post(page, {"minutes": "The port reports.", "seen": mark_of("")})

    refused = client.post(page, {"minutes": "The airport reports.", "seen": mark_of("")})
    shown = refused.content.decode()
    meeting.refresh_from_db()
    before = meeting.minutes
    joined = client.post(page, {"minutes": "The port reports.\nThe airport too.", "seen": mark_of(before)})

    meeting.refresh_from_db()
    assert (refused.status_code, before, joined.status_code) == (422, "The port reports.", 302)
    assert "The airport reports." in shown
    assert "The port reports." in shown
    assert mark_of("The port reports.") in shown
    assert meeting.minutes == "The port reports.\nThe airport too."


def test_a_decision_sent_twice_by_a_weak_network_is_written_once_mended_and_given_with_the_others(desk, summits):
    meeting = begun(summits["rasht2025"])
    client, page = desk(language="fa"), f"{page_of(meeting)}decisions/"
    body(meeting.edition)
    vague = {"words": "Light", "once": "r0123456789"}

    sent = [client.post(page, vague)["Location"] for _twice in range(2)]
    first = meeting.decisions.get()
    asked = client.get(f"{page_of(meeting)}session/").content.decode()
    whole = {"words": "Light the apron", "body": "airport", "due_on": "۱۴۰۴/۰۷/۱۰"}
    mended = client.post(f"{page}{first.slug}/change/", whole)
    client.post(page, {"words": "Clear the snow", "body": "airport", "due_on": "2025-10-02", "once": "r0123456789"})
    client.post(page, {"words": "Somebody should"})
    client.post(page, {"act": "give"})

    owed = Obligation.objects.filter(decision__meeting=meeting)
    assert set(sent) == {f"{page_of(meeting)}#decision-words"}
    assert "Light" in asked
    assert mended.status_code == 302
    assert {(each.name.wording("fa").text, each.due_on) for each in owed} == {
        ("Light the apron", date(2025, 10, 2)),
        ("Clear the snow", date(2025, 10, 2)),
    }
    assert list(meeting.decisions.values_list("state", flat=True)) == ["given", "given", "noted"]
    assert client.post(f"{page}{first.slug}/change/", whole).status_code == 404


def test_the_next_meeting_is_proposed_a_week_later_at_the_same_place_and_hour(desk, summits):
    meeting = begun(summits["rasht2025"])
    held = {"chair": "A. Karimi", "starts_at": datetime(2025, 9, 5, 6, 0, tzinfo=UTC)}
    CoordinationMeeting.objects.filter(pk=meeting.pk).update(**held)

    page = desk().get("/desk/rasht2025/coordination-meetings/add/").content.decode()

    assert "2025-09-12T09:30" in page
    assert "A. Karimi" in page


@pytest.mark.parametrize(
    ("part", "typed"),
    [
        ("agenda", {"words": " "}),
        ("decisions", {"words": "", "body": "airport"}),
        ("decisions", {"words": "Be ready", "body": "nobody-knows"}),
        ("decisions", {"words": "Be ready", "due_on": "soon"}),
        ("attendance", {"who-airport": "x" * 301}),
    ],
)
def test_what_cannot_be_written_down_is_told(part, typed, desk, summits):
    meeting = begun(summits["rasht2025"])
    body(meeting.edition)

    assert desk().post(f"{page_of(meeting)}{part}/", typed).status_code == 422
    assert not meeting.decisions.exists()


def test_a_closed_meeting_refuses_each_act_and_shows_no_form(desk, summits):
    meeting = begun(summits["rasht2025"])
    meetings.close(meeting=meeting, by=accounts.system_account(), at=AT)
    client, page = desk(), page_of(meeting)

    answers = [
        client.post(f"{page}agenda/", {"words": "Belated"}).status_code,
        client.post(f"{page}minutes/", {"minutes": "Belated", "seen": mark_of("")}).status_code,
        client.post(f"{page}decisions/", {"words": "Belated"}).status_code,
        client.post(f"{page}attendance/", {"guests": "Belated"}).status_code,
        client.post(f"{page}change/", {"starts_at": "2025-09-12 09:00", "chair": "Belated"}).status_code,
    ]

    assert answers == [422] * 5
    assert "Belated" not in client.get(page).content.decode()
    assert 'method="post"' not in client.get(page).content.decode().partition("<main")[2]


def test_who_only_reads_sees_the_meeting_and_its_report_without_a_form(desk, summits):
    meeting = begun(summits["rasht2025"])
    client, page = desk(Role.AUDITOR), page_of(meeting)

    shown = client.get(page)

    assert shown.status_code == 200
    assert 'method="post"' not in shown.content.decode().partition("<main")[2]
    assert client.get(f"{page}report.pdf").status_code == 200
    assert client.post(f"{page}minutes/", {"minutes": "Mine", "seen": mark_of("")}).status_code == 403
    assert desk(edition="atlantic2027").get(f"{page}report.pdf").status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_a_longer_meeting_asks_no_more_of_the_database(number, desk, summits, django_assert_num_queries):
    meeting = begun(summits["rasht2025"])
    by = {"by": accounts.system_account(), "at": AT}
    for place in range(number):
        point = meetings.add_point(meeting=meeting, words=f"Point {place}", **by)
        made = meetings.decide(
            meeting=meeting, words="Do", body=body(meeting.edition), due_on=date(2025, 10, 1), point=point, **by
        )
        meetings.give_decision(decision=made, language="en", **by)
    client = desk()
    client.get(page_of(meeting))

    with django_assert_num_queries(10):
        client.get(page_of(meeting))
