"""A link in a mail opens what one body owes, takes its answers in the name of whom it was sent to, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from ejlas.accounts import queries as accounts
from ejlas.core.audit.models import Line
from ejlas.readiness.models import AnswerLink, Comment, Evidence
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


def sent(edition, slug: str = "airport", language: str = "en") -> str:
    reader = Reader("roya@example.org", "Roya Karimi", language, Level.BODY)
    return answer_links.make_link(body=body(edition, slug), reader=reader, by="Ejlas", at=timezone.now())[0]


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
