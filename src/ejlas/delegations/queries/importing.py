"""What a list that the host brings in is read against: the capacities in words, and who is on the list already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from ejlas.core.text import Text
from ejlas.delegations.models import Capacity, Delegation
from ejlas.delegations.queries.lists import capacities_of
from ejlas.delegations.rules import house
from ejlas.delegations.rules.capacities import CapacityKind
from ejlas.delegations.rules.capacity_labels import USUAL
from ejlas.delegations.rules.states import COUNTED
from ejlas.delegations.rules.values import Context


@dataclass(frozen=True, slots=True)
class Known:
    """Who takes a place on a list: documents by their hash, and the sound of a name with the hash of the birthday."""

    documents: frozenset[str]
    people: frozenset[tuple[str, str]]


def known_of(delegation: Delegation) -> Known:
    """Return who is on a list already. One SQL query."""
    rows = delegation.people.filter(state__in=sorted(COUNTED)).order_by()
    found = list(rows.values_list("document_hash", "spoken", "birth_hash"))
    return Known(frozenset(each[0] for each in found if each[0]), frozenset((each[1], each[2]) for each in found))


def context_of(delegation: Delegation, *, today: date, reader: str = "") -> Context:
    """Return what the rows of a list of the host are read against. One SQL query."""
    edition = delegation.edition
    party = delegation.party
    return Context(
        capacities={each.slug: _names(each) for each in capacities_of(edition, delegation.kind)},
        languages=tuple(edition.languages),
        today=today,
        opens_on=edition.starts_on,
        closes_on=edition.ends_on,
        document_days=house.stored(edition.settings)["document_days"],
        country=delegation.country or (party.country if party is not None else ""),
        reader=reader,
    )


def _names(capacity: Capacity) -> dict[str, str]:
    name: Text = capacity.name
    return {**_usual(capacity.kind), **name.values}


@lru_cache(maxsize=32)
def _usual(kind: str) -> dict[str, str]:
    """Return the usual word for a capacity in each language of the interface."""
    words = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words[code] = gettext(USUAL[CapacityKind(kind)])
    return words
