"""Questions about delegations, capacities and how full they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ejlas.accounts.permissions import grants_of, may
from ejlas.accounts.rules import OF_A_PARTY, Role
from ejlas.delegations import permissions
from ejlas.delegations.models import Capacity, Delegation, Person, Request
from ejlas.delegations.rules import house
from ejlas.delegations.rules.capacities import Room
from ejlas.delegations.rules.states import COUNTED, DelegationKind, PersonState, RequestState
from ejlas.forum.models import Edition, Party
from ejlas.forum.permissions import visible


def delegations_for(user: Any, edition: Edition) -> QuerySet[Delegation]:
    """Return the delegations that this user may see, with their parties and how many people each names."""
    found = visible(Delegation.objects.all(), user, edition, "delegations.view_delegations")
    counted = Q(state__in=sorted(COUNTED))
    return found.select_related("edition", "party").annotate(
        n_people=_number(counted),
        n_approved=_number(Q(state=PersonState.APPROVED)),
        n_lacking=_number(counted & Q(is_lacking=True)),
    )


def _number(kept: Q) -> Coalesce:
    """Return how many people of a delegation are kept, counted in an index of each: a join groups all its columns."""
    people = Person.objects.filter(kept, delegation=OuterRef("pk")).order_by()
    counted = people.values("delegation").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def delegation_at(edition: Edition, slug: str) -> Delegation | None:
    """Return a delegation of an edition, with its party. One SQL query."""
    return Delegation.objects.select_related("edition", "party").filter(edition=edition, slug=slug).first()


def delegations_of_kind(edition: Edition, kind: DelegationKind) -> list[Delegation]:
    """Return the delegations of a kind. One SQL query."""
    return list(Delegation.objects.filter(edition=edition, kind=kind).select_related("party"))


def delegations_filed_by(user: Any) -> list[Delegation]:
    """Return the delegations whose lists a user files, the latest edition first. One SQL query."""
    roles = OF_A_PARTY - {Role.DELEGATE} | {Role.JOURNALIST}
    pairs = {(held.edition, held.party) for held in grants_of(user) if held.role in roles and held.party}
    if not pairs:
        return []
    asked = Q()
    for edition, party in sorted(pairs):
        asked |= Q(edition__slug=edition, slug=party)
    found = Delegation.objects.filter(asked).select_related("edition", "party").order_by("-edition__starts_on", "slug")
    return [delegation for delegation in found if permissions.files_for(user, delegation)]


def parties_without_delegation(edition: Edition) -> QuerySet[Party]:
    """Return the parties for which no delegation is opened yet."""
    return edition.party_set.filter(delegation__isnull=True)


def capacities_for(user: Any, edition: Edition) -> QuerySet[Capacity]:
    """Return the capacities of an edition that this user may see."""
    return visible(Capacity.objects.select_related("edition"), user, edition, "delegations.view_delegations")


def capacities_of(edition: Edition, kind: DelegationKind | str) -> list[Capacity]:
    """Return the capacities that a delegation of this kind may name, in their order. One SQL query."""
    return list(Capacity.objects.filter(edition=edition, audience=kind).order_by("position", "pk"))


def windows_of(delegation: Delegation) -> house.Windows:
    """Return until when a delegation names people and confirms its list."""
    edition = delegation.edition
    return house.windows(
        edition.settings,
        edition.starts_on,
        edition.zone,
        nominate_by=delegation.nominate_by,
        confirm_by=delegation.confirm_by,
    )


@dataclass(frozen=True, slots=True)
class Load:
    """How full a capacity is.

    Parameters
    ----------
    here : within the delegation in question; in_all : at the edition
    """

    capacity: Capacity
    here: Room
    in_all: Room

    @property
    def left(self) -> int | None:
        """The places that are free to the delegation; None for no bound."""
        bounds = [room.left for room in (self.here, self.in_all) if room.left is not None]
        return min(bounds) if bounds else None


def own_loads(delegation: Delegation) -> list[Load]:
    """Return how full each capacity is that a delegation may name. Three SQL queries."""
    capacities = capacities_of(delegation.edition, delegation.kind)
    here = _counts(Person.objects.filter(delegation=delegation))
    in_all = _counts(Person.objects.filter(capacity__in=[each.pk for each in capacities if each.in_all is not None]))
    return [
        Load(each, Room(each.per_delegation, here[each.pk]), Room(each.in_all, in_all[each.pk])) for each in capacities
    ]


def _counts(people: QuerySet[Person]) -> Counter[int]:
    counted = people.filter(state__in=sorted(COUNTED)).order_by()
    return Counter(dict(counted.values_list("capacity_id").annotate(n=Count("pk"))))


def requests_for(user: Any, edition: Edition, *, is_open: bool = True) -> QuerySet[Request]:
    """Return what focal points ask for after the lock, as far as this user may answer, the oldest first."""
    found = Request.objects.filter(delegation__edition=edition)
    if is_open:
        found = found.filter(state=RequestState.ASKED)
    if not may(user, "delegations.check_people", edition):
        return found.none()
    if not may(user, "delegations.change_people", edition):
        found = found.filter(delegation__kind=DelegationKind.PRESS)
    return found.select_related("delegation__party", "delegation__edition", "person__capacity").order_by(
        "asked_at", "pk"
    )
