"""Tables that people send back: a workbook, a spreadsheet or separated values in, rows of typed cells or words out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Literal

from ejlas.core.errors import RuleBroken
from ejlas.core.formats import cells
from ejlas.core.formats.cells import MOST_BYTES, MOST_ROWS, Cell, CellFault, Note, SheetTooLarge, Table, UnreadableSheet
from ejlas.core.formats.ods_cells import Spreadsheet
from ejlas.core.formats.packed import Packed
from ejlas.core.formats.xlsx_cells import Workbook

__all__ = [
    "MOST_BYTES", "MOST_ROWS", "Cell", "CellFault", "Note", "SheetTooLarge", "Suits", "Table", "UnreadableSheet",
    "read", "read_cells", "read_pasted",
]  # fmt: skip

Suits = Callable[[Table], bool]

_SEPARATORS = (",", ";", "\t")
_LOOKED_AT, _FIRST_LINES = 50_000, 20
_PACKED, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"{\\rtf": "RTF", b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z", b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"MZ": "EXE", b"\x7fELF": "ELF",
}  # fmt: skip
_OTHER_PACKED = {"word/document.xml": "DOCX", "ppt/presentation.xml": "PPTX", "AndroidManifest.xml": "APK"}
_HTML = re.compile(rb"\s*(?:<!doctype html|<html|<table|<\?xml)", re.IGNORECASE)


# --- Rows of words ---


def read(data: bytes) -> list[list[str]]:
    """Return the rows of a workbook's first sheet, or of CSV. Raises UnreadableSheet, SheetTooLarge."""
    if len(data) > MOST_BYTES:
        raise SheetTooLarge(most=MOST_ROWS)
    if not data.startswith(_PACKED):
        rows = _separated(data)
    else:
        try:
            table = _first_sheet(Packed(data))
        except (cells.SheetIsOther, cells.SheetTooOld) as fault:
            raise UnreadableSheet from fault
        width = max(map(len, table.rows), default=0)
        rows = [[*map(_words, row), *[""] * (width - len(row))] for row in table.rows]
    if len(rows) > MOST_ROWS + 1:
        raise SheetTooLarge(most=MOST_ROWS)
    return rows


def _first_sheet(packed: Packed) -> Table:
    names, reads = _sheets_of(packed)[:2]
    if not names:
        raise UnreadableSheet
    return reads(0)


def _words(cell: Cell) -> str:
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, CellFault):
        return cell.text if cell.kind == "error" else ""
    return "" if cell is None else str(cell)


def _separated(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnreadableSheet from fault
    if "\x00" in text:
        raise UnreadableSheet
    return [row for row in _rows_of(text, _separator(text)) if row]


def _separator(text: str) -> str:
    """Return what separates the cells of the first lines, as many of them as agree, outside of quotation marks."""
    lines = [re.sub('"[^"]*"', "", line) for line in text[:_LOOKED_AT].splitlines() if line.strip()][:_FIRST_LINES]

    def agreeing(separator: str) -> tuple[int, int]:
        counts = [line.count(separator) for line in lines if separator in line]
        return max(((counts.count(each) * each, each) for each in counts), default=(0, 0))

    return max(_SEPARATORS, key=agreeing)


def _rows_of(text: str, separator: str) -> list[list[str]]:
    csv.field_size_limit(MOST_BYTES)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as fault:
        raise UnreadableSheet from fault


# --- Rows of typed cells ---


def read_cells(data: bytes, *, sheet: str = "", suits: Suits | None = None) -> Table:
    """Return the typed cells of a table: of the sheet named, else of the first visible one that suits, else the first.

    Raises the refusals of `core.formats.cells`: all are RuleBroken with a sentence for the sender.
    """
    if len(data) > MOST_BYTES:
        raise SheetTooLarge(most=MOST_ROWS)
    _refuse_others(data)
    table = _of_packed(Packed(data), sheet, suits) if data.startswith(_PACKED) else _of_text(data)
    if not table.rows:
        raise cells.SheetEmpty
    return table


def read_pasted(text: str) -> Table:
    """Return the cells of a text as it is pasted from a spreadsheet. Raises the refusals of `core.formats.cells`."""
    if len(text) > MOST_BYTES:
        raise SheetTooLarge(most=MOST_ROWS)
    table = _of_words(text, ())
    if not table.rows:
        raise cells.SheetEmpty
    return table


def _refuse_others(data: bytes) -> None:
    if not data.strip():
        raise cells.SheetEmpty
    if data.startswith(_OLE):
        # A workbook under a password is wrapped in the container that old workbooks are.
        raise cells.SheetLocked if "EncryptedPackage".encode("utf-16-le") in data else cells.SheetTooOld
    kind = next((kind for start, kind in _OTHERS.items() if data.startswith(start)), "")
    if not kind and _HTML.match(data.removeprefix(b"\xef\xbb\xbf")):
        kind = "HTML" if b"<html" in data[:2000].lower() or b"<table" in data[:2000].lower() else "XML"
    if kind:
        raise cells.SheetIsOther(kind=kind)


_Opened = tuple[list[tuple[str, bool]], Callable[[int], Table], bool]


def _sheets_of(packed: Packed) -> _Opened:
    """Return the names of the sheets and whether they are hidden, what reads one, and whether there are macros."""
    for part, kind in _OTHER_PACKED.items():
        if part in packed.names:
            raise cells.SheetIsOther(kind=kind)
    if "content.xml" in packed.names:
        spreadsheet = Spreadsheet(packed)
        if not spreadsheet.sheets:
            raise cells.SheetIsOther(kind="OpenDocument")
        return spreadsheet.sheets, spreadsheet.read, spreadsheet.has_macros
    if "xl/workbook.xml" in packed.names or "xl/workbook.bin" in packed.names:
        book = Workbook(packed)
        names = [(each.name, each.is_hidden) for each in book.sheets]
        return names, lambda number: book.read(book.sheets[number]), book.has_macros
    raise cells.SheetIsOther(kind="ZIP")


def _of_packed(packed: Packed, wanted: str, suits: Suits | None) -> Table:
    sheets, reads, has_macros = _sheets_of(packed)
    if not sheets:
        raise UnreadableSheet
    table = _chosen(sheets, reads, wanted, suits)
    notes = list(table.notes)
    if has_macros:
        notes.append(Note(cells.MACROS))
    hidden = [name for name, is_hidden in sheets if is_hidden and name != table.name]
    # What begins so is our own: lists to choose from.
    notes += [Note(cells.HIDDEN_SHEET, {"name": name}) for name in hidden if not name.startswith("_")]
    others = [number for number, (name, is_hidden) in enumerate(sheets) if not is_hidden and name != table.name]
    if not wanted and any(_is_another(reads, number, suits) for number in others):
        notes.append(Note(cells.ONE_OF_SEVERAL, {"name": table.name}))
    return replace(table, notes=tuple(notes))


def _is_another(reads: Callable[[int], Table], number: int, suits: Suits | None) -> bool:
    """Tell whether a sheet could have been read as well."""
    try:
        table = reads(number)
    except RuleBroken:
        return False
    return bool(table.rows) and (suits is None or suits(table))


def _chosen(
    sheets: Sequence[tuple[str, bool]], reads: Callable[[int], Table], wanted: str, suits: Suits | None
) -> Table:
    numbers = [number for number, (_, is_hidden) in enumerate(sheets) if not is_hidden] or [0]
    if wanted:
        numbers = [number for number, (name, _) in enumerate(sheets) if name == wanted]
        if not numbers:
            raise cells.SheetMissing(name=wanted)
    first: Table | None = None
    for number in numbers:
        table = reads(number)
        if table.rows and (suits is None or suits(table)):
            return table
        if first is None or not first.rows:
            first = table
    if first is None:
        raise UnreadableSheet
    return first


# --- Text ---


def _of_text(data: bytes) -> Table:
    text, encoding = _decoded(data)
    notes = [Note(cells.ENCODING, {"encoding": encoding})] if encoding else []
    return _of_words(text, notes)


def _of_words(text: str, notes: Sequence[Note]) -> Table:
    # The first line by which some programs say what separates the cells is none of the table.
    said = re.match(r"sep=(.)\r?\n", text)
    separator = said[1] if said else _separator(text)
    rows = cells.Rows()
    for number, words in enumerate(_rows_of(text[said.end() :] if said else text, separator)):
        rows.put(number, {column: word for column, word in enumerate(words) if word.strip()})
    kind: Literal["tsv", "csv"] = "tsv" if separator == "\t" else "csv"
    return Table(tuple(rows.kept), kind, notes=(*notes, *rows.notes()))


def _decoded(data: bytes) -> tuple[str, str]:
    """Return the text, and the encoding that had to be guessed; none for those that say themselves what they are."""
    if b"\x00" in data:
        text, encoding = _of_two_bytes(data), ""
    else:
        try:
            text, encoding = data.decode("utf-8-sig"), ""
        except UnicodeDecodeError:
            text, encoding = _of_one_byte(data)
    if re.search("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]", text):
        raise UnreadableSheet
    return text, encoding


def _of_two_bytes(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    else:
        encoding = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise UnreadableSheet from fault


_CYRILLIC_WORD = re.compile("[А-ЯЁІЇЄҐ]?[а-яёіїєґ]+|[А-ЯЁІЇЄҐ]+")
_ARABIC_WORD = re.compile("[\u0600-\u06ff\u200c-\u200f]+")


def _of_one_byte(data: bytes) -> tuple[str, str]:
    """Return a text of one byte a letter whose words are plainly Cyrillic or plainly Persian and Arabic."""
    shares = {}
    for encoding, pattern in (("cp1251", _CYRILLIC_WORD), ("cp1256", _ARABIC_WORD)):
        text = data.decode(encoding, errors="replace")
        words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
        shares[encoding] = sum(bool(pattern.fullmatch(word)) for word in words) / max(1, len(words))
        if "\ufffd" in text:
            shares[encoding] = 0.0
    best, other = sorted(shares, key=lambda each: -shares[each])
    if shares[best] < 0.9 or shares[other] > 0.6:
        raise cells.SheetUnclear
    return data.decode(best), {"cp1251": "Windows-1251", "cp1256": "Windows-1256"}[best]
