"""Translations: wordings that want work, written side by side, in a file, and by two people at once."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from ejlas.accounts.rules import STAFF, Role
from ejlas.core.audit.models import Line
from ejlas.core.formats import xlsx
from ejlas.core.index import queries as index
from ejlas.core.index.rules import WordingState
from ejlas.core.text import Text
from ejlas.forum import operations
from ejlas.forum.models import Edition, Party
from tests.factories.people import AT, person
from tests.factories.summits import SUMMITS
from tests.marks import PERMISSIONS

PAGE = "/desk/rasht2025/translations/"
FILE = "/desk/rasht2025/translations/file/"
KEY = "gilan.name"


def _party(slug: str = "gilan") -> Party:
    return Party.objects.get(edition__slug="rasht2025", slug=slug)


def _name(language: str, slug: str = "gilan") -> str:
    return _party(slug).name.values.get(language, "")


def _change(**wordings: str) -> None:
    """Let somebody else change wordings of a name."""
    by = person(Role.HEAD, name="Parviz Omid")
    name = _party().name
    operations.change_thing(
        thing=_party(), fields={"name": Text({**name.values, **wordings}, name.unsure)}, by=by, at=AT
    )


@pytest.fixture
def behind(summits) -> None:
    """The Persian name of Gilan changed: its other wordings are behind."""
    _change(fa="گیلان سبز")


def _row(client, key: str = KEY, query: str = "?language=ru&source=fa&kind=party") -> dict:
    return next(row for row in client.get(PAGE + query).context["rows"] if row["key"] == key)


def _sent(row: dict, **changed: str) -> dict[str, str]:
    """Return what a browser sends of a row; `current` and `unsure` are boxes."""
    key = row["key"]
    values = {"seen": row["seen"], "was": row["was"], "words": row["words"]}
    values |= {"unsure": "1"} if row["is_unsure"] else {}
    return {f"{name}.{key}": value for name, value in {**values, **changed}.items() if value is not None}


@pytest.mark.parametrize("slug", SUMMITS)
@pytest.mark.parametrize("state", ["", "missing", "behind", "unsure", "present", "nonsense"])
def test_the_list_shows_what_the_index_counts(slug, state, desk):
    client = desk(edition=slug)
    language = Edition.objects.get(slug=slug).languages[-1]

    page = client.get(f"/desk/{slug}/translations/", {"language": language, "state": state})

    shown = {each["query"]: each["number"] for each in page.context["kinds"]}
    asked = page.context["asked"].states
    counts = index.wordings_by_kind(slug, language=language, states=asked)
    assert page.status_code == 200
    assert page.context["count"].replace(",", "") == str(sum(counts.values()))
    assert len(shown) == max(len(counts), 1)
    assert len(page.context["rows"]) == min(counts.get(page.context["kind"].name, 0), 25)


@PERMISSIONS
@pytest.mark.parametrize("role", list(Role))
def test_the_staff_sees_translations_and_nobody_else(role, desk, behind):
    wanted = 200 if role in STAFF else 403

    assert desk(role).get(PAGE).status_code == wanted
    assert desk(role, edition="atlantic2027", party="porto").get(PAGE).status_code == 403


@pytest.mark.parametrize("role", sorted(STAFF - {Role.HEAD, Role.PROTOCOL}))
def test_who_may_not_change_a_kind_reads_its_wordings(role, desk, behind):
    client = desk(role)
    row = _row(client)

    page = client.get(PAGE + "?language=ru&source=fa&kind=party").content.decode()
    refused = client.post(PAGE + "?language=ru&source=fa&kind=party", _sent(row, words="Зелёный Гилян"))

    assert f'name="words.{KEY}"' not in page
    assert refused.status_code == 409
    assert "You may not change this" in refused.content.decode()
    assert _name("ru") == "Провинция Гилян"


def test_a_wording_is_saved_as_a_change_of_its_thing(desk, behind):
    client = desk()
    row = _row(client)

    saved = client.post(PAGE + "?language=ru&source=fa&kind=party", _sent(row, words=" Зелёный  Гилян "), follow=True)

    line = Line.objects.filter(event="forum.party.changed").latest("number")
    assert (row["state"], row["source"]) == (WordingState.BEHIND, "گیلان سبز")
    assert "1 wording is saved" in saved.content.decode()
    assert _name("ru") == "Зелёный  Гилян"
    assert (line.subject, line.actor) == ("gilan", client.user.name)
    assert index.wordings_of("rasht2025", "party", "gilan")["name"]["ru"].state == WordingState.PRESENT


def test_several_wordings_of_several_things_are_saved_at_once(desk, behind):
    client = desk()
    query = "?language=ru&source=fa&kind=party&state=present"
    rows = [row for row in client.get(PAGE + query).context["rows"] if row["key"].endswith(".name")][:3]
    sent = {name: value for row in rows for name, value in _sent(row, words=row["words"] + "!").items()}

    client.post(PAGE + query, sent)

    assert [_name("ru", row["key"].partition(".")[0]) for row in rows] == [row["words"] + "!" for row in rows]


def test_it_is_current_needs_no_new_words(desk, behind):
    client = desk()

    client.post(PAGE + "?language=ru&source=fa&kind=party", _sent(_row(client), current="1"))

    assert index.wordings_of("rasht2025", "party", "gilan")["name"]["ru"].state == WordingState.PRESENT
    assert Line.objects.filter(event="index.wording.current", subject="gilan").count() == 1
    assert _party().revision == 2


def test_an_unconfirmed_wording_is_confirmed_by_its_box(desk):
    client = desk()
    name = _party().name
    operations.change_thing(thing=_party(), fields={"name": Text(name.values, {"tk"})}, by=client.user, at=AT)
    row = _row(client, query="?language=tk&source=fa&kind=party&state=unsure")

    client.post(PAGE + "?language=tk&source=fa&kind=party", _sent(row, unsure=None))

    assert row["is_unsure"]
    assert "tk" not in _party().name.unsure
    assert index.wordings_of("rasht2025", "party", "gilan")["name"]["tk"].state == WordingState.PRESENT


def test_a_row_that_was_not_touched_is_neither_written_nor_refused(desk, behind):
    client = desk()
    sent = _sent(_row(client))
    _change(ru="Гилян у моря")

    response = client.post(PAGE + "?language=ru&source=fa&kind=party", sent)

    assert response.status_code == 302
    assert _name("ru") == "Гилян у моря"


@pytest.mark.parametrize("meanwhile", [{"ru": "Гилян у моря"}, {"fa": "گیلان بزرگ"}])
def test_the_second_of_two_people_is_told_row_by_row_and_loses_nothing(meanwhile, desk, behind):
    client = desk()
    query = "?language=ru&source=fa&kind=party"
    other = next(row for row in client.get(PAGE + query + "&state=present").context["rows"] if row["key"] != KEY)
    sent = {**_sent(_row(client), words="Зелёный Гилян"), **_sent(other, words="Другое слово")}
    _change(**meanwhile)
    stored = _name("ru")

    response = client.post(PAGE + query, sent)

    text = response.content.decode()
    slug, _dot, field = other["key"].partition(".")
    assert response.status_code == 409
    assert "Зелёный Гилян" in text
    assert stored in text
    assert _name("ru") == stored
    assert getattr(_party(slug), field).values["ru"] == "Другое слово"

    again = client.post(PAGE + query, _sent(response.context["rows"][0]))

    assert again.status_code == 302
    assert _name("ru") == "Зелёный Гилян"


def test_somebody_elses_change_of_another_field_is_no_conflict(desk, behind):
    client = desk()
    sent = _sent(_row(client), words="Зелёный Гилян")
    operations.change_thing(thing=_party(), fields={"rank_class": 3}, by=client.user, at=AT)

    client.post(PAGE + "?language=ru&source=fa&kind=party", sent)

    assert (_name("ru"), _party().rank_class) == ("Зелёный Гилян", 3)


@pytest.mark.parametrize(
    ("key", "words", "sentence"),
    [
        ("gilan.slug", "x", "There is no such text here"),
        ("gilan.edition", "x", "There is no such text here"),
        ("gilan.__class__", "x", "There is no such text here"),
        ("nowhere.name", "x", "This thing is not there any more"),
        ("gilan.name", "я" * 20_001, "longer than 20000 characters"),
    ],
)
def test_what_cannot_be_written_is_told(key, words, sentence, desk):
    sent = {f"seen.{key}": "m", f"was.{key}": "", f"words.{key}": words}

    response = desk().post(PAGE + "?language=ru&source=fa&kind=party", sent)

    assert response.status_code == 409
    assert sentence in response.content.decode()


def test_the_last_wording_of_a_name_is_not_taken_away(desk):
    client = desk()
    operations.change_thing(thing=_party(), fields={"name": Text.of(ru="Гилян")}, by=client.user, at=AT)
    row = _row(client, query="?language=ru&source=fa&kind=party&state=present")

    response = client.post(PAGE + "?language=ru&source=fa&kind=party", _sent(row, words=""))

    assert response.status_code == 409
    assert "Write it in at least one language" in response.content.decode()


@pytest.mark.parametrize("query", ["?language=ru&state=present&kind=party", "?language=ru&kind=session&state=present"])
def test_a_page_costs_the_same_for_one_row_as_for_many(query, desk, summits):
    client = desk()
    client.get(PAGE + query)
    with CaptureQueriesContext(connection) as many:
        rows = client.get(PAGE + query).context["rows"]
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE + query + f"&page={10_000}")

    assert len(rows) > 3
    assert len(few) <= len(many) <= 12


def _taken(
    client, form: str = "csv", query: str = "?language=ru&source=fa&kind=party&state=present"
) -> list[list[str]]:
    body = client.get(f"{PAGE}{query}&format={form}").content
    if form == "csv":
        return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    return CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()


def _csv(rows: list[list[str]], separator: str = ",") -> SimpleUploadedFile:
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows(rows)
    return SimpleUploadedFile("words.csv", written.getvalue().encode())


def _xlsx(rows: list[list[str]]) -> SimpleUploadedFile:
    columns = [xlsx.Column(head, 10) for head in rows[0]]
    body = xlsx.pack([xlsx.Sheet("words", columns, rows[1:])], title="words", created=AT, is_right_to_left=False)
    return SimpleUploadedFile("words.xlsx", body)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_goes_out_and_comes_back_translated(form, desk, behind):
    client = desk()
    rows = _taken(client, form, "?language=ru&source=fa&kind=party&state=behind")
    own = next(row for row in rows if row[0] == "party/gilan/name/ru")
    assert own[3:5] == ["گیلان سبز", "Провинция Гилян"]
    own[4] = "=Зелёный <b>Гилян</b>"

    response = client.post(FILE, {"file": _csv(rows, ";") if form == "csv" else _xlsx(rows)})

    assert response.status_code == 200
    assert "1 wording is saved" in response.content.decode()
    assert _name("ru") == "=Зелёный <b>Гилян</b>"
    assert _taken(client, form)[0] == rows[0]


def test_good_rows_are_kept_and_bad_ones_listed_by_number(desk, behind):
    client = desk(Role.PROTOCOL)
    rows = _taken(client)
    good = next(row for row in rows if row[0] == "party/mazandaran/name/ru")
    head, mark = rows[0], good[6]
    sent = [
        head,
        [*good[:4], "Мазендеран у моря", "", mark],
        ["party/gilan/name/ru", "", "", "", "Старое слово", "", "fa:m0123456789abcdef"],
        ["party/gilan/name/en-GB", "", "", "", "Gilan", "", mark],
        ["party/gilan/slug/ru", "", "", "", "gilan", "", mark],
        ["party/nowhere/name/ru", "", "", "", "Нигде", "", mark],
        ["edition/rasht2025/motto/ru", "", "", "", "Одно море", "", mark],
        ["nothing", "", "", "", "", "", ""],
        ["party/gilan/seat/ru", "", "", "", "", "", mark],
        ["", "", ""],
    ]

    response = client.post(FILE, {"file": _csv(sent)})

    assert response.status_code == 422
    assert _name("ru", "mazandaran") == "Мазендеран у моря"
    assert [(number, why) for number, _address, why in response.context["faults"]] == [
        ("3", "Somebody changed this wording or its source meanwhile; compare."),
        ("4", "This is no working language of the edition."),
        ("5", "There is no such text here."),
        ("6", "This thing is not there any more."),
        ("7", "You may not change this."),
        ("8", "The address or the mark of this row was changed."),
    ]


def test_the_same_file_twice_changes_nothing_the_second_time(desk, behind):
    client = desk()
    rows = _taken(client, query="?language=ru&source=fa&kind=party&state=behind")
    next(row for row in rows if row[0] == "party/gilan/name/ru")[4] = "Зелёный Гилян"

    client.post(FILE, {"file": _csv(rows)})
    second = client.post(FILE, {"file": _csv(rows)})

    assert second.status_code == 200
    assert "0 wordings are saved" in second.content.decode()


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"\xff\xff\x00\x01", "cannot be read as a table"),
        (b"PK\x03\x04broken", "cannot be read as a table"),
        (b"a,b\n" * 30_000, "at most 20000 rows"),
        (b"x" * 5_000_001, "at most 20000 rows"),
    ],
)
def test_a_file_that_is_no_table_is_told(body, sentence, desk):
    response = desk().post(FILE, {"file": SimpleUploadedFile("words.csv", body)}, follow=True)

    assert sentence in response.content.decode()


def test_no_file_is_told(desk):
    assert "Choose the file first" in desk().post(FILE, {}, follow=True).content.decode()
