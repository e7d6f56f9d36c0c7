"""Workbooks (Office Open XML) read: typed cells, the days of both date systems, formulas by their stored value."""

from __future__ import annotations

import io
import math
import posixpath
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree

from ejlas.core.formats import cells
from ejlas.core.formats.cells import Cell, CellFault, Note, Table, UnreadableSheet
from ejlas.core.formats.packed import Packed, bare, plain_xml

_RELATION = re.compile(r"\{[^}]*relationships\}id$")
_NOT_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General', re.IGNORECASE)
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_TRUE = frozenset({"1", "true", "on"})
_LAST_SERIAL = 2_958_465  # 31 December 9999
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class SheetOf:
    """A sheet of a workbook before it is read."""

    name: str
    path: str
    is_hidden: bool


class Workbook:
    """An opened workbook. Raises UnreadableSheet, SheetTooLarge, SheetTooWide, SheetLocked, SheetTooOld."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        if "xl/workbook.bin" in packed.names:
            raise cells.SheetTooOld
        book = packed.tree("xl/workbook.xml")
        if book is None:
            raise UnreadableSheet
        properties = next((part for part in book if bare(part.tag) == "workbookPr"), None)
        self._from_1904 = properties is not None and properties.get("date1904", "").lower() in _TRUE
        self.sheets = self._sheets_of(book)
        self.has_macros = any(name.lower().endswith("vbaproject.bin") for name in packed.names)
        self._dates: frozenset[int] | None = None
        self._texts: list[str] = []

    def _sheets_of(self, book: Any) -> list[SheetOf]:
        relations = self._packed.tree("xl/_rels/workbook.xml.rels")
        targets = {}
        for relation in relations if relations is not None else ():
            if relation.get("Type", "").endswith("/worksheet"):
                target = relation.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
                targets[relation.get("Id")] = path
        found = []
        for sheet in book.iter():
            if bare(sheet.tag) != "sheet":
                continue
            key = next((value for name, value in sheet.attrib.items() if _RELATION.search(name)), "")
            if key in targets:
                is_hidden = sheet.get("state", "visible") != "visible"
                found.append(SheetOf(sheet.get("name", ""), targets[key], is_hidden))
        return found

    def read(self, sheet: SheetOf) -> Table:
        """Return the cells of a sheet."""
        if self._dates is None:
            self._dates, self._texts = _date_styles(self._packed), _shared_texts(self._packed)
        data = self._packed.read(sheet.path)
        if not data:
            raise UnreadableSheet
        reading = _Reading(self._texts, self._dates, from_1904=self._from_1904)
        try:
            reading.run(plain_xml(data))
        except (ElementTree.ParseError, ValueError, LookupError, OverflowError) as fault:
            raise UnreadableSheet from fault
        names = tuple(each.name for each in self.sheets)
        reading.rows.empty_merged(reading.merged)
        return Table(tuple(reading.rows.kept), "xlsx", sheet.name, names, reading.notes(), tuple(reading.merged))


def _shared_texts(packed: Packed) -> list[str]:
    tree = packed.tree("xl/sharedStrings.xml")
    return [_text(item) for item in tree if bare(item.tag) == "si"] if tree is not None else []


def _text(item: Any) -> str:
    """Return the words of a string in parts, without how they are pronounced."""
    words = []
    for part in item:
        tag = bare(part.tag)
        if tag == "t":
            words.append(part.text or "")
        elif tag == "r":
            words.extend(each.text or "" for each in part if bare(each.tag) == "t")
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(words))


def _date_styles(packed: Packed) -> frozenset[int]:
    """Return the numbers of the styles that show a number as a date or a time."""
    tree = packed.tree("xl/styles.xml")
    if tree is None:
        return frozenset()
    formats = {part.get("numFmtId"): part.get("formatCode", "") for part in tree.iter() if bare(part.tag) == "numFmt"}
    styles = next((part for part in tree if bare(part.tag) == "cellXfs"), ())
    found = set()
    for number, style in enumerate(styles):
        code = style.get("numFmtId", "0")
        if _shows_date(formats[code]) if code in formats else code.isdigit() and int(code) in _BUILT_IN_DATES:
            found.add(number)
    return frozenset(found)


def _shows_date(code: str) -> bool:
    first = _NOT_DATE.sub("", code).partition(";")[0].lower()
    return any(letter in first for letter in "ymdhs")


class _Reading:
    """One sheet while it is read."""

    def __init__(self, texts: list[str], dates: frozenset[int], *, from_1904: bool) -> None:
        self._texts, self._dates = texts, dates
        self._first_day = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
        self._from_1904 = from_1904
        self.rows = cells.Rows()
        self.merged: list[tuple[int, int, int, int]] = []
        self._hidden_columns: list[str] = []
        self._hidden_rows: list[str] = []

    def run(self, data: bytes) -> None:
        """Read the rows one after another."""
        number = -1
        for _, element in ElementTree.iterparse(io.BytesIO(data), ("end",)):  # noqa: S314  # see plain_xml
            tag = bare(element.tag)
            if tag == "row":
                number = int(element.get("r", number + 2)) - 1
                self._row(number, element)
                element.clear()
            elif tag == "mergeCell":
                self.merged.append(_range(element.get("ref", "")))
            elif tag == "col" and element.get("hidden", "").lower() in _TRUE:
                first, last = int(element.get("min", 1)), int(element.get("max", 1))
                self._hidden_columns += map(cells.column_name, range(first - 1, min(last, cells.MOST_COLUMNS)))

    def _row(self, number: int, row: Any) -> None:
        filled: dict[int, Cell] = {}
        column = -1
        for element in row:
            reference = element.get("r")
            column = _column(reference) if reference else column + 1
            if len(element):
                filled[column] = self._cell(element, number, column)
        self.rows.put(number, filled)
        if filled and row.get("hidden", "").lower() in _TRUE:
            self._hidden_rows.append(str(number + 1))

    def _cell(self, element: Any, row: int, column: int) -> Cell:
        kind, value, formula, inline = element.get("t", "n"), None, None, None
        for part in element:
            tag = part.tag
            if tag.endswith("}v"):
                value = part.text
            elif tag.endswith("}f"):
                formula = part.text or ""
            elif tag.endswith("}is"):
                inline = _text(part)
        if value is None or (value == "" and kind != "str"):
            if formula is not None:
                return CellFault(cells.place_of(row, column), "formula", f"={formula}")
            return inline
        if kind == "e":
            return CellFault(cells.place_of(row, column), "error", value)
        return self._value(kind, value, element.get("s"))

    def _value(self, kind: str, value: str, style: str | None) -> Cell:
        if kind == "s":
            return self._texts[int(value)]
        if kind == "str":
            return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        if kind == "b":
            return value in _TRUE
        if kind == "d":
            return cells.as_cell(datetime.fromisoformat(value).replace(tzinfo=None))
        number = float(value)
        if not math.isfinite(number):
            return value
        if style and int(style) in self._dates and 0 <= number <= _LAST_SERIAL:
            return self._moment(number)
        return int(number) if number.is_integer() else number

    def _moment(self, serial: float) -> date | datetime | time:
        if serial < 1 and not self._from_1904:
            return (self._first_day + timedelta(days=serial)).time().replace(microsecond=0)
        # A spreadsheet of 1900 believes in 29 February 1900; days before it are one off.
        days = serial + 1 if serial < 60 and not self._from_1904 else serial
        return cells.as_cell((self._first_day + timedelta(seconds=round(days * 86_400))).replace(microsecond=0))

    def notes(self) -> tuple[Note, ...]:
        """Return what is to be said of this sheet."""
        hidden = (self._hidden_columns, self._hidden_rows)
        return (*self.rows.notes(), *cells.layout_notes(self.merged, *hidden))


def _column(reference: str) -> int:
    number = 0
    for letter in reference:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    if not 1 <= number <= 16_384:
        raise ValueError(reference)
    return number - 1


def _range(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    corners = [(int(re.sub(r"\D", "", each)) - 1, _column(each)) for each in (first, last or first)]
    return (*corners[0], *corners[1])
