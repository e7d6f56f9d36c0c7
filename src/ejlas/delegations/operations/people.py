"""Naming people, changing what is known of them, and taking their places back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from ejlas.accounts.models import User
from ejlas.core import changes
from ejlas.core.audit import operations as audit
from ejlas.core.changes import ChangedMeanwhile, Changes
from ejlas.core.errors import RuleBroken
from ejlas.core.index import operations as index
from ejlas.delegations.models import SEALED, Delegation, Person
from ejlas.delegations.operations import errors, keeping
from ejlas.delegations.operations.passes.following import follow
from ejlas.delegations.rules.records import IDENTITY
from ejlas.delegations.rules.states import WRITTEN_BY_FOCAL_POINT as WRITTEN
from ejlas.delegations.rules.states import ListState, PersonState
from ejlas.forum.models import Edition

# From these an identity that changes leads back to the check.
_CHECKED = frozenset({PersonState.COMPLETE, PersonState.VETTING, PersonState.APPROVED})


@dataclass(slots=True)
class Named:
    """What became of rows that were sent: who is on the list now, and which rows broke a rule."""

    people: list[Person] = field(default_factory=list)
    refused: list[tuple[int, RuleBroken]] = field(default_factory=list)


@transaction.atomic
def add_person(
    *, delegation: Delegation, fields: Mapping[str, Any], by: User, at: datetime, by_host: bool = False
) -> Person:
    """Name one person; the host may do so at any time.

    Raises ListClosed, NominationOver, DelegationFull, CapacityFull, CapacityFullInAll, CapacityOfOthers.
    """
    named = add_people(delegation=delegation, rows=[fields], by=by, at=at, by_host=by_host)
    if named.refused:
        raise named.refused[0][1]
    return named.people[0]


@transaction.atomic
def add_people(
    *, delegation: Delegation, rows: Iterable[Mapping[str, Any]], by: User, at: datetime, by_host: bool = False
) -> Named:
    """Name many people at once: those whose places are free; each other row comes back with the rule it breaks.

    Parameters
    ----------
    rows : columns of each person by name, the capacity as its row

    Raises ListClosed, NominationOver for all of them.
    """
    delegation = keeping.locked(delegation)
    is_late = False if by_host else keeping.require_open(delegation, at)
    places, named = keeping.Places(delegation), Named()
    people = Person.objects.filter(edition=delegation.edition)
    place = people.aggregate(last=Max("position"))["last"] or 0
    for number, fields in enumerate(rows):
        try:
            places.take(fields["capacity"])
        except RuleBroken as broken:
            named.refused.append((number, broken))
            continue
        place += 1
        named.people.append(_new(delegation, {"is_late": is_late, **fields}, place))
    Person.objects.bulk_create(named.people, batch_size=500)
    _note_added(named.people, delegation, by=by, at=at)
    return named


def _new(delegation: Delegation, fields: Mapping[str, Any], place: int) -> Person:
    person = Person(
        **{**fields, "edition": delegation.edition, "delegation": delegation}, slug=keeping.new_slug(), position=place
    )
    for name, value in keeping.derived(person).items():
        setattr(person, name, value)
    return person


def _note_added(people: list[Person], delegation: Delegation, *, by: User, at: datetime) -> None:
    index.note_rows(people, at=at)
    done = Changes()
    for person in people:
        fields = {name: getattr(person, name) for name in _TOLD}
        done.note_added(keeping.EVENT, person.slug, changes.without_sealed(person, fields))
    audit.record(done.entries, scope=delegation.edition.slug, by=by.name, at=at)


_TOLD = (
    "delegation",
    "capacity",
    "state",
    "family_name",
    "given_name",
    "name",
    "office",
    "is_late",
    "is_walk_in",
    *SEALED,
)


def add_by_host(*, edition: Edition, fields: Mapping[str, Any], by: User, at: datetime) -> Person:
    """Name one person from the desk; the delegation is among the fields."""
    own = {name: value for name, value in fields.items() if name not in {"delegation", "slug", "position"}}
    delegation = Delegation.objects.select_related("edition").get(pk=fields["delegation"].pk, edition=edition)
    return add_person(delegation=delegation, fields=own, by=by, at=at, by_host=True)


@transaction.atomic
def add_walk_in(*, delegation: Delegation, fields: Mapping[str, Any], approver: str, by: User, at: datetime) -> Person:
    """Take in somebody whom nobody named, on the word of an office (rule 4). Raises ApproverNeeded, CapacityFull …"""
    if not approver.strip():
        raise errors.ApproverNeeded
    more = {"is_walk_in": True, "approver": approver.strip(), "state": PersonState.SUBMITTED, "submitted_at": at}
    return add_person(delegation=delegation, fields={**fields, **more}, by=by, at=at, by_host=True)


@transaction.atomic
def change_person(
    *,
    thing: Person,
    fields: Mapping[str, Any],
    by: User,
    at: datetime,
    revision: int | None = None,
    by_host: bool = True,
) -> Changes:
    """Bring a person to these fields. Who was checked already is checked anew when the identity changes (rule 7).

    Raises ChangedMeanwhile, ListClosed and what `Places.take` raises.
    """
    delegation = keeping.locked(thing.delegation)
    person = Person.objects.select_for_update(of=("self",)).select_related("capacity").get(pk=thing.pk)
    if revision is not None and person.revision != revision:
        raise ChangedMeanwhile
    # Of whom the host asks for more, that person is mended, also on a locked list.
    is_asked_for = person.state == PersonState.RETURNED
    is_written = is_asked_for or (person.state in WRITTEN and delegation.list_state != ListState.LOCKED)
    if not by_host and not is_written:
        raise errors.ListClosed
    person.delegation = delegation
    capacity = fields.get("capacity", person.capacity)
    if capacity.pk != person.capacity_id:
        places = keeping.Places(delegation)
        places.leave(person.capacity_id)
        places.take(capacity)
    wanted = _with_derived(person, fields)
    done = changes.change(thing, wanted, event=keeping.EVENT, at=at)
    audit.record(_of(done, wanted), scope=delegation.edition.slug, by=by.name, at=at)
    follow(person=thing, by=by, at=at)
    return done


def _with_derived(person: Person, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields with what follows from them; a checked identity that changes goes back to the check."""
    before = {name: getattr(person, name) for name in IDENTITY}
    for name, value in fields.items():
        setattr(person, name, value)
    wanted = {**fields, **keeping.derived(person)}
    is_other = any(name in fields and fields[name] != before[name] for name in IDENTITY)
    if is_other and person.state in _CHECKED and "state" not in fields:
        wanted["state"] = PersonState.SUBMITTED
    return wanted


def _of(done: Changes, wanted: Mapping[str, Any]) -> list[audit.Entry]:
    """Return the lines of a change without what only follows from it."""
    hidden = {"document_hash", "birth_hash", "spoken", "lacks", "is_lacking", "has_needs"}
    return [
        audit.Entry(each.event, each.subject_kind, each.subject, _without(each.values, hidden)) for each in done.entries
    ]


def _without(values: Mapping[str, Any], hidden: set[str]) -> dict[str, Any]:
    def part(side: Any) -> Any:
        return (
            {name: value for name, value in side.items() if name not in hidden} if isinstance(side, Mapping) else side
        )

    return {name: part(side) for name, side in values.items()}


@transaction.atomic
def change_people(*, things: Iterable[Person], fields: Mapping[str, Any], by: User, at: datetime) -> Changes:
    """Give many people the same values: all of them or none."""
    done = Changes()
    for person in list(things):
        done += change_person(thing=person, fields=fields, by=by, at=at)
    return done


@transaction.atomic
def remove_person(*, thing: Person, by: User, at: datetime, revision: int | None = None) -> int:
    """Take a person off the list, who stays in the register as withdrawn; return the line by which that is undone."""
    change_person(thing=thing, fields={"state": PersonState.WITHDRAWN}, by=by, at=at, revision=revision)
    return audit.last_number()


@transaction.atomic
def look_again(*, people: Iterable[Person], by: User, at: datetime) -> int:
    """Find anew what is missing of people, after what is asked of them has changed; return how many differ."""
    n_changed = 0
    for person in people:
        wanted = keeping.derived(person)
        differs = {name: value for name, value in wanted.items() if getattr(person, name) != value}
        if differs:
            Person.objects.filter(pk=person.pk).update(**differs)
            n_changed += 1
    return n_changed
