"""A delegation's list filed: rows of a table, or of a form, into people; what is wrong is said beside its field."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ejlas.core.errors import RuleBroken, marked
from ejlas.core.formats.cells import Cell, CellFault, Note, Table
from ejlas.core.formats.cells import Row as Cells
from ejlas.delegations.rules import days, letters_of_names
from ejlas.delegations.rules.columns import Matching
from ejlas.delegations.rules.field_faults import FieldFault
from ejlas.delegations.rules.folding import joined
from ejlas.delegations.rules.headings import FULL_NAME
from ejlas.delegations.rules.names import is_patronymic
from ejlas.delegations.rules.people import PER_LANGUAGE, PersonField, key
from ejlas.delegations.rules.template import template
from ejlas.delegations.rules.values import Context, Setting, taken, text_of

__all__ = ["Context", "Filed", "FiledRow", "RowFault", "TooManyPeople", "parse", "parse_values", "template"]

_DAYS = (PersonField.BORN_ON, PersonField.DOCUMENT_EXPIRES_ON)
_IN_ORDER = {str(name): number for number, name in enumerate((FULL_NAME, *PersonField))}

MISSING = marked("This is asked for.")
FORMULA = marked("Cell %(place)s holds a formula without a result: open the file, save it and send it again.")
CELL_ERROR = marked("Cell %(place)s holds an error instead of a value: %(text)s.")
NAME_ORDER = marked(
    "“%(typed)s” was taken for %(given)s (given name) and %(family)s (family name): confirm or correct it."
)
LEFT_ASIDE = marked("Row %(row)d holds nothing but “%(text)s” and was left aside.")
SAME_DOCUMENT = marked("Row %(row)d of this list has the same document.")
SAME_PERSON = marked("Row %(row)d of this list has the same name and date of birth.")


class TooManyPeople(RuleBroken):
    """The list is longer than it may be."""

    message = marked("This list names %(n)d people; one list may name %(most)d at most.")


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong in a field of a row; `suggestion` is a value that would be taken in its place."""

    field: str
    code: str
    message: str
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)
    suggestion: str = ""

    def sentence(self, translate: Any = str) -> str:
        """Return the sentence in the language of `translate`, with the values put in."""
        return str(translate(self.message) % self.params)


@dataclass(frozen=True, slots=True)
class FiledRow:
    """A row as it was read: what was taken, what was typed, what is wrong.

    `values` and `typed` go by the keys of people.key; a field with a fault stands in `typed` only.
    """

    number: int
    values: Mapping[str, Any]
    faults: tuple[RowFault, ...] = ()
    typed: Mapping[str, str] = dataclasses.field(default_factory=dict)
    notes: tuple[RowFault, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong in it."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Filed:
    """A list as it was read, with what is to be said of the whole of it."""

    rows: tuple[FiledRow, ...]
    notes: tuple[Note, ...] = ()

    @property
    def good(self) -> tuple[FiledRow, ...]:
        """The rows that can be kept as they are."""
        return tuple(row for row in self.rows if row.is_good)

    @property
    def bad(self) -> tuple[FiledRow, ...]:
        """The rows that somebody has to correct."""
        return tuple(row for row in self.rows if not row.is_good)


# --- A table ---


def parse(table: Table, matching: Matching, *, context: Context) -> Filed:
    """Read each row below the headings. Raises TooManyPeople."""
    found, notes = _without_sums(list(_rows(table, matching)), matching)
    if len(found) > context.most_people:
        raise TooManyPeople(n=len(found), most=context.most_people)
    orders = {
        name: days.order_of(raw.get(name) for _, raw in found) for name in matching.columns.values() if name in _DAYS
    }
    hints = {name: matching.hints.get(number, "") for number, name in matching.columns.items()}
    rows = [_read(number, raw, Setting(context, orders), hints) for number, raw in found]
    return Filed(tuple(_twins_told(rows)), (*table.notes, *matching.notes, *notes))


def _rows(table: Table, matching: Matching) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Yield the number of each row with people, as the sheet counts it, and its filled cells by key."""
    headings = {name: joined(matching.headings[number]) for number, name in matching.columns.items()}
    below = enumerate(table.rows[matching.heading_row + 1 :], start=matching.heading_row + 2)
    for number, cells in below:
        raw = _raw(cells, matching)
        # A list of several pages repeats its headings.
        if raw and any(not isinstance(cell, str) or joined(cell) != headings[name] for name, cell in raw.items()):
            yield number, raw


_Raw = tuple[int, dict[str, Cell]]


def _without_sums(rows: list[_Raw], matching: Matching) -> tuple[list[_Raw], list[Note]]:
    """Return the rows without those that hold one word only, as sums and signatures do, and notes that say so."""
    if len(matching.columns) < 4:
        return rows, []
    alone = [(number, text_or_none(next(iter(raw.values())))) for number, raw in rows if len(raw) == 1]
    left_out = {number for number, _ in alone}
    notes = [Note(LEFT_ASIDE, {"row": number, "text": text[:80]}) for number, text in alone[:5]]
    return [row for row in rows if row[0] not in left_out], notes


def _raw(cells: Cells, matching: Matching) -> dict[str, Cell]:
    raw: dict[str, Cell] = {}
    # The given name stands first where two columns make one name.
    for column in sorted(matching.columns, key=lambda each: matching.parts.get(each) == PersonField.FAMILY_NAME):
        cell = cells[column] if column < len(cells) else None
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            continue
        name = matching.columns[column]
        if name in raw and column in matching.parts:
            cell = f"{text_or_none(raw[name])} {text_or_none(cell)}"
        raw[name] = cell
    return raw


def parse_values(raw: Mapping[str, Cell], context: Context, *, number: int = 0) -> FiledRow:
    """Read one row as a form or a correction gives it, by the same rules. Keys are those of people.key."""
    filled = {
        name: cell for name, cell in raw.items() if cell is not None and (not isinstance(cell, str) or cell.strip())
    }
    return _read(number, filled, Setting(context), {})


# --- One row ---


def _read(number: int, raw: Mapping[str, Cell], setting: Setting, hints: Mapping[str, str]) -> FiledRow:
    context = setting.context
    faults: list[RowFault] = []
    cells = _with_languages(_with_names(raw, setting, faults), context, hints)
    values: dict[str, Any] = {}
    for name in sorted(cells, key=lambda each: _IN_ORDER[each.partition(".")[0]]):
        fault = _taken(name, cells[name], setting, values)
        if fault:
            faults.append(fault)
    if context.default_capacity and PersonField.CAPACITY not in cells:
        values[PersonField.CAPACITY.value] = context.default_capacity
    known = {*values, *(fault.field for fault in faults)}
    faults += [RowFault(each.value, "missing", MISSING) for each in PersonField if each in context.required - known]
    typed = {name: cell.text if isinstance(cell, CellFault) else text_of(cell) for name, cell in cells.items()}
    notes = tuple(RowFault(str(name), "note", message, params) for name, message, params in setting.notes)
    return FiledRow(number, values, tuple(faults), typed, notes)


def _taken(name: str, cell: Cell, setting: Setting, values: dict[str, Any]) -> RowFault | None:
    """Put the value of a field among the values, or return what is wrong with it."""
    if isinstance(cell, CellFault):
        message = FORMULA if cell.kind == "formula" else CELL_ERROR
        return RowFault(name, f"cell.{cell.kind}", message, {"place": cell.place, "text": cell.text})
    try:
        values[name] = taken(name, cell, setting)
    except FieldFault as fault:
        return RowFault(name, fault.code, fault.message, fault.values, fault.suggestion)
    except days.DayFault as fault:
        return RowFault(name, fault.code, fault.message, fault.values)
    return None


def _with_languages(raw: Mapping[str, Cell], context: Context, hints: Mapping[str, str]) -> dict[str, Cell]:
    """Return the cells with a language for each wording that has none, by its letters."""
    named: dict[str, Cell] = {}
    for name, cell in raw.items():
        if name in PER_LANGUAGE:
            language = letters_of_names.language_by_letters(text_or_none(cell), context.languages, hints.get(name, ""))
            named.setdefault(key(PersonField(name), language), cell)
        else:
            named[name] = cell
    return named


def text_or_none(cell: Cell) -> str:
    """Return a cell as words; nothing for one that holds a fault."""
    return "" if isinstance(cell, CellFault) else text_of(cell)


def _with_names(raw: Mapping[str, Cell], setting: Setting, faults: list[RowFault]) -> Mapping[str, Cell]:
    """Return the cells with a full name told apart into family and given name; what is not certain asks for a yes."""
    if FULL_NAME not in raw:
        return raw
    cells = {name: cell for name, cell in raw.items() if name != FULL_NAME}
    text = text_or_none(raw[FULL_NAME])
    if text and "latin" not in letters_of_names.alphabets(text):
        language = letters_of_names.language_by_letters(text, setting.context.languages)
        cells.setdefault(key(PersonField.PREFERRED_NAME, language), text)
    if PersonField.FAMILY_NAME in cells or not text:
        return cells
    family, given, is_certain = told_apart(text)
    cells |= {PersonField.FAMILY_NAME.value: family}
    if given:
        cells |= {PersonField.GIVEN_NAME.value: given}
    if not is_certain:
        params = {"typed": text, "family": family, "given": given or "–"}
        faults.append(RowFault(PersonField.FAMILY_NAME.value, "name.order", NAME_ORDER, params, family))
    return cells


def told_apart(name: str) -> tuple[str, str, bool]:
    """Return the family name, the given name, and whether a comma or capitals make that certain."""
    family, comma, given = (part.strip() for part in re.sub(r"\s*[,،]\s*", ",", name).partition(","))
    if comma and family and given:
        return family, given, True
    words = name.split()
    loud = [word for word in words if len(word) > 1 and word.isupper()]
    if loud and len(loud) < len(words) and (words[: len(loud)] == loud or words[-len(loud) :] == loud):
        return " ".join(loud), " ".join(word for word in words if word not in loud), True
    if len(words) == 1:
        return name, "", False
    if len(words) > 2 and is_patronymic(words[-1]):
        return words[0], " ".join(words[1:]), False
    return words[-1], " ".join(words[:-1]), False


# --- The list as a whole ---


def _twins_told(rows: list[FiledRow]) -> Iterator[FiledRow]:
    """Yield the rows, with a fault where an earlier one has the same document, or the same name and day of birth."""
    documents: dict[str, list[FiledRow]] = {}
    people: dict[tuple[str, date], int] = {}
    for row in rows:
        faults = list(row.faults)
        number, born = row.values.get(PersonField.DOCUMENT_NUMBER), row.values.get(PersonField.BORN_ON)
        name = _name_key(row)
        if number:
            same = next(
                (each.number for each in documents.setdefault(number, []) if _may_be_one_state(each, row)), None
            )
            documents[number].append(row)
            if same is not None:
                faults.append(
                    RowFault(PersonField.DOCUMENT_NUMBER.value, "twin.document", SAME_DOCUMENT, {"row": same})
                )
        if isinstance(born, date) and name and (same := people.setdefault((name, born), row.number)) != row.number:
            faults.append(RowFault(PersonField.FAMILY_NAME.value, "twin.person", SAME_PERSON, {"row": same}))
        yield replace(row, faults=tuple(faults)) if len(faults) > len(row.faults) else row


def _may_be_one_state(one: FiledRow, other: FiledRow) -> bool:
    states = {row.values.get(PersonField.DOCUMENT_STATE) for row in (one, other)} - {None}
    return len(states) < 2


def _name_key(row: FiledRow) -> str:
    names = (str(row.values.get(name, "")) for name in (PersonField.FAMILY_NAME, PersonField.GIVEN_NAME))
    return " ".join(sorted(filter(None, map(joined, names))))
