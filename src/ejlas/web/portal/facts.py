"""What is known of a person, in groups and in words, for those who file the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ejlas.core import languages
from ejlas.delegations.rules.countries import code_of
from ejlas.delegations.rules.people import PersonField
from ejlas.delegations.rules.records import day_of
from ejlas.web.portal.frame import capacity_words, day_words, passport_name
from ejlas.web.ui.delegation_labels import DOCUMENT_KINDS, PERSON_FIELDS, SEXES
from ejlas.web.ui.labels import word
from ejlas.web.ui.reading import Reader

if TYPE_CHECKING:
    from ejlas.delegations.models import Person

F = PersonField
Facts = list[tuple[str, Any]]


def masked(number: str) -> str:
    """Return a number of which only the end can be read."""
    return f"••••{number[-3:]}" if number else ""


def facts_of(person: Person, reader: Reader) -> list[tuple[str, Facts]]:
    """Return what is known of a person, without what is empty; of a document's number only its end."""
    groups = [
        ("", _first(person, reader)),
        (_("Travel document"), _document(person, reader)),
        (_("How to reach the person"), _reach(person)),
        (_("What the host should know"), _more(person, reader)),
    ]
    return [(title, [fact for fact in facts if fact[1]]) for title, facts in groups if any(fact[1] for fact in facts)]


def _label(field: PersonField) -> str:
    return str(PERSON_FIELDS[field])


def _ltr(words: str | None) -> SafeString | str:
    return format_html('<bdi dir="ltr">{}</bdi>', words) if words else ""


def _state(code: str | None, reader: Reader) -> str:
    found = code_of(code or "")
    return languages.state_name(found, reader.language) if found else code or ""


def _wordings(text: Any) -> SafeString | str:
    lines = ((code, languages.direction(code), words) for code, words in text.values.items())
    return format_html_join("", '<span class="line"><bdi lang="{}" dir="{}">{}</bdi></span>', lines)


def _first(person: Person, reader: Reader) -> Facts:
    return [
        (_label(F.CAPACITY), capacity_words(person.capacity, reader)),
        (_("Name as the travel document has it"), passport_name(person)),
        (_label(F.PREFERRED_NAME), _wordings(person.name)),
        (_label(F.OFFICE), _wordings(person.office)),
    ]


def _document(person: Person, reader: Reader) -> Facts:
    return [
        (_label(F.SEX), word(SEXES, person.sex) if person.sex else ""),
        (_label(F.BORN_ON), day_words(day_of(person.born_on or ""), reader)),
        (_label(F.NATIONALITY), _state(person.nationality, reader)),
        (_label(F.DOCUMENT_KIND), word(DOCUMENT_KINDS, person.document_kind or "") if person.document_kind else ""),
        (_label(F.DOCUMENT_NUMBER), _ltr(masked(person.document_number or ""))),
        (_label(F.DOCUMENT_STATE), _state(person.document_state, reader)),
        (_label(F.DOCUMENT_EXPIRES_ON), day_words(day_of(person.document_expires_on or ""), reader)),
    ]


def _reach(person: Person) -> Facts:
    return [(_label(F.EMAIL), _ltr(person.email)), (_label(F.PHONE), _ltr(person.phone))]


def _more(person: Person, reader: Reader) -> Facts:
    spoken = languages.comma(reader.language).join(
        languages.name_of(code, reader.language) for code in person.languages
    )
    return [
        (_label(F.LANGUAGES), spoken),
        (_label(F.DIET), person.diet),
        (_label(F.HEALTH), person.health),
        (_label(F.NOTE), person.note),
    ]
