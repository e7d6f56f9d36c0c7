"""Erasing a person on request, and writing down who read all that is held of one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import pgettext

from ejlas.accounts.models import User
from ejlas.core.audit import operations as audit
from ejlas.core.audit.models import Line
from ejlas.core.audit.operations import Entry
from ejlas.core.files import operations as files
from ejlas.core.index import operations as index
from ejlas.core.text import Text
from ejlas.delegations.models import SEALED, Paper, Person, Request, Upload
from ejlas.delegations.operations import keeping
from ejlas.delegations.operations.passes.forgetting import forget_passes
from ejlas.delegations.queries import privacy as held
from ejlas.delegations.rules.states import COUNTED, PersonState

ERASED, ALL_READ = f"{keeping.EVENT}.erased", f"{keeping.EVENT}.all_read"

_EMPTY: dict[str, Any] = {
    **dict.fromkeys(SEALED, ""),
    **dict.fromkeys(("family_name", "given_name", "sex", "nationality", "spoken"), ""),
    **dict.fromkeys(("document_hash", "birth_hash", "reason", "note"), ""),
    "office": Text(),
    "languages": [],
    "lacks": [],
    "is_lacking": False,
    "has_needs": False,
    "photo": None,
    "photo_taken_on": None,
}


@dataclass(frozen=True, slots=True)
class Erased:
    """What went with a person: entries of the list, files, requests, uploads, and lines of the trail left empty."""

    n_entries: int
    n_files: int
    n_requests: int
    n_uploads: int
    n_lines: int


@transaction.atomic
def erase_person(*, person: Person, by: User, at: datetime) -> Erased:
    """Erase all that is held of a person for good; the empty entry stays, so that counts and references hold.

    Entries that were found to be the same person go too. Who is erased before the close leaves the list, and the place
    is free. The lines of the trail stay as the proof that something was written, without their values.
    """
    keeping.locked(person.delegation)
    entries = held.entries_of(person)
    rows = list(Person.objects.select_for_update(of=("self",)).filter(pk__in=[each.pk for each in entries]))
    words = _words(rows)
    n_files = _forget_files(rows, at=at)
    requests = Request.objects.filter(person__in=rows)
    n_uploads = _remove_uploads(rows)
    numbers = _lines_about(rows, list(requests.values_list("slug", flat=True)))
    n_requests = requests.update(wanted="", reason="", answer="")
    for row in rows:
        _empty(row, words, at=at)
    forget_passes(people=rows, by=by, at=at)
    index.note_rows(rows, at=at)
    index.leave_no_traces()
    n_lines = audit.purge_values(numbers=numbers, by=by.name, at=at) if numbers else 0
    done = Erased(len(rows), n_files, n_requests, n_uploads, n_lines)
    counts = {name: getattr(done, name) for name in done.__slots__}
    lines = [Entry(ERASED, "person", row.slug, counts if row.pk == person.pk else {}) for row in rows]
    audit.record(lines, scope=person.edition.slug, by=by.name, at=at)
    person.refresh_from_db()
    return done


def _empty(row: Person, words: Text, *, at: datetime) -> None:
    for name, value in _EMPTY.items():
        setattr(row, name, value)
    row.name = words
    row.revision += 1
    edition = row.edition
    if row.state in COUNTED and at.astimezone(edition.zone).date() <= edition.ends_on:
        row.state = PersonState.WITHDRAWN
    row.save()


def _words(rows: list[Person]) -> Text:
    """Return what stands in the place of the name, in those languages of the edition that the interface speaks."""
    known = {code for code, _name in settings.LANGUAGES}
    worded = {}
    for code in dict.fromkeys([*(code for code in rows[0].edition.languages if code in known), "en"]):
        with translation.override(code):
            worded[code] = pgettext("in the place of a name", "Erased")
    return Text(worded)


def _forget_files(rows: list[Person], *, at: datetime) -> int:
    """Forget photos and papers; the row of a paper stays and says that it is no longer kept."""
    kept = [row.photo for row in rows if row.photo is not None]
    kept += [paper.file for paper in Paper.objects.filter(person__in=rows).select_related("file")]
    there = {file.pk: file for file in kept if file.is_kept}
    for file in there.values():
        files.forget(file, at=at)
    return len(there)


def _remove_uploads(rows: list[Person]) -> int:
    """Remove the sent sheets that are not taken over and in which the document or the name of the person stands."""
    found = [
        upload.pk
        for upload in Upload.objects.filter(delegation__in={row.delegation_id for row in rows})
        if any(_names(upload.rows or "", row) for row in rows)
    ]
    Upload.objects.filter(pk__in=found).delete()
    return len(found)


def _names(sealed_rows: str, row: Person) -> bool:
    text = json.dumps(json.loads(sealed_rows or "null"), ensure_ascii=False).casefold()
    number = (row.document_number or "").casefold()
    names = [each.casefold() for each in (row.family_name, row.given_name) if each]
    return bool(number and number in text) or bool(names and all(each in text for each in names))


def _lines_about(rows: Iterable[Person], requests: list[str]) -> list[int]:
    """Return the numbers of the lines of the trail that may say something of these people."""
    of_people = [number for row in rows for number in held.trail_of(row).values_list("number", flat=True)]
    of_requests = Line.objects.filter(subject_kind="request", subject__in=requests).values_list("number", flat=True)
    return [*of_people, *of_requests]


@transaction.atomic
def note_all_read(*, person: Person, way: str, by: User, at: datetime) -> None:
    """Write down that somebody reads all that is held of a person, the number of the document too."""
    entry = Entry(ALL_READ, "person", person.slug, {"way": way})
    audit.record([entry], scope=person.edition.slug, by=by.name, at=at)
