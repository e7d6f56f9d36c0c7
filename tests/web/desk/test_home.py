"""The home of the desk, the search over everything, the trail, and the list of editions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ejlas.accounts.models import Visit
from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.forum.models import Party
from ejlas.web.desk import today
from ejlas.web.desk.frame import reader_of
from tests.factories.pages import form_data
from tests.factories.summits import SUMMITS
from tests.marks import PERMISSIONS


@pytest.mark.parametrize("slug", SUMMITS)
def test_home_counts_the_days_in_the_calendars_of_the_edition(slug, desk, summits):
    page = desk(edition=slug).get(f"/desk/{slug}/").content.decode()

    spans = reader_of(summits[slug]).spans(summits[slug].starts_on, summits[slug].ends_on)
    assert len(spans) == len(summits[slug].calendars)
    assert all(span in page for span in spans)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2025, 11, 16, 20, 30, tzinfo=UTC), "1 day left"),
        (datetime(2025, 11, 16, 20, 29, tzinfo=UTC), "2 days left"),
        (datetime(2025, 11, 18, 10, 0, tzinfo=UTC), "Day 1 of the summit"),
        (datetime(2025, 11, 19, 20, 29, tzinfo=UTC), "Day 2 of the summit"),
        (datetime(2025, 11, 19, 20, 31, tzinfo=UTC), "1 day since the end"),
    ],
)
def test_the_day_turns_at_midnight_of_the_place(at, words, summits):
    counted = today.countdown(summits["rasht2025"], at, reader_of(summits["rasht2025"]))

    assert counted["words"] == words


def test_what_is_late_is_said_only_while_it_can_still_be_done(desk, summits):
    edition, user = summits["rasht2025"], desk().user
    reader = reader_of(edition)

    before, after = (
        today.late(edition, at, reader, today.numbers(user, edition, at, reader))
        for at in (datetime(2025, 11, 10, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))
    )

    assert [count.words for count in before] == [
        "bilaterals have no place yet",
        "needed bilaterals have no place",
        "party has not said who comes",
    ]
    assert before[0].number == "60"
    assert after == []


def test_news_tell_what_others_did_since_the_visit_before(desk, summits):
    client, other = desk(), desk(Role.PROTOCOL, name="Somebody Else")
    client.get("/desk/rasht2025/")
    address = "/desk/rasht2025/parties/of/gilan/change/"
    other.post(address, form_data(other.get(address).content.decode()) | {"rank_class": "4"})

    own = other.get("/desk/rasht2025/").context["news"]
    news = client.get("/desk/rasht2025/").context["news"]
    Visit.objects.filter(user=client.user).update(began_at=timezone.now() - timedelta(hours=2))
    client.get("/desk/rasht2025/")
    Visit.objects.filter(user=client.user).update(began_at=timezone.now() - timedelta(hours=2))
    later = client.get("/desk/rasht2025/").context["news"]

    assert own is None
    assert [(line.actor, line.subject) for line in news["lines"]] == [("Somebody Else", "gilan")]
    assert later is None


@pytest.mark.parametrize("role", [Role.BODY, Role.VETTING])
def test_a_body_and_a_vetting_officer_have_a_small_home_of_their_own(role, desk):
    client = desk(role)

    response = client.get("/desk/rasht2025/")

    assert response.status_code == 200
    assert "news" not in response.context
    assert client.get("/desk/rasht2025/parties/").status_code == 403


@PERMISSIONS
@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.DELEGATE, Role.INTERPRETER, Role.LIAISON])
def test_nothing_of_the_desk_opens_for_the_portal(role, desk):
    client = desk(role)

    statuses = {client.get(path).status_code for path in ("/desk/", "/desk/rasht2025/", "/desk/rasht2025/search/?q=a")}

    assert statuses == {403}


def test_home_costs_a_fixed_number_of_queries(desk, summits):
    client = desk()
    client.get("/desk/rasht2025/")
    with CaptureQueriesContext(connection) as many:
        client.get("/desk/rasht2025/")
    summits["rasht2025"].bilateral_set.all().delete()
    summits["rasht2025"].delegation_set.filter(people__isnull=True).delete()
    Party.objects.filter(edition=summits["rasht2025"], delegation__isnull=True).delete()

    with CaptureQueriesContext(connection) as few:
        client.get("/desk/rasht2025/")

    assert len(few) <= len(many) <= 12


def test_one_edition_is_opened_at_once_and_several_are_listed(desk, summits):
    one = desk(Role.PROTOCOL)

    assert one.get("/desk/").url == "/desk/rasht2025/"
    assert desk(Role.HEAD, edition="").get("/desk/").status_code == 200


@pytest.mark.parametrize(
    ("query", "slug"), [("Astrakhan", "astrakhan"), ("آستراخان", "astrakhan"), ("астрах", "astrakhan")]
)
def test_search_finds_everything_in_any_script(query, slug, desk):
    response = desk().get("/desk/rasht2025/search/", {"q": query})

    assert f"/desk/rasht2025/parties/of/{slug}/" in [each["address"] for each in response.context["found"]]


def test_search_answers_a_script_with_a_part_of_a_page(desk):
    part = desk().get("/desk/rasht2025/search/", {"q": "rasht", "part": "1"}).content.decode()

    assert "<html" not in part
    assert part.startswith("<ul")


def test_search_shows_only_what_its_reader_may_see(desk, summits):
    interpreter = summits["rasht2025"].interpreter_set.first()
    words = next(iter(interpreter.name.values.values()))

    seen = desk(Role.INTERPRETER_DESK).get("/desk/rasht2025/search/", {"q": words}).context["found"]
    hidden = desk(Role.TRANSPORT_DESK).get("/desk/rasht2025/search/", {"q": words}).context["found"]

    address = f"/desk/rasht2025/interpreters/of/{interpreter.slug}/"
    assert address in [each["address"] for each in seen]
    assert address not in [each["address"] for each in hidden]


@pytest.mark.parametrize("query", ["", "   ", "'", '"*', "%00", "a" * 5000, "()", "NEAR(a b)", "\u202e"])
def test_no_words_break_the_search(query, desk):
    assert desk().get("/desk/rasht2025/search/", {"q": query}).status_code == 200


def test_the_trail_is_paged_and_filtered(desk, summits):
    client = desk(Role.AUDITOR)

    first = client.get("/desk/rasht2025/trail/")
    parties = client.get("/desk/rasht2025/trail/?kind=party")

    assert len(first.context["lines"]) == 50
    assert {line.kind for line in parties.context["lines"]} == {"Party"}
    assert len(parties.context["lines"]) == Line.objects.filter(scope="rasht2025", subject_kind="party").count()


def test_a_line_of_another_edition_is_not_put_back_here(desk, summits):
    client = desk()
    other = Line.objects.filter(scope="atlantic2027", event="forum.party.added").first()

    assert client.post("/desk/rasht2025/put-back/", {"line": other.number}).status_code == 404


def test_who_may_not_change_a_kind_may_not_put_it_back(desk, summits):
    head, media = desk(), desk(Role.MEDIA_DESK)
    head.post(
        "/desk/rasht2025/duties/many/",
        {"thing": [summits["rasht2025"].duty_set.first().slug], "act": "remove", "sure": "1"},
    )
    line = Line.objects.order_by("-number").first()

    response = media.post("/desk/rasht2025/put-back/", {"line": line.number})

    assert line.event == "forum.duty.removed"
    assert response.status_code == 403


def test_putting_back_leads_only_to_own_pages(desk):
    response = desk().post("/desk/rasht2025/put-back/", {"next": "https://example.org/desk/"})

    assert response.url == "/desk/rasht2025/"
