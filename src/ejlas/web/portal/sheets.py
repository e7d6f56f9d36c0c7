"""A list that was sent as a table, as the page shows it: its columns, its good rows, and the bad ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ejlas.core import languages
from ejlas.core.formats.cells import CellFault, column_name
from ejlas.delegations.rules.columns import Matching
from ejlas.delegations.rules.filing import FiledRow, RowFault
from ejlas.delegations.rules.headings import FULL_NAME
from ejlas.delegations.rules.people import PER_LANGUAGE, PersonField, key
from ejlas.delegations.rules.uploads import Kept, Read, keys_to_correct
from ejlas.delegations.rules.values import Context
from ejlas.web.ui.delegation_labels import DOCUMENT_KINDS, PERSON_FIELDS, SEXES
from ejlas.web.ui.labels import word
from ejlas.web.ui.reading import Reader

SHOWN = 50
_NAMED = re.compile(r"r(\d{1,6})\.([a-z_]+(?:\.[A-Za-z-]{2,20})?)")
_TAKEN = ".take"
# What is chosen from a list: where nothing is chosen, what was sent stands.
_CHOSEN = frozenset({PersonField.CAPACITY, PersonField.SEX, PersonField.DOCUMENT_KIND})


@dataclass(frozen=True, slots=True)
class Input:
    """A value that is asked for anew, with what is wrong with the one that was sent."""

    name: str
    label: str
    value: str
    sentences: list[str]
    suggestion: str
    suggested: str
    choices: list[tuple[str, str]]
    language: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that somebody has to correct."""

    number: int
    shown: str
    who: str
    inputs: list[Input]
    rule: str


@dataclass(frozen=True, slots=True)
class GoodRow:
    """A row that can be taken over as it is."""

    shown: str
    name: str
    capacity: str
    born_on: str
    nationality: str
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column, the heading it has, a value of it, and the field that it is taken for."""

    number: int
    letters: str
    heading: str
    example: str
    chosen: str
    is_unsure: bool


def label_of(name: str, reader: Reader) -> str:
    """Return the words for the key of a value."""
    bare, _point, language = name.partition(".")
    if bare == FULL_NAME:
        return _("Full name")
    words = word(PERSON_FIELDS, bare)
    return f"{words} · {languages.name_of(language, reader.language)}" if language else words


def fields_offered(spoken: tuple[str, ...], reader: Reader) -> list[tuple[str, str]]:
    """Return what a column can be taken for."""
    names = [FULL_NAME]
    for field in PersonField:
        names += [str(field), *(key(field, code) for code in spoken)] if field in PER_LANGUAGE else [str(field)]
    return [(name, label_of(name, reader)) for name in names]


def columns_of(kept: Kept, matching: Matching) -> list[Column]:
    """Return the columns with a heading, each with the first value below it."""
    below = kept.table.rows[matching.heading_row + 1 : matching.heading_row + 11]
    return [
        Column(
            number=number,
            letters=column_name(number),
            heading=heading,
            example=next((_example(row[number]) for row in below if len(row) > number and row[number]), ""),
            chosen=matching.columns.get(number, ""),
            is_unsure=matching.certainty.get(number, 1.0) <= 0.8,
        )
        for number, heading in enumerate(matching.headings)
        if heading
    ]


def _example(cell: Any) -> str:
    return cell.text if isinstance(cell, CellFault) else str(cell)[:60]


def good_row(row: FiledRow, context: Context, reader: Reader) -> GoodRow:
    """Return a row that is good as a table shows it."""
    values = row.values
    born = values.get(PersonField.BORN_ON)
    nationality = str(values.get(PersonField.NATIONALITY) or "")
    return GoodRow(
        shown=reader.number(row.number),
        name=_who(row),
        capacity=_capacity(str(values.get(PersonField.CAPACITY, "")), context, reader),
        born_on=reader.dates(born)[0] if isinstance(born, date) else "",
        nationality=languages.state_name(nationality, reader.language) if nationality else "",
        notes=[note.sentence(_) for note in row.notes],
    )


def bad_row(row: FiledRow, kept: Kept, context: Context, reader: Reader) -> BadRow:
    """Return a row that somebody has to correct, with an input for each value that is wrong."""
    rule = kept.broken.get(row.number)
    keys = keys_to_correct(row)
    if rule and PersonField.CAPACITY not in keys:
        keys = (*keys, PersonField.CAPACITY.value)
    return BadRow(
        number=row.number,
        shown=reader.number(row.number),
        who=_who(row),
        inputs=[_input(name, row, context, reader) for name in keys],
        rule=_(rule[0]) % rule[1] if rule else "",
    )


def _input(name: str, row: FiledRow, context: Context, reader: Reader) -> Input:
    faults = [fault for fault in row.faults if fault.field == name]
    bare, _point, language = name.partition(".")
    suggestion = next((fault.suggestion for fault in faults if fault.suggestion), "")
    choices = _choices(bare, context, reader)
    typed = row.typed.get(name) or str(row.values.get(name) or "")
    value = str(row.values.get(name) or "") if choices else typed
    return Input(
        name=f"r{row.number}.{name}",
        label=label_of(name, reader),
        value=value,
        sentences=[_said(fault, reader) for fault in faults],
        suggestion="" if choices or suggestion == typed else suggestion,
        suggested=dict(choices).get(suggestion, suggestion),
        choices=_with_typed(choices, typed, value),
        language=language or ("en" if bare in (PersonField.FAMILY_NAME, PersonField.GIVEN_NAME) else ""),
    )


def _said(fault: RowFault, reader: Reader) -> str:
    """Return what is wrong; where nothing was quoted, the numbers stand in the reader's digits."""
    sentence = fault.sentence(_)
    is_plain = all(isinstance(value, int) for value in fault.params.values())
    return languages.digits(sentence, reader.language) if is_plain else sentence


def _with_typed(choices: list[tuple[str, str]], typed: str, value: str) -> list[tuple[str, str]]:
    """Return the choices, led by what was typed and is none of them: nothing that was sent is lost."""
    if not choices or value:
        return choices
    return [("", f"— {typed}" if typed else "—"), *choices]


def _choices(bare: str, context: Context, reader: Reader) -> list[tuple[str, str]]:
    if bare == PersonField.CAPACITY:
        return [(slug, _capacity(slug, context, reader)) for slug in context.capacities]
    words: Mapping[Any, Any] = {}
    if bare == PersonField.SEX:
        words = SEXES
    elif bare == PersonField.DOCUMENT_KIND:
        words = DOCUMENT_KINDS
    return [(str(value), str(said)) for value, said in words.items()]


def _capacity(slug: str, context: Context, reader: Reader) -> str:
    names = context.capacities.get(slug, {})
    return names.get(reader.language) or names.get("en") or slug


def _who(row: FiledRow) -> str:
    parts = [
        str(row.values.get(name) or row.typed.get(name, ""))
        for name in (PersonField.GIVEN_NAME, PersonField.FAMILY_NAME)
    ]
    return " ".join(filter(None, parts)) or row.typed.get(FULL_NAME, "")


def typed_in(data: QueryDict) -> tuple[dict[int, dict[str, str]], list[int]]:
    """Return what was typed anew, by row and key, and the rows that are left out."""
    typed: dict[int, dict[str, str]] = {}
    # What is taken as it was suggested goes over what stands in the input.
    for name, value in sorted(data.items(), key=lambda pair: pair[0].endswith(_TAKEN)):
        found = _NAMED.fullmatch(name.removesuffix(_TAKEN))
        field = found[2] if found else ""
        if found is None or field.partition(".")[0] not in set(PersonField):
            continue
        if str(value).strip() or field not in _CHOSEN:
            typed.setdefault(int(found[1]), {})[field] = str(value)[:2000]
    left_out = [int(number) for number in data.getlist("drop") if number.isdecimal() and len(number) < 7]
    return typed, left_out


def summary(found: Read, kept: Kept, reader: Reader) -> dict[str, Any]:
    """Return how many rows are good and how many are not."""
    n_good = len([row for row in found.filed.good if row.number not in kept.broken])
    return {
        "n_good": reader.number(len(found.filed.good)) if found.filed.good else "",
        "n_bad": reader.number(found.n_left - n_good) if found.n_left > n_good else "",
        "notes": [note.sentence(_) for note in found.filed.notes],
    }
