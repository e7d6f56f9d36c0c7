"""Spreadsheets (OpenDocument) read: typed cells, and repeated ones only as far as they are filled."""

from __future__ import annotations

import math
from datetime import datetime, time
from typing import Any

from ejlas.core.formats import cells
from ejlas.core.formats.cells import Cell, CellFault, Note, Table, UnreadableSheet
from ejlas.core.formats.packed import Packed, bare

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_HOLDERS = frozenset({"table-row-group", "table-rows", "table-header-rows"})
_COLUMN_HOLDERS = frozenset({"table-column-group", "table-columns", "table-header-columns"})
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"


class Spreadsheet:
    """An opened spreadsheet. Raises UnreadableSheet, SheetTooLarge, SheetTooWide, SheetLocked."""

    def __init__(self, packed: Packed) -> None:
        if b"encryption-data" in packed.read("META-INF/manifest.xml"):
            raise cells.SheetLocked
        tree = packed.tree("content.xml")
        if tree is None:
            raise UnreadableSheet
        self.has_macros = any(name.startswith(("Basic/", "Scripts/")) for name in packed.names)
        hidden_styles = {
            style.get(f"{_STYLE}name")
            for style in tree.iter(f"{_STYLE}style")
            if any(part.get(f"{_TABLE}display") == "false" for part in style)
        }
        body = tree.find(f"{_OFFICE}body/{_OFFICE}spreadsheet")
        self._tables = [part for part in body if part.tag == f"{_TABLE}table"] if body is not None else []
        self.sheets = [
            (table.get(f"{_TABLE}name", ""), table.get(f"{_TABLE}style-name") in hidden_styles)
            for table in self._tables
        ]

    def read(self, number: int) -> Table:
        """Return the cells of the sheet of this number, from 0."""
        reading = _Reading()
        try:
            reading.run(self._tables[number])
        except (ValueError, OverflowError, RecursionError) as fault:
            raise UnreadableSheet from fault
        names = tuple(name for name, _ in self.sheets)
        merged = tuple(reading.merged)
        return Table(tuple(reading.rows.kept), "ods", names[number], names, reading.notes(), merged)


class _Reading:
    """One sheet while it is read."""

    def __init__(self) -> None:
        self.rows = cells.Rows()
        self.merged: list[tuple[int, int, int, int]] = []
        self._hidden_columns: list[str] = []
        self._hidden_rows: list[str] = []
        self._number = 0
        self._column = 0

    def run(self, table: Any) -> None:
        """Read rows, and what holds rows, one after another."""
        for part in table:
            tag = bare(part.tag)
            if tag == "table-row":
                self._row(part)
            elif tag in _HOLDERS or tag in _COLUMN_HOLDERS:
                self.run(part)
            elif tag == "table-column":
                repeated = _times(part, "number-columns-repeated")
                if part.get(f"{_TABLE}visibility", "visible") != "visible":
                    columns = range(self._column, min(self._column + repeated, cells.MOST_COLUMNS))
                    self._hidden_columns += map(cells.column_name, columns)
                self._column += repeated

    def _row(self, row: Any) -> None:
        repeated = _times(row, "number-rows-repeated")
        filled: dict[int, Cell] = {}
        column = 0
        for element in row:
            times = _times(element, "number-columns-repeated")
            cell = None if bare(element.tag) == "covered-table-cell" else self._cell(element, column)
            if cell is not None and cell != "":
                if column + times > cells.MOST_COLUMNS:
                    raise cells.SheetTooWide(most=cells.MOST_COLUMNS)
                filled.update(dict.fromkeys(range(column, column + times), cell))
            column += times
        if filled and self._number + repeated > cells.MOST_ROWS + cells.SPARE_ROWS:
            raise cells.SheetTooLarge(most=cells.MOST_ROWS)
        for number in range(self._number, self._number + repeated) if filled else ():
            self.rows.put(number, filled)
        if filled and row.get(f"{_TABLE}visibility", "visible") != "visible":
            self._hidden_rows.append(str(self._number + 1))
        self._number += repeated

    def _cell(self, element: Any, column: int) -> Cell:
        across, down = _times(element, "number-columns-spanned"), _times(element, "number-rows-spanned")
        if across > 1 or down > 1:
            self.merged.append((self._number, column, self._number + down - 1, column + across - 1))
        kind = element.get(f"{_OFFICE}value-type")
        words = _words(element) if len(element) else ""
        formula = element.get(f"{_TABLE}formula")
        if element.get(_CALCEXT) == "error" or (formula and words.startswith(("#", "Err:"))):
            return CellFault(cells.place_of(self._number, column), "error", words)
        if formula and not kind and not words:
            return CellFault(cells.place_of(self._number, column), "formula", formula.partition(":")[2] or formula)
        return _value(element, kind, words)

    def notes(self) -> tuple[Note, ...]:
        """Return what is to be said of this sheet."""
        hidden = (self._hidden_columns, self._hidden_rows)
        return (*self.rows.notes(), *cells.layout_notes(self.merged, *hidden))


def _value(element: Any, kind: str | None, words: str) -> Cell:
    if kind == "date":
        moment = datetime.fromisoformat(element.get(f"{_OFFICE}date-value", "")[:19])
        return cells.as_cell(moment)
    if kind in ("float", "percentage", "currency"):
        number = float(element.get(f"{_OFFICE}value", ""))
        if not math.isfinite(number):
            return words
        return int(number) if number.is_integer() else number
    if kind == "boolean":
        return bool(element.get(f"{_OFFICE}boolean-value") == "true")
    if kind == "time":
        return _time(element.get(f"{_OFFICE}time-value", "")) or words
    return str(element.get(f"{_OFFICE}string-value") or words)


def _time(value: str) -> time | None:
    """Return the time of a duration such as PT09H30M00S."""
    figures = [int(part) for part in value.replace("PT", "").replace("H", " ").replace("M", " ").split()[:2]]
    return time(figures[0], figures[1]) if len(figures) == 2 and figures[0] < 24 else None


def _times(element: Any, name: str) -> int:
    return max(1, int(element.get(f"{_TABLE}{name}", 1)))


def _words(element: Any) -> str:
    """Return the paragraphs of a cell, without the remarks that hang on it."""
    return "\n".join(_paragraph(part) for part in element if part.tag == f"{_TEXT}p")


def _paragraph(part: Any) -> str:
    words = [part.text or ""]
    for inner in part:
        tag = bare(inner.tag)
        if tag == "s":
            words.append(" " * min(int(inner.get(f"{_TEXT}c", 1)), 100))
        elif tag in ("tab", "line-break"):
            words.append("\t" if tag == "tab" else "\n")
        elif tag != "annotation":
            words.append(_paragraph(inner))
        words.append(inner.tail or "")
    return "".join(words)
