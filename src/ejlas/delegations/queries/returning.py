"""Who came to an earlier edition with the same party, and may be named again without typing."""

from __future__ import annotations

from ejlas.delegations.models import Delegation, Person
from ejlas.delegations.rules.states import PersonState

# Who did not come, or was not let in, is not offered again.
_LEFT_OUT = (PersonState.WITHDRAWN, PersonState.REFUSED)
MOST = 500


def earlier_people(delegation: Delegation) -> list[Person]:
    """Return people of earlier editions who are not on the new list yet, the latest edition first. Two SQL queries.

    One who came several times is offered once, as the latest list knew that person.
    """
    found = (
        Person.objects.filter(
            delegation__slug=delegation.slug,
            delegation__kind=delegation.kind,
            edition__forum=delegation.edition.forum_id,
            edition__starts_on__lt=delegation.edition.starts_on,
            merged_into__isnull=True,
        )
        .exclude(state__in=_LEFT_OUT)
        .exclude(family_name="")
        .select_related("edition", "capacity", "delegation__edition", "delegation__party", "photo")
        .order_by("-edition__starts_on", "position", "pk")
        .unsealed()
    )
    people = list(found[:MOST])
    if not people:
        return []
    named = delegation.people.order_by().values_list("spoken", "document_hash")
    known = {value for pair in named for value in pair if value}
    offered = []
    for person in people:
        if not known & {person.spoken, person.document_hash}:
            offered.append(person)
            known |= {value for value in (person.spoken, person.document_hash) if value}
    return offered
