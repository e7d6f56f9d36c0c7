"""What stands around every page of a delegation, and how its reader sees names, moments and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ejlas.web.ui.delegation_labels import CAPACITY_KINDS, NEEDS
from ejlas.web.ui.labels import word
from ejlas.web.ui.reading import Reader

if TYPE_CHECKING:
    from ejlas.delegations.models import Capacity, Delegation, Person


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in the reader's calendars and the time of the place."""

    days: tuple[str, ...]
    time: str
    city: SafeString


def reader_of(delegation: Delegation) -> Reader:
    """Return the eyes of whoever reads now."""
    edition = delegation.edition
    return Reader(get_language() or "en", tuple(edition.fallback_languages), tuple(edition.calendars))


def frame(request: HttpRequest, delegation: Delegation) -> dict[str, Any]:
    """Return what the template around a page of a delegation needs."""
    reader = reader_of(delegation)
    edition = delegation.edition
    return {
        "delegation": delegation,
        "edition": edition,
        "reader": reader,
        "delegation_name": reader.name(delegation.title.to_stored()),
        "delegation_plain": reader.plain(delegation.title.to_stored()),
        "edition_name": reader.html(edition.name.to_stored()),
        "at": {"edition": edition.slug, "delegation": delegation.slug},
    }


def moment_of(delegation: Delegation, at: datetime, reader: Reader) -> Moment:
    """Return a moment as it is written at the place."""
    local = at.astimezone(delegation.edition.zone)
    city = reader.html(delegation.edition.city.to_stored())
    return Moment(reader.dates(local.date()), reader.time(local), city)


def day_words(day: date | None, reader: Reader) -> str:
    """Return a day in each of the reader's calendars."""
    return " · ".join(reader.dates(day)) if day else ""


def capacity_words(capacity: Capacity, reader: Reader) -> str:
    """Return the name of a capacity, else the usual word for what such a person is."""
    return reader.plain(capacity.name.to_stored()) or word(CAPACITY_KINDS, capacity.kind)


def name_of(person: Person, reader: Reader) -> SafeString:
    """Return the name of a person as this reader is to read it."""
    return reader.name(person.title.to_stored())


def passport_name(person: Person) -> SafeString:
    """Return the name as the travel document has it."""
    return format_html('<bdi lang="en" dir="ltr">{}</bdi>', person.passport_name)


def lacks_of(person: Person) -> list[str]:
    """Return what is missing of a person, in words."""
    return [word(NEEDS, need) for need in person.lacks]
