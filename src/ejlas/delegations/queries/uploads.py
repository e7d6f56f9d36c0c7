"""Lists that were sent as a table and wait: how they read now, beside who is on the list already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ejlas.core.errors import marked
from ejlas.delegations.models import Delegation, Upload
from ejlas.delegations.queries.hashes import document_hash
from ejlas.delegations.rules import uploads
from ejlas.delegations.rules.filing import FiledRow, RowFault
from ejlas.delegations.rules.people import PersonField
from ejlas.delegations.rules.states import COUNTED
from ejlas.delegations.rules.uploads import Kept, Read
from ejlas.delegations.rules.values import Context

ON_THE_LIST = marked("%(name)s is on the list already with this document. Leave the row out, or correct the number.")


def upload_of(delegation: Delegation, slug: str) -> Upload | None:
    """Return a list that waits, by its slug. One SQL query."""
    return delegation.uploads.filter(slug=slug).select_related("delegation__edition", "delegation__party").first()


def people_named_already(delegation: Delegation) -> dict[str, str]:
    """Return the names of the people on a list by the hash of their document. One SQL query."""
    rows = delegation.people.filter(state__in=sorted(COUNTED)).exclude(document_hash="").order_by()
    found = rows.values_list("document_hash", "given_name", "family_name")
    return {document: f"{given} {family}".strip() for document, given, family in found}


def read_upload(kept: Kept, context: Context, named: Mapping[str, str]) -> Read:
    """Read a list that waits; a row of somebody who is on the list already is to be looked at."""
    found = uploads.read(kept, context)
    rows = tuple(_told(row, named) for row in found.filed.rows) if named else found.filed.rows
    return replace(found, filed=replace(found.filed, rows=rows))


def _told(row: FiledRow, named: Mapping[str, str]) -> FiledRow:
    number = str(row.values.get(PersonField.DOCUMENT_NUMBER) or "")
    state = str(row.values.get(PersonField.DOCUMENT_STATE) or "")
    held = named.get(document_hash(state, number)) if number else None
    if not held:
        return row
    fault = RowFault(PersonField.DOCUMENT_NUMBER.value, "twin.list", ON_THE_LIST, {"name": held})
    return replace(row, faults=(*row.faults, fault))
