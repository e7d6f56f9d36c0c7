"""Opening delegations, and taking their lists from the nomination to the lock."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core import changes
from ejlas.core.audit import operations as audit
from ejlas.core.changes import Changes
from ejlas.delegations.models import Capacity, Delegation, Person, Template
from ejlas.delegations.operations import errors, keeping
from ejlas.delegations.operations.passes import lists as gates
from ejlas.delegations.operations.people import look_again
from ejlas.delegations.queries.lists import parties_without_delegation, windows_of
from ejlas.delegations.rules import house
from ejlas.delegations.rules.capacities import STANDARD, Need
from ejlas.delegations.rules.states import WRITTEN_BY_FOCAL_POINT, DelegationKind, ListState, PersonState
from ejlas.forum import operations as forum
from ejlas.forum import queries as forum_queries
from ejlas.forum.models import Edition

EVENT, CAPACITY = "delegations.delegation", "delegations.capacity"
# Capacities that the public may read of, where an edition publishes more than its heads.
_PUBLIC = frozenset({"head", "deputy", "delegate"})


@transaction.atomic
def open_delegations(*, edition: Edition, by: User, at: datetime) -> list[Delegation]:
    """Open a delegation for each party that has none, and set up the standard capacities of an edition without any."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    if not Capacity.objects.filter(edition=edition).exists():
        add_standard_capacities(edition=edition, by=by, at=at)
    opened = []
    for party in parties_without_delegation(edition).order_by("position", "pk"):
        language = next((code for code in party.languages if code in edition.languages), edition.languages[0])
        fields = {"party": party, "slug": party.slug, "country": party.country, "language": language}
        opened.append(forum.add_thing(Delegation, edition=edition, fields=fields, by=by, at=at))
    return opened


@transaction.atomic
def add_standard_capacities(*, edition: Edition, by: User, at: datetime) -> list[Capacity]:
    """Give an edition the capacities with which most begin; their names are the system's words until one is written."""
    return [
        forum.add_thing(
            Capacity,
            edition=edition,
            fields={
                "slug": standard.kind.value,
                "kind": standard.kind,
                "audience": standard.audience,
                "per_delegation": standard.per_delegation,
                "in_all": standard.in_all,
                "needs": [need.value for need in standard.needs],
                "is_public": standard.kind.value in _PUBLIC,
            },
            by=by,
            at=at,
        )
        for standard in STANDARD
    ]


@transaction.atomic
def change_delegation(
    *, thing: Delegation | Capacity, fields: Mapping[str, Any], by: User, at: datetime, revision: int | None = None
) -> Changes:
    """Bring a delegation, or a capacity, to these fields; gates call it by its name. Raises ChangedMeanwhile."""
    gates.note_rules(thing.edition)
    return forum.change_thing(thing=thing, fields=fields, by=by, at=at, revision=revision)


@transaction.atomic
def remove_delegation(*, thing: Delegation | Capacity, by: User, at: datetime, revision: int | None = None) -> int:
    """Remove a delegation, or a capacity; return the line that puts it back. Raises ChangedMeanwhile, StillNeeded."""
    gates.note_all(thing.edition)
    return forum.remove_thing(thing=thing, by=by, at=at, revision=revision)


@transaction.atomic
def change_capacity(
    *, thing: Capacity, fields: Mapping[str, Any], by: User, at: datetime, revision: int | None = None
) -> Changes:
    """Bring a capacity to these fields; what is missing of its people is found anew. Raises ChangedMeanwhile."""
    asks_otherwise = "needs" in fields and fields["needs"] != thing.needs
    done = change_delegation(thing=thing, fields=fields, by=by, at=at, revision=revision)
    if asks_otherwise:
        people = Person.objects.filter(capacity=thing).select_related("capacity", "delegation__edition")
        look_again(people=people, by=by, at=at)
    return done


@transaction.atomic
def add_medium(*, edition: Edition, fields: Mapping[str, Any], by: User, at: datetime) -> Delegation:
    """Open the list of a medium: the press applies as delegations do."""
    return forum.add_thing(
        Delegation, edition=edition, fields={**fields, "kind": DelegationKind.PRESS, "party": None}, by=by, at=at
    )


@transaction.atomic
def release_parties(*, edition: Edition, keep: Collection[str], by: User, at: datetime) -> None:
    """Remove the delegations of parties that are to go, if they name nobody and hold no letter. Raises StillNeeded."""
    going = Delegation.objects.filter(edition=edition, party__isnull=False).exclude(party__slug__in=keep)
    needed = [each.slug for each in going if _holds_anything(each)]
    if needed:
        raise forum.StillNeeded(things=", ".join(needed[:10]))
    for delegation in going.select_related("edition", "party"):
        remove_delegation(thing=delegation, by=by, at=at)


def _holds_anything(delegation: Delegation) -> bool:
    held: tuple[Any, ...] = (
        delegation.people,
        delegation.letters,
        delegation.papers,
        delegation.requests,
        delegation.uploads,
        delegation.badges,
    )
    return any(things.exists() for things in held)


@transaction.atomic
def copy_setup(*, old: Edition, new: Edition, by: User, at: datetime) -> int:
    """Give a new edition the capacities and the templates of letters of an old one; return how many."""
    n_copied = 0
    for model in (Capacity, Template):
        for row in model._default_manager.filter(edition=old).order_by("position", "pk"):
            fields = forum_queries.fields_of(row) | {"slug": row.slug}
            forum.add_thing(model, edition=new, fields=fields, by=by, at=at)
            n_copied += 1
    return n_copied


def needs_letter(delegation: Delegation) -> bool:
    """Whether the letter that names the delegation is asked for and is not there."""
    asked = Capacity.objects.filter(edition=delegation.edition, audience=delegation.kind)
    return not delegation.has_nomination and any(Need.NOMINATION in each.needs for each in asked)


@transaction.atomic
def submit_list(*, delegation: Delegation, by: User, at: datetime) -> Delegation:
    """Send the list to the host: everyone of whom all is there is submitted; who lacks something stays a draft.

    Raises ListClosed, NobodyNamed, NominationLetterMissing.
    """
    row = keeping.locked(delegation)
    if row.list_state not in (ListState.OPEN, ListState.RETURNED):
        raise errors.ListClosed
    ready = row.people.filter(state__in=sorted(WRITTEN_BY_FOCAL_POINT), is_lacking=False)
    waiting = list(ready.select_for_update(of=("self",)).select_related("capacity"))
    if not waiting:
        raise errors.NobodyNamed
    if needs_letter(row):
        raise errors.NominationLetterMissing
    done = changes.change(
        delegation, {"list_state": ListState.SUBMITTED, "submitted_at": at, "answer": ""}, event=EVENT, at=at
    )
    for person in waiting:
        fields = {"state": PersonState.SUBMITTED, "submitted_at": at, "reason": ""}
        done += changes.change(person, fields, event=keeping.EVENT, at=at)
    audit.record(done.entries, scope=row.edition.slug, by=by.name, at=at)
    return delegation


def return_list(*, delegation: Delegation, answer: str, by: User, at: datetime) -> Delegation:
    """Send the list back, with what is to be mended: the delegation may write in it again. Raises ReasonNeeded."""
    if not answer.strip():
        raise errors.ReasonNeeded
    allowed = (ListState.SUBMITTED, ListState.CONFIRMED, ListState.LOCKED)
    return _bring(delegation, allowed, {"list_state": ListState.RETURNED, "answer": answer.strip()}, by=by, at=at)


def confirm_list(*, delegation: Delegation, by: User, at: datetime) -> Delegation:
    """Say that everyone on the list comes (rule 4). Raises ListClosed, ConfirmationOver."""
    windows = windows_of(delegation)
    if not windows.may_confirm(at):
        day = windows.confirm_by.astimezone(delegation.edition.zone).date().isoformat()
        raise errors.ConfirmationOver(day=day)
    return _bring(
        delegation, (ListState.SUBMITTED,), {"list_state": ListState.CONFIRMED, "confirmed_at": at}, by=by, at=at
    )


def lock_list(*, delegation: Delegation, by: User, at: datetime) -> Delegation:
    """Lock the list: from now on a change is a request (rule 5). Raises ListClosed."""
    allowed = (ListState.OPEN, ListState.SUBMITTED, ListState.RETURNED, ListState.CONFIRMED)
    return _bring(delegation, allowed, {"list_state": ListState.LOCKED, "locked_at": at}, by=by, at=at)


def open_list(*, delegation: Delegation, by: User, at: datetime) -> Delegation:
    """Open a list again for everything. Raises ListClosed."""
    allowed = (ListState.SUBMITTED, ListState.CONFIRMED, ListState.LOCKED)
    return _bring(delegation, allowed, {"list_state": ListState.OPEN, "locked_at": None}, by=by, at=at)


@transaction.atomic
def _bring(
    delegation: Delegation, allowed: tuple[ListState, ...], fields: Mapping[str, Any], *, by: User, at: datetime
) -> Delegation:
    row = keeping.locked(delegation)
    if row.list_state not in allowed:
        raise errors.ListClosed
    done = changes.change(delegation, fields, event=EVENT, at=at)
    audit.record(done.entries, scope=row.edition.slug, by=by.name, at=at)
    return delegation


@transaction.atomic
def set_rules(
    *, edition: Edition, rules: Mapping[str, Any], by: User, at: datetime, revision: int | None = None
) -> Changes:
    """Give an edition its own rules for delegations. Raises ChangedMeanwhile."""
    before = house.stored(edition.settings)
    settings = {**edition.settings, house.SETTINGS: {**before, **rules}}
    done = forum.change_edition(thing=edition, fields={"settings": settings}, by=by, at=at, revision=revision)
    if before["photo_exempt_heads"] != settings[house.SETTINGS]["photo_exempt_heads"]:
        heads = Person.objects.filter(edition=edition, capacity__kind="head")
        look_again(people=heads.select_related("capacity", "delegation__edition"), by=by, at=at)
    return done
