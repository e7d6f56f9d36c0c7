"""The page of a body's links: what was sent to whom, a new one, void; and what the obligation says of reminders."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ejlas.accounts.rules import Role
from ejlas.readiness.models import AnswerLink, Body, Reminder
from ejlas.readiness.operations import answer_links
from ejlas.readiness.queries.readers import Reader
from ejlas.readiness.rules.ladder import Level
from tests.factories.readiness import AT, body, owed

pytestmark = pytest.mark.same_on_any_database("pages over operations that are tested on both")
PLACE = "/desk/rasht2025/bodies/of/airport/links/"


@pytest.fixture
def edition(summits):
    return summits["rasht2025"]


def link_of(edition, slug: str = "airport", address: str = "roya@example.org") -> AnswerLink:
    reader = Reader(address, "Roya Karimi", "en", Level.BODY)
    return answer_links.make_link(body=body(edition, slug), reader=reader, by="Ejlas", at=timezone.now())[1]


def test_a_new_link_is_sent_to_whom_the_body_named_and_an_old_one_is_made_void(edition, desk):
    Body.objects.filter(slug="airport").update(contact_email="roya@example.org", head_email="omid@example.org")
    old, client = link_of(edition, address="old@example.org"), desk(Role.PROTOCOL)

    sent = client.post(PLACE, {"act": "send", "to": "head-of-body"}, follow=True)
    void = client.post(PLACE, {"act": "void", "link": old.pk}, follow=True)

    newest = AnswerLink.objects.first()
    assert newest is not None
    assert (newest.sent_to, newest.made_by) == ("omid@example.org", client.user.name)
    assert "A new link is on its way to omid@example.org." in sent.content.decode()
    old.refresh_from_db()
    assert (old.revoked_by, newest.revoked_at) == (client.user.name, None)
    assert void.content.decode().count("Make it void") == 1


def test_where_the_body_named_nobody_or_is_no_more_nothing_is_sent(edition, desk):
    Body.objects.filter(slug="airport").update(contact_email="", head_email="")
    client = desk()

    nobody = client.get(PLACE).content.decode()
    refused = client.post(PLACE, {"act": "send", "to": "body"}).status_code
    Body.objects.filter(slug="airport").update(contact_email="roya@example.org", dissolved_on=AT.date())
    gone = client.get(PLACE).content.decode()

    assert "No address of the body is written down" in nobody
    assert "its links open nothing any more" in gone
    assert (refused, client.post(PLACE, {"act": "send", "to": "body"}).status_code) == (404, 404)
    assert not AnswerLink.objects.exists()


def test_a_link_of_another_body_is_not_made_void_here(edition, desk):
    other = link_of(edition, "ports")

    answers = [desk().post(PLACE, {"act": "void", "link": key}).status_code for key in (other.pk, "x", "9" * 30, "")]

    assert answers == [404] * 4
    assert AnswerLink.objects.get().revoked_at is None


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BODY])
def test_who_only_reads_sees_no_links(role, edition, desk):
    link_of(edition)

    assert desk(role).get(PLACE).status_code == 403


def test_the_page_of_an_obligation_tells_the_staff_what_went_out_and_who_cannot_be_reached(edition, desk):
    Body.objects.filter(slug="airport").update(contact_email="", head_email="omid@example.org")
    thing = owed(edition)
    place, client = f"/desk/rasht2025/obligations/of/{thing.slug}/", desk()
    before = client.get(place).content.decode()

    for address in ("omid@example.org", client.user.email):
        Reminder.objects.create(
            obligation=thing, rung="asked", body="airport", due_on=thing.due_on, sent_at=AT, sent_to=address
        )
    Reminder.objects.create(
        obligation=thing,
        rung="before",
        body="airport",
        due_on=thing.due_on,
        sent_at=AT + timedelta(days=60),
        sent_to="omid@example.org",
    )
    after = client.get(place).content.decode()

    assert "No reminder of it went out yet." in before
    assert "reminders go to its head" in before
    assert f"omid@example.org, {client.user.email}" in after
    assert after.index("Told that it is new") < after.index("First reminder")
