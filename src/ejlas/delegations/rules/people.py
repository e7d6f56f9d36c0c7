"""What is asked of a person of a delegation: the fields of a row, which of them are sealed, and the stored choices."""

from __future__ import annotations

from enum import StrEnum


class PersonField(StrEnum):
    """A field of a person's row; the preferred name and the office are asked once per language."""

    CAPACITY = "capacity"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    PREFERRED_NAME = "preferred_name"
    OFFICE = "office"
    SEX = "sex"
    BORN_ON = "born_on"
    NATIONALITY = "nationality"
    DOCUMENT_KIND = "document_kind"
    DOCUMENT_NUMBER = "document_number"
    DOCUMENT_STATE = "document_state"
    DOCUMENT_EXPIRES_ON = "document_expires_on"
    EMAIL = "email"
    PHONE = "phone"
    LANGUAGES = "languages"
    DIET = "diet"
    HEALTH = "health"
    NOTE = "note"


PER_LANGUAGE = frozenset({PersonField.PREFERRED_NAME, PersonField.OFFICE})
# What is encrypted where it is kept: nobody who reads the tables alone learns it.
PERSONAL = frozenset(
    {
        PersonField.BORN_ON,
        PersonField.DOCUMENT_KIND,
        PersonField.DOCUMENT_NUMBER,
        PersonField.DOCUMENT_STATE,
        PersonField.DOCUMENT_EXPIRES_ON,
        PersonField.PHONE,
        PersonField.DIET,
        PersonField.HEALTH,
    }
)


class DocumentKind(StrEnum):
    """The kind of the document with which a person travels."""

    PASSPORT = "passport"
    DIPLOMATIC = "diplomatic"
    SERVICE = "service"
    IDENTITY_CARD = "identity_card"
    OTHER = "other"


class Sex(StrEnum):
    """The sex as a travel document states it (ICAO 9303: X for unspecified)."""

    FEMALE = "F"
    MALE = "M"
    UNSPECIFIED = "X"


def key(field: PersonField, language: str = "") -> str:
    """Return the name of a value in a row: `office.fa` for a field that is asked once per language."""
    return f"{field}.{language}" if language else str(field)
