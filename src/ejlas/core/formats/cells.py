"""A table as a file gave it: typed cells, what is to be said of them, and why a file is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from ejlas.core.errors import RuleBroken, marked

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_LETTERS = 4_000
# A workbook is packed: this much may come out of it, and no more is unpacked.
MOST_UNPACKED = 100_000_000
MOST_PARTS = 5_000
# Above the people stand the headings, and often a title.
SPARE_ROWS = 10


class UnreadableSheet(RuleBroken):
    """The file is no table, or too large a one."""

    message = marked("This file cannot be read as a table: send it as XLSX, or as CSV in UTF-8.")


class SheetTooLarge(RuleBroken):
    """The file holds more than is read at once."""

    message = marked("This file is too large: send at most %(most)d rows at once.")


class SheetTooWide(RuleBroken):
    """The file has a filled cell far to the right."""

    message = marked("This table is too wide: at most %(most)d columns are read. Delete what stands to the right.")


class SheetLocked(RuleBroken):
    """The file is encrypted."""

    message = marked("This workbook is protected by a password: save it without one and send it again.")


class SheetTooOld(RuleBroken):
    """The file is a workbook of the binary kind."""

    message = marked("This workbook is of a kind that is not read (XLS, XLSB): save it as XLSX and send it again.")


class SheetIsOther(RuleBroken):
    """The file is something else, whatever its name says."""

    message = marked("This file is no table but %(kind)s, whatever its name says: send it as XLSX, ODS or CSV.")


class SheetEmpty(RuleBroken):
    """The file holds no filled cell."""

    message = marked("This table is empty.")


class SheetMissing(RuleBroken):
    """The workbook has no sheet of the name asked for."""

    message = marked("The workbook has no sheet “%(name)s”.")


class SheetUnclear(RuleBroken):
    """The text is in no encoding that can be told."""

    message = marked("The letters of this file cannot be told: save it as “CSV UTF-8” or as XLSX and send it again.")


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that holds no value: a formula that was never worked out, or the error it ended in."""

    place: str
    kind: Literal["formula", "error"]
    text: str


Cell = str | int | float | date | datetime | time | CellFault | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something the sender should know of the file, though it was read."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """Return the sentence in the language of `translate`, with the values put in."""
        return translate(self.message) % self.values


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet, `rows[0]` the sheet's first, without empty cells and rows at their ends.

    `merged` holds the ranges of merged cells (first row, first column, last row, last column, from 0); a value of
    theirs stands in the first cell. `sheets` names all that could be read, hidden ones too.
    """

    rows: tuple[Row, ...]
    kind: Literal["xlsx", "ods", "csv", "tsv"]
    name: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()


MERGED = marked("Cells are merged in this sheet (%(places)s): a value counts for the first of them only.")
MACROS = marked("The macros of this workbook were left aside; only its values were read.")
HIDDEN_SHEET = marked("The hidden sheet “%(name)s” was not read.")
HIDDEN_COLUMNS = marked("Hidden columns were read too: %(columns)s.")
HIDDEN_ROWS = marked("Hidden rows were read too: %(rows)s.")
ONE_OF_SEVERAL = marked("The workbook has several sheets; this one was read: “%(name)s”.")
ENCODING = marked("The letters were read as %(encoding)s: see whether the names are right.")
CUT = marked("A text of more than %(most)d letters was cut (%(places)s).")

_SHOWN = 5
_MOST_WORK = 200_000


def listed(things: list[str]) -> str:
    """Return the first few things of a list, for a sentence."""
    return ", ".join(things[:_SHOWN]) + (" …" if len(things) > _SHOWN else "")


def layout_notes(merged: Sequence[tuple[int, int, int, int]], columns: list[str], rows: list[str]) -> tuple[Note, ...]:
    """Return what is to be said of cells that are merged, and of columns and rows that are hidden."""
    places = [f"{place_of(*each[:2])}:{place_of(*each[2:])}" for each in merged]
    told = ((MERGED, "places", places), (HIDDEN_COLUMNS, "columns", columns), (HIDDEN_ROWS, "rows", rows))
    return tuple(Note(message, {name: listed(things)}) for message, name, things in told if things)


def column_name(number: int) -> str:
    """Return the letters of a column counted from 0: 0 is A, 26 is AA."""
    name, number = "", number + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def place_of(row: int, column: int) -> str:
    """Return the name of a cell counted from 0: (0, 0) is A1."""
    return f"{column_name(column)}{row + 1}"


class Rows:
    """Rows as they come, kept within the limits. Raises SheetTooLarge, SheetTooWide."""

    def __init__(self) -> None:
        self.kept: list[Row] = []
        self.cut: list[str] = []

    def put(self, number: int, filled: Mapping[int, Cell]) -> None:
        """Put the filled cells of the row of this number, counted from 0."""
        filled = {column: cell for column, cell in filled.items() if cell is not None and cell != ""}
        if not filled:
            return
        if number >= MOST_ROWS + SPARE_ROWS:
            raise SheetTooLarge(most=MOST_ROWS)
        width = max(filled) + 1
        if width > MOST_COLUMNS:
            raise SheetTooWide(most=MOST_COLUMNS)
        self.kept.extend([()] * (number - len(self.kept)))
        row = tuple(self._short(filled.get(column), number, column) for column in range(width))
        if number < len(self.kept):
            self.kept[number] = row
        else:
            self.kept.append(row)

    def empty_merged(self, merged: Iterable[tuple[int, int, int, int]]) -> None:
        """Empty the cells that others cover: what a program left in them nobody has seen."""
        work = 0
        for first_row, first, last_row, last in merged:
            for number in range(first_row, min(last_row + 1, len(self.kept))):
                row, begin = self.kept[number], first + (number == first_row)
                if any(cell is not None for cell in row[begin : last + 1]):
                    self.kept[number] = (*row[:begin], *[None] * len(row[begin : last + 1]), *row[last + 1 :])
                work += 1
            if work > _MOST_WORK:
                raise UnreadableSheet

    def _short(self, cell: Cell, row: int, column: int) -> Cell:
        if not isinstance(cell, str) or len(cell) <= MOST_LETTERS:
            return cell
        self.cut.append(place_of(row, column))
        return cell[:MOST_LETTERS]

    def notes(self) -> list[Note]:
        """Return what is to be said of texts that were cut."""
        return [Note(CUT, {"most": MOST_LETTERS, "places": listed(self.cut)})] if self.cut else []


def as_cell(moment: datetime) -> date | datetime:
    """Return a moment at midnight as the day that it means."""
    return moment.date() if moment.time() == time() else moment
