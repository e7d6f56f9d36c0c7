"""A list of people that the host brings in from a file: its good rows in one transaction, the others told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.errors import RuleBroken, marked
from ejlas.core.formats.cells import Note, Table
from ejlas.delegations.models import Capacity, Delegation
from ejlas.delegations.operations import errors, keeping
from ejlas.delegations.operations.people import add_people
from ejlas.delegations.queries.hashes import birth_hash, document_hash
from ejlas.delegations.queries.importing import Known, context_of, known_of
from ejlas.delegations.rules import capacity_column, filing
from ejlas.delegations.rules.columns import Matching
from ejlas.delegations.rules.filing import FiledRow, RowFault
from ejlas.delegations.rules.names import spoken
from ejlas.delegations.rules.people import PersonField
from ejlas.delegations.rules.records import columns_of

ON_THE_LIST = marked("This person is on the list already.")
_CODES: Mapping[type[RuleBroken], str] = {
    errors.CapacityFull: "capacity.full",
    errors.CapacityFullInAll: "capacity.full",
    errors.CapacityOfOthers: "capacity.others",
    errors.DelegationFull: "delegation.full",
}


@dataclass(slots=True)
class Imported:
    """What became of a file.

    Parameters
    ----------
    people : the slug of each person by the number of the row, as the sheet counts it
    refused : what is wrong with each other row, by its number; a row may have several faults
    """

    matching: Matching
    notes: tuple[Note, ...] = ()
    people: dict[int, str] = field(default_factory=dict)
    refused: list[tuple[int, RowFault]] = field(default_factory=list)


@transaction.atomic
def import_people(*, delegation: Delegation, table: Table, by: User, at: datetime, reader: str = "") -> Imported:
    """Name everyone whose row is good and who is not on the list yet; all of these or, after a fault, nobody.

    Raises HeadingsMissing, TooManyPeople.
    """
    # Two imports of one list come one after the other, and the second finds everyone there.
    delegation = keeping.locked(delegation)
    today = at.astimezone(delegation.edition.zone).date()
    context = context_of(delegation, today=today, reader=reader)
    matching = capacity_column.find(table, context=context)
    filed = filing.parse(table, matching, context=context)
    done = Imported(matching, filed.notes)
    done.refused += [(row.number, fault) for row in filed.bad for fault in row.faults]
    new = list(_new(filed.good, known_of(delegation), done))
    capacities = {each.slug: each for each in Capacity.objects.filter(edition=delegation.edition)}
    rows = [_columns(row.values, capacities) for row in new]
    named = add_people(delegation=delegation, rows=rows, by=by, at=at, by_host=True)
    broken = dict(named.refused)
    done.refused += [(new[number].number, _fault(rule)) for number, rule in broken.items()]
    taken = [row.number for number, row in enumerate(new) if number not in broken]
    done.people = dict(zip(taken, (person.slug for person in named.people), strict=True))
    done.refused.sort(key=lambda each: each[0])
    return done


def _new(rows: tuple[FiledRow, ...], known: Known, done: Imported) -> Iterator[FiledRow]:
    """Yield the rows of those who are not on the list; a document tells, and without one the name and the birthday."""
    for row in rows:
        made = columns_of(row.values)
        document = document_hash(made.get("document_state") or "", made.get("document_number") or "")
        name = f"{made.get('given_name', '')} {made.get('family_name', '')}".strip()
        same = (spoken(name)[:200], birth_hash(made.get("born_on") or ""))
        if document in known.documents or (not document and same in known.people):
            where = PersonField.DOCUMENT_NUMBER if document else PersonField.FAMILY_NAME
            done.refused.append((row.number, RowFault(where.value, "known", ON_THE_LIST)))
        else:
            yield row


def _columns(values: Mapping[str, Any], capacities: Mapping[str, Capacity]) -> dict[str, Any]:
    made = columns_of(values)
    return made | {"capacity": capacities[made["capacity"]]}


def _fault(rule: RuleBroken) -> RowFault:
    place = rule.field or PersonField.CAPACITY.value
    return RowFault(place, _CODES.get(type(rule), "rule"), rule.message, dict(rule.values))
