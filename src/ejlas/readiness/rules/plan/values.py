"""What a plan from elsewhere says: rows of raw words by column, as they were sent and as they were corrected."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum

from ejlas.core.errors import RuleBroken, marked
from ejlas.core.formats.cells import Cell, CellFault, Note, Table
from ejlas.readiness.rules.plan.headings import MOST_TITLE_ROWS, PlanField, heading_row

MOST_ROWS = 2_000


class FileKind(StrEnum):
    """What was sent."""

    TEMPLATE = "template"
    PLAN = "plan"


class HeadingsUnknown(RuleBroken):
    """None of the first rows looks like headings."""

    message = marked(
        "No headings were found in the first %(most)d rows: begin with a row of headings such as “What”, “Body” "
        "and “Due”, in any language of the system."
    )


class PlanTooLong(RuleBroken):
    """The plan has more rows than are taken at once."""

    message = marked("This plan is too long: at most %(most)d rows are taken at once.")


class PlanEmpty(RuleBroken):
    """There is nothing below the headings."""

    message = marked("There is nothing below the headings of this plan.")


@dataclass(frozen=True, slots=True)
class Sent:
    """What is kept of a plan that was sent.

    Parameters
    ----------
    headings : the words above each column
    columns : what each column, from 0, is taken for
    rows : the cells in words, by the number that the row has in the file
    language : in which the names are written
    corrections : what was typed anew, by row and field
    left_out : rows that somebody left out
    """

    headings: tuple[str, ...]
    columns: Mapping[int, PlanField]
    rows: Mapping[int, tuple[str, ...]]
    language: str = "en"
    notes: tuple[Note, ...] = ()
    corrections: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()

    def value(self, row: int, wanted: PlanField) -> str:
        """Return the words of a field of a row, as they were corrected."""
        typed = self.corrections.get(row, {})
        if wanted in typed:
            return typed[wanted]
        column = next((number for number, found in self.columns.items() if found is wanted), None)
        cells = self.rows[row]
        return cells[column] if column is not None and column < len(cells) else ""

    def by_hand(self, chosen: Mapping[int, str]) -> Sent:
        """Return the plan with columns matched by hand; a field stands for one column, the one chosen last."""
        columns = {number: found for number, found in self.columns.items() if number not in chosen}
        known = {each.value: each for each in PlanField}
        for number, name in chosen.items():
            if name in known and 0 <= number < len(self.headings):
                columns = {other: found for other, found in columns.items() if found != name} | {number: known[name]}
        return replace(self, columns=dict(sorted(columns.items())))

    def corrected(self, typed: Mapping[int, Mapping[str, str]]) -> Sent:
        """Return the plan with more of it corrected."""
        made = {row: dict(values) for row, values in self.corrections.items()}
        for row, values in typed.items():
            if row in self.rows:
                made[row] = {**made.get(row, {}), **values}
        return replace(self, corrections=made)

    def without(self, rows: Collection[int]) -> Sent:
        """Return the plan without some rows."""
        return replace(self, left_out=self.left_out | frozenset(rows))

    def stored(self) -> str:
        """Return the plan as it is kept."""
        return json.dumps(
            {
                "headings": self.headings,
                "columns": self.columns,
                "rows": self.rows,
                "language": self.language,
                "notes": [(note.message, dict(note.values)) for note in self.notes],
                "corrections": self.corrections,
                "left_out": sorted(self.left_out),
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_stored(cls, text: str) -> Sent:
        """Return the plan that `stored` wrote."""
        held = json.loads(text)
        return cls(
            headings=tuple(held["headings"]),
            columns={int(number): PlanField(name) for number, name in held["columns"].items()},
            rows={int(number): tuple(cells) for number, cells in held["rows"].items()},
            language=held["language"],
            notes=tuple(Note(message, values) for message, values in held["notes"]),
            corrections={int(number): values for number, values in held["corrections"].items()},
            left_out=frozenset(held["left_out"]),
        )


def sent_of_table(table: Table, *, language: str) -> Sent:
    """Return a plan from a table. Raises HeadingsUnknown, PlanTooLong, PlanEmpty."""
    found = heading_row(table.rows)
    if found is None:
        raise HeadingsUnknown(most=MOST_TITLE_ROWS)
    place, columns = found
    rows = {
        number: tuple(map(words_of, row))
        for number, row in enumerate(table.rows[place + 1 :], start=place + 2)
        if any(cell is not None and cell != "" for cell in row)
    }
    require_size(rows)
    headings = tuple(words_of(cell) for cell in table.rows[place])
    return Sent(headings, columns, rows, language, table.notes)


def require_size(rows: Mapping[int, Sequence[str]]) -> None:
    """Let a plan be neither empty nor too long. Raises PlanTooLong, PlanEmpty."""
    if len(rows) > MOST_ROWS:
        raise PlanTooLong(most=MOST_ROWS)
    if not rows:
        raise PlanEmpty


def words_of(cell: Cell) -> str:
    """Return a cell in words: days as ISO, whole numbers without a point, a faulty cell as what it shows."""
    if cell is None:
        return ""
    if isinstance(cell, CellFault):
        return cell.text
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:g}" if cell.is_integer() and abs(cell) < 1e9 else str(cell)
    return str(cell).strip()
