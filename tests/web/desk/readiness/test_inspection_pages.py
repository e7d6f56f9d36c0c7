"""A round of inspection in the browser: filled, walked by a form or a script, closed; and shut to who may not."""

from __future__ import annotations

import io
import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from ejlas.accounts import operations as roles
from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.readiness.models import Body, CheckAnswer, CheckLine, Inspection
from ejlas.readiness.operations import answer_links, inspections, obligations
from ejlas.readiness.queries.readers import Reader
from ejlas.readiness.rules.ladder import Level
from ejlas.readiness.rules.meetings import Result
from ejlas.readiness.rules.states import Step
from tests.factories.people import person
from tests.factories.readiness import AT, body, of_body, owed, workstream

pytestmark = pytest.mark.same_on_any_database("pages over operations that are tested on both")


def by() -> dict[str, Any]:
    return {"by": accounts.system_account(), "at": AT}


def round_of(summits: Any, slug: str = "rasht2025", *names: str) -> Inspection:
    held = Inspection.objects.select_related("edition").get(edition=summits[slug])
    rows = [owed(held.edition, name) for name in names]
    for row in rows:
        for step in (Step.ACCEPT, Step.DELIVER):
            obligations.take_step(obligation=row, step=step, **by())
    inspections.fill_from(inspection=held, obligations=rows, language="en", **by())
    return held


def page_of(held: Inspection) -> str:
    return f"/desk/{held.edition.slug}/inspections/of/{held.slug}/"


def picture() -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.new("RGB", (800, 600), (120, 90, 60)).save(made, "JPEG")
    return SimpleUploadedFile("IMG_1.jpg", made.getvalue(), "image/jpeg")


def sent(line: CheckLine, result: str = "good", **more: Any) -> dict[str, Any]:
    return {"line": line.slug, "answer_id": str(uuid4()), "result": result, **more}


def lines(held: Inspection) -> list[CheckLine]:
    return list(held.lines.all())


JSON = {"headers": {"accept": "application/json"}}


@pytest.mark.parametrize("slug", ["rasht2025", "atlantic2027"])
def test_a_round_is_filled_walked_with_forms_and_closed(slug, desk, summits):
    held = round_of(summits, slug)
    owed_rows = [owed(held.edition, name) for name in ("Booths", "Lifts")]
    for row in owed_rows:
        obligations.take_step(obligation=row, step=Step.DELIVER if row.accepted_at else Step.ACCEPT, **by())
        obligations.take_step(obligation=row, step=Step.DELIVER, **by())
    client, page = desk(Role.PROTOCOL, edition=slug), page_of(held)

    client.post(f"{page}fill/", {"source": "delivered"})
    client.post(f"{page}lines/", {"words": "Ramp at the door"})
    booths, lifts, ramp = lines(held)
    client.post(f"{page}lines/{ramp.slug}/", {"act": "raise"})
    client.post(f"{page}lines/{ramp.slug}/", {"act": "change", "words": "Ramp and rail"})
    client.post(f"{page}walk/answers/", sent(booths, found="Ten of ten", photo=picture()))
    noted = client.post(f"{page}walk/answers/", sent(lifts, "wanting", found="Stands still"))
    walked, asked = (client.get(f"{page}{part}").content.decode() for part in ("walk/", "close/"))
    mark = re.search(r'name="seen" value="(\w+)"', asked)[1]
    closed = client.post(f"{page}close/", {"seen": mark}, follow=True).content.decode()

    for row in owed_rows:
        row.refresh_from_db()
    assert [row.state for row in owed_rows] == ["inspected", "in-work"]
    assert [line.words for line in lines(held)] == ["Booths", "Ramp and rail", "Lifts"]
    assert noted.url.endswith(f"/walk/#{lifts.slug}")
    assert "Stands still" in walked
    assert "These will be inspected" in asked
    assert "These go back to their bodies" in asked
    assert "Inspected: 1. Sent back: 1. Left open: 0." in closed
    photo = f"{page}photos/{CheckAnswer.objects.get(line=booths).answer_id}/"
    assert photo in closed
    assert [client.get(photo + part)["Content-Type"] for part in ("", "small/")] == ["image/jpeg", "image/jpeg"]
    client.post(f"{page}reopen/")
    held.refresh_from_db()
    assert held.closed_at is None


def test_a_form_that_says_not_what_is_wanting_comes_back_with_what_was_typed(desk, summits):
    held = round_of(summits, "rasht2025", "Booths", "Lifts")
    first, second = lines(held)
    client, to = desk(), f"{page_of(held)}walk/answers/"

    silent = client.post(to, sent(first, "wanting", found=" "))
    broken = client.post(to, sent(second, found="I saw this", photo=SimpleUploadedFile("a.jpg", b"no picture")))

    assert (silent.status_code, broken.status_code) == (422, 422)
    assert "Write what is wanting, so that it can be mended." in silent.content.decode()
    assert "I saw this" in broken.content.decode()
    assert CheckAnswer.objects.count() == 0


def test_a_phone_is_told_what_stands_and_delivers_each_answer_once(desk, summits):
    held = round_of(summits, "rasht2025", "Booths")
    (line,) = lines(held)
    client, walk = desk(), f"{page_of(held)}walk/"
    told = client.get(f"{walk}lines/", **JSON).json()
    answer = sent(line, "wanting", found="No light", seen_at="2025-11-12T10:00:00+03:30")

    answered = [client.post(f"{walk}answers/", answer, **JSON).json() for _again in range(2)]

    assert told.keys() == {"closed", "mark", "lines", "who", "csrf", "now"}
    assert told["lines"][line.slug]["result"] == "open"
    assert answered[0] == answered[1]
    assert (answered[0]["counts"], answered[0]["line"]["found"]) == (True, "No light")
    assert CheckAnswer.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "status", "fault"),
    [
        ({"result": "open"}, 400, "shape"),
        ({"result": ""}, 400, "shape"),
        ({"answer_id": "1"}, 400, "shape"),
        ({"seen_at": "yesterday"}, 400, "shape"),
        ({"seen_at": "2025-11-12T10:00:00"}, 400, "shape"),
        ({"seen_at": "2025-13-45T10:00:00Z"}, 400, "shape"),
        ({"found": "x" * 2001}, 400, "shape"),
        ({"line": "gone"}, 410, "line-gone"),
        ({"photo": SimpleUploadedFile("a.jpg", b"")}, 400, "shape"),
    ],
)
def test_a_phone_is_told_why_an_answer_is_not_taken(change, status, fault, desk, summits):
    held = round_of(summits, "rasht2025", "Booths")

    answer = desk().post(f"{page_of(held)}walk/answers/", sent(lines(held)[0]) | change, **JSON)

    assert (answer.status_code, answer.json()["fault"]) == (status, fault)
    assert CheckAnswer.objects.count() == 0


def test_a_phone_that_comes_too_late_or_without_its_token_is_told_so(desk, summits):
    held = round_of(summits, "rasht2025", "Booths")
    client, to = desk(), f"{page_of(held)}walk/answers/"
    strict = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    strict.force_login(client.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    inspections.close_round(inspection=held, **by())

    late = client.post(to, sent(lines(held)[0]), **JSON)
    strange = strict.post(to, sent(lines(held)[0]), **JSON)
    token = strict.get(f"{page_of(held)}walk/lines/").json()["csrf"]
    known = strict.post(to, sent(lines(held)[0]), headers={"accept": "application/json", "x-csrftoken": token})

    assert (late.status_code, late.json(), strange.status_code, known.status_code) == (
        409,
        {"fault": "closed"},
        403,
        409,
    )


def test_a_close_that_somebody_did_not_see_shows_what_it_would_do_now(desk, summits):
    held = round_of(summits, "rasht2025", "Booths")

    answer = desk().post(f"{page_of(held)}close/", {"seen": "0" * 16})

    held.refresh_from_db()
    assert (answer.status_code, held.closed_at) == (422, None)
    assert "Look once more at what will happen" in answer.content.decode()


def test_a_checklist_is_filled_of_one_body_or_workstream_and_says_when_nothing_came(desk, summits):
    held = round_of(summits)
    owed(held.edition, "Fire doors", evidence=["inspection"], workstream=workstream(held.edition, "venue"))
    body(held.edition, "hotels")
    client, to = desk(), f"{page_of(held)}fill/"

    nothing = client.post(to, {"source": "body:hotels"}, follow=True).content.decode()
    unknown = client.post(to, {"source": "body:nobody"}, follow=True).content.decode()
    client.post(to, {"source": "workstream:venue"})

    assert "Nothing there wants an inspection" in nothing
    assert "Choose from which obligations." in unknown
    assert [line.words for line in lines(held)] == ["Fire doors"]


def test_the_sheet_for_paper_and_the_worker_are_there(desk, summits):
    held = round_of(summits, "rasht2025", "Booths")
    client, page = desk(language="fa"), page_of(held)

    sheet, worker = client.get(f"{page}sheet/").content.decode(), client.get(f"{page}walk/worker.js")

    assert "Booths" in sheet
    assert "۱" in sheet
    assert worker["Content-Type"].startswith("text/javascript")
    assert b"self.EJLAS_FILES=" in worker.content
    assert "Service-Worker-Allowed" not in worker.headers


def test_a_body_sees_no_round_and_no_photo_and_an_auditor_reads_only(desk, summits):
    held = round_of(summits, "rasht2025", "Booths")
    (line,) = lines(held)
    page = page_of(held)
    desk().post(f"{page}walk/answers/", sent(line, photo=picture()))
    photo = f"{page}photos/{CheckAnswer.objects.get().answer_id}/"
    user = person(edition="rasht2025", password=None)
    roles.grant_role(user=user, role=Role.BODY, edition="rasht2025", body="airport", **by())
    of_body = Client(headers={"host": "localhost"})
    of_body.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    auditor, elsewhere = desk(Role.AUDITOR), desk(edition="atlantic2027")

    reads, writes = [page, photo, f"{photo}small/", f"{page}sheet/"], [f"{page}walk/", f"{page}walk/lines/"]
    posts = ["fill/", "lines/", f"lines/{line.slug}/", "close/", "reopen/", "walk/answers/"]

    assert {of_body.get(address).status_code for address in reads + writes} == {403}
    assert [auditor.get(address).status_code for address in reads + writes] == [200] * 4 + [403] * 2
    for client in (of_body, auditor, elsewhere):
        assert {client.post(page + part, sent(line)).status_code for part in posts} == {403}
    assert {elsewhere.get(address).status_code for address in reads} == {403}
    assert "walk/" not in auditor.get(page).content.decode()
    other = page_of(Inspection.objects.select_related("edition").get(edition=summits["atlantic2027"]))
    assert elsewhere.get(photo.replace(page, other)).status_code == 404
    assert desk().get(f"{page}photos/nothing/").status_code == 404


@pytest.mark.parametrize("number", [1, 200])
def test_a_longer_checklist_asks_no_more_of_the_database(number, desk, summits, django_assert_num_queries):
    held = round_of(summits, "rasht2025", "Booths")
    first = lines(held)[0]
    more = [
        CheckLine(slug=f"l{place}", inspection=held, position=place, words=f"Line {place}", obligation=first.obligation)
        for place in range(2, number + 1)
    ]
    CheckLine.objects.bulk_create(more)
    client, page = desk(), page_of(held)
    client.get(page)

    with django_assert_num_queries(10):
        client.get(page)
    with django_assert_num_queries(6):
        client.get(f"{page}walk/")
    with django_assert_num_queries(6):
        client.get(f"{page}walk/lines/")


def test_the_photo_of_what_was_found_wanting_is_seen_by_the_body_that_mends_it_and_by_no_other(desk, summits):
    held = round_of(summits, "rasht2025", "Booths")
    line = lines(held)[0]
    answer = {"line": line, "answer_id": uuid4(), "result": Result.WANTING, "found": "No light", "seen_at": AT}
    inspections.answer_line(**answer, photo=picture().read(), **by())
    page = f"/desk/rasht2025/own/{line.obligation.slug}/"
    mends, other = of_body(held.edition), of_body(held.edition, body(held.edition, "hotels").slug)
    photo = f"{page}findings/{answer['answer_id']}/"
    before = mends.get(photo).status_code

    inspections.close_round(inspection=held, **by())

    assert (before, other.get(photo).status_code) == (404, 404)
    shown = mends.get(page).content.decode()
    assert f'src="{photo}"' in shown
    assert "What rounds of inspection found" in shown
    assert (mends.get(photo).status_code, mends.get(photo)["Content-Type"]) == (200, "image/jpeg")
    staff = desk().get(page.replace("/own/", "/obligations/of/")).content.decode()
    assert photo.replace("/own/", "/obligations/of/") in staff
    Body.objects.filter(pk=line.obligation.body_id).update(contact_email="roya@example.org")
    reader = Reader("roya@example.org", "Roya Karimi", "en", Level.BODY)
    token = answer_links.make_link(body=line.obligation.body, reader=reader, by="Ejlas", at=timezone.now())[0]
    linked = f"/desk/answer/{token}/{line.obligation.slug}/findings/{answer['answer_id']}/"
    assert Client(headers={"host": "localhost"}).get(linked).status_code == 200
    assert Client(headers={"host": "localhost"}).get(linked.replace(token, "x" * len(token))).status_code == 404
