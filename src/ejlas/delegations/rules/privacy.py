"""What is held of a person, for which purpose, and on which day of the house's rules each part of it goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from ejlas.delegations.rules import house
from ejlas.delegations.rules.passes import house as gates
from ejlas.delegations.rules.people import PersonField


class Purpose(StrEnum):
    """Why something is held of a person."""

    LIST = "list"  # to name the person on lists, on the badge and at the table
    IDENTITY = "identity"  # to know who comes: accreditation, vetting, visas
    REACH = "reach"
    MEALS = "meals"
    CARE = "care"
    BADGE = "badge"


PHOTO, PAPERS, REQUESTS, UPLOADS = "photo", "papers", "requests", "uploads"
# Who went through which gate and when, who asked to come in there, and who holds or collected a card.
SCANS, WALK_INS, HOLDERS = "scans", "walk_ins", "holders"

# The columns that go with the day of a field: a hash by which something is found again goes with what it was made of.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    PersonField.DOCUMENT_NUMBER: (
        "document_kind",
        "document_number",
        "document_state",
        "document_expires_on",
        "document_hash",
    ),
    PersonField.BORN_ON: ("born_on", "birth_hash"),
    PersonField.HEALTH: ("health",),
    PersonField.DIET: ("diet",),
    PersonField.PHONE: ("phone", "email"),
}
# Whole rows of people that are not taken over, or are only asked for, hold everything: they go on the first day.
WITH_THE_FIRST = (REQUESTS, UPLOADS)
WITH_THE_SCANS = (SCANS, WALK_INS, HOLDERS)

PURPOSES: Mapping[str, Purpose] = {
    **dict.fromkeys(("family_name", "given_name", "name", "office", "sex", "languages"), Purpose.LIST),
    **dict.fromkeys((*COLUMNS[PersonField.DOCUMENT_NUMBER][:4], "born_on", "nationality", PAPERS), Purpose.IDENTITY),
    **dict.fromkeys(COLUMNS[PersonField.PHONE], Purpose.REACH),
    PersonField.DIET: Purpose.MEALS,
    PersonField.HEALTH: Purpose.CARE,
    PHOTO: Purpose.BADGE,
    PersonField.NOTE: Purpose.LIST,
}


def last_days(settings: Mapping[str, Any], ends_on: date) -> dict[str, date]:
    """Return the last day of each part that a purge removes, in the order in which it is told."""
    days = house.kept_until(settings, ends_on)
    of_gates = ends_on + timedelta(days=gates.stored(settings)["keep_scans_days"])
    return days | dict.fromkeys(WITH_THE_FIRST, min(days.values())) | dict.fromkeys(WITH_THE_SCANS, of_gates)


def last_day_of(name: str, days: Mapping[str, date]) -> date | None:
    """Return the last day of a column, a photo or papers; None for what stays until it is erased."""
    owner = next((field for field, columns in COLUMNS.items() if name in columns), name)
    return days.get(owner)


def is_over(last_day: date, at: datetime) -> bool:
    """Whether a last day has passed; `at` is a moment at the place."""
    return at.date() > last_day
