"""Any list on paper: the table of a page as an A4 document, its head on every page, in the reader's direction."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from ejlas.core import calendars, languages
from ejlas.core.errors import RuleBroken, marked
from ejlas.exports import table, typesetting
from ejlas.exports.directions import Words, words
from ejlas.exports.reading import in_words_of, interface_language, line

CONTENT_TYPE = "application/pdf"

# Signs in the longest cells of a column, as far as they count for its width, and on a page that is not turned.
_MOST_WIDE, _LEAST_WIDE, _UPRIGHT = 40, 4, 105
# The width of a column follows all cells but the longest few, which take a second line.
_SHARE = 0.95
_LONG_WORD = re.compile(r"\S{22,}")
_BREAKS = re.compile(r"([@./_?&=-]|[^@./_?&=-]{18})(?=.)")
# With tags a list of 5,000 rows is 9 MB and without them 1 MB; whoever needs tags shortens the list with filters.
_MOST_TAGGED = 1000
# The template ends a line here if it must, and prints nothing.
_MAY_END = "\u200b"

# Setting 5,000 rows of eight cells holds 600 MB for three seconds.
MOST_ROWS = 6000


class ListTooLong(RuleBroken):
    """Nobody prints so many rows, and setting them would take the memory of the machine."""

    message = marked(
        "A list of %(rows)s rows is too long for paper, which takes %(most)s: filter it, or take the workbook."
    )


def render(
    *,
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Any]],
    language: str,
    printed_at: datetime,
    subtitle: str = "",
    asked_calendars: Collection[str] = (),
) -> bytes:
    """Return a list as a PDF; cells may be pieces of pages, as in `table.make`. Raises ListTooLong, CannotTypeset.

    `printed_at` stands on the clocks of the place and is printed so; `asked_calendars` are those of the edition.
    """
    cells = [[line(table.plain(cell)) for cell in row] for row in rows]
    if len(cells) > MOST_ROWS:
        raise ListTooLong(rows=len(cells), most=MOST_ROWS)
    widths = [_width(head, [row[place] for row in cells]) for place, head in enumerate(heads)]
    around = interface_language(language)
    values = {
        "language": languages.plain(language).partition("-")[0],
        "direction": languages.direction(language),
        "around": {"language": around, "direction": languages.direction(around)},
        "digits": list(languages.digits("0123456789", around)),
        "name": line(title),
        "title": words(line(title), language),
        "subtitle": words(line(subtitle), language),
        "is_wide": sum(widths) > _UPRIGHT,
        "widths": widths,
        "heads": [words(line(head), language) for head in heads],
        "rows": [[_cell(cell, language) for cell in row] for row in cells],
        **_labels(printed_at, language, asked_calendars),
    }
    return typesetting.typeset("table.typ", values, at=printed_at, is_tagged=len(cells) <= _MOST_TAGGED)


def _labels(printed_at: datetime, language: str, asked: Collection[str]) -> dict[str, str]:
    around = interface_language(language)
    day = " · ".join(calendars.format_dates(printed_at.date(), around, asked))
    with in_words_of(language):
        return {
            "printed": gettext("Printed on %(date)s, %(time)s")
            % {"date": day, "time": calendars.format_time(printed_at, around)},
            "page": gettext("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
            "empty": gettext("The list is empty."),
        }


def _width(head: str, cells: Sequence[str]) -> int:
    lengths = sorted(map(len, cells)) or [0]
    usual = lengths[int((len(lengths) - 1) * _SHARE)]
    longest_word = max(map(len, head.split()), default=0)
    return max(_LEAST_WIDE, min(_MOST_WIDE, max(usual, longest_word)))


def _cell(text: str, language: str) -> Words:
    """Return a cell whose longest words, such as addresses, may end a line where they have a sign."""
    if _LONG_WORD.search(text):
        text = _LONG_WORD.sub(lambda found: _BREAKS.sub(rf"\1{_MAY_END}", found[0]), text)
    return words(text, language)
