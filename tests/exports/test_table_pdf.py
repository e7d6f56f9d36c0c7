"""Any list on paper: its head on every page, plain words, the direction and the date of the reader."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pypdf
import pytest
from django.utils.safestring import SafeString

from ejlas.exports import table_pdf

PRINTED_AT = datetime(2025, 10, 7, 14, 30, tzinfo=ZoneInfo("Asia/Tehran"))


def printed(rows: list[list[Any]], language: str = "en", **values: Any) -> pypdf.PdfReader:
    values = {"title": "Delegations", "heads": ["Name", "Office"], "printed_at": PRINTED_AT} | values
    return pypdf.PdfReader(BytesIO(table_pdf.render(rows=rows, language=language, **values)))


def words(reader: pypdf.PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def sides(reader: pypdf.PdfReader) -> tuple[int, int]:
    box = reader.pages[0].mediabox
    return round(float(box.width)), round(float(box.height))


def test_a_list_says_what_it_is_and_when_it_was_printed():
    reader = printed(
        [["VOLGIN IGOR", SafeString("<bdi>Governor &amp; guest</bdi>")], ["#x [y] $z$", None]], subtitle="All"
    )

    assert words(reader) == [
        "Delegations All Name Office VOLGIN IGOR Governor & guest #x [y] $z$ "
        "Delegations Printed on 7 October 2025, 14:30 Page 1 of 1"
    ]
    assert sides(reader) == (595, 842)


def test_the_head_comes_again_on_every_page():
    pages = words(printed([[f"Person {number}", "Adviser"] for number in range(120)]))

    assert len(pages) > 2
    assert all("Name Office" in page for page in pages)
    assert f"Page 2 of {len(pages)}" in pages[1]
    assert sum(page.count("Person") for page in pages) == 120


def test_a_wide_list_lies_on_its_side():
    heads = [f"Column {number}" for number in range(8)]

    assert sides(printed([["words enough for a column"] * 8], heads=heads)) == (842, 595)


def test_a_persian_list_has_its_digits_and_both_calendars():
    reader = printed([["ایگور ولگین Igor", "استاندار"]], "fa", title="فهرست هیئت", heads=["نام", "سمت"])

    text = words(reader)[0]
    # The reader of the test gives Persian figures from the last to the first.
    for part in ("Igor", "۴۰۴۱", "۵۲۰۲", "۰۳:۴۱"):
        assert part in text
    assert not any(sign in text for sign in "\u2066\u2069\u200b")
    assert "/Lang" in reader.trailer["/Root"]


def test_a_calendar_that_the_edition_asks_for_is_added():
    text = words(printed([["a", "b"]], asked_calendars=["solar_hijri"]))[0]

    assert "Printed on 7 October 2025 · 15 Mehr 1404, 14:30" in text


def test_a_list_without_rows_says_so():
    assert "The list is empty." in words(printed([]))[0]


def test_a_word_longer_than_its_column_is_broken_where_it_has_a_sign():
    address = "a.very.long.address.of.the.delegation@secretariat.example.org"

    text = words(printed([[address, "x" * 60]], heads=["Address", "Key"]))[0]

    assert address in text.replace(" ", "")


def test_a_list_that_nobody_prints_is_refused_in_words():
    with pytest.raises(table_pdf.ListTooLong) as refused:
        printed([["a", "b"]] * (table_pdf.MOST_ROWS + 1))

    assert refused.value.sentence() == (
        "A list of 6001 rows is too long for paper, which takes 6000: filter it, or take the workbook."
    )
