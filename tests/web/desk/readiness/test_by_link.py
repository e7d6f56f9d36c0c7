"""A link in a mail opens what one body owes, takes its answers in the name of whom it was sent to, and is voided."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.readiness.models import AnswerLink, Body, Comment, Evidence, Reminder
from ejlas.readiness.operations import answer_links, bodies
from ejlas.readiness.queries.readers import Reader
from ejlas.readiness.rules.ladder import Level
from ejlas.web.desk.views.readiness import by_link
from tests.factories.faces import as_jpeg
from tests.factories.readiness import AT, body, owed

pytestmark = pytest.mark.same_on_any_database("pages over operations that are tested on both")
ACTS = ("step", "progress", "prove", "say")


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def edition(summits, request):
    return summits[request.param]


def named(edition, slug: str = "airport", contact: str = "roya@example.org", head: str = "") -> Body:
    there = body(edition, slug)
    Body.objects.filter(pk=there.pk).update(contact_email=contact, head_email=head)
    return there


def sent(edition, slug: str = "airport", language: str = "en") -> str:
    reader = Reader("roya@example.org", "Roya Karimi", language, Level.BODY)
    there = named(edition, slug)
    return answer_links.make_link(body=there, reader=reader, by="Ejlas", at=timezone.now())[0]


def anybody(**options) -> Client:
    return Client(headers={"host": "localhost", "accept-language": "en"}, **options)


def at(token: str, *parts: str) -> str:
    return "/".join(["/desk/answer", token, *parts, ""])


def test_a_body_answers_without_an_account_in_the_name_of_whom_the_mail_was_sent_to(edition):
    thing, token, client = owed(edition, evidence=["photo"]), sent(edition), anybody()

    def step(name: str, **more: str) -> int:
        thing.refresh_from_db()
        sent = {"step": name, "revision": thing.revision, **more}
        return client.post(at(token, thing.slug, "step"), sent).status_code

    assert step("accept") == 302
    assert client.post(at(token, thing.slug, "progress"), {"progress": "60"}).status_code == 302
    assert step("deliver") == 422
    picture = SimpleUploadedFile("apron.jpg", as_jpeg(Image.new("RGB", (40, 30))), content_type="image/jpeg")
    assert client.post(at(token, thing.slug, "prove"), {"kind": "photo", "file": picture}).status_code == 302
    assert client.post(at(token, thing.slug, "say"), {"words": "It is all lit"}).status_code == 302
    assert step("deliver") == 302

    thing.refresh_from_db()
    assert thing.state == "delivered"
    said, proof = Comment.objects.get(obligation=thing), Evidence.objects.get(obligation=thing)
    assert (said.is_of_body, said.said_by, proof.added_by) == (True, *["Roya Karimi, by a link"] * 2)
    assert Line.objects.order_by("-number").values_list("actor", flat=True).first() == "Roya Karimi, by a link"
    assert AnswerLink.objects.get().last_used_at is not None
    file = client.get(at(token, thing.slug, "proofs", proof.slug))
    assert (file.status_code, file["Content-Type"], file["Cache-Control"]) == (200, "image/jpeg", "no-store")
    assert "The secretariat looks at it." in client.get(at(token, thing.slug)).content.decode()


def test_a_body_refuses_with_a_reason_alone_and_may_not_close(edition):
    thing, token, client = owed(edition), sent(edition), anybody()
    answer = {"step": "refuse", "revision": thing.revision}

    silent = client.post(at(token, thing.slug, "step"), answer)
    closed = client.post(at(token, thing.slug, "step"), answer | {"step": "close"})
    told = client.post(at(token, thing.slug, "step"), answer | {"reason": "We have no crane"})

    thing.refresh_from_db()
    assert (silent.status_code, closed.status_code, told.status_code) == (422, 422, 302)
    assert (thing.state, thing.reason) == ("refused", "We have no crane")


def test_a_look_changes_nothing_however_often_a_machine_looks(edition):
    thing, token = owed(edition), sent(edition)
    before = Line.objects.count()

    pages = [anybody().get(at(token, *more)) for more in ((), (thing.slug,)) for _ in range(2)]

    thing.refresh_from_db()
    assert {page.status_code for page in pages} == {200}
    assert (Line.objects.count(), thing.state, AnswerLink.objects.get().last_used_at) == (before, "planned", None)
    assert anybody().get(at(token, thing.slug, "step")).status_code == 405


def test_the_page_is_kept_by_nobody_and_its_forms_come_from_itself(edition):
    token = sent(edition)

    page = anybody().get(at(token))

    kept = {name: page[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")}
    assert kept == {
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
    }
    assert not re.search(r'(?:href|src|action)="https?:', page.content.decode())
    strict = anybody(enforce_csrf_checks=True)
    assert strict.post(at(token, owed(edition).slug, "say"), {"words": "x"}).status_code == 403


def test_another_bodys_obligation_is_not_there_and_nothing_of_it_is_told(edition):
    other = owed(edition, "Arrest somebody", body=body(edition, "police"))
    token, client, before = sent(edition), anybody(), Line.objects.count()

    answers = {client.post(at(token, other.slug, act), {"step": "accept", "words": "x"}).status_code for act in ACTS}

    assert (answers, client.get(at(token, other.slug)).status_code) == ({404}, 404)
    assert "Arrest" not in client.get(at(token)).content.decode()
    assert Line.objects.count() == before


def test_a_link_that_is_unknown_too_old_or_void_or_of_a_body_that_is_no_more_says_what_to_do(edition):
    thing, token = owed(edition), sent(edition)
    link, by = AnswerLink.objects.get(), accounts.system_account()
    answer = {"step": "accept", "revision": thing.revision}

    def tried() -> list[int]:
        asked = [anybody().get(at(token)), anybody().post(at(token, thing.slug, "step"), answer)]
        assert {"ask the secretariat" in page.content.decode() for page in asked} == {True}
        assert {page["Cache-Control"] for page in asked} == {"no-store"}
        return [page.status_code for page in asked]

    AnswerLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert tried() == [410, 410]
    AnswerLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert answer_links.void_link(link=link, by=by, at=AT)
    assert not answer_links.void_link(link=link, by=by, at=AT)
    assert tried() == [410, 410]
    AnswerLink.objects.update(revoked_at=None)
    named(edition, contact="somebody.else@example.org")
    assert tried() == [410, 410]
    named(edition)
    bodies.dissolve_body(body=link.body, day=AT.date(), by=by, at=AT, heir=body(edition, "ports"))
    assert tried() == [410, 410]
    wrong = [anybody().get(at(words)) for words in ("x", token[:-1], "y" * 200)]
    assert {page.status_code for page in wrong} == {404}
    thing.refresh_from_db()
    assert thing.state == "planned"


def test_it_speaks_the_language_of_the_body_until_the_visitor_chooses_another(edition):
    owed(edition)
    token = sent(edition, language="fa")
    chosen = anybody()
    chosen.cookies["language"] = "ru"

    own, other = anybody().get(at(token)), chosen.get(at(token))

    assert (own["Content-Language"], 'dir="rtl"' in own.content.decode()) == ("fa", True)
    assert (other["Content-Language"], 'lang="ru"' in other.content.decode()) == ("ru", True)


def test_who_tries_many_tokens_or_answers_without_end_waits(summits, monkeypatch):
    monkeypatch.setattr(by_link, "LIMITS", dict.fromkeys(by_link.LIMITS, "2/m/ip"))
    token = sent(summits["rasht2025"])
    thing, client = owed(summits["rasht2025"]), anybody(REMOTE_ADDR="203.0.113.9")

    guesses = [client.get(at(f"guess{number}")) for number in range(3)]
    answers = [client.post(at(token, thing.slug, "progress"), {"progress": "x"}).status_code for _ in range(3)]

    assert [page.status_code for page in guesses] == [404, 404, 429]
    assert guesses[-1]["Retry-After"] == "60"
    assert answers == [422, 422, 429]
    assert client.get(at(token)).status_code == 200


# --- The page of the desk that lists them ---

PLACE = "/desk/rasht2025/bodies/of/airport/links/"


@pytest.fixture
def rasht(summits):
    return summits["rasht2025"]


def link_of(edition, slug: str = "airport") -> AnswerLink:
    sent(edition, slug)
    return AnswerLink.objects.get()


def test_a_new_link_is_sent_to_whom_the_body_named_and_an_old_one_is_made_void(rasht, desk):
    old, client = link_of(rasht), desk(Role.PROTOCOL)
    named(rasht, head="omid@example.org")

    sent = client.post(PLACE, {"act": "send", "to": "head-of-body"}, follow=True)
    void = client.post(PLACE, {"act": "void", "link": old.pk}, follow=True)

    newest = AnswerLink.objects.first()
    assert newest is not None
    assert (newest.sent_to, newest.made_by) == ("omid@example.org", client.user.name)
    assert "A new link is on its way to omid@example.org." in sent.content.decode()
    old.refresh_from_db()
    assert (old.revoked_by, newest.revoked_at) == (client.user.name, None)
    assert void.content.decode().count("Make it void") == 1


def test_where_the_body_named_nobody_or_is_no_more_nothing_is_sent(rasht, desk):
    there, client = named(rasht, contact=""), desk()

    nobody = client.get(PLACE).content.decode()
    refused = client.post(PLACE, {"act": "send", "to": "body"}).status_code
    named(rasht)
    Body.objects.filter(pk=there.pk).update(dissolved_on=AT.date())
    gone = client.get(PLACE).content.decode()

    assert "No address of the body is written down" in nobody
    assert "its links open nothing any more" in gone
    assert (refused, client.post(PLACE, {"act": "send", "to": "body"}).status_code) == (404, 404)
    assert not AnswerLink.objects.exists()


def test_a_link_of_another_body_is_not_made_void_here(rasht, desk):
    other = link_of(rasht, "ports")

    answers = [desk().post(PLACE, {"act": "void", "link": key}).status_code for key in (other.pk, "x", "9" * 30, "")]

    assert answers == [404] * 4
    assert AnswerLink.objects.get().revoked_at is None


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BODY])
def test_who_only_reads_sees_no_links(role, rasht, desk):
    link_of(rasht)

    assert desk(role).get(PLACE).status_code == 403


def test_the_page_of_an_obligation_tells_the_staff_what_went_out_and_who_cannot_be_reached(rasht, desk):
    named(rasht, contact="", head="omid@example.org")
    thing = owed(rasht)
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
