from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime

from ejlas.core.formats import xlsx


def parts(choices: Sequence[str]) -> dict[str, str]:
    columns = [xlsx.Column("Sex", 10, choices=choices, is_text=True), xlsx.Column("Note", 10)]
    packed = xlsx.pack(
        [xlsx.Sheet("People", columns, [["F", "x"]])],
        title="List",
        created=datetime(2025, 1, 1, tzinfo=UTC),
        is_right_to_left=False,
    )
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_a_short_list_stands_in_the_rule_of_the_cells() -> None:
    made = parts(["F", "M", "X"])

    sheet = made["xl/worksheets/sheet1.xml"]
    assert '<dataValidation type="list" allowBlank="1" showInputMessage="1" sqref="A2:A2001">' in sheet
    assert '<formula1>"F,M,X"</formula1>' in sheet
    assert "xl/worksheets/sheet2.xml" not in made


def test_a_long_list_and_one_with_commas_stand_on_a_hidden_sheet() -> None:
    for choices in (["a, b", "c"], [f"choice {number}" for number in range(60)]):
        made = parts(choices)

        assert f"<formula1>'_lists'!$A$1:$A${len(choices)}</formula1>" in made["xl/worksheets/sheet1.xml"]
        assert '<sheet name="_lists" sheetId="2" state="hidden"' in made["xl/workbook.xml"]


def test_a_column_of_texts_keeps_what_is_typed_below() -> None:
    sheet = parts([])["xl/worksheets/sheet1.xml"]

    assert "dataValidation" not in sheet
    assert '<col min="1" max="1" width="10.7109375" style="' in sheet
    assert '<col min="2" max="2" width="10.7109375" customWidth' in sheet
