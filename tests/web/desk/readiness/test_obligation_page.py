"""The desk's page of an obligation: what is next, steps with reasons, evidence, words, order, limited hands."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.readiness.models import Comment, Evidence, Link, ResourceUse
from ejlas.readiness.operations import obligations
from ejlas.readiness.rules.states import EvidenceKind
from tests.factories.readiness import AT, owed, resource

pytestmark = pytest.mark.same_on_any_database("pages over operations that are tested on both")


def picture() -> SimpleUploadedFile:
    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", (8, 6), "navy").save(made, "PNG")
    return SimpleUploadedFile("apron.png", made.getvalue(), "image/png")


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def edition(summits, request):
    return summits[request.param]


@pytest.fixture
def obligation(edition):
    return owed(edition)


def at(obligation, act: str = "") -> str:
    return f"/desk/{obligation.edition.slug}/obligations/of/{obligation.slug}/{act}"


def test_the_page_says_what_is_next_and_takes_the_steps_to_the_end(desk, obligation):
    client = desk(edition=obligation.edition.slug)
    page = client.get(at(obligation)).content.decode()

    for step in ("accept", "start", "deliver", "inspect", "close"):
        obligation.refresh_from_db()
        sent = client.post(at(obligation, "step/"), {"step": step, "revision": obligation.revision})
        assert sent.status_code == 302

    obligation.refresh_from_db()
    assert "It waits for the answer of the body." in page
    assert 'value="accept"' in page
    assert obligation.state == "done"
    assert "Nothing more is to be done." in client.get(at(obligation)).content.decode()


def test_a_step_without_its_reason_or_seen_before_a_change_is_refused_and_keeps_what_was_typed(desk, obligation):
    client, here = desk(edition=obligation.edition.slug), at(obligation, "step/")

    silent = client.post(here, {"step": "refuse", "revision": obligation.revision})
    old = client.post(here, {"step": "refuse", "revision": obligation.revision + 1, "reason": "No <crane>"})
    wrong = client.post(here, {"step": "fly", "revision": obligation.revision})

    obligation.refresh_from_db()
    assert [each.status_code for each in (silent, old, wrong)] == [422, 422, 422]
    assert "Say why." in silent.content.decode()
    assert "No &lt;crane&gt;" in old.content.decode()
    assert obligation.state == "planned"


def test_the_second_who_closes_it_is_told_that_it_is_done_and_sees_it_done(desk, obligation):
    client, here = desk(edition=obligation.edition.slug, language="fa"), at(obligation, "step/")
    for step in ("start", "deliver"):
        obligation.refresh_from_db()
        client.post(here, {"step": step, "revision": obligation.revision})
    obligation.refresh_from_db()
    seen = {"step": "close", "revision": obligation.revision}

    first, second = client.post(here, seen), client.post(here, seen)

    faults = second.content.decode().partition("data-faults")[2].partition("</ul>")[0]
    obligation.refresh_from_db()
    assert (first.status_code, second.status_code, obligation.state) == (302, 422, "done")
    assert "Light on the apron" in faults


def test_evidence_is_handed_in_once_shown_and_handed_out(desk, obligation):
    client, here = desk(edition=obligation.edition.slug), at(obligation, "prove/")
    once = {"kind": "photo", "words": "The lamps", "once": "r0123456789"}

    sent = [client.post(here, {**once, "file": picture()}).status_code for _twice in range(2)]
    empty = client.post(here, {"kind": "document"})
    no_picture = client.post(here, {"kind": "photo", "file": SimpleUploadedFile("a.png", b"no picture")})

    proof = Evidence.objects.get(obligation=obligation)
    file = client.get(at(obligation, f"proofs/{proof.slug}/"))
    assert sent == [302, 302]
    assert (empty.status_code, no_picture.status_code) == (422, 422)
    assert "The lamps" in client.get(at(obligation)).content.decode()
    assert (file["Content-Type"], file["Cache-Control"]) == ("image/png", "private, no-store")
    assert client.get(at(owed(obligation.edition), f"proofs/{proof.slug}/")).status_code == 404


def test_it_is_delivered_only_with_the_evidence_that_was_asked_for_named_in_the_readers_language(desk, edition):
    obligation = owed(edition, evidence=["photo"])
    client = desk(edition=edition.slug, language="fa")
    client.post(at(obligation, "progress/"), {"progress": "40"})
    obligation.refresh_from_db()

    answer = client.post(at(obligation, "step/"), {"step": "deliver", "revision": obligation.revision})

    assert (obligation.state, obligation.progress) == ("in-work", 40)
    assert answer.status_code == 422
    assert "عکس" in answer.content.decode().partition("data-faults")[2].partition("</ul>")[0]
    assert client.post(at(obligation, "progress/"), {"progress": "140"}).status_code == 422


def test_the_order_of_the_work_is_set_and_a_circle_is_named_with_its_way(desk, edition):
    first, second = owed(edition, "Lay the cable"), owed(edition, "Light the apron")
    client = desk(edition=edition.slug)
    seen, linked_once = {"revision": first.revision}, {"revision": second.revision + 1}

    linked = client.post(at(second, "before/"), {"before": first.slug, "lag": "3", "revision": second.revision})
    page = client.get(at(second)).content.decode()
    circle = client.post(at(first, "before/"), {"before": second.slug, **seen})
    unknown = client.post(at(first, "before/"), {"before": "nothing-such", **seen})
    itself = client.post(at(first, "before/"), {"before": first.slug, **seen})
    late = client.post(at(second, "before/"), {"before": first.slug, "act": "remove", "revision": second.revision})
    n_left = Link.objects.filter(after=second).count()
    gone = client.post(at(second, "before/"), {"before": first.slug, "act": "remove", **linked_once})

    assert (linked.status_code, gone.status_code) == (302, 302)
    assert "working days between: 3" in page
    assert "Lay the cable › Light the apron › Lay the cable" in circle.content.decode()
    assert [each.status_code for each in (circle, unknown, itself, late)] == [422, 422, 422, 422]
    assert n_left == 1
    assert not Link.objects.filter(after__in=[first, second]).exists()


def test_limited_hands_are_held_and_let_go(desk, obligation):
    crews = resource(obligation.edition, "crews-of-light")
    client, here = desk(edition=obligation.edition.slug), at(obligation, "use/")

    held = client.post(here, {"resource": crews.slug, "amount": "2", "revision": obligation.revision})
    n_held = ResourceUse.objects.filter(obligation=obligation, amount=2).count()
    client.post(here, {"resource": crews.slug, "amount": "0", "revision": obligation.revision + 1})

    assert (held.status_code, n_held) == (302, 1)
    assert not ResourceUse.objects.filter(obligation=obligation).exists()
    assert client.post(here, {"resource": "none", "amount": "1", "revision": 3}).status_code == 422


def test_words_are_added_and_none_are_refused(desk, obligation):
    client, here = desk(edition=obligation.edition.slug), at(obligation, "say/")

    assert client.post(here, {"words": "When do the lamps come?"}).status_code == 302
    assert client.post(here, {"words": "  "}).status_code == 422
    assert [(each.words, each.is_of_body) for each in Comment.objects.filter(obligation=obligation)] == [
        ("When do the lamps come?", False)
    ]


def test_the_page_asks_as_often_for_three_as_for_one(desk, obligation):
    client, by = desk(edition=obligation.edition.slug), accounts.system_account()

    def asked() -> int:
        client.get(at(obligation))
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(at(obligation)).status_code == 200
        return len(found)

    def more() -> None:
        other = owed(obligation.edition)
        obligations.set_predecessors(obligation=other, lags={obligation: 0}, by=by, at=AT)
        kind = EvidenceKind.INSPECTION
        obligations.add_evidence(obligation=obligation, kind=kind, words="Seen", by=by, at=AT)
        obligations.add_comment(obligation=obligation, words="Good", by=by, at=AT)

    more()
    before = asked()
    more()
    more()

    assert asked() == before


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BODY])
def test_who_only_reads_or_answers_for_a_body_changes_nothing_at_the_desk(role, desk, summits):
    obligation = owed(summits["rasht2025"])
    client, before = desk(role), Line.objects.count()

    acts = ("step/", "progress/", "prove/", "say/", "before/", "use/")
    answers = {client.post(at(obligation, act), {"step": "accept", "words": "x"}).status_code for act in acts}

    page = client.get(at(obligation))
    assert answers == {403}
    assert Line.objects.count() == before
    assert page.status_code == (200 if role is Role.AUDITOR else 403)
    assert 'name="revision"' not in page.content.decode()
