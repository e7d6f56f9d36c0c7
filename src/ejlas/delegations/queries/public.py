"""What a publication says of delegations: the people whom the edition lets the public read of."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from ejlas.core.text import Text
from ejlas.delegations.models import Person
from ejlas.delegations.rules import house
from ejlas.delegations.rules.capacities import CapacityKind
from ejlas.delegations.rules.public import DelegationContent, DelegationsContent, PersonContent
from ejlas.delegations.rules.states import DelegationKind, PersonState
from ejlas.forum.models import Edition


def delegations_content(edition: Edition) -> DelegationsContent:
    """Return what a publication says of delegations. One SQL query."""
    own = house.stored(edition.settings)
    people = [] if own["public_list"] == house.PublicList.NOBODY else _public(edition, own["public_list"])
    return {"order": own["public_order"], "delegations": [_delegation(list(each)) for _key, each in _grouped(people)]}


def _public(edition: Edition, whom: str) -> Iterable[Person]:
    approved = Person.objects.filter(edition=edition, state=PersonState.APPROVED, delegation__kind=DelegationKind.PARTY)
    # Who was erased stands there without a name.
    approved = approved.exclude(family_name="")
    if whom == house.PublicList.HEADS:
        approved = approved.filter(capacity__kind=CapacityKind.HEAD)
    else:
        approved = approved.filter(capacity__is_public=True)
    with_names = approved.select_related("delegation__party", "capacity")
    return with_names.unsealed().order_by(
        "delegation__party__rank_class", "delegation__position", "delegation_id", "capacity__position", "position", "pk"
    )


def _grouped(people: Iterable[Person]) -> Iterable[tuple[int, Iterable[Person]]]:
    return groupby(people, key=lambda person: person.delegation_id)


def _delegation(people: list[Person]) -> DelegationContent:
    party = people[0].delegation.party
    return {
        "party": party.slug if party else people[0].delegation.slug,
        "rank_class": party.rank_class if party else 9,
        "people": [_person(person) for person in people],
    }


def _person(person: Person) -> PersonContent:
    office: Text = person.office
    name: Text = person.capacity.name
    return {
        "name": person.title.to_stored(),
        "office": office.to_stored(),
        "capacity": person.capacity.kind,
        "capacity_name": name.to_stored(),
    }
