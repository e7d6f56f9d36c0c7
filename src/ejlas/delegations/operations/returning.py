"""People of an earlier edition named again: what is still known of them goes over, what is too old does not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.files import queries as kept
from ejlas.core.files.rules import FileDamaged, FileGone
from ejlas.delegations.models import Capacity, Delegation, Person
from ejlas.delegations.operations import keeping
from ejlas.delegations.operations.papers import set_photo
from ejlas.delegations.operations.people import Named, add_people
from ejlas.delegations.queries.returning import earlier_people
from ejlas.delegations.rules import house
from ejlas.delegations.rules.records import day_of

_GOES_OVER = (
    *("family_name", "given_name", "name", "office", "sex", "nationality", "languages"),
    *("email", "phone", "born_on", "diet", "health"),
)
_DOCUMENT = ("document_kind", "document_number", "document_state", "document_expires_on")


@transaction.atomic
def return_people(*, delegation: Delegation, slugs: Iterable[str], by: User, at: datetime) -> Named:
    """Name people of earlier editions again, as drafts; each for whom there is no place comes back with the rule.

    Only those whom `earlier_people` offers are taken; a photo goes over while it is young enough, a document while it
    holds. Raises ListClosed, NominationOver.
    """
    wanted = set(slugs)
    offered = {person.slug: person for person in earlier_people(delegation)}
    keys = [each.pk for slug, each in offered.items() if slug in wanted]
    chosen = list(Person.objects.filter(pk__in=keys).select_related("capacity", "photo"))
    capacities = _Capacities(delegation)
    people = [(person, capacity) for person in chosen if (capacity := capacities.like(person))]
    rows = [{**_columns(person, delegation), "capacity": capacity} for person, capacity in people]
    named = add_people(delegation=delegation, rows=rows, by=by, at=at)
    refused = {number for number, _broken in named.refused}
    came = [person for number, (person, _capacity) in enumerate(people) if number not in refused]
    for person, before in zip(named.people, came, strict=True):
        _take_photo(person, before, delegation, by=by, at=at)
    return named


class _Capacities:
    """The capacities of a delegation, found again by those of an earlier edition."""

    def __init__(self, delegation: Delegation) -> None:
        own = Capacity.objects.filter(edition=delegation.edition, audience=delegation.kind).order_by("position", "pk")
        self.own = list(own)

    def like(self, person: Person) -> Capacity | None:
        """Return the capacity of the same name or kind; else the first that is none of a head."""
        held = person.capacity
        for same in ("slug", "kind"):
            found = next((each for each in self.own if getattr(each, same) == getattr(held, same)), None)
            if found is not None:
                return found
        return next((each for each in self.own if each.kind != "head"), None)


def _columns(person: Person, delegation: Delegation) -> dict[str, Any]:
    """Return what of a person is still kept, and still holds."""
    columns = {name: getattr(person, name) for name in _GOES_OVER}
    edition = delegation.edition
    needed = edition.ends_on + timedelta(days=house.stored(edition.settings)["document_days"])
    expires = day_of(person.document_expires_on or "")
    if expires is None or expires >= needed:
        columns |= {name: getattr(person, name) for name in _DOCUMENT}
    return columns


def _take_photo(person: Person, before: Person, delegation: Delegation, *, by: User, at: datetime) -> None:
    """Keep the photo once more, under a seal of its own: what becomes of the old one touches it no more."""
    photo = before.photo
    if photo is None or not photo.is_kept:
        return
    taken_on: date = before.photo_taken_on or photo.stored_at.date()
    if keeping.photo_is_old(taken_on, delegation.edition, at.date()):
        return
    try:
        picture = kept.contents(photo)
    except (FileGone, FileDamaged):
        return
    set_photo(person=person, picture=picture, taken_on=taken_on, by=by, at=at)
