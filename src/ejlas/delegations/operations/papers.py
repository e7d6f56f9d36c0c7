"""Photos of people, and the papers that come with a list or a person."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core import changes
from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.core.files import operations as files
from ejlas.core.files import rules as kinds
from ejlas.core.files.models import StoredFile
from ejlas.delegations.models import Delegation, Paper, Person
from ejlas.delegations.operations import keeping
from ejlas.delegations.operations.gate import photos
from ejlas.delegations.operations.lists import EVENT as DELEGATION
from ejlas.delegations.operations.passes.following import follow
from ejlas.delegations.rules.states import PaperKind

MOST_PAPER_BYTES = 10_000_000
MOST_PHOTO_BYTES = 2_000_000  # of the picture as it is kept; what is sent may be larger


@transaction.atomic
def set_photo(*, person: Person, picture: bytes, taken_on: date | None, by: User, at: datetime) -> Person:
    """Keep a portrait that was cut and checked as the photo of a person; the one before is removed for good."""
    old = person.photo
    kept = files.keep(
        picture,
        scope=person.delegation.edition.slug,
        purpose="photo",
        name="",
        allowed=frozenset({kinds.JPEG}),
        most_bytes=MOST_PHOTO_BYTES,
        by=by.name,
        at=at,
    )
    _give_photo(person, kept, taken_on, by=by, at=at)
    if old is not None:
        files.forget(old, at=at)
        photos.forget_photos(people=[person], at=at)
    return person


@transaction.atomic
def remove_photo(*, person: Person, by: User, at: datetime) -> Person:
    """Remove the photo of a person for good."""
    old = person.photo
    if old is not None:
        _give_photo(person, None, None, by=by, at=at)
        files.forget(old, at=at)
        photos.forget_photos(people=[person], at=at)
    return person


def _give_photo(person: Person, kept: StoredFile | None, taken_on: date | None, *, by: User, at: datetime) -> None:
    row = (
        Person.objects.select_for_update(of=("self",))
        .select_related("capacity", "delegation__edition")
        .get(pk=person.pk)
    )
    row.photo = kept
    wanted = {"photo": kept, "photo_taken_on": taken_on, **keeping.derived(row)}
    done = changes.change(person, wanted, event=keeping.EVENT, at=at)
    audit.record(done.entries, scope=row.delegation.edition.slug, by=by.name, at=at)
    follow(person=person, by=by, at=at)


@transaction.atomic
def add_paper(
    *,
    delegation: Delegation,
    kind: PaperKind,
    data: bytes,
    name: str,
    by: User,
    at: datetime,
    person: Person | None = None,
) -> Paper:
    """Keep a paper of a list or of a person. Raises FileEmpty, FileTooLarge, FileTypeRefused."""
    kept = files.keep(
        data,
        scope=delegation.edition.slug,
        purpose=kind.value,
        name=name,
        allowed=kinds.LETTERS,
        most_bytes=MOST_PAPER_BYTES,
        by=by.name,
        at=at,
    )
    paper = Paper.objects.create(
        slug=keeping.new_slug(),
        delegation=delegation,
        person=person,
        kind=kind,
        file=kept,
        added_at=at,
        added_by=by.name,
    )
    values = {"after": {"kind": kind.value, "delegation": delegation.slug, "person": person.slug if person else ""}}
    audit.record([Entry("delegations.paper.added", "paper", paper.slug, values)], scope=kept.scope, by=by.name, at=at)
    _look_again(paper, by=by, at=at)
    return paper


@transaction.atomic
def remove_paper(*, paper: Paper, by: User, at: datetime) -> None:
    """Remove a paper for good."""
    file, scope = paper.file, paper.delegation.edition.slug
    values = {"before": {"kind": paper.kind, "delegation": paper.delegation.slug}}
    audit.record([Entry("delegations.paper.removed", "paper", paper.slug, values)], scope=scope, by=by.name, at=at)
    Paper.objects.filter(pk=paper.pk).delete()
    files.forget(file, at=at)
    _look_again(paper, by=by, at=at)


def _look_again(paper: Paper, *, by: User, at: datetime) -> None:
    if paper.person_id is not None:
        row = Person.objects.select_related("capacity", "delegation__edition").get(pk=paper.person_id)
        Person.objects.filter(pk=row.pk).update(**keeping.derived(row))
    elif paper.kind == PaperKind.NOMINATION:
        has = Paper.objects.filter(delegation=paper.delegation_id, kind=PaperKind.NOMINATION).exists()
        row_of_list = Delegation.objects.select_related("edition").get(pk=paper.delegation_id)
        done = changes.change(row_of_list, {"has_nomination": has}, event=DELEGATION, at=at)
        audit.record(done.entries, scope=row_of_list.edition.slug, by=by.name, at=at)
