from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ejlas.core.formats import sheets
from ejlas.core.formats.cells import Cell, CellFault, Table
from ejlas.delegations.rules import columns, filing
from ejlas.delegations.rules.filing import Filed, FiledRow, RowFault

SIX = ("en", "fa", "ru", "az", "tk", "kk")
CONTEXT = filing.Context(
    capacities={
        "head": {"en": "Head of delegation", "fa": "رئیس هیئت", "ru": "Глава делегации"},
        "delegate": {"en": "Delegate", "fa": "عضو هیئت", "ru": "Делегат", "tk": "Wekil"},
        "interpreter": {"en": "Interpreter", "fa": "مترجم"},
    },
    languages=SIX,
    today=date(2025, 11, 1),
    opens_on=date(2025, 11, 18),
    closes_on=date(2025, 11, 19),
    country="IR",
)


def read(text: str, context: filing.Context = CONTEXT) -> Filed:
    table = sheets.read_pasted(text.replace("|", "\t"))
    return filing.parse(table, columns.find(table, languages=context.languages), context=context)


def one(**raw: Cell) -> FiledRow:
    named = {name.replace("__", "."): cell for name, cell in raw.items()}
    return filing.parse_values({"capacity": "delegate", "family_name": "Karimi", **named}, CONTEXT)


def fault(name: str, cell: Cell) -> tuple[str, str, str]:
    row = filing.parse_values({"capacity": "delegate", "family_name": "Karimi", name: cell}, CONTEXT)
    assert name not in row.values
    assert len(row.faults) == 1, row.faults
    return row.faults[0].code, row.faults[0].sentence(), row.faults[0].suggestion


# --- A whole list ---


def test_a_list_is_filed_and_good_rows_stand_beside_bad_ones() -> None:
    filed = read(
        "Delegation of Gilan\n"
        "№|Статус|Surname|Given name|Sex|Date of birth|Citizenship|Passport No|Valid until|Email|Phone|Languages|"
        "Должность\n"
        "1|Делегат|Ivanova|Anna|ж|23.11.1975|Россия|АВ 1234567|2030-02-01|Anna@Example.ORG|+7 495 123-45-67|ru, en|"
        "Директор\n"
        "2|Delegat|Karimi|Sara|زن|۱۳۵۴/۹/۲|ایران|K12345678|1409/01/01|x|09121234567|فارسی|مدیرکل\n"
        "Total: 2\n"
    )

    first, second = filed.rows
    assert filed.good == (first,)
    assert filed.bad == (second,)
    assert (first.number, first.values) == (
        3,
        {
            "capacity": "delegate", "family_name": "Ivanova", "given_name": "Anna", "sex": "F",
            "born_on": date(1975, 11, 23), "nationality": "RU", "document_number": "AB1234567",
            "document_expires_on": date(2030, 2, 1), "email": "Anna@example.org", "phone": "+74951234567",
            "languages": ["ru", "en"], "office.ru": "Директор",
        },
    )  # fmt: skip
    assert [note.sentence() for note in first.notes] == [
        "Letters of another alphabet in the document's number were read as Latin ones: AB1234567."
    ]
    assert [(each.field, each.code, each.suggestion) for each in second.faults] == [
        ("capacity", "capacity.near", "delegate"),
        ("email", "mail.unknown", ""),
    ]
    assert (second.typed["capacity"], second.typed["email"]) == ("Delegat", "x")
    assert second.values["office.fa"] == "مدیرکل"
    assert (second.values["phone"], second.values["languages"]) == ("+989121234567", ["fa"])
    assert [note.sentence() for note in filed.notes] == [
        "Row 2 was taken for the headings; what stands above it was left aside."
    ]


def test_sums_and_repeated_headings_are_no_people() -> None:
    filed = read(
        "Capacity|Surname|Name|Sex\nDelegate|Karimi|Sara|F\n\n"
        "Capacity|Surname|Name|Sex\nDelegate|Rezaei|Ali|M\nTotal 2|||\n"
    )

    assert [(row.number, row.values["family_name"]) for row in filed.rows] == [(2, "Karimi"), (5, "Rezaei")]
    assert [note.sentence() for note in filed.notes] == ["Row 6 holds nothing but “Total 2” and was left aside."]


def test_a_preferred_name_in_two_columns_is_one_name() -> None:
    filed = read("Capacity|Surname|Фамилия (рус.)|Имя (рус.)\nDelegate|Ivanova|Иванова|Анна\nDelegate|Li||Ли\n")

    assert [row.values["preferred_name.ru"] for row in filed.rows] == ["Анна Иванова", "Ли"]


def test_the_other_rows_prove_what_a_date_means() -> None:
    heading = "Capacity|Surname|Name|Date of birth\n"
    proved = read(f"{heading}Delegate|Karimi|Sara|03/04/1975\nDelegate|Rezaei|Ali|23/11/1975\n")
    unclear = read(f"{heading}Delegate|Karimi|Sara|03/04/1975\nDelegate|Rezaei|Ali|1975-11-23\n")

    assert proved.rows[0].values["born_on"] == date(1975, 4, 3)
    assert [each.code for each in unclear.rows[0].faults] == ["day.unclear"]


def test_the_same_document_and_the_same_person_are_told_of() -> None:
    filed = read(
        "Capacity|Surname|Name|Date of birth|Passport No\n"
        "Delegate|Karimi|Sara|1975-11-23|K12345678\n"
        "Delegate|Rezaei|Ali|1980-01-01|K-12345678\n"
        "Delegate|SARA|KARIMI|1354/09/02|K99999999\n"
    )

    assert [[(each.field, each.sentence()) for each in row.faults] for row in filed.rows] == [
        [],
        [("document_number", "Row 2 of this list has the same document.")],
        [("family_name", "Row 2 of this list has the same name and date of birth.")],
    ]


def test_two_states_may_give_one_number() -> None:
    filed = read(
        "Capacity|Surname|Passport No|Issued by\nDelegate|Karimi|K1234567|Iran\nDelegate|Ivanova|K1234567|Russia\n"
        "Delegate|Rezaei|K1234567|\n"
    )

    assert [[each.code for each in row.faults] for row in filed.rows] == [[], [], ["twin.document"]]


def test_a_list_of_too_many_people_is_refused() -> None:
    with pytest.raises(filing.TooManyPeople) as broken:
        read("Capacity|Surname|Name\n" + "Delegate|A|B\n" * 3, replace(CONTEXT, most_people=2))
    assert broken.value.sentence() == "This list names 3 people; one list may name 2 at most."


def test_a_list_of_nobody_has_no_rows() -> None:
    assert read("Capacity|Surname|Name\n").rows == ()


def test_cells_without_a_value_are_named() -> None:
    table = Table(
        (
            ("Capacity", "Surname", "Name", "Note"),
            ("Delegate", CellFault("B2", "formula", "=A1"), CellFault("C2", "error", "#N/A"), "x"),
        ),
        "xlsx",
    )

    filed = filing.parse(table, columns.find(table, languages=SIX), context=CONTEXT)

    assert [(each.field, each.code, each.sentence()) for each in filed.rows[0].faults] == [
        (
            "family_name", "cell.formula",
            "Cell B2 holds a formula without a result: open the file, save it and send it again.",
        ),
        ("given_name", "cell.error", "Cell C2 holds an error instead of a value: #N/A."),
    ]  # fmt: skip
    assert filed.rows[0].typed["family_name"] == "=A1"


# --- Names ---


@pytest.mark.parametrize(
    ("typed", "family", "given", "codes"),
    [
        ("Karimi, Sara", "Karimi", "Sara", []),
        ("KARIMI Sara", "KARIMI", "Sara", []),
        ("Sara KARIMI NIA", "KARIMI NIA", "Sara", []),
        ("Sara Karimi", "Karimi", "Sara", ["name.order"]),
        ("Ivanova Anna Petrovna", "Ivanova", "Anna Petrovna", ["name.order"]),
        ("Suharto", "Suharto", None, ["name.order"]),
    ],
)
def test_a_full_name_is_told_apart_and_asks_where_it_is_not_certain(
    typed: str, family: str, given: str | None, codes: list[str]
) -> None:
    row = filing.parse_values({"capacity": "delegate", "full_name": typed}, CONTEXT)

    assert (row.values["family_name"], row.values.get("given_name")) == (family, given)
    assert [each.code for each in row.faults] == codes


def test_a_full_name_in_another_script_is_the_preferred_one() -> None:
    row = one(full_name="سارا کریمی", given_name="Sara")

    assert row.is_good
    assert row.values["preferred_name.fa"] == "سارا کریمی"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Kаrimi", (
            "letters.mixed",
            "“Kаrimi” mixes two alphabets: its letter “а” is Cyrillic. Type the word anew.", "Karimi")),
        ("Иванoва", (
            "letters.mixed",
            "“Иванoва” mixes two alphabets: its letter “o” is Latin. Type the word anew.", "Иванова")),
        ("Karimiک", (
            "letters.mixed",
            "“Karimiک” mixes two alphabets: its letter “ک” is of another. Type the word anew.", "")),
        ("Щербакова", (
            "name.not_latin",
            "Write the name in Latin letters as in the passport: “Щербакова” is perhaps “Shcherbakova”.",
            "Shcherbakova")),
        ("K4rimi", ("name.sign", "A name has no sign “4”: write it as in the passport.", "")),
        ("=Karimi", ("name.sign", "A name has no sign “=”: write it as in the passport.", "")),
        ("123", ("name.empty", "“123” has no letters: write the name as in the passport.", "")),
        ("K" * 101, ("text.long", "This is longer than 100 letters.", "")),
    ],
)  # fmt: skip
def test_a_name_that_no_passport_has_is_refused(typed: str, expected: tuple[str, str, str]) -> None:
    assert fault("given_name", typed) == expected


def test_a_persian_name_gets_a_likely_spelling() -> None:
    code, _, suggestion = fault("given_name", "زهرا")

    assert code == "name.not_latin"
    assert suggestion.isascii()
    assert suggestion


def test_names_are_tidied() -> None:
    row = one(given_name="  Mary\u00a0 Ann\u200f ", preferred_name__en="O’Brien")

    assert (row.values["given_name"], row.values["preferred_name.en"]) == ("Mary Ann", "O’Brien")
    assert one(given_name="D’Angelo-Núñez").values["given_name"] == "D'Angelo-Núñez"
    assert fault("preferred_name.ru", "Kарими")[0] == "letters.mixed"


# --- The other fields ---


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("capacity", "رييس هيئت", "head"),
        ("capacity", "HEAD", "head"),
        ("capacity", "wekil", "delegate"),
        ("sex", "м", "M"), ("sex", "خانم", "F"), ("sex", "kişi", "M"), ("sex", "aýal", "F"), ("sex", "ер", "M"),
        ("sex", "<", "X"),
        ("nationality", "D<<", "DE"), ("nationality", "RUS", "RU"), ("nationality", "Иран", "IR"),
        ("nationality", "xxa", "XXA"),
        ("nationality", "Azərbaycan", "AZ"), ("nationality", "Türkmenistan", "TM"), ("nationality", "Қазақстан", "KZ"),
        ("nationality", "iranian", "IR"), ("nationality", "GBD", "GB"), ("nationality", "جمهوری اسلامی ایران", "IR"),
        ("document_kind", "Diplomatic", "diplomatic"), ("document_kind", "گذرنامه سیاسی", "diplomatic"),
        ("document_kind", "служебный", "service"), ("document_kind", "P", "passport"),
        ("document_kind", "ID card", "identity_card"),
        ("document_number", "k 12-345678", "K12345678"), ("document_number", "К۱۲۳۴۵۶۷۸", "K12345678"),
        ("document_number", 123456789, "123456789"), ("document_number", 123456789.0, "123456789"),
        ("document_state", "Kazakhstan", "KZ"),
        ("document_expires_on", "2025-11-19", date(2025, 11, 19)),
        ("email", "mailto:sara@Example.ORG", "sara@example.org"),
        ("phone", "0098 912 123 4567", "+989121234567"), ("phone", 989121234567, "+989121234567"),
        ("phone", "۰۹۱۲ ۱۲۳ ۴۵۶۷", "+989121234567"),
        ("languages", "انگلیسی و فارسی", ["en", "fa"]), ("languages", "русский, İngilis dili", ["ru", "en"]),
        ("office.en", "=HYPERLINK(1)", "=HYPERLINK(1)"), ("note", "@home +1", "@home +1"), ("diet", 5, "5"),
        ("health", True, "True"),
        ("note", date(2025, 1, 1), "2025-01-01"), ("note", "a\n\n b", "a b"),
    ],
)  # fmt: skip
def test_a_value_is_taken(name: str, cell: Cell, value: Any) -> None:
    row = filing.parse_values({"capacity": "delegate", "family_name": "Karimi", name: cell}, CONTEXT)

    assert row.faults == ()
    assert row.values[name] == value


def test_the_nationality_says_where_a_telephone_is() -> None:
    assert one(nationality="AZ", phone="050 123 45 67").values["phone"] == "+994501234567"


@pytest.mark.parametrize(
    ("name", "cell", "expected"),
    [
        ("sex", "perhaps", (
            "sex.unknown",
            "“perhaps” is none of F, M and X: write the sex as the document states it.", "")),
        ("nationality", "Narnia", (
            "state.unknown",
            "No state is called “Narnia”: write its code, as in the document.", "")),
        ("nationality", "Kazakstan", ("state.near", "No state is called “Kazakstan”; perhaps KZ is meant.", "KZ")),
        ("born_on", "2026-01-01", ("born.future", "The date of birth, 2026-01-01, lies in the future.", "")),
        ("born_on", "1899-01-01", ("born.old", "The date of birth, 1899-01-01, lies more than 120 years back.", "")),
        ("document_expires_on", "2025-11-18", (
            "document.expires", "The document expires on 2025-11-18; it must be valid until 2025-11-19.", "")),
        ("document_expires_on", "2100-01-01", (
            "document.far", "No document is valid until 2100-01-01: see whether the date is right.", "")),
        ("document_kind", "library card", (
            "document.kind",
            "“library card” is no kind of document: passport, diplomatic, service, identity card or other.", "")),
        ("document_number", "K123*678", (
            "number.sign", "A document's number has Latin letters and digits only, not “*”.", "")),
        ("document_number", "Ж1234567", (
            "number.sign", "A document's number has Latin letters and digits only, not “Ж”.", "")),
        ("document_number", "K1", ("number.length", "A document's number has 4 to 20 signs; “K1” has 2.", "")),
        ("document_number", "1.23E+15", (
            "number.rounded",
            "The spreadsheet has changed this number to “1.23E+15”: format the column as text and type it anew.", "")),
        ("email", "sara@", ("mail.unknown", "“sara@” is no e-mail address: it looks like name@example.org.", "")),
        ("email", "sаra@example.org", (
            "mail.unknown", "“sаra@example.org” is no e-mail address: it looks like name@example.org.", "")),
        ("email", "a b@example.org", (
            "mail.unknown", "“a b@example.org” is no e-mail address: it looks like name@example.org.", "")),
        ("phone", "12", (
            "phone.unknown",
            "“12” is no telephone number: write it with + and the code of the country.", "")),
        ("phone", "+999 999", (
            "phone.unknown", "“+999 999” is no telephone number: write it with + and the code of the country.", "")),
        ("languages", "English, Klingon", (
            "language.unknown", "No language is called “Klingon”: part several by commas.", "")),
        ("note", "a" * 2001, ("text.long", "This is longer than 2000 letters.", "")),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_taken_is_told_of(name: str, cell: Cell, expected: tuple[str, str, str]) -> None:
    assert fault(name, cell) == expected


def test_a_capacity_that_is_not_there_is_told_of() -> None:
    row = filing.parse_values({"capacity": "Cook", "family_name": "Karimi"}, replace(CONTEXT, reader="fa"))

    assert [each.sentence() for each in row.faults] == [
        "There is no capacity “Cook”; there are: رئیس هیئت, عضو هیئت, مترجم."
    ]


def test_what_is_asked_for_is_missed() -> None:
    assert filing.parse_values({"given_name": "Sara", "note": " "}, CONTEXT).faults == (
        RowFault("capacity", "missing", filing.MISSING),
        RowFault("family_name", "missing", filing.MISSING),
    )
    assert filing.parse_values({"family_name": "Karimi"}, replace(CONTEXT, default_capacity="head")).values == {
        "family_name": "Karimi", "capacity": "head",
    }  # fmt: skip


def test_a_row_of_a_form_and_one_of_a_sheet_are_read_alike() -> None:
    raw: dict[str, Cell] = {"capacity": "Delegate", "family_name": "Karimi", "born_on": "2/9/1354", "email": "x"}
    sheet = read("Capacity|Surname|Date of birth|Email\nDelegate|Karimi|2/9/1354|x\n").rows[0]

    assert filing.parse_values(raw, CONTEXT, number=2) == sheet
