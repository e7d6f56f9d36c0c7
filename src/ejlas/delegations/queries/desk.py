"""Questions of the desk: who files a list, who waits in whose queue, and how many of each capacity stand where."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from ejlas.accounts import queries as accounts
from ejlas.accounts.permissions import may
from ejlas.accounts.rules import Role
from ejlas.delegations.models import Capacity, Delegation, Person, PersonQuerySet, Request
from ejlas.delegations.queries.lists import requests_for
from ejlas.delegations.queries.people import people_for
from ejlas.delegations.rules.states import COUNTED, QUEUES, DelegationKind, PersonState
from ejlas.forum.models import Edition

FILERS = {DelegationKind.PARTY: Role.FOCAL_POINT, DelegationKind.PRESS: Role.JOURNALIST}
# Whom the desk has let through, so far: who is being vetted counts, for vetting seldom refuses.
GRANTED = (PersonState.VETTING, PersonState.APPROVED)


@dataclass(frozen=True, slots=True)
class Filer:
    """Who is written to about a list."""

    name: str
    email: str
    language: str


def role_of_filer(delegation: Delegation) -> Role:
    """Return the role of who files a list: the focal point of a party, a journalist of a medium."""
    return FILERS[DelegationKind(delegation.kind)]


def grants_of_filers(delegation: Delegation, *, at: datetime) -> list[Any]:
    """Return the roles by which people file a list, with their accounts. One SQL query."""
    roles = frozenset({role_of_filer(delegation), Role.FOCAL_POINT})
    return accounts.grants_for_party(delegation.edition.slug, delegation.slug, roles=roles, at=at)


def files_list(delegation: Delegation, *, at: datetime) -> list[Filer]:
    """Return who files a list; where nobody has an account, the address that the desk has written down."""
    found = {grant.user.pk: grant.user for grant in grants_of_filers(delegation, at=at)}
    if found:
        return [Filer(user.name, user.email, user.language) for user in found.values()]
    if delegation.contact_email:
        return [Filer(delegation.contact_name, delegation.contact_email, language_of(delegation))]
    return []


def language_of(delegation: Delegation) -> str:
    """Return the language in which a delegation is written to."""
    return delegation.language or delegation.edition.languages[0]


def nobody_waits(delegation: Delegation) -> bool:
    """Whether everyone who was sent with a list has an answer, and somebody has. Two SQL queries."""
    people = Person.objects.filter(delegation=delegation)
    decided = people.filter(state__in=[PersonState.APPROVED, PersonState.REFUSED])
    return not people.filter(state__in=[*QUEUES, PersonState.RETURNED]).exists() and decided.exists()


def states_of(delegation: Delegation) -> dict[PersonState, int]:
    """Return how many people of a list stand where. One SQL query."""
    people = Person.objects.filter(delegation=delegation).order_by()
    found = dict(people.values_list("state").annotate(n=Count("pk")))
    return {state: found[state] for state in PersonState if state in found}


def workable(people: PersonQuerySet, user: Any, edition: Edition) -> PersonQuerySet:
    """Keep those on whom a user may act: the media desk decides on the press alone."""
    if may(user, "delegations.change_people", edition):
        return people
    if may(user, "delegations.check_people", edition):
        return people.filter(delegation__kind=DelegationKind.PRESS)
    return people.none()


def waiting(user: Any, edition: Edition, state: PersonState) -> PersonQuerySet:
    """Return those who wait in a queue for this user, who waits longest first."""
    people = people_for(user, edition).filter(state=state)
    if not may(user, "delegations.vet_people", edition):
        people = workable(people, user, edition)
    # The edition is known to whoever asks; read with each of fifty rows, it costs as much as the rows themselves.
    lean = people.select_related(None).select_related("capacity", "delegation__party")
    return lean.order_by("submitted_at", "position", "pk")


def delegations_worked(user: Any, edition: Edition) -> QuerySet[Delegation]:
    """Return the delegations on whose lists a user may act, with their parties."""
    found = Delegation.objects.filter(edition=edition).select_related("edition", "party")
    if may(user, "delegations.change_people", edition):
        return found
    if may(user, "delegations.check_people", edition):
        return found.filter(kind=DelegationKind.PRESS)
    return found.none()


def requests_answered(user: Any, edition: Edition) -> QuerySet[Request]:
    """Return the requests that were answered or taken back, the newest first."""
    return requests_for(user, edition, is_open=False).exclude(state="asked").order_by("-answered_at", "-pk")


@dataclass(frozen=True, slots=True)
class Standing:
    """How many people of a capacity stand where.

    Parameters
    ----------
    n_named : all who take a place
    n_granted : whom the desk has let through, of them n_approved also by vetting
    """

    capacity: Capacity
    n_named: int = 0
    n_granted: int = 0
    n_approved: int = 0


@dataclass(slots=True)
class Tally:
    """Numbers of people by capacity and state, counted once."""

    counted: Counter[tuple[int, str]] = field(default_factory=Counter)

    def of(self, capacity: Capacity, states: Any) -> int:
        """Return how many of a capacity stand in these states."""
        return sum(self.counted[capacity.pk, state] for state in states)


def standings(edition: Edition) -> list[Standing]:
    """Return how many people of each capacity of an edition stand where. Two SQL queries."""
    rows = Person.objects.filter(edition=edition).order_by().values_list("capacity_id", "state")
    tally = Tally(Counter({(capacity, state): n for capacity, state, n in rows.annotate(n=Count("pk"))}))
    capacities = Capacity.objects.filter(edition=edition).order_by("audience", "position", "pk")
    return [
        Standing(each, tally.of(each, COUNTED), tally.of(each, GRANTED), tally.of(each, [PersonState.APPROVED]))
        for each in capacities
    ]
