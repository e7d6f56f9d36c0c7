"""What wants somebody now: readiness on the first page of the desk and of a body, and the list of obligations."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.readiness.operations import obligations
from ejlas.readiness.rules.states import Step
from tests.factories.readiness import AT, body, owed, workstream
from tests.web.desk.readiness.test_own_pages import of_body

pytestmark = pytest.mark.same_on_any_database("counts and filters of plain columns")
FAR = date(2091, 3, 21)


@pytest.fixture
def edition(summits):
    return summits["rasht2025"]


def step(thing, *steps: Step):
    for each in steps:
        obligations.take_step(obligation=thing, step=each, by=accounts.system_account(), at=AT, reason="No crane")
    return thing


def shown(client, query: str) -> list[str]:
    page = client.get(f"/desk/rasht2025/obligations/?{query}")
    assert page.status_code == 200
    return [thing.name.wording("en").text for thing in page.context["things"]]


def test_the_first_page_counts_what_waits_and_leads_to_just_that(desk, edition):
    step(owed(edition, "Refused", due_on=FAR), Step.REFUSE)
    step(owed(edition, "Delivered", due_on=FAR), Step.START, Step.DELIVER)
    client = desk()

    told = client.get("/desk/rasht2025/").context["readiness"]

    lists = {count["words"]: shown(client, count["address"].partition("?")[2]) for count in told["counts"]}
    assert lists == {
        "obligation is late": ["Light on the apron"],
        "obligation was refused": ["Refused"],
        "delivered obligation waits to be looked at": ["Delivered"],
    }
    assert [count["number"] for count in told["counts"]] == ["1", "1", "1"]
    assert (told["all"], told["done"]) == ("3", "0")


def test_who_answers_for_a_body_sees_at_once_what_it_is_asked_for(edition):
    owed(edition, "Fill the pool", body=body(edition, "hotels"), due_on=date(2025, 9, 1))
    step(owed(edition, "Clear the snow", due_on=FAR), Step.START)
    client = of_body(edition, language="fa")
    client.get("/desk/rasht2025/")

    with CaptureQueriesContext(connection) as few:
        page = client.get("/desk/rasht2025/")
    for place in range(3):
        owed(edition, f"More {place}")
    with CaptureQueriesContext(connection) as many:
        client.get("/desk/rasht2025/")

    text = page.content.decode()
    assert [count["number"] for count in page.context["owes"]["counts"]] == ["۱", "۱", "۱"]
    assert "/desk/rasht2025/own/" in text
    assert "Light on the apron" in text
    assert "Fill the pool" not in text
    assert len(many) == len(few)


def test_obligations_are_kept_by_lateness_and_by_whose_they_are_and_stand_by_their_days(desk, edition):
    client = desk()
    owed(edition, "Far", due_on=FAR, responsible=client.user.name.upper())
    owed(edition, "Without a day", due_on=None, workstream=workstream(edition, "roads"))
    body(edition, "ours", contact_email=client.user.email)
    owed(edition, "Ours", body=body(edition, "ours"), due_on=date(2025, 1, 2))

    assert shown(client, "") == ["Ours", "Light on the apron", "Far", "Without a day"]
    assert shown(client, "late=1") == ["Ours", "Light on the apron"]
    assert shown(client, "mine=1") == ["Ours", "Far"]
    assert shown(client, "mine=1&late=1&body=ours") == ["Ours"]
    assert shown(client, "late=x") == []


@pytest.mark.parametrize(
    ("kind", "slug", "name"), [("bodies", "airport", "body"), ("workstreams", "arrivals", "workstream")]
)
def test_a_body_and_a_workstream_lead_to_what_is_owed_and_late(kind, slug, name, desk, edition):
    client = desk(Role.AUDITOR)
    page = client.get(f"/desk/rasht2025/{kind}/of/{slug}/")
    listed = client.get(f"/desk/rasht2025/{kind}/?sort=-n_open")

    assert (listed.context["things"][0].slug, listed.context["things"][0].n_open) == (slug, 1)
    assert page.context["n_owed"] == {"all": "1", "open": "1", "late": "1"}
    assert f'href="/desk/rasht2025/obligations/?{name}={slug}&amp;late=1"' in page.content.decode()
