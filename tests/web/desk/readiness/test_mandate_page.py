"""A mandate: what kind of decision, by whom, its document for the staff alone, and what the public sees of it."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.audit.models import Line
from ejlas.core.files.models import StoredFile
from ejlas.core.text import Text
from ejlas.exports.comparison import compare
from ejlas.exports.content import build
from ejlas.forum import operations
from ejlas.forum.models import Mandate
from ejlas.journeys.summit_file.check import check
from ejlas.journeys.summit_file.load import load
from tests.factories.pages import form_data
from tests.factories.summits import FILES, SUMMITS, summit

pytestmark = pytest.mark.same_on_any_database("pages over operations that are tested on both")

AT = datetime(2025, 9, 1, 8, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def mandate(summits, request):
    return Mandate.objects.select_related("edition").filter(edition=summits[request.param]).first()


def at(mandate, act: str = "") -> str:
    return f"/desk/{mandate.edition.slug}/mandates/of/{mandate.slug}/{act}"


def sent(name: str = "Agreement.pdf", data: bytes = PDF) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, data)}


def test_a_host_agreement_is_written_down_with_who_signed_it_and_stands_in_list_page_and_history(desk, summits):
    client = desk()
    form = form_data(client.get("/desk/rasht2025/mandates/add/").content.decode()) | {
        "kind": "agreement",
        "wording-en": "The host and the secretariat agreed who does what.",
        "number": "HA-7/2025",
        "signatories-en": "Province of Gilan; Ministry of Foreign Affairs",
        "decided_on": "2025-06-01",
        "in_force_on": "2025-07-01",
        "confidence": "high",
    }

    answer = client.post("/desk/rasht2025/mandates/add/", form)

    made = Mandate.objects.get(edition=summits["rasht2025"], number="HA-7/2025")
    page = client.get(at(made)).content.decode()
    listed = client.get("/desk/rasht2025/mandates/?kind=agreement").content.decode()
    history = client.get(at(made, "history/")).content.decode()
    read = client.get(f"/api/v1/editions/rasht2025/mandates/{made.slug}").json()
    assert answer.status_code == 302
    assert (made.kind, made.in_force_on) == ("agreement", date(2025, 7, 1))
    assert "Province of Gilan; Ministry of Foreign Affairs" in page
    assert "Host agreement" in listed
    assert "HA-7/2025" in history
    assert (read["kind"], read["number"], read["in_force_on"]) == ("agreement", "HA-7/2025", "2025-07-01")
    assert "file" not in read


def test_what_is_no_kind_of_decision_is_refused_at_its_field(desk, mandate):
    client = desk(edition=mandate.edition.slug)
    form = form_data(client.get(at(mandate, "change/")).content.decode())

    wrong = client.post(at(mandate, "change/"), form | {"kind": "rumour"})
    long = client.post(at(mandate, "change/"), form | {"number": "9" * 101})
    day = client.post(at(mandate, "change/"), form | {"in_force_on": "some day"})

    assert [each.status_code for each in (wrong, long, day)] == [422, 422, 422]
    assert "in_force_on_error" in day.content.decode()


def test_a_document_is_kept_handed_out_replaced_and_taken_away(desk, mandate):
    client = desk(edition=mandate.edition.slug)

    kept = client.post(at(mandate, "file/keep/"), sent())
    first = StoredFile.objects.get(purpose="mandate")
    handed = client.get(at(mandate, "file/"))
    page = client.get(at(mandate)).content.decode()
    client.post(at(mandate, "file/keep/"), sent("Second.pdf", PDF + b"\n"))
    asked = client.get(at(mandate, "file/take/")).content.decode()
    taken = client.post(at(mandate, "file/take/"))

    assert [each.status_code for each in (kept, taken)] == [302, 302]
    assert (handed.content, handed["Content-Type"]) == (PDF, "application/pdf")
    assert (handed["Cache-Control"], handed["X-Content-Type-Options"]) == ("private, no-store", "nosniff")
    assert "Agreement.pdf" in page
    assert "Second.pdf" in asked
    assert not StoredFile.objects.kept().filter(purpose="mandate").exists()
    assert StoredFile.objects.filter(pk=first.pk).exists()
    assert client.get(at(mandate, "file/")).status_code == 404
    assert client.get(at(mandate, "file/take/")).status_code == 404
    events = Line.objects.filter(subject=mandate.slug, event="forum.mandate.changed").order_by("number")
    assert [line.held.values["after"]["file"] is None for line in events][-3:] == [False, False, True]


@pytest.mark.parametrize(
    "wrong", [{}, sent("empty.pdf", b""), sent("tool.exe", b"MZ\x90\x00"), sent("a.svg", b"<svg onload='x()'/>")]
)
def test_a_file_that_is_no_document_is_refused_and_nothing_is_kept(wrong, desk, summits):
    mandate = summits["rasht2025"].mandate_set.first()

    answer = desk().post(at(mandate, "file/keep/"), wrong)

    assert answer.status_code == 422
    assert "data-faults" in answer.content.decode()
    assert not StoredFile.objects.filter(purpose="mandate").exists()


def test_a_mandate_that_was_removed_comes_back_with_its_document(desk, mandate):
    client, edition, slug = desk(edition=mandate.edition.slug), mandate.edition, mandate.slug
    client.post(at(mandate, "file/keep/"), sent())

    client.post(at(mandate, "remove/"), {})
    line = Line.objects.filter(event="forum.mandate.removed").latest("number")
    back = client.post(f"/desk/{edition.slug}/put-back/", {"line": line.number})

    assert back.status_code == 302
    assert Mandate.objects.get(edition=edition, slug=slug).file.is_kept
    assert client.get(at(mandate, "file/")).content == PDF


@pytest.mark.parametrize(
    ("role", "reads"), [(Role.AUDITOR, 200), (Role.MEDIA_DESK, 200), (Role.BODY, 403), (Role.VETTING, 403)]
)
def test_the_document_is_for_the_staff_and_changed_by_who_may(role, reads, desk, summits):
    mandate, client = summits["rasht2025"].mandate_set.first(), desk(role)
    operations.keep_document(mandate=mandate, data=PDF, name="a.pdf", by=accounts.system_account(), at=AT)

    assert client.get(at(mandate, "file/")).status_code == reads
    assert client.post(at(mandate, "file/keep/"), sent()).status_code == 403
    assert client.post(at(mandate, "file/take/")).status_code == 403
    assert desk(Role.HEAD, edition="atlantic2027").get(at(mandate, "file/")).status_code == 403
    assert StoredFile.objects.kept().filter(purpose="mandate").count() == 1


@pytest.mark.parametrize("slug", SUMMITS)
def test_the_summit_file_brings_who_decided_and_leaves_the_document_alone(slug, summits):
    edition, by = summits[slug], accounts.system_account()
    mandate = edition.mandate_set.first()
    operations.keep_document(mandate=mandate, data=PDF, name="a.pdf", by=by, at=AT)

    changes = load(summit(slug), by=by, at=AT)

    stored = [(each.slug, each.kind, each.decided_by) for each in edition.mandate_set.all()]
    assert stored == [(each.slug, each.kind, each.decided_by) for each in summit(slug).mandates]
    assert all(by for _slug, _kind, by in stored)
    assert not changes
    assert edition.mandate_set.first().file is not None


def test_a_summit_file_with_a_kind_that_is_none_is_refused_in_its_line():
    wrong = FILES["rasht2025"].read_bytes().replace(b"    kind: government\n", b"    kind: rumour\n")

    checked = check(wrong, name="file")

    assert checked.summit is None
    assert [problem.path for problem in checked.problems] == ["mandates[1](government-resolution).kind"]


def test_a_publication_says_who_decided_and_one_of_before_reads_as_the_same_but_for_that(summits):
    edition = summits["rasht2025"]
    Mandate.objects.filter(edition=edition, slug="government-resolution").update(
        signatories=Text.of(en="Gilan"), in_force_on=date(2025, 3, 1)
    )

    now = build(edition)
    old = deepcopy(now)
    for said in old["edition"]["mandates"]:
        for name in ("kind", "decided_by", "signatories", "in_force_on"):
            said.pop(name, None)

    [first, second] = now["edition"]["mandates"]
    assert "kind" not in first
    assert (second["kind"], second["in_force_on"]) == ("government", "2025-03-01")
    assert first["decided_by"]["en"] == "The five Caspian littoral states"
    assert "file" not in first
    assert [(each.kind, [name for name, _old, _new in each.parts]) for each in compare(old, now)] == [
        ("mandate", ["decided_by"]),
        ("mandate", ["kind", "decided_by", "signatories", "in_force_on"]),
    ]
