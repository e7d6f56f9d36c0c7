"""Who came to an earlier edition with the same party, and may be named again without typing."""

from __future__ import annotations

from ejlas.delegations.models import Delegation, Person
from ejlas.delegations.rules.states import PersonState

# Who did not come, or was not let in, is not offered again.
_LEFT_OUT = (PersonState.WITHDRAWN, PersonState.REFUSED)
MOST = 500


def n_earlier(delegation: Delegation) -> int:
    """Return how many people of earlier editions may be named again. Two SQL queries."""
    return len(_offered(delegation))


def earlier_people(delegation: Delegation) -> list[Person]:
    """Return people of earlier editions who are not on the new list yet, the latest edition first. Three SQL queries.

    One who came several times is offered once, as the latest list knew that person; nothing sealed is read.
    """
    places = {key: place for place, key in enumerate(_offered(delegation))}
    if not places:
        return []
    found = Person.objects.filter(pk__in=list(places)).select_related("edition", "capacity").unsealed()
    return sorted(found, key=lambda person: places[person.pk])


def _offered(delegation: Delegation) -> list[int]:
    """Return the keys of those who may be named again, in the order in which they are shown."""
    edition = delegation.edition
    found = (
        Person.objects.filter(
            delegation__slug=delegation.slug,
            delegation__kind=delegation.kind,
            edition__forum=edition.forum_id,
            edition__starts_on__lt=edition.starts_on,
            merged_into__isnull=True,
        )
        .exclude(state__in=_LEFT_OUT)
        # Of whom the name was purged, nothing is kept that would spare the typing.
        .exclude(family_name="")
        .order_by("-edition__starts_on", "position", "pk")
    )
    people = list(found.values_list("pk", "spoken", "document_hash")[:MOST])
    if not people:
        return []
    named = delegation.people.order_by().values_list("spoken", "document_hash")
    known = {value for pair in named for value in pair if value}
    offered = []
    for key, sound, document in people:
        if not known & {sound, document}:
            offered.append(key)
            known |= {value for value in (sound, document) if value}
    return offered
