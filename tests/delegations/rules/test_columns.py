from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ejlas.core.formats import sheets, xlsx
from ejlas.core.formats.cells import Table
from ejlas.delegations.rules import columns, headings
from ejlas.delegations.rules.people import PersonField
from ejlas.delegations.rules.template import template

SIX = ("en", "fa", "ru", "az", "tk", "kk")
CAPACITIES = {"head": {"en": "Head of delegation", "ru": "Глава делегации"}, "delegate": {"en": "Delegate"}}


def keys(*headed: str, languages: tuple[str, ...] = SIX) -> list[str]:
    matching = columns.match(headed, languages=languages)
    return [matching.columns.get(number, "") for number in range(len(headed))]


def table(*rows: tuple[str | None, ...], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Table:
    return Table(rows, "csv", merged=merged)


@pytest.mark.parametrize("language", [*SIX, "pt", "es", "fr", "ar", "tr", "de"])
def test_what_the_template_writes_is_matched(language: str) -> None:
    spoken = (*SIX, "pt", "es")
    packed = xlsx.pack(
        template(spoken, CAPACITIES, language),
        title="List",
        created=datetime(2025, 1, 1, tzinfo=UTC),
        is_right_to_left=language == "fa",
    )

    matching = columns.match(sheets.read_cells(packed).rows[0], languages=spoken)

    expected: list[str] = []
    for field in PersonField:
        wordings = field in (PersonField.PREFERRED_NAME, PersonField.OFFICE)
        expected += [f"{field}.{each}" for each in spoken] if wordings else [str(field)]
    assert list(matching.columns.values()) == expected
    assert (matching.leftovers, matching.notes) == ((), ())
    assert set(matching.certainty.values()) == {1.0}


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("FAMILY NAME *", "family_name"),
        ("Surname:", "family_name"),
        ("Famly name", "family_name"),
        ("Date of birth (dd/mm/yyyy)", "born_on"),
        ("Дата рожд.", "born_on"),
        ("Passport No. / Номер паспорта", "document_number"),
        ("№ паспорта", "document_number"),
        ("نام خانوادگي", "family_name"),
        ("نام‌خانوادگی", "family_name"),
        ("تاريخ تولد", "born_on"),
        ("نام به فارسی", "preferred_name.fa"),
        ("name (fa)", "preferred_name.fa"),
        ("Имя на русском", "preferred_name.ru"),
        ("Name in Turkmen", "preferred_name.tk"),
        ("Qazaxca ad", "preferred_name.kk"),
        ("Атауы", ""),
        ("office_ru", "office.ru"),
        ("office.fa", "office.fa"),
        ("Должность (на английском)", "office.en"),
        ("سمت به انگلیسی", "office.en"),
        ("Vəzifəsi", "office"),
        ("Фамилия (на казахском)", ""),
        ("Family name (English)", "family_name"),
        ("Soyadı", "family_name"),
        ("Fecha de nacimiento", "born_on"),
        ("Número do passaporte", "document_number"),
        ("Geburtsdatum", "born_on"),
        ("Doğum tarihi", "born_on"),
        ("تاريخ الميلاد", "born_on"),
        ("Adresse e-mail", "email"),
        ("ФИО", "full_name"),
        ("نام و نام خانوادگی", "full_name"),
        ("capacity", "capacity"),
        ("№", ""),
        ("Hotel", ""),
        ("", ""),
    ],
)
def test_a_heading_is_understood(heading: str, key: str) -> None:
    assert keys(heading) == [key]


def test_a_wording_in_a_language_that_the_edition_lacks_is_left_over() -> None:
    assert keys("Office (Russian)", languages=("en", "fa")) == [""]
    assert keys("Office (Portuguese)", languages=("pt",)) == ["office.pt"]


@pytest.mark.parametrize(
    ("headed", "expected"),
    [
        (("Name", "Sex"), ["full_name", "sex"]),
        (("Name", "Surname"), ["given_name", "family_name"]),
        (("Name", "Vorname"), ["family_name", "given_name"]),
        (("Nom", "Prénom"), ["family_name", "given_name"]),
        (("نام", "نام خانوادگی"), ["given_name", "family_name"]),
    ],
)
def test_a_bare_name_is_what_the_others_leave(headed: tuple[str, ...], expected: list[str]) -> None:
    assert keys(*headed) == expected


@pytest.mark.parametrize(
    ("headed", "expected"),
    [
        (("First name (English)", "Last name (English)"), ["given_name", "family_name"]),
        (("Surname", "Given name", "Name (English)"), ["family_name", "given_name", "preferred_name.en"]),
        (("Фамилия (рус.)", "Имя (рус.)"), ["preferred_name.ru", "preferred_name.ru"]),
        (("نام به فارسی", "نام خانوادگی به فارسی"), ["preferred_name.fa", "preferred_name.fa"]),
        (("ФИО на русском", "Фамилия (рус.)", "Surname"), ["preferred_name.ru", "", "family_name"]),
    ],
)
def test_names_that_name_their_language(headed: tuple[str, ...], expected: list[str]) -> None:
    assert keys(*headed) == expected


def test_halves_of_a_preferred_name_are_told_and_taken_apart_by_hand() -> None:
    matching = columns.match(["Фамилия (рус.)", "Имя (рус.)", "Имя на бейдже"], languages=SIX)

    assert matching.parts == {0: "family_name", 1: "given_name"}
    by_hand = matching.by_hand({2: "preferred_name.ru"})
    assert (by_hand.columns, by_hand.parts, by_hand.leftovers) == ({2: "preferred_name.ru"}, {}, (0, 1))


def test_one_column_for_each_field_the_surest_first() -> None:
    matching = columns.match(["Passport nunber", "Passport number", "Passport"], languages=SIX)

    assert matching.columns == {1: "document_number"}
    assert matching.leftovers == (0, 2)


def test_a_near_spelling_is_told_of() -> None:
    notes = columns.match(["Famly name", "Sex"], languages=SIX).notes

    assert [note.sentence() for note in notes] == [
        "Column A, “Famly name”, was taken for “Family name” by a near spelling: see whether it is."
    ]


def test_columns_are_matched_by_hand() -> None:
    matching = columns.match(["Surname", "Hotel", "Sex"], languages=SIX)

    by_hand = matching.by_hand({0: "", 1: "family_name", 2: "office.fa"})

    assert by_hand.columns == {1: "family_name", 2: "office.fa"}
    assert by_hand.leftovers == (0,)
    assert by_hand.lacks(PersonField.FAMILY_NAME, PersonField.SEX) == (PersonField.SEX,)


def test_a_column_taken_by_hand_is_taken_from_the_other() -> None:
    matching = columns.match(["Surname", "Nickname"], languages=SIX).by_hand({1: "family_name"})

    assert matching.columns == {1: "family_name"}
    assert matching.leftovers == (0,)


@pytest.mark.parametrize("chosen", [{0: "shoe_size"}, {0: "sex.fa"}, {9: "sex"}, {-1: "sex"}])
def test_a_choice_of_what_is_not_there_is_refused(chosen: dict[int, str]) -> None:
    with pytest.raises(columns.ColumnUnknown):
        columns.match(["Surname", "Sex"], languages=SIX).by_hand(chosen)


def test_the_headings_are_found_below_a_title() -> None:
    found = columns.find(
        table(("Delegation of Gilan", None, "18 November 2025"), (), ("№", "Surname", "Name"), ("1", "Karimi", "Sara")),
        languages=SIX,
    )

    assert (found.heading_row, found.columns) == (2, {1: "family_name", 2: "given_name"})
    assert [note.sentence() for note in found.notes] == [
        "Row 3 was taken for the headings; what stands above it was left aside."
    ]


def test_a_heading_is_read_with_the_merged_cell_above_it() -> None:
    found = columns.find(
        table(
            ("Surname", "Name", "Passport", None),
            ("Surname", "Name", "number", "valid until"),
            merged=((0, 2, 0, 3),),
        ),
        languages=SIX,
    )

    assert (found.heading_row, found.columns[2], found.columns[3]) == (1, "document_number", "document_expires_on")


@pytest.mark.parametrize(
    "rows",
    [
        (("1", "2"), ("3", "4")),
        (("Hotel", "Room"),),
        (("Sex", "Diet"),),
        ((),),
        (*(("x", "y") for _ in range(10)), ("Surname", "Name")),
    ],
)
def test_a_table_without_headings_of_people_is_refused(rows: tuple[tuple[str, ...], ...]) -> None:
    assert not columns.suits(table(*rows), languages=SIX)
    with pytest.raises(columns.HeadingsMissing) as broken:
        columns.find(table(*rows), languages=SIX)
    assert broken.value.sentence() == (
        "No headings were found in the first 10 rows: begin with a row of headings such as “Family name” "
        "and “Given name”, or download the template."
    )


def test_no_wording_means_two_fields() -> None:
    meanings: dict[str, set[str]] = {}
    for field, wordings in headings._WORDS.items():
        for words in wordings.values():
            for word in words.split("|"):
                meanings.setdefault(headings.joined(word), set()).add(str(field))

    assert {word: fields for word, fields in meanings.items() if len(fields) > 1} == {}


def test_the_template_offers_choices_and_explains_each_column() -> None:
    people, how = template(("en", "fa"), CAPACITIES, "ru", translate=str.upper)

    by_heading = {column.heading: column for column in people.columns}
    assert by_heading["Статус участника"].choices == ["Глава делегации", "Delegate"]
    assert by_heading["Пол"].choices == ["женский", "мужской", "не указан"]
    assert all(column.is_text for column in people.columns)
    assert [row[0] for row in how.rows] == [column.heading for column in people.columns]
    assert (people.name, how.name) == ("PEOPLE", "HOW TO FILL IN")


def test_a_long_list_of_choices_stands_on_a_hidden_sheet_that_is_not_told_of() -> None:
    capacities = {f"c{number}": {"en": f"Capacity, of the number {number}"} for number in range(40)}
    packed = xlsx.pack(
        template(("en",), capacities, "en"),
        title="List",
        created=datetime(2025, 1, 1, tzinfo=UTC),
        is_right_to_left=False,
    )

    read = sheets.read_cells(packed, suits=lambda each: columns.suits(each, languages=("en",)))

    assert read.sheets == ("People", "How to fill in", "_lists")
    assert read.notes == ()
