from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

import pytest
import xlsxwriter

from ejlas.core.errors import RuleBroken
from ejlas.core.formats import cells, sheets
from ejlas.core.formats.cells import CellFault, Note
from ejlas.core.formats.packed import Packed

Write = Callable[[Any, Any], None]

NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:dc="urn:dc"'
)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(write: Write, **options: object) -> bytes:
    opened = io.BytesIO()
    book = xlsxwriter.Workbook(opened, {"in_memory": True, **options})
    write(book, book.add_worksheet("People"))
    book.close()
    return opened.getvalue()


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    opened = io.BytesIO()
    with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return opened.getvalue()


def repacked(data: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    return packed({**parts, **{name: change(parts.get(name, b"")) for name, change in changes.items()}})


def ods(tables: str, *, styles: str = "", **more: str | bytes) -> bytes:
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content, **more})


def simple() -> bytes:
    return workbook(lambda _, sheet: sheet.write_row(0, 0, ["a", "b"]))


def refusal(data: bytes) -> str:
    with pytest.raises(RuleBroken) as broken:
        sheets.read_cells(data)
    return broken.value.sentence()


# --- XLSX ---


def test_a_workbook_gives_typed_cells() -> None:
    def write(book: Any, sheet: Any) -> None:
        day, moment, clock = (book.add_format({"num_format": shown}) for shown in ("dd.mm.yyyy", "d/m/yy h:mm", "h:mm"))
        sheet.write_row(0, 0, ["Name", "Year", 7, 2.5, True])
        sheet.write_datetime(1, 0, datetime(1975, 11, 23), day)
        sheet.write_datetime(1, 1, datetime(2025, 11, 18, 9, 30), moment)
        sheet.write_datetime(1, 2, time(9, 30), clock)
        sheet.write_rich_string(1, 3, "Gul", book.add_format({"bold": True}), "nar")
        sheet.write_string(1, 4, "=1+1")

    table = sheets.read_cells(workbook(write))

    assert table.rows == (
        ("Name", "Year", 7, 2.5, True),
        (date(1975, 11, 23), datetime(2025, 11, 18, 9, 30), time(9, 30), "Gulnar", "=1+1"),
    )
    assert (table.kind, table.name, table.sheets, table.notes) == ("xlsx", "People", ("People",), ())
    assert [type(cell) for cell in table.rows[0]] == [str, str, int, float, bool]


def test_dates_of_the_1904_system_are_the_same_days() -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write_datetime(0, 0, datetime(1975, 11, 23), book.add_format({"num_format": "yyyy-mm-dd"}))

    assert sheets.read_cells(workbook(write, date_1904=True)).rows == ((date(1975, 11, 23),),)
    assert sheets.read_cells(workbook(write)).rows == ((date(1975, 11, 23),),)


def test_merged_cells_belong_to_the_first_and_are_told_of() -> None:
    def write(_: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 0, 2, "Delegation of Gilan")
        sheet.write_row(1, 0, ["a", "b", "c"])

    table = sheets.read_cells(workbook(write))

    assert table.rows == (("Delegation of Gilan",), ("a", "b", "c"))
    assert table.merged == ((0, 0, 0, 2),)
    assert table.notes == (Note(cells.MERGED, {"places": "A1:C1"}),)


def test_what_lies_under_merged_cells_is_not_read() -> None:
    merged = of_rows(
        "<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c><c><v>5</v></c></row>"
    )
    cover = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    data = repacked(merged, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</sheetData>", cover)})

    assert sheets.read_cells(data).rows == ((1, None, 3), (None, None))


def test_merged_cells_without_end_are_refused() -> None:
    cover = b"</sheetData>" + b'<mergeCell ref="A1:XFD1048576"/>' * 300
    data = of_rows('<row r="20000"><c><v>1</v></c></row>')
    data = repacked(data, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</sheetData>", cover)})

    assert refusal(data) == cells.UnreadableSheet.message


@pytest.mark.parametrize("encoding", ["UTF-99", "utf-7", "cp037"])
def test_xml_in_a_strange_encoding_is_refused(encoding: str) -> None:
    said = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    data = repacked(simple(), {"xl/workbook.xml": lambda xml: said + xml.partition(b"?>")[2]})

    assert refusal(data) == cells.UnreadableSheet.message


def test_groups_in_groups_without_end_are_refused() -> None:
    deep = "<table:table-row-group>" * 5_000 + "</table:table-row-group>" * 5_000

    assert refusal(ods(f'<table:table table:name="x">{deep}</table:table>')) == cells.UnreadableSheet.message


def test_a_formula_gives_its_stored_value_and_one_without_names_its_cell() -> None:
    def write(_: Any, sheet: Any) -> None:
        sheet.write_formula(0, 0, '="A"&"B"', None, "AB")
        sheet.write_formula(0, 1, "=1+1", None, 2)
        sheet.write_formula(0, 2, "=1/0", None, "#DIV/0!")

    data = repacked(
        workbook(write),
        {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</row>", b'<c r="D1"><f>B1*2</f></c></row>')},
    )

    assert sheets.read_cells(data).rows == (
        ("AB", 2, CellFault("C1", "error", "#DIV/0!"), CellFault("D1", "formula", "=B1*2")),
    )


def test_macros_are_left_aside_and_told_of() -> None:
    data = repacked(simple(), {"xl/vbaProject.bin": lambda _: b"macro"})

    assert [note.sentence() for note in sheets.read_cells(data).notes] == [
        "The macros of this workbook were left aside; only its values were read."
    ]


def test_hidden_sheets_columns_and_rows_are_told_of() -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_row(1, 0, ["1", "2"])
        sheet.set_column(1, 1, 8, None, {"hidden": True})
        sheet.set_row(1, None, None, {"hidden": True})
        book.add_worksheet("Secret").hide()
        book.add_worksheet("Other").write(0, 0, "c")
        book.add_worksheet("Empty")

    assert sheets.read_cells(workbook(write)).notes == (
        Note(cells.HIDDEN_COLUMNS, {"columns": "B"}),
        Note(cells.HIDDEN_ROWS, {"rows": "2"}),
        Note(cells.HIDDEN_SHEET, {"name": "Secret"}),
        Note(cells.ONE_OF_SEVERAL, {"name": "People"}),
    )


def test_the_first_sheet_that_suits_is_read_or_the_one_named() -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "cover")
        book.add_worksheet("List").write(0, 0, "name")

    data = workbook(write)

    assert sheets.read_cells(data).name == "People"
    assert sheets.read_cells(data, suits=lambda table: table.rows[0] == ("name",)).name == "List"
    assert sheets.read_cells(data, sheet="List").rows == (("name",),)
    assert sheets.read_cells(data, suits=lambda table: False).name == "People"
    with pytest.raises(cells.SheetMissing):
        sheets.read_cells(data, sheet="Nothing")


def of_rows(rows: str) -> bytes:
    sheet = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>".encode()
    return repacked(simple(), {"xl/worksheets/sheet1.xml": lambda _: sheet})


def test_thousands_of_empty_rows_and_columns_are_cut() -> None:
    empty = "".join(f'<row r="{number}"><c r="A{number}" s="1"/></row>' for number in range(2, 30_000))
    data = of_rows(
        f'<row r="1"><c r="A1"><v>7</v></c><c r="XFD1" s="1"/></row>{empty}<row r="1048576"><c s="1"/></row>'
    )

    assert sheets.read_cells(data).rows == ((7,),)


def test_a_cell_far_away_is_refused_before_it_costs_memory() -> None:
    assert len(sheets.read_cells(of_rows('<row r="1"><c r="GR1"><v>1</v></c></row>')).rows[0]) == 200
    assert refusal(of_rows('<row r="1"><c r="XFD1"><v>1</v></c></row>')) == (
        "This table is too wide: at most 200 columns are read. Delete what stands to the right."
    )
    assert refusal(of_rows('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')) == (
        "This file is too large: send at most 20000 rows at once."
    )


def test_fifty_thousand_rows_are_refused_with_what_to_do() -> None:
    rows = "".join(f'<row r="{number}"><c><v>1</v></c></row>' for number in range(1, 50_001))

    assert refusal(of_rows(rows)) == "This file is too large: send at most 20000 rows at once."
    assert refusal(b"a,b\n" * 50_000) == "This file is too large: send at most 20000 rows at once."


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c t="inlineStr"><is><t>a</t></is></c>', "a"),
        ('<c t="str"><f>x</f><v>a_x000D_b</v></c>', "a\rb"),
        ('<c t="d"><v>1975-11-23T00:00:00</v></c>', date(1975, 11, 23)),
        ("<c><v>1e400</v></c>", "1e400"),
        ("<c><v>NaN</v></c>", "NaN"),
    ],
)
def test_rare_cells_are_read(cell: str, value: object) -> None:
    assert sheets.read_cells(of_rows(f"<row>{cell}</row>")).rows == ((value,),)


@pytest.mark.parametrize(
    "row",
    [
        '<row r="x"/>',
        '<row><c r="7"><v>1</v></c></row>',
        '<row><c t="s"><v>99</v></c></row>',
        "<row><c><v>x</v></c></row>",
    ],
)
def test_a_broken_sheet_is_refused(row: str) -> None:
    assert refusal(of_rows(row)) == cells.UnreadableSheet.message


def test_a_very_long_text_is_cut_and_told_of() -> None:
    table = sheets.read_cells(workbook(lambda _, sheet: sheet.write_string(0, 1, "a" * 30_000)))

    assert len(table.rows[0][1]) == cells.MOST_LETTERS  # type: ignore[arg-type]
    assert table.notes == (Note(cells.CUT, {"most": 4000, "places": "B1"}),)


# --- Bombs, and files that are not what they say ---


def test_a_bomb_that_declares_its_size_is_refused() -> None:
    data = repacked(simple(), {"xl/media/bomb.bin": lambda _: bytes(101_000_000)})

    assert len(data) < 200_000
    assert refusal(data) == "This file is too large: send at most 20000 rows at once."


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(repacked(simple(), {"xl/worksheets/sheet1.xml": lambda _: b"<worksheet>" + b" " * 3_000_000}))
    real, told = (3_000_011).to_bytes(4, "little"), (100).to_bytes(4, "little")
    assert data.count(real) == 2

    assert refusal(bytes(data.replace(real, told))) == cells.UnreadableSheet.message


def test_what_comes_out_is_counted_whatever_was_declared() -> None:
    file = Packed(packed({"a": bytes(2_000), "b": bytes(2_000)}))
    file._left = 3_000

    assert file.read("a") == bytes(2_000)
    with pytest.raises(cells.SheetTooLarge):
        file.read("b")


def test_a_file_of_files_is_no_table_and_stays_packed() -> None:
    assert refusal(packed({"inner.zip": packed({"bomb": bytes(1_000_000)})})) == (
        "This file is no table but ZIP, whatever its name says: send it as XLSX, ODS or CSV."
    )


def test_entities_that_grow_are_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    data = repacked(simple(), {"xl/workbook.xml": lambda xml: xml.replace(b"<workbook", laughs + b"<workbook", 1)})

    assert refusal(data) == cells.UnreadableSheet.message


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"<html><table><tr><td>a</td></tr></table></html>", "HTML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "XML"),
        (packed({"word/document.xml": "<w/>"}), "DOCX"),
        (packed({"content.xml": f"<office:document-content {NAMESPACES}/>"}), "OpenDocument"),
    ],
)
def test_a_file_that_is_no_table_is_named(data: bytes, kind: str) -> None:
    assert refusal(data) == f"This file is no table but {kind}, whatever its name says: send it as XLSX, ODS or CSV."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This table is empty."),
        (b" \r\n,,\r\n", "This table is empty."),
        (workbook(lambda book, sheet: None), "This table is empty."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
            "This workbook is protected by a password: save it without one and send it again.",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "Workbook".encode("utf-16-le"),
            "This workbook is of a kind that is not read (XLS, XLSB): save it as XLSX and send it again.",
        ),
        (
            packed({"xl/workbook.bin": b"x"}),
            "This workbook is of a kind that is not read (XLS, XLSB): save it as XLSX and send it again.",
        ),
        (
            ods("", **{"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}),
            "This workbook is protected by a password: save it without one and send it again.",
        ),
        (simple()[:-40], cells.UnreadableSheet.message),
        (repacked(simple(), {"xl/worksheets/sheet1.xml": lambda xml: xml[:-30]}), cells.UnreadableSheet.message),
        (packed({"xl/workbook.xml": f"<workbook {MAIN}/>"}), cells.UnreadableSheet.message),
        (b"name\n\x01\x02\x03", cells.UnreadableSheet.message),
        (bytes(range(128, 256)) * 3, cells.SheetUnclear.message),
        ("nom,prénom\nGarção,Zoë".encode("cp1252"), cells.SheetUnclear.message),
        (b"a" * 5_000_001, "This file is too large: send at most 20000 rows at once."),
    ],
)
def test_a_bad_file_is_refused_with_its_sentence(data: bytes, sentence: str) -> None:
    assert refusal(data) == sentence


# --- ODS ---


def test_a_spreadsheet_gives_typed_cells_and_repeats_only_what_is_filled() -> None:
    table = (
        '<table:table table:name="List"><table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
        '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Gilan</text:p></table:table-cell>'
        "<table:covered-table-cell><text:p>under</text:p></table:covered-table-cell></table:table-row>"
        '<table:table-row><table:table-cell office:value-type="string"><office:annotation><dc:date>2025</dc:date>'
        "<text:p>remark</text:p></office:annotation><text:p>a<text:s/>b</text:p></table:table-cell>"
        '<table:table-cell office:value-type="date" office:date-value="1975-11-23"><text:p>23/11</text:p>'
        '</table:table-cell><table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p>'
        '</table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p>'
        '</table:table-cell><table:table-cell table:formula="of:=[.A1]"/>'
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row></table:table>'
        '<table:table table:name="Old" table:style-name="ta2"/>'
    )
    styles = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'

    read = sheets.read_cells(ods(table, styles=styles))

    assert read.rows == (
        ("Gilan",),
        ("a b", date(1975, 11, 23), 7, True, CellFault("E2", "error", "#DIV/0!"), CellFault("F2", "formula", "=[.A1]")),
    )
    assert read.notes == (
        Note(cells.MERGED, {"places": "A1:B1"}),
        Note(cells.HIDDEN_COLUMNS, {"columns": "C"}),
        Note(cells.HIDDEN_SHEET, {"name": "Old"}),
    )


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ('<table:table-row table:number-rows-repeated="1000000"><table:table-cell><text:p>x</text:p>'
         "</table:table-cell></table:table-row>", cells.SheetTooLarge),
        ('<table:table-row><table:table-cell table:number-columns-repeated="9999999"><text:p>x</text:p>'
         "</table:table-cell></table:table-row>", cells.SheetTooWide),
        ('<table:table-row><table:table-cell office:value-type="date" office:date-value="soon"/></table:table-row>',
         cells.UnreadableSheet),
    ],
)  # fmt: skip
def test_a_spreadsheet_that_repeats_without_end_is_refused(row: str, error: type[RuleBroken]) -> None:
    with pytest.raises(error):
        sheets.read_cells(ods(f'<table:table table:name="x">{row}</table:table>'))


# --- Text ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_is_read_in_each_encoding_and_with_each_separator(encoding: str, separator: str) -> None:
    lines = ["نام{0}Фамилия{0}Ady", '"Gül{0}nar"{0}Иванова{0}', "", "x{0}{0}y"]
    table = sheets.read_cells("\r\n".join(lines).format(separator).encode(encoding))

    assert table.rows == (
        ("نام", "Фамилия", "Ady"), (f"Gül{separator}nar", "Иванова"), (), ("x", None, "y"),
    )  # fmt: skip
    assert (table.kind, table.notes) == ("tsv" if separator == "\t" else "csv", ())


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("Фамилия;Имя\nИванова;Анна\nПЕТРОВ;Иван", "cp1251", "Windows-1251"),
        ("نام;تاريخ\nمريم;گيلان", "cp1256", "Windows-1256"),
    ],
)
def test_text_of_one_byte_a_letter_is_read_where_plain_and_told_of(text: str, encoding: str, name: str) -> None:
    table = sheets.read_cells(text.encode(encoding))

    assert table.rows == tuple(tuple(line.split(";")) for line in text.split("\n"))
    assert table.notes == (Note(cells.ENCODING, {"encoding": name}),)


def test_the_line_that_names_the_separator_is_no_row() -> None:
    assert sheets.read_cells(b"sep=;\r\na,b;c\r\n").rows == (("a,b", "c"),)


def test_a_pasted_text_is_a_table() -> None:
    table = sheets.read_pasted('Family name\tGiven name\n"Line\none"\tAnna\n')

    assert table.rows == (("Family name", "Given name"), ("Line\none", "Anna"))
    assert table.kind == "tsv"
    with pytest.raises(cells.SheetEmpty):
        sheets.read_pasted(" \n")


# --- Rows of words, as translations are read ---


def test_rows_of_words_are_as_before() -> None:
    def write(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["key", "", "fa"])
        sheet.write_row(1, 0, ["a", 5])

    assert sheets.read(workbook(write)) == [["key", "", "fa"], ["a", "5", ""]]
    assert sheets.read(b"key,fa\n\na,b\n") == [["key", "fa"], ["a", "b"]]
    with pytest.raises(cells.UnreadableSheet):
        sheets.read(packed({"word/document.xml": "<w/>"}))
