"""Workbooks (Office Open XML): tables in, bytes out; a text stays a text, whatever it begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

DAY_FORMAT, TIME_FORMAT, MOMENT_FORMAT = "yyyy-mm-dd", "hh:mm", "yyyy-mm-dd hh:mm"

# A sheet whose name begins so is hidden and holds what other sheets refer to.
LISTS = "_lists"

_LONGEST_CELL = 32_767
_LONGEST_LIST = 255
_ROWS_WITH_CHOICES = 2_000
_LONGEST_NAME = 31
_OPTIONS = {
    # The whole file stands in memory anyway; without temporary files it is also written on a read-only disk.
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A time on a clock, without a zone, and how its cell shows it."""

    value: datetime
    shown_as: str = MOMENT_FORMAT


Cell = str | int | float | Moment | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, whether long texts wrap in it, what it offers."""

    heading: str
    width: float
    wraps: bool = False
    # What a cell may be chosen from, by a list that drops down; other words can still be typed.
    choices: Sequence[str] = ()
    # Whether empty cells below hold texts too, so that 007 typed there stays 007.
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its columns, under a name that a tab can bear."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def pack(sheets: Sequence[Sheet], *, title: str, created: datetime, is_right_to_left: bool) -> bytes:
    """Return the workbook of these sheets, the same bytes for the same values."""
    # A web process that never packs a workbook need not carry what does.
    import xlsxwriter

    opened = BytesIO()
    workbook = xlsxwriter.Workbook(opened, _OPTIONS)
    workbook.set_properties({"title": title[:255], "created": created.replace(tzinfo=None, microsecond=0)})
    formats = _Formats(workbook)
    taken: set[str] = set()
    for sheet in sheets:
        written = workbook.add_worksheet(_tab_name(sheet.name, taken))
        if is_right_to_left:
            written.right_to_left()
        _write(written, sheet, formats)
    lists = _Lists(workbook)
    for written, sheet in zip(workbook.worksheets(), sheets, strict=True):
        _offer(written, sheet, lists)
    lists.close()
    workbook.close()
    return opened.getvalue()


class _Formats:
    """The looks of cells in one workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, bool], Any] = {}
        self.heading = workbook.add_format(
            {"bold": True, "font_color": "#FFFFFF", "bg_color": "#06242D", "valign": "vcenter", "text_wrap": True}
        )

    def cell(self, shown_as: str, *, wraps: bool) -> Any:
        """Return the look of a cell: how its value is shown, and whether it wraps."""
        if (shown_as, wraps) not in self._made:
            look = {"valign": "top", "text_wrap": wraps, "num_format": shown_as}
            self._made[shown_as, wraps] = self._workbook.add_format(look)
        return self._made[shown_as, wraps]


def _write(written: Any, sheet: Sheet, formats: _Formats) -> None:
    for number, column in enumerate(sheet.columns):
        written.set_column(number, number, column.width, *([formats.cell("@", wraps=False)] if column.is_text else []))
        written.write_string(0, number, column.heading, formats.heading)
    for row_number, row in enumerate(sheet.rows, start=1):
        for number, (cell, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _write_cell(written, (row_number, number), cell, formats, wraps=column.wraps)
    written.freeze_panes(1, 0)
    written.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    written.set_paper(9)  # A4
    written.set_landscape()
    written.fit_to_pages(1, 0)
    written.repeat_rows(0)


class _Lists:
    """The lists to choose from that are too long for a cell's own rule: on a hidden sheet, made when it is needed."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._columns: list[Sequence[str]] = []

    def source(self, choices: Sequence[str]) -> list[str] | str:
        """Return what the rule of a cell names as its list."""
        if len(",".join(choices)) <= _LONGEST_LIST and not any("," in choice for choice in choices):
            return list(choices)
        self._columns.append(choices)
        column = chr(ord("A") + len(self._columns) - 1)
        return f"='{LISTS}'!${column}$1:${column}${len(choices)}"

    def close(self) -> None:
        """Write the hidden sheet, if any list asked for it."""
        if self._columns:
            written = self._workbook.add_worksheet(LISTS)
            for number, choices in enumerate(self._columns):
                for row, choice in enumerate(choices):
                    written.write_string(row, number, choice)
            written.hide()


def _offer(written: Any, sheet: Sheet, lists: _Lists) -> None:
    last = max(len(sheet.rows), _ROWS_WITH_CHOICES)
    for number, column in enumerate(sheet.columns):
        if column.choices:
            rule = {"validate": "list", "source": lists.source(column.choices), "show_error": False}
            written.data_validation(1, number, last, number, rule)


def _write_cell(written: Any, place: tuple[int, int], cell: Cell, formats: _Formats, *, wraps: bool) -> None:
    if isinstance(cell, Moment):
        written.write_datetime(*place, cell.value.replace(tzinfo=None), formats.cell(cell.shown_as, wraps=wraps))
    elif isinstance(cell, str) and cell:
        # "@" is the format of texts: it stays one also when a person edits the cell.
        written.write_string(*place, cell[:_LONGEST_CELL], formats.cell("@", wraps=wraps))
    elif isinstance(cell, int | float):
        written.write_number(*place, cell, formats.cell("General", wraps=wraps))


def _tab_name(name: str, taken: set[str]) -> str:
    """Return a name that a tab can bear and no other tab has."""
    bare = "".join(" " if sign in "[]:*?/\\" else sign for sign in name).strip(" '")[:_LONGEST_NAME]
    bare = bare or "Sheet"
    found, number = bare, 2
    while found.lower() in taken:
        found, number = f"{bare[: _LONGEST_NAME - 4]} {number}", number + 1
    taken.add(found.lower())
    return found
