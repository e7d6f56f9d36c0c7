"""Lists to work from: as pages, as files, as cards; and what of them a role may not read."""

from __future__ import annotations

import io

import pytest
import vobject
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from ejlas.accounts.rules import Role
from ejlas.delegations.models import Person
from tests.factories.delegations import named, opened


@pytest.fixture(params=["rasht2025", "atlantic2027"])
def edition(request, summits):
    return summits[request.param]


@pytest.fixture
def people(edition):
    Person.objects.filter(edition=edition).delete()
    one, other = list(opened(edition).values())[:2]
    return [
        *named(one, slug="head", family_name="Firstly", diet="No nuts", health="Insulin"),
        *named(other, family_name="Secondly", diet="", health=""),
    ]


def _get(desk, edition, role, path):
    return desk(role, edition=edition.slug, language="en").get(f"/desk/{edition.slug}/{path}")


def test_every_list_is_a_page_a_workbook_and_paper(desk, edition, people):
    client = desk(Role.ACCREDITATION_DESK, edition=edition.slug, language="en")
    page = client.get(f"/desk/{edition.slug}/rolls/")

    files = [address for each in page.context["lists"] for _form, address in each["files"]]
    answers = {address: client.get(address) for address in files}

    assert len(files) == 15
    assert {answer.status_code for answer in answers.values()} == {200}
    assert {answer.headers["Content-Type"].partition(";")[0] for answer in answers.values()} == {
        "application/pdf",
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }


def test_the_paper_of_a_list_names_its_people(desk, edition, people):
    answer = _get(desk, edition, Role.HEAD, "persons/?format=pdf&sort=delegation")

    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "Firstly" in words
    assert "Secondly" in words


def test_special_needs_are_listed_for_who_must_know_them(desk, edition, people):
    shown = _get(desk, edition, Role.ACCREDITATION_DESK, "rolls/needs/").content.decode()
    book = _get(desk, edition, Role.ACCREDITATION_DESK, "rolls/needs/?format=xlsx").content
    protocol = _get(desk, edition, Role.PROTOCOL, "rolls/needs/").content.decode()

    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert "No nuts" in shown
    assert "Insulin" in shown
    assert "Secondly" not in shown
    assert [row[-2:] for row in rows[1:]] == [["No nuts", "Insulin"]]
    assert "No nuts" in protocol
    assert "Insulin" not in protocol


@pytest.mark.parametrize("role", [Role.TRANSPORT_DESK, Role.PROGRAMME_DESK, Role.VETTING, Role.AUDITOR])
def test_nobody_else_reads_of_special_needs(role, desk, edition, people):
    assert _get(desk, edition, role, "rolls/needs/").status_code == 403


def test_a_card_holds_what_its_reader_may_know(desk, edition, people):
    full = list(vobject.readComponents(_get(desk, edition, Role.HEAD, "rolls/people.vcf").content.decode()))
    bare = _get(desk, edition, Role.PROGRAMME_DESK, "rolls/people.vcf").content.decode()

    assert {card.n.value.family for card in full} == {"Firstly", "Secondly"}
    assert {card.tel.value.removeprefix("tel:") for card in full} == {"+994501234567"}
    assert "Firstly" in bare
    assert "994501234567" not in bare
    assert people[0].email not in bare


def test_special_needs_ask_the_database_as_often_for_one_as_for_many(
    desk, edition, people, django_assert_max_num_queries
):
    client, address = desk(edition=edition.slug, language="en"), f"/desk/{edition.slug}/rolls/needs/"
    client.get(address)
    counts = []
    for n_more in (0, 5):
        named(people[0].delegation, n_more)
        with django_assert_max_num_queries(12) as captured:
            client.get(address)
        counts.append(len(captured))

    assert counts[0] == counts[1]
