"""A list from a spreadsheet: what is read, what is wrong in each row, what is taken over, and what survives a fall."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ejlas.core.audit import operations as audit
from ejlas.core.formats import xlsx
from ejlas.core.formats.sheets import read_cells
from ejlas.delegations.models import Capacity, Delegation, Person, Upload
from ejlas.delegations.rules import columns
from ejlas.delegations.rules.states import ListState
from tests.factories.delegations import named
from tests.web.portal.conftest import at, filer_of, kept, open_list, page

HEADS = (
    "Capacity",
    "Family name",
    "Given name",
    "Date of birth",
    "Nationality",
    "Document number",
    "Issued by",
    "E-mail",
)


def rows_of(n=12, **wrong):
    """Return the rows of a list; `wrong` names the cells that are spoilt, as row3_born."""
    names = (
        "Karimova",
        "Orlov",
        "Nurlan",
        "Amanov",
        "Testova",
        "Sadykov",
        "Moura",
        "Vidal",
        "Rad",
        "Tehrani",
        "Azizi",
        "Sami",
    )
    rows = [
        [
            "Delegate",
            names[each],
            f"Given{'abcdefghijklm'[each]}",
            f"1970-01-{each + 1:02}",
            "Iran",
            f"P12345{each:02}",
            "IRN",
            "",
        ]
        for each in range(n)
    ]
    for place, value in wrong.items():
        row, column = re.fullmatch(r"r(\d+)c(\d+)", place).groups()
        rows[int(row)][int(column)] = value
    return rows


def pasted(rows, heads=HEADS):
    return "\n".join("\t".join(row) for row in [heads, *rows])


FAULTS = {"r1c3": "1970-13-45", "r3c1": "Каримов", "r5c7": "nobody", "r7c0": "Delegat Ministr"}


@pytest.fixture
def client(own):
    return filer_of(own)


def _sent(client, delegation, rows, heads=HEADS):
    answer = client.post(at(delegation, "sheets/"), {"pasted": pasted(rows, heads)})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return Upload.objects.get(slug=answer.url.split("/")[-2])


def _post(client, delegation, upload, end, more=None):
    held = {"revision": str(kept(upload).revision)}
    return client.post(at(delegation, f"sheets/{upload.slug}/{end}/"), held | (more or {}))


def test_good_rows_are_taken_over_and_bad_ones_corrected_on_the_page(own, client):
    Delegation.objects.filter(pk=own.pk).update(most_people=30)
    Capacity.objects.filter(edition=own.edition).update(per_delegation=None)
    upload = _sent(client, own, rows_of(**FAULTS))

    shown = page(client.get(at(own, f"sheets/{upload.slug}/")))
    assert "Good rows: 8" in shown
    assert "To be corrected: 4" in shown
    for row, said in (
        ("Row 3", "The calendar has no day"),
        ("Row 5", "Write the name in Latin"),
        ("Row 7", "is no e-mail"),
    ):
        assert f"<legend>{row}" in shown
        assert said in shown
    assert not Person.objects.filter(delegation=own).exists()

    _post(client, own, upload, "take")
    assert Person.objects.filter(delegation=own).count() == 8
    assert kept(upload).n_rows == 4

    fixed = {"r3.born_on": "1970-01-02", "r5.family_name.take": "Karimov", "r5.family_name": "Каримов"}
    _post(client, own, upload, "correct", {**fixed, "r7.email": "", "r9.capacity": "delegate"})
    _post(client, own, upload, "take")

    assert Person.objects.filter(delegation=own).count() == 12
    assert Person.objects.get(delegation=own, document_hash__gt="", given_name="Givend").family_name == "Karimov"
    assert not Upload.objects.exists()


def test_what_was_sent_stands_sealed_and_outlives_leaving_the_page(own, client):
    upload = _sent(client, own, rows_of(2))

    with connection.cursor() as cursor:
        cursor.execute("SELECT rows FROM delegations_upload WHERE id = %s", [upload.pk])
        raw = cursor.fetchone()[0]

    assert "Karimova" not in raw
    assert "P12345" not in raw
    assert "Go on with the spreadsheet" in page(filer_of(own, name="Igor Orlov").get(at(own)))


def test_a_fall_in_the_middle_of_taking_over_leaves_nothing_half_done(own, client, monkeypatch):
    upload = _sent(client, own, rows_of(3))
    before = kept(upload)

    def falls(*_args, **_values):
        raise SystemExit("the server is killed")

    # People are written by then, and the rows are not yet taken off the list.
    monkeypatch.setattr(audit, "record", falls)
    with pytest.raises(SystemExit):
        _post(client, own, upload, "take")
    monkeypatch.undo()

    assert not Person.objects.filter(delegation=own).exists()
    assert (kept(upload).rows, kept(upload).n_rows) == (before.rows, 3)
    _post(client, own, upload, "take")
    assert Person.objects.filter(delegation=own).count() == 3


def test_a_list_sent_twice_names_nobody_twice(own, client):
    first = _sent(client, own, rows_of(2))
    _post(client, own, first, "take")

    again = _sent(client, own, rows_of(2))
    shown = page(client.get(at(own, f"sheets/{again.slug}/")))
    assert "is on the list already with this document" in shown
    _post(client, own, again, "correct", {"drop": ["2", "3"]})

    assert not Upload.objects.exists()
    assert Person.objects.filter(delegation=own).count() == 2


def test_rows_without_a_place_stay_with_the_rule_they_met(own, client):
    upload = _sent(client, own, rows_of(2, r0c0="Deputy head of delegation", r1c0="deputy"))

    _post(client, own, upload, "take")
    shown = page(client.get(at(own, f"sheets/{upload.slug}/")))
    assert "At most 1 people of a delegation can be" in shown
    assert Person.objects.filter(delegation=own).count() == 1
    _post(client, own, upload, "correct", {"r3.capacity": "adviser"})
    _post(client, own, upload, "take")

    assert Person.objects.filter(delegation=own, capacity__slug="adviser").count() == 1


def test_columns_are_matched_by_hand(own, client):
    heads = ("Role", "Family name", "Given name", "Colour", "Nationality", "Document number", "Issued by", "E-mail")
    upload = _sent(client, own, rows_of(1), heads)
    assert "<bdi>Colour</bdi>" in page(client.get(at(own, f"sheets/{upload.slug}/")))

    _post(client, own, upload, "columns", {"c3": "born_on", "c4": ""})
    _post(client, own, upload, "take")

    someone = Person.objects.get(delegation=own)
    assert (someone.born_on, someone.nationality) == ("1970-01-01", "")


def test_two_who_work_on_one_list_are_told(own, client):
    upload = _sent(client, own, rows_of(2))
    stale = {"revision": "1"}
    client.post(at(own, f"sheets/{upload.slug}/correct/"), {**stale, "drop": ["2"]})

    told = page(client.post(at(own, f"sheets/{upload.slug}/take/"), stale, follow=True))

    assert "Somebody changed this while you were writing." in told
    assert not Person.objects.filter(delegation=own).exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"pasted": ""}, "This table is empty."),
        ({"pasted": "1\t2\n3\t4"}, "No headings were found"),
        ({"pasted": pasted([])}, "There is nobody below the headings"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")}, "This file is no table but PDF"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04 broken")}, "This file cannot be read as a table"),
        (
            {"file": SimpleUploadedFile("a.csv", b"Family name,Given name\n" + b"A,B\n" * 50_000)},
            "This file is too large",
        ),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(own, client, sent, said):
    assert said in page(client.post(at(own, "sheets/"), sent), 422)
    assert not Upload.objects.exists()


def test_a_list_longer_than_the_delegation_is_refused(own, client):
    Delegation.objects.filter(pk=own.pk).update(most_people=5)

    assert "one list may name 5 at most" in page(client.post(at(own, "sheets/"), {"pasted": pasted(rows_of(6))}), 422)


def test_the_template_is_understood_when_it_comes_back(own):
    client = filer_of(own, language="fa")
    answer = client.get(at(own, "sheets/template/"))
    assert answer["Content-Type"].endswith("sheet")
    matched = columns.find(read_cells(answer.content), languages=own.edition.languages)

    assert matched.leftovers == ()
    assert {"family_name", "capacity", "office.fa", "preferred_name.ru"} <= set(matched.columns.values())


def test_a_workbook_is_read_with_its_days(own, client):
    sheet = xlsx.Sheet(
        "List",
        [xlsx.Column(head, 12) for head in HEADS],
        [
            [
                "Delegate",
                "Karimova",
                "Leyla",
                xlsx.Moment(datetime(1979, 3, 21), "yyyy-mm-dd"),
                "Iran",
                "P1234567",
                "IRN",
                "",
            ]
        ],
    )
    body = xlsx.pack([sheet], title="List", created=datetime(2025, 1, 1), is_right_to_left=False)

    client.post(at(own, "sheets/"), {"file": SimpleUploadedFile("list.xlsx", body)})
    upload = Upload.objects.get()
    _post(client, own, upload, "take")

    assert Person.objects.get(delegation=own).born_on == "1979-03-21"


def test_others_find_no_such_list_and_after_the_submission_nothing_is_taken(own, client):
    upload = _sent(client, own, rows_of(1))
    other = next(each for each in Delegation.objects.filter(edition=own.edition) if each.pk != own.pk)
    stranger = filer_of(open_list(own.edition, name=other.slug))

    assert stranger.get(f"/portal/{own.edition.slug}/{other.slug}/sheets/{upload.slug}/").status_code == 404
    Delegation.objects.filter(pk=own.pk).update(list_state=ListState.SUBMITTED)
    told = page(client.post(at(own, f"sheets/{upload.slug}/take/"), {"revision": "1"}, follow=True))
    assert "This list is with the host now." in told
    _post(client, own, upload, "discard")
    assert not Upload.objects.exists()


def test_the_page_of_a_list_asks_as_many_queries_for_one_row_as_for_many(own, client):
    named(own, 2)
    counts = []
    for n in (1, 8):
        upload = _sent(client, own, rows_of(n, r0c3="x"))
        client.get(at(own, f"sheets/{upload.slug}/"))
        with CaptureQueriesContext(connection) as captured:
            client.get(at(own, f"sheets/{upload.slug}/"))
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 12
