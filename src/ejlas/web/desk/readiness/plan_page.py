"""A plan that was sent, as the page shows it: its columns, its rows, and what is to be corrected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ejlas.core.formats.cells import column_name
from ejlas.delegations.rules.folding import folded
from ejlas.exports.plan_labels import EVIDENCE, PLAN_FIELDS
from ejlas.readiness.queries.plan import Known
from ejlas.readiness.rules.plan.headings import PlanField
from ejlas.readiness.rules.plan.reading import Fault, PlanRow, Understood
from ejlas.readiness.rules.plan.values import Sent
from ejlas.web.ui.kinds import Sheet

SHOWN = 200
_NAMED = re.compile(r"r(-?\d{1,6})\.([a-z]{2,20})")
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a plan to one reader."""

    sent: Sent
    found: Understood
    known: Known
    sheet: Sheet

    def columns(self) -> list[dict[str, Any]]:
        """Return the columns, each with its heading, a value and the field for which it is taken."""
        made = []
        for number, heading in enumerate(self.sent.headings):
            values = (cells[number] for cells in self.sent.rows.values() if len(cells) > number and cells[number])
            field = self.sent.columns.get(number)
            example = next(values, "")[:80]
            made.append(
                {
                    "number": number,
                    "letters": column_name(number),
                    "heading": heading,
                    "example": example,
                    "chosen": field.value if field else "",
                }
            )
        return [each for each in made if each["heading"] or each["example"]]

    def bad(self) -> list[dict[str, Any]]:
        """Return the rows with faults, and for each fault what was sent and a place to correct it."""
        rows: dict[int, list[Fault]] = {}
        for fault in self.found.faults:
            rows.setdefault(fault.row, []).append(fault)
        return [self._bad(number, faults) for number, faults in list(rows.items())[:SHOWN]]

    def _bad(self, number: int, faults: list[Fault]) -> dict[str, Any]:
        by_field: dict[PlanField, list[str]] = {}
        for fault in faults:
            by_field.setdefault(fault.column, []).append(fault.sentence(_))
        return {
            "number": number,
            "shown": self.sheet.number(abs(number)),
            "name": self.sent.value(number, PlanField.NAME),
            "inputs": [
                {
                    "name": f"r{number}.{field.value}",
                    "label": PLAN_FIELDS[field],
                    "value": self.sent.value(number, field),
                    "sentences": sentences,
                }
                for field, sentences in by_field.items()
            ],
        }

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows as they were understood."""
        return [self._row(row) for row in self.found.rows[:SHOWN]]

    def _row(self, row: PlanRow) -> dict[str, Any]:
        sheet = self.sheet
        numbers = row.estimate.least, row.estimate.likely, row.estimate.most
        after = (sheet.number(abs(n)) + (f" ({lag:+d})" if lag else "") for n, lag in row.after.items())
        return {
            "number": row.number,
            "shown": sheet.number(abs(row.number)),
            "name": row.name,
            "workstream": row.workstream,
            "body": row.body,
            "due": sheet.reader.dates(row.due) if row.due else (),
            "days": [sheet.number(each) for each in numbers],
            "after": " · ".join(after),
            "uses": " · ".join(f"{name} × {amount}" for name, amount in row.uses.items()),
            "evidence": " · ".join(str(EVIDENCE[kind]) for kind in row.evidence),
            "is_there": folded(row.name) in self.known.obligations,
        }

    def new(self) -> list[tuple[str, list[str]]]:
        """Return what would be made beside the obligations: the kind, and the names."""
        groups = (
            (_("New workstreams"), self.found.named(lambda row: row.workstream), self.known.workstreams),
            (_("New bodies"), self.found.named(lambda row: row.body), self.known.bodies),
            (_("New limited hands and equipment"), self._uses(), self.known.resources),
        )
        made = [(words, [name for name in names if folded(name) not in known]) for words, names, known in groups]
        return [(words, names[:50]) for words, names in made if names]

    def _uses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for row in self.found.rows for name in row.uses))


def offered() -> list[tuple[str, Any]]:
    """Return the fields for which a column may be taken."""
    return [(field.value, words) for field, words in PLAN_FIELDS.items()]


def typed_in(data: QueryDict) -> tuple[dict[int, dict[str, str]], set[int]]:
    """Return what was typed anew by row and field, and the rows to be left out."""
    known = {field.value for field in PlanField}
    typed: dict[int, dict[str, str]] = {}
    for name, value in data.items():
        found = _NAMED.fullmatch(name)
        if found and found[2] in known:
            typed.setdefault(int(found[1]), {})[found[2]] = str(value)[:_LONGEST]
    left = {int(value) for value in data.getlist("out") if re.fullmatch(r"-?\d{1,6}", value)}
    return typed, left


def chosen_in(data: Mapping[str, Any]) -> dict[int, str]:
    """Return the fields chosen for columns, by their number."""
    return {int(name[1:]): str(value) for name, value in data.items() if re.fullmatch(r"c\d{1,3}", name)}
