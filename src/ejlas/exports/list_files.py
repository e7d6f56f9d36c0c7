"""A list of the desk as a file: a workbook, comma-separated values, or on paper."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from ejlas.exports import table, table_pdf
from ejlas.exports.table import Table

PDF = "pdf"
FORMS = (*table.FORMS, PDF)


def make(
    form: str,
    *,
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Any]],
    language: str,
    printed_at: datetime,
    subtitle: str = "",
    calendars: Collection[str] = (),
) -> Table:
    """Return a list as a file of a form; cells may be pieces of pages. Raises ListTooLong for paper.

    `printed_at` stands on the clocks of the place; `calendars` are those of the edition.
    """
    if form != PDF:
        return table.make(form, title=title, heads=heads, rows=rows, language=language)
    body = table_pdf.render(
        title=title,
        heads=heads,
        rows=rows,
        language=language,
        printed_at=printed_at,
        subtitle=subtitle,
        asked_calendars=calendars,
    )
    return Table(body, table_pdf.CONTENT_TYPE)
