"""Any list as a file: plain words, no formula, in the direction of the reader."""

from __future__ import annotations

import io

import pytest
from django.utils.safestring import SafeString
from python_calamine import CalamineWorkbook

from ejlas.exports import table

ROWS = [
    [SafeString("<bdi>رشت &amp; انزلی</bdi>"), "=1+1", 3],
    ["@x", SafeString('<span class="tag">Host</span>'), None],
]


def test_cells_become_plain_words_in_a_workbook():
    made = table.make("xlsx", title="List", heads=["A", "B", "C"], rows=ROWS, language="fa")

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(made.body)).get_sheet_by_index(0)
    assert sheet.to_python() == [["A", "B", "C"], ["رشت & انزلی", "=1+1", "3"], ["@x", "Host", ""]]


def test_no_cell_of_a_csv_is_a_formula():
    made = table.make("csv", title="List", heads=["A", "B", "C"], rows=ROWS, language="en")

    assert made.body.decode("utf-8-sig").splitlines() == ["A,B,C", "رشت & انزلی,'=1+1,3", "'@x,Host,"]


def test_what_only_looks_like_a_piece_of_a_page_stays():
    made = table.make("csv", title="List", heads=["A"], rows=[["a <b> c"]], language="en")

    assert made.body.decode("utf-8-sig").splitlines() == ["A", "a <b> c"]


@pytest.mark.parametrize("form", table.FORMS)
def test_no_row_makes_a_file_too(form):
    assert table.make(form, title="List", heads=["A"], rows=[], language="en").body
