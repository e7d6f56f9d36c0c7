"""Tables that people send back: a workbook or comma-separated values in, rows of plain words out."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime, time
from typing import Any

from ejlas.core.errors import RuleBroken, marked

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
# A workbook is packed: this much may come out of it, and no more is unpacked.
_MOST_UNPACKED = 100_000_000
_SEPARATORS = (",", ";", "\t")


class UnreadableSheet(RuleBroken):
    """The file is no table, or too large a one."""

    message = marked("This file cannot be read as a table: send it as XLSX, or as CSV in UTF-8.")


class SheetTooLarge(RuleBroken):
    """The file holds more than is read at once."""

    message = marked("This file is too large: send at most %(most)d rows at once.")


def read(data: bytes) -> list[list[str]]:
    """Return the rows of a workbook's first sheet, or of CSV. Raises UnreadableSheet, SheetTooLarge."""
    if len(data) > MOST_BYTES:
        raise SheetTooLarge(most=MOST_ROWS)
    rows = _workbook(data) if data.startswith(b"PK\x03\x04") else _separated(data)
    if len(rows) > MOST_ROWS + 1:
        raise SheetTooLarge(most=MOST_ROWS)
    return rows


def _workbook(data: bytes) -> list[list[str]]:
    # A web process that never reads a workbook need not carry what reads them.
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                raise SheetTooLarge(most=MOST_ROWS)
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError) as fault:
        raise UnreadableSheet from fault
    return [[_words(cell) for cell in row] for row in rows]


def _words(cell: Any) -> str:
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _separated(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnreadableSheet from fault
    if "\x00" in text:
        raise UnreadableSheet
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    csv.field_size_limit(MOST_BYTES)
    try:
        return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row]
    except csv.Error as fault:
        raise UnreadableSheet from fault
