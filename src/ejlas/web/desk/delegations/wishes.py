"""Requests after the lock in words: who asks for what, and each field before and after."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.urls import reverse

from ejlas.core import languages
from ejlas.core.text import Text
from ejlas.delegations import operations, permissions, queries
from ejlas.delegations.rules.people import PERSONAL, PersonField
from ejlas.delegations.rules.records import DAYS
from ejlas.delegations.rules.states import PersonState
from ejlas.web.desk.history import words_of
from ejlas.web.ui.delegation_labels import DOCUMENT_KINDS, PERSON_FIELDS, REQUEST_KINDS, REQUEST_STATES, SEXES
from ejlas.web.ui.kinds import BY_NAME, Sheet
from ejlas.web.ui.kinds.delegations import capacity_name
from ejlas.web.ui.labels import word

MASK = "•••"
_SEALED = PERSONAL | {PersonField.EMAIL}
_LABELS: dict[str, Any] = {
    **{str(name): label for name, label in PERSON_FIELDS.items()},
    "name": PERSON_FIELDS[PersonField.PREFERRED_NAME],
}
_WORDS: dict[str, Any] = {PersonField.SEX: SEXES, PersonField.DOCUMENT_KIND: DOCUMENT_KINDS}


def row(request: Any, sheet: Sheet) -> dict[str, Any]:
    """Return a request as a row of the list."""
    slug = sheet.edition.slug
    person = request.person
    return {
        "address": reverse("desk:request", args=[slug, request.slug]),
        "kind": word(REQUEST_KINDS, request.kind),
        "delegation": sheet.text(request.delegation.title),
        "delegation_address": reverse("desk:delegation", args=[slug, request.delegation.slug]),
        "person": BY_NAME["person"].name_of(person, sheet) if person else "",
        "person_address": reverse("desk:person", args=[slug, person.slug]) if person else "",
        "reason": request.reason,
        "by": request.asked_by,
        "at": sheet.moment(request.asked_at),
        "state": request.state,
        "state_words": word(REQUEST_STATES, request.state),
        "answer": request.answer,
        "answered_by": request.answered_by,
        "answered_at": sheet.moment(request.answered_at),
    }


def page_of(request: Any, user: Any, sheet: Sheet) -> dict[str, Any]:
    """Return a request with what it would change, as far as this user may read it."""
    person = queries.person_at(sheet.edition, request.person.slug) if request.person else None
    # Who is not on the list yet is read as one who waits for the check.
    subject: Any = person or SimpleNamespace(delegation=request.delegation, state=PersonState.SUBMITTED)
    reads = permissions.fields_read(user, subject)
    wanted = operations.wanted_fields(request)
    before = person if request.kind == "change" else None
    rows = [_change(name, value, before, reads, sheet) for name, value in wanted.items() if name in _LABELS]
    return {
        "row": row(request, sheet),
        "changes": [each for each in rows if each["differs"]],
        "has_before": bool(before),
    }


def _change(name: str, value: Any, before: Any, reads: frozenset[str], sheet: Sheet) -> dict[str, Any]:
    held = getattr(before, name) if before is not None else ""
    is_hidden = name in _SEALED and (name not in reads or name == PersonField.DOCUMENT_NUMBER)
    cell = _masked if is_hidden else _cell
    return {
        "label": _LABELS[name],
        "before": cell(name, held, sheet),
        "after": cell(name, value, sheet),
        "differs": held != value,
    }


def _masked(_name: str, value: Any, _sheet: Sheet) -> str:
    return MASK if value else ""


def _cell(name: str, value: Any, sheet: Sheet) -> Any:
    if value in (None, "", []):
        return ""
    if isinstance(value, Text):
        return words_of(value.to_stored(), sheet.reader)
    if hasattr(value, "per_delegation"):
        return capacity_name(value, sheet)
    if name in _WORDS:
        return word(_WORDS[name], value)
    if name in DAYS:
        return " · ".join(sheet.reader.dates(date.fromisoformat(value)))
    if name == PersonField.NATIONALITY:
        return languages.state_name(value, sheet.reader.language)
    if isinstance(value, list):
        return languages.comma(sheet.reader.language).join(str(each) for each in value)
    return str(value)
