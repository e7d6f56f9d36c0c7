"""The column of capacities, known by what stands in it: in some languages one heading means a capacity or an office."""

from __future__ import annotations

from ejlas.core.formats.cells import Table
from ejlas.delegations.rules import columns
from ejlas.delegations.rules.choices import capacity_of
from ejlas.delegations.rules.columns import Matching
from ejlas.delegations.rules.people import PersonField
from ejlas.delegations.rules.values import Context, text_of

# So much of what stands in a column names a capacity of the edition.
_SHARE = 0.5


def find(table: Table, *, context: Context) -> Matching:
    """Match the columns by their headings, and that of the capacities by its values. Raises HeadingsMissing."""
    matching = columns.find(table, languages=context.languages)
    if PersonField.CAPACITY in matching.columns.values():
        return matching
    free = [number for number, name in matching.columns.items() if name.partition(".")[0] == PersonField.OFFICE]
    shares = {number: _share(table, matching, number, context) for number in (*free, *matching.leftovers)}
    best = max(shares, key=lambda number: shares[number], default=-1)
    if best < 0 or shares[best] < _SHARE:
        return matching
    return matching.by_hand({best: PersonField.CAPACITY.value})


def _share(table: Table, matching: Matching, number: int, context: Context) -> float:
    rows = table.rows[matching.heading_row + 1 :]
    typed = [text for row in rows if number < len(row) and (text := text_of(row[number]))]
    return sum(bool(capacity_of(text, context.capacities)[0]) for text in typed) / len(typed) if typed else 0.0
