"""Taking people on from queue to queue, merging those who stand twice, and reading what is logged when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core import changes
from ejlas.core.audit import operations as audit
from ejlas.core.changes import ChangedMeanwhile, Changes
from ejlas.delegations.models import Paper, Person
from ejlas.delegations.operations import errors, keeping
from ejlas.delegations.operations.passes.following import follow
from ejlas.delegations.operations.people import add_people
from ejlas.delegations.rules.states import STEPS, WITH_REASON, PersonState, Step


@transaction.atomic
def take_step(
    *, person: Person, step: Step, by: User, at: datetime, reason: str = "", revision: int | None = None
) -> Changes:
    """Take a person one step on. Raises StepNotPossible, ReasonNeeded, StillLacking, ChangedMeanwhile.

    `reason` is written in the language of the person's delegation: who files the list reads it.
    """
    row = (
        Person.objects.select_for_update(of=("self",))
        .select_related("capacity", "delegation__edition")
        .get(pk=person.pk)
    )
    if revision is not None and row.revision != revision:
        raise ChangedMeanwhile
    sources, target = STEPS[step]
    if row.state not in sources:
        raise errors.StepNotPossible(name=row.passport_name)
    if step in WITH_REASON and not reason.strip():
        raise errors.ReasonNeeded
    if step in (Step.SUBMIT, Step.COMPLETE) and row.is_lacking:
        raise errors.StillLacking(name=row.passport_name)
    if step is Step.REOPEN:
        keeping.Places(keeping.locked(row.delegation)).take(row.capacity)
    fields: dict[str, Any] = {"state": target, "reason": reason.strip()}
    if target is PersonState.SUBMITTED:
        fields["submitted_at"] = at
    if target in (PersonState.APPROVED, PersonState.REFUSED):
        fields["decided_at"] = at
    done = changes.change(row, fields, event=keeping.EVENT, at=at)
    audit.record(done.entries, scope=row.delegation.edition.slug, by=by.name, at=at)
    follow(person=row, by=by, at=at)
    person.refresh_from_db()
    return done


@transaction.atomic
def substitute(*, person: Person, fields: Mapping[str, Any], by: User, at: datetime, by_host: bool = False) -> Person:
    """Name somebody in the place of another, who is withdrawn. Raises what `add_person` raises, StepNotPossible."""
    delegation = keeping.locked(person.delegation)
    take_step(person=person, step=Step.WITHDRAW, by=by, at=at)
    # A place that was given once is given again: the window for new names does not close it.
    is_late = False if by_host else keeping.require_open(delegation, at)
    rows = [{"is_late": is_late, **fields, "substitutes": person}]
    named = add_people(delegation=delegation, rows=rows, by=by, at=at, by_host=True)
    if named.refused:
        raise named.refused[0][1]
    return named.people[0]


@transaction.atomic
def merge(*, keep: Person, other: Person, by: User, at: datetime) -> Person:
    """Find that two rows are one person: the other is withdrawn, and what only it knew goes over. Raises NotTheSame."""
    if keep.pk == other.pk or keep.edition_id != other.edition_id:
        raise errors.NotTheSame
    first, second = (Person.objects.select_for_update(of=("self",)).get(pk=each.pk) for each in (keep, other))
    known = {name: getattr(second, name) for name in _GOES_OVER if getattr(second, name) and not getattr(first, name)}
    first.capacity, first.delegation = keep.capacity, keep.delegation
    for name, value in known.items():
        setattr(first, name, value)
    Paper.objects.filter(person=second).update(person=first, delegation=first.delegation_id)
    wanted = {**known, **keeping.derived(first)}
    done = changes.change(keep, wanted, event=keeping.EVENT, at=at)
    gone = {"state": PersonState.WITHDRAWN, "merged_into": keep, **({"photo": None} if "photo" in known else {})}
    done += changes.change(other, gone, event=keeping.EVENT, at=at)
    audit.record(done.entries, scope=keep.delegation.edition.slug, by=by.name, at=at)
    for each in (keep, other):
        follow(person=each, by=by, at=at)
    return keep


_GOES_OVER = (
    "office",
    "sex",
    "nationality",
    "languages",
    "email",
    "phone",
    "born_on",
    "document_kind",
    "document_number",
    "document_state",
    "document_expires_on",
    "diet",
    "health",
    "photo",
    "photo_taken_on",
)


@transaction.atomic
def tell_apart(*, one: Person, other: Person, by: User, at: datetime) -> None:
    """Find that two rows are two people: they are shown side by side no more."""
    done = Changes()
    for person, twin in ((one, other), (other, one)):
        apart = sorted({*person.apart_from, twin.slug})
        done += changes.change(person, {"apart_from": apart}, event=keeping.EVENT, at=at)
    audit.record(done.entries, scope=one.delegation.edition.slug, by=by.name, at=at)


@transaction.atomic
def note_reading(*, person: Person, purpose: str, by: User, at: datetime) -> None:
    """Write down that somebody reads the number of a person's document."""
    entry = audit.Entry("delegations.document.read", "person", person.slug, {"purpose": purpose})
    audit.record([entry], scope=person.delegation.edition.slug, by=by.name, at=at)
