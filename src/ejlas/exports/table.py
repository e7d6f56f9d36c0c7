"""Any list as a file: a workbook or comma-separated values, in the words of the page it was taken from."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any

from ejlas.core import languages
from ejlas.core.formats import xlsx

FORMS = ("xlsx", "csv")
# A spreadsheet takes a text that begins so for a formula; the sign in front keeps it a text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


# Pieces of pages are our own and hold no bare sign: a parser would take ten times as long over each cell.
_MARKS = re.compile("<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a file."""

    body: bytes
    content_type: str


def make(form: str, *, title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], language: str) -> Table:
    """Return the table as a file of a form; cells may be pieces of pages, and become plain words."""
    words = [[plain(cell) for cell in row] for row in rows]
    if form == "csv":
        return Table(_csv(heads, words), "text/csv; charset=utf-8")
    widths = [_width(head, [row[place] for row in words[:200]]) for place, head in enumerate(heads)]
    columns = [xlsx.Column(head, width, wraps=width >= 60) for head, width in zip(heads, widths, strict=True)]
    body = xlsx.pack(
        [xlsx.Sheet(title, columns, words)],
        title=title,
        created=datetime(2000, 1, 1, tzinfo=UTC),
        is_right_to_left=languages.direction(language) == "rtl",
    )
    return Table(body, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def plain(cell: Any) -> str:
    """Return a cell in plain words: a piece of a page without its marks, anything else as it is."""
    if cell is None:
        return ""
    return " ".join(unescape(_MARKS.sub("", str(cell))).split()) if hasattr(cell, "__html__") else str(cell)


def _width(head: str, cells: Sequence[str]) -> float:
    return float(min(max([len(head), *map(len, cells)]) + 2, 60))


def _csv(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([_safe(head) for head in heads])
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    # The mark at the start tells a spreadsheet that this is UTF-8.
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
