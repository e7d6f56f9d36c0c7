"""A person's row as a form or a sheet gives it, turned into what the tables hold, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ejlas.core.text import Text
from ejlas.delegations.rules.capacities import Need
from ejlas.delegations.rules.people import PER_LANGUAGE, PersonField

# Under which column of the table a field that is asked once per language stands.
COLUMNS = {PersonField.PREFERRED_NAME: "name", PersonField.OFFICE: "office"}
# Days that stand encrypted, as ISO 8601.
DAYS = frozenset({PersonField.BORN_ON, PersonField.DOCUMENT_EXPIRES_ON})
# Who a person is: when one of these changes after the check, the person is checked anew (rule 7).
IDENTITY = frozenset(
    {
        PersonField.CAPACITY,
        PersonField.FAMILY_NAME,
        PersonField.GIVEN_NAME,
        PersonField.BORN_ON,
        PersonField.NATIONALITY,
        PersonField.DOCUMENT_KIND,
        PersonField.DOCUMENT_NUMBER,
        PersonField.DOCUMENT_STATE,
    }
)


def columns_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row's values by column: wordings gathered into texts, days as ISO 8601; the capacity stays a slug."""
    columns: dict[str, Any] = {}
    texts: dict[str, dict[str, str]] = {}
    for name, value in values.items():
        field, _point, language = name.partition(".")
        if field in PER_LANGUAGE:
            texts.setdefault(COLUMNS[PersonField(field)], {})
            if language and value:
                texts[COLUMNS[PersonField(field)]][language] = value
        elif field in DAYS:
            columns[field] = value.isoformat() if isinstance(value, date) else value or ""
        else:
            columns[field] = value
    return columns | {name: Text(wordings) for name, wordings in texts.items()}


def day_of(stored: str) -> date | None:
    """Return a day that stands as ISO 8601."""
    return date.fromisoformat(stored) if stored else None


def holds(columns: Mapping[str, Any]) -> dict[Need, bool]:
    """Tell which of the needs that a row itself can meet are met."""
    return {
        Need.DOCUMENT: bool(columns.get(PersonField.DOCUMENT_NUMBER)),
        Need.BORN_ON: bool(columns.get(PersonField.BORN_ON)),
        Need.NATIONALITY: bool(columns.get(PersonField.NATIONALITY)),
        Need.OFFICE: bool(columns.get("office")),
        Need.PHOTO: bool(columns.get("photo")),
    }
