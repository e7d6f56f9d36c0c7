"""Questions about people: lists, queues, what is missing, and who may be the same person twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from ejlas.delegations import permissions
from ejlas.delegations.models import SEALED, Delegation, Paper, Person, PersonQuerySet
from ejlas.delegations.rules.states import COUNTED
from ejlas.forum.models import Edition


def people_for(user: Any, edition: Edition) -> PersonQuerySet:
    """Return the people that this user may see, with what a list shows of them; nothing sealed is read.

    The edition is the same for all and has many texts: it is read once beside them, not once in each row.
    """
    people = permissions.visible_people(user, edition).select_related("capacity", "delegation__party").unsealed()
    return people.defer(*_UNSHOWN).prefetch_related("edition", "delegation__edition")


# Texts of a party that no list of people shows.
_UNSHOWN = tuple(f"delegation__party__{name}" for name in ("seat", "head_office", "represented_by", "note"))


_WITH = ("edition", "capacity", "delegation__edition", "delegation__party")


def person_at(edition: Edition, slug: str) -> Person | None:
    """Return a person with all that is known; who reads which of it, `permissions.fields_read` says. One SQL query."""
    return Person.objects.select_related(*_WITH, "photo").filter(edition=edition, slug=slug).first()


def people_of(delegation: Delegation) -> PersonQuerySet:
    """Return the people of a delegation, the withdrawn too, in the order in which they were named."""
    return delegation.people.select_related(*_WITH, "photo").order_by("position", "pk").unsealed()


def lacking(people: PersonQuerySet) -> PersonQuerySet:
    """Keep those of whom something is missing."""
    return people.counted().filter(is_lacking=True)


def people_with_needs(user: Any, edition: Edition) -> PersonQuerySet:
    """Return the people of whom anything is said of diet or health, by delegation; both columns are read."""
    people = permissions.visible_people(user, edition).counted().filter(has_needs=True).select_related(*_WITH)
    left = [name for name in SEALED if name not in ("diet", "health")]
    return people.defer(*left).order_by("delegation__position", "delegation_id", "position", "pk")


def with_reach(people: Iterable[Person]) -> list[Person]:
    """Return these people with telephone and e-mail, in the same order. One SQL query."""
    ordered = list(people)
    reach = Person.objects.filter(pk__in=[person.pk for person in ordered]).only("email", "phone")
    known = {person.pk: person for person in reach}
    for person in ordered:
        person.email, person.phone = known[person.pk].email, known[person.pk].phone
    return ordered


def twins_of(person: Person) -> PersonQuerySet:
    """Return others at the edition who may be the same person: same document, or same name with the same birthday.

    Found through keyed hashes and the sound of the name, whatever the script. One SQL query.
    """
    same = Q()
    if person.document_hash:
        same |= Q(document_hash=person.document_hash)
    if person.spoken:
        # A birthday that is not known yet speaks for nobody and against nobody.
        births = Q(birth_hash__in=["", person.birth_hash]) if person.birth_hash else Q()
        same |= Q(spoken=person.spoken) & births
    if not same:
        return Person.objects.none()
    others = Person.objects.filter(same, edition=person.edition_id, state__in=sorted(COUNTED)).exclude(pk=person.pk)
    return others.select_related(*_WITH).unsealed().order_by("position", "pk")


def papers_of(delegation: Delegation, person: Person | None = None) -> QuerySet[Paper]:
    """Return the papers of a delegation's list, or those of one person."""
    return Paper.objects.filter(delegation=delegation, person=person).select_related("file")


def paper(slug: str) -> Paper | None:
    """Return a paper by its slug, with whose it is. One SQL query."""
    return (
        Paper.objects.filter(slug=slug)
        .select_related("file", "delegation__edition", "delegation__party", "person__delegation__edition")
        .first()
    )
