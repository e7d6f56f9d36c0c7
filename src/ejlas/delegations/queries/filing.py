"""What a focal point asks of its own list: how many stand where, whom words find, what was asked of the host."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from ejlas.delegations.models import Capacity, Delegation, Person, PersonQuerySet, Request
from ejlas.delegations.queries.people import people_of
from ejlas.delegations.rules.capacities import Need
from ejlas.delegations.rules.names import spoken
from ejlas.delegations.rules.states import COUNTED, WRITTEN_BY_FOCAL_POINT, PersonState


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people of a delegation stand where.

    Parameters
    ----------
    n_counted : take a place; n_lacking : of those, with something missing
    n_ready : could be sent to the check now
    """

    by_state: dict[PersonState, int]
    n_lacking: int
    n_ready: int

    @property
    def n_counted(self) -> int:
        """How many take a place."""
        return sum(self.by_state.get(state, 0) for state in COUNTED)

    @property
    def n_all(self) -> int:
        """How many are known, the withdrawn and refused too."""
        return sum(self.by_state.values())


def tally_of(delegation: Delegation) -> Tally:
    """Return how many people of a delegation stand where. One SQL query."""
    rows = delegation.people.order_by().values_list("state", "is_lacking").annotate(n=Count("pk"))
    by_state: dict[PersonState, int] = {}
    n_lacking = n_ready = 0
    for state, is_lacking, n in rows:
        by_state[PersonState(state)] = by_state.get(PersonState(state), 0) + n
        if is_lacking and state in COUNTED:
            n_lacking += n
        if not is_lacking and state in WRITTEN_BY_FOCAL_POINT:
            n_ready += n
    return Tally(by_state, n_lacking, n_ready)


def listed(delegation: Delegation) -> PersonQuerySet:
    """Return the people of a delegation with what a list of its own shows of them, and nothing else."""
    people: PersonQuerySet = people_of(delegation)
    return people.select_related(None).select_related("capacity")


def found_in(people: PersonQuerySet, words: str) -> PersonQuerySet:
    """Keep those whose name holds the words, or sounds like them in any script."""
    asked = Q()
    for word in words.split()[:5]:
        sound = spoken(word)
        here = Q(family_name__icontains=word) | Q(given_name__icontains=word)
        asked &= here | Q(spoken__contains=sound) if len(sound) > 1 else here
    return people.filter(asked)


def letter_is_missing(delegation: Delegation) -> bool:
    """Whether the letter that names the delegation is asked for and not there. One SQL query at most."""
    if delegation.has_nomination:
        return False
    asked = Capacity.objects.filter(edition=delegation.edition, audience=delegation.kind)
    return any(Need.NOMINATION in needs for needs in asked.values_list("needs", flat=True))


def requests_of(delegation: Delegation) -> QuerySet[Request]:
    """Return what was asked of the host after the lock, the latest first, without what is sealed."""
    return delegation.requests.select_related("person").defer("wanted")


def persons_at(delegation: Delegation, states: frozenset[PersonState] | None = None) -> PersonQuerySet:
    """Return the people of a list in the order of their capacities, for paper."""
    people = listed(delegation)
    if states is not None:
        people = people.filter(state__in=sorted(states))
    return people.order_by("capacity__position", "position", "pk")


def substitutes_of(person: Person) -> Person | None:
    """Return who stands in the place of a person. One SQL query."""
    return Person.objects.filter(substitutes=person).select_related("capacity").unsealed().first()
