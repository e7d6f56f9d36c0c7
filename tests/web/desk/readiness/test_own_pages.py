"""What a body sees of what it owes, answers it on its own pages, and sees nothing of other bodies."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.core.text import Text
from ejlas.readiness.models import Comment, Evidence
from ejlas.readiness.operations import obligations
from ejlas.readiness.rules.states import EvidenceKind, Step
from tests.factories.readiness import AT, body, of_body, owed

pytestmark = pytest.mark.same_on_any_database("pages over operations that are tested on both")
ACTS = ("step/", "progress/", "prove/", "say/")


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def edition(summits, request):
    return summits[request.param]


def at(edition, *parts: str) -> str:
    return "/".join(["/desk", edition.slug, "own", *parts, ""])


def test_what_needs_an_answer_stands_first_and_what_is_late_is_marked(edition):
    held = owed(edition, "Guard the apron")
    obligations.take_step(obligation=held, step=Step.START, by=accounts.system_account(), at=AT)
    owed(edition, "Clear the snow", due_on=date(2025, 9, 2))
    owed(edition, "Fill the pool", body=body(edition, "hotels"))

    page = of_body(edition).get(at(edition)).content.decode()

    assert page.index("Needs your answer") < page.index("Clear the snow") < page.index("Guard the apron")
    assert "Late since" in page
    assert "Fill the pool" not in page
    assert f'href="{at(edition)}" aria-current="page"' in page


def test_a_body_takes_on_begins_shows_and_delivers(edition):
    thing, client = owed(edition, evidence=["document"]), of_body(edition)
    here = (thing.slug,)

    def step(name: str, **more: str) -> int:
        thing.refresh_from_db()
        sent = {"step": name, "revision": thing.revision, **more}
        return client.post(at(edition, *here, "step"), sent).status_code

    assert step("accept") == 302
    assert client.post(at(edition, *here, "progress"), {"progress": "60"}).status_code == 302
    assert step("deliver") == 422
    sent = {"kind": "document", "file": SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n%%EOF\n")}
    assert client.post(at(edition, *here, "prove"), sent).status_code == 302
    assert client.post(at(edition, *here, "say"), {"words": "It is all there"}).status_code == 302
    assert step("deliver") == 302
    assert step("close") == 422

    thing.refresh_from_db()
    proof = Evidence.objects.get(obligation=thing)
    file = client.get(at(edition, *here, "proofs", proof.slug))
    assert thing.state == "delivered"
    assert Comment.objects.get(obligation=thing).is_of_body
    assert (file.status_code, file["Content-Disposition"][:10]) == (200, "attachment")
    assert "The secretariat looks at it." in client.get(at(edition, *here)).content.decode()


def test_a_body_refuses_with_a_reason_alone(edition):
    thing, client = owed(edition), of_body(edition, language="fa")
    sent = {"step": "refuse", "revision": thing.revision}

    silent = client.post(at(edition, thing.slug, "step"), sent)
    told = client.post(at(edition, thing.slug, "step"), sent | {"reason": "We have no crane"})

    thing.refresh_from_db()
    assert (silent.status_code, told.status_code) == (422, 302)
    assert (thing.state, thing.reason) == ("refused", "We have no crane")


def test_another_body_finds_nothing_and_changes_nothing(edition):
    thing, by = owed(edition), accounts.system_account()
    body(edition, "hotels")
    proof = obligations.add_evidence(
        obligation=thing, kind=EvidenceKind.DOCUMENT, data=b"%PDF-1.7\n%%EOF\n", name="a.pdf", by=by, at=AT
    )
    client, before = of_body(edition, "hotels"), Line.objects.count()

    sent = {"step": "accept", "revision": thing.revision, "progress": "5", "words": "x"}
    answers = {client.post(at(edition, thing.slug, act.rstrip("/")), sent).status_code for act in ACTS}
    read = [client.get(at(edition, thing.slug, *more)).status_code for more in ((), ("proofs", proof.slug))]

    assert (answers, read) == ({404}, [404, 404])
    assert Line.objects.count() == before
    assert "Light on the apron" not in client.get(at(edition)).content.decode()
    assert client.get(f"/desk/{edition.slug}/obligations/of/{thing.slug}/").status_code == 403


def test_of_what_other_bodies_do_before_it_only_the_number_is_told(edition):
    thing, by = owed(edition), accounts.system_account()
    secret = owed(edition, "Arrest somebody", body=body(edition, "police", name=Text.of(en="Police")))
    obligations.set_predecessors(obligation=thing, lags={secret: 0}, by=by, at=AT)
    obligations.change_obligation(thing=thing, fields={"note": "A note of the desk"}, by=by, at=AT)

    page = of_body(edition).get(at(edition, thing.slug)).content.decode()

    assert "Work of other bodies" in page
    assert not [words for words in ("Arrest", "Police", "A note of the desk", secret.slug) if words in page]


@pytest.mark.parametrize("role", [Role.HEAD, Role.AUDITOR])
def test_the_staff_answer_at_the_desk_and_not_as_a_body(role, desk, summits):
    thing, client = owed(summits["rasht2025"]), desk(role)

    assert client.get(at(thing.edition)).status_code == 403
    assert {client.post(at(thing.edition, thing.slug, act.rstrip("/"))).status_code for act in ACTS} == {403}
