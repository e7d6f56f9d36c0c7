"""A list that was sent and is not all taken over yet: its cells, what was corrected by hand, which rows are done."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from ejlas.core.formats.cells import Cell, CellFault, Note, Table
from ejlas.delegations.rules import capacity_column, filing
from ejlas.delegations.rules.columns import Matching
from ejlas.delegations.rules.filing import Context, Filed, FiledRow

_DAY, _MOMENT, _TIME, _FAULT = "d", "m", "t", "f"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a list.

    Parameters
    ----------
    chosen : columns matched by hand, by their number from 0
    corrections : what was typed anew, by row number and key of the value
    left_out : the numbers of rows that are taken over, or that somebody left out
    broken : rules that a row met when it was to be taken over, by its number: message and values
    """

    table: Table
    chosen: Mapping[int, str] = field(default_factory=dict)
    corrections: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()
    broken: Mapping[int, tuple[str, Mapping[str, Any]]] = field(default_factory=dict)

    def corrected(self, typed: Mapping[int, Mapping[str, str]]) -> Kept:
        """Return the list with more of it corrected; a rule that such a row had met is asked anew."""
        made = {number: dict(values) for number, values in self.corrections.items()}
        for number, values in typed.items():
            made[number] = made.get(number, {}) | dict(values)
        broken = {number: rule for number, rule in self.broken.items() if number not in typed}
        return replace(self, corrections=made, broken=broken)

    def without(self, numbers: Iterable[int]) -> Kept:
        """Return the list without rows that need nobody any more."""
        left = self.left_out | frozenset(numbers)
        kept = {number: values for number, values in self.corrections.items() if number not in left}
        return replace(self, left_out=left, corrections=kept)


@dataclass(frozen=True, slots=True)
class Read:
    """A list as it reads now."""

    matching: Matching
    filed: Filed

    @property
    def n_left(self) -> int:
        """How many rows still wait."""
        return len(self.filed.rows)


def read(kept: Kept, context: Context) -> Read:
    """Read a list with what was chosen and corrected by hand. Raises HeadingsMissing, ColumnUnknown, TooManyPeople."""
    matching = capacity_column.find(kept.table, context=context).by_hand(kept.chosen)
    table, wider = _with_corrections(kept, matching)
    filed = filing.parse(table, wider, context=context)
    waiting = tuple(row for row in filed.rows if row.number not in kept.left_out)
    return Read(matching, replace(filed, rows=waiting))


def _with_corrections(kept: Kept, matching: Matching) -> tuple[Table, Matching]:
    """Put what was corrected into the cells; a value without a column gets one behind the others."""
    if not kept.corrections:
        return kept.table, matching
    places = {name: number for number, name in matching.columns.items()}
    behind = max(len(matching.headings), max(map(len, kept.table.rows), default=0))
    for name in sorted({name for values in kept.corrections.values() for name in values}):
        places.setdefault(name, behind + sum(place >= behind for place in places.values()))
    rows = list(kept.table.rows)
    for number, values in kept.corrections.items():
        if 0 < number <= len(rows):
            rows[number - 1] = _corrected(rows[number - 1], {places[name]: text for name, text in values.items()})
    width = max(places.values(), default=-1) + 1
    headings = (*matching.headings, *[""] * max(0, width - len(matching.headings)))
    wider = replace(matching, columns={place: name for name, place in places.items()}, headings=headings)
    return replace(kept.table, rows=tuple(rows)), wider


def _corrected(row: Sequence[Cell], values: Mapping[int, str]) -> tuple[Cell, ...]:
    width = max(len(row), *(place + 1 for place in values))
    return tuple(values.get(place, row[place] if place < len(row) else None) or None for place in range(width))


def keys_to_correct(row: FiledRow) -> tuple[str, ...]:
    """Name the values of a row that are asked for anew; of a name that was told apart, both halves."""
    keys = [fault.field for fault in row.faults]
    if any(fault.code == "name.order" for fault in row.faults):
        keys += ["family_name", "given_name"]
    return tuple(dict.fromkeys(keys))


# --- To and from what is stored ---


def stored(kept: Kept) -> str:
    """Return a list as JSON."""
    table = kept.table
    return json.dumps(
        {
            "rows": [[_cell(cell) for cell in row] for row in table.rows],
            "kind": table.kind,
            "name": table.name,
            "notes": [[note.message, dict(note.values)] for note in table.notes],
            "merged": table.merged,
            "chosen": kept.chosen,
            "corrections": kept.corrections,
            "left_out": sorted(kept.left_out),
            "broken": {number: [message, dict(values)] for number, (message, values) in kept.broken.items()},
        },
        ensure_ascii=False,
        separators=(",", ":"),
        default=str,
    )


def from_stored(words: str) -> Kept:
    """Return the list that `stored` wrote."""
    held: dict[str, Any] = json.loads(words)
    table = Table(
        rows=tuple(tuple(_of_stored(cell) for cell in row) for row in held["rows"]),
        kind=held["kind"],
        name=held["name"],
        notes=tuple(Note(message, values) for message, values in held["notes"]),
        merged=tuple((first, second, third, fourth) for first, second, third, fourth in held["merged"]),
    )
    return Kept(
        table,
        chosen={int(number): name for number, name in held["chosen"].items()},
        corrections={int(number): values for number, values in held["corrections"].items()},
        left_out=frozenset(held["left_out"]),
        broken={int(number): (message, values) for number, (message, values) in held["broken"].items()},
    )


def _cell(cell: Cell) -> Any:
    if isinstance(cell, datetime):
        return {_MOMENT: cell.isoformat()}
    if isinstance(cell, date):
        return {_DAY: cell.isoformat()}
    if isinstance(cell, time):
        return {_TIME: cell.isoformat()}
    return {_FAULT: [cell.place, cell.kind, cell.text]} if isinstance(cell, CellFault) else cell


def _of_stored(cell: Any) -> Cell:
    if not isinstance(cell, dict):
        return cell  # type: ignore[no-any-return]
    kind, value = next(iter(cell.items()))
    if kind == _FAULT:
        return CellFault(*value)
    return {_MOMENT: datetime, _DAY: date, _TIME: time}[kind].fromisoformat(value)  # type: ignore[attr-defined, no-any-return]
