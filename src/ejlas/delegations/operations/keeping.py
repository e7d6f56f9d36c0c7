"""What changes to people have in common: hashes, what is missing, which places are left."""

from __future__ import annotations

import secrets as chance
from datetime import date, datetime
from typing import Any

from ejlas.core.text import Text
from ejlas.delegations.models import Capacity, Delegation, Person
from ejlas.delegations.operations import errors
from ejlas.delegations.queries.hashes import birth_hash, document_hash
from ejlas.delegations.queries.lists import windows_of
from ejlas.delegations.rules import house
from ejlas.delegations.rules.capacities import CapacityKind, Need, missing
from ejlas.delegations.rules.names import spoken
from ejlas.delegations.rules.records import holds
from ejlas.delegations.rules.states import COUNTED, ListState, PaperKind

EVENT = "delegations.person"
# Papers of a person that meet a need; the letter of the delegation is the list's own.
_PAPERS = {Need.PRESS_CARD: PaperKind.PRESS_CARD, Need.ASSIGNMENT: PaperKind.ASSIGNMENT}
_LETTERS = 10


def new_slug() -> str:
    """Return a name for addresses that tells nothing of whom it names."""
    letters = "abcdefghijkmnpqrstuvwxyz23456789"
    return "p" + "".join(chance.choice(letters) for _ in range(_LETTERS))


def derived(person: Person) -> dict[str, Any]:
    """Return the columns that follow from the others: hashes, the sound of the name, and what is missing."""
    lacks = lacking(person)
    return {
        "document_hash": document_hash(person.document_state or "", person.document_number or ""),
        "birth_hash": birth_hash(person.born_on or ""),
        "spoken": spoken(person.passport_name)[:200],
        "lacks": [need.value for need in lacks],
        "is_lacking": bool(lacks),
        "has_needs": bool(person.diet or person.health),
    }


def lacking(person: Person) -> tuple[Need, ...]:
    """Name what is asked for of a person and is not there; the letter of the delegation stands apart."""
    edition = person.delegation.edition
    held = holds({name: getattr(person, name) for name in _READ}) | {Need.PHOTO: person.photo_id is not None}
    if person.pk and {need.value for need in _PAPERS} & set(person.capacity.needs):
        kinds = set(person.papers.values_list("kind", flat=True))
        held |= {need: kind.value in kinds for need, kind in _PAPERS.items()}
    is_exempt = person.capacity.kind == CapacityKind.HEAD and house.stored(edition.settings)["photo_exempt_heads"]
    needs = [Need(need) for need in person.capacity.needs if need != Need.NOMINATION]
    return missing([need for need in needs if need is not Need.PHOTO or not is_exempt], held)


_READ = ("document_number", "born_on", "nationality", "office")


def photo_is_old(taken_on: date | None, edition: Any, today: date) -> bool:
    """Whether a photo is older than the edition allows (rule 2); one without a day is taken as it is."""
    months = house.stored(edition.settings)["photo_months"]
    return taken_on is not None and taken_on < house.months_before(today, months)


def require_open(delegation: Delegation, at: datetime) -> bool:
    """Refuse what a focal point may not do now; tell whether it comes late. Raises ListClosed, NominationOver."""
    if delegation.list_state not in (ListState.OPEN, ListState.RETURNED):
        raise errors.ListClosed
    windows = windows_of(delegation)
    if windows.may_nominate(at) or delegation.list_state == ListState.RETURNED:
        return False
    if house.stored(delegation.edition.settings)["late"] == house.Late.REFUSED:
        raise errors.NominationOver(day=windows.nominate_by.astimezone(delegation.edition.zone).date().isoformat())
    return True


def locked(delegation: Delegation) -> Delegation:
    """Return the delegation under a lock: two focal points who write at once come one after the other."""
    return Delegation.objects.select_for_update(of=("self",)).select_related("edition", "party").get(pk=delegation.pk)


class Places:
    """The places of a delegation and of its capacities, counted once, and taken one by one."""

    def __init__(self, delegation: Delegation) -> None:
        self.delegation = delegation
        edition = delegation.edition
        self.most = delegation.most_people or house.stored(edition.settings)["most_people"]
        counted = Person.objects.filter(state__in=sorted(COUNTED))
        here = counted.filter(delegation=delegation).values_list("capacity_id", flat=True)
        self.here: dict[int, int] = {}
        for capacity in here:
            self.here[capacity] = self.here.get(capacity, 0) + 1
        self._counted = counted
        self._in_all: dict[int, int] = {}

    def take(self, capacity: Capacity) -> None:
        """Take a place of a capacity. Raises CapacityOfOthers, DelegationFull, CapacityFull, CapacityFullInAll."""
        if capacity.audience != self.delegation.kind:
            raise errors.CapacityOfOthers(capacity=words_of(capacity))
        if sum(self.here.values()) >= self.most:
            raise errors.DelegationFull(most=self.most)
        taken = self.here.get(capacity.pk, 0)
        if capacity.per_delegation is not None and taken >= capacity.per_delegation:
            raise errors.CapacityFull(most=capacity.per_delegation, capacity=words_of(capacity))
        if capacity.in_all is not None:
            self._take_in_all(capacity, capacity.in_all)
        self.here[capacity.pk] = taken + 1

    def _take_in_all(self, capacity: Capacity, most: int) -> None:
        if capacity.pk not in self._in_all:
            # Whoever names the last one makes all others of this capacity wait here.
            Capacity.objects.select_for_update().get(pk=capacity.pk)
            self._in_all[capacity.pk] = self._counted.filter(capacity=capacity).count()
        if self._in_all[capacity.pk] >= most:
            raise errors.CapacityFullInAll(most=most, capacity=words_of(capacity))
        self._in_all[capacity.pk] += 1

    def leave(self, capacity_id: int) -> None:
        """Give a place back."""
        self.here[capacity_id] = self.here.get(capacity_id, 1) - 1
        if capacity_id in self._in_all:
            self._in_all[capacity_id] -= 1


def words_of(capacity: Capacity) -> str:
    """Return the name of a capacity for a sentence."""
    name: Text = capacity.name
    return name.wording("en").text or capacity.kind


def title_of(delegation: Delegation) -> str:
    """Return the name of a delegation for a sentence."""
    title: Text = delegation.title
    return title.wording("en").text or delegation.slug
