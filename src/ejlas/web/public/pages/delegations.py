"""The people of delegations whom the edition lets the public read of, in protocol order or that of the alphabet."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from ejlas.core import collation
from ejlas.delegations.rules.house import ListOrder
from ejlas.delegations.rules.public import DelegationContent, PersonContent
from ejlas.web.public.edition import Indexed
from ejlas.web.ui.delegation_labels import CAPACITY_KINDS
from ejlas.web.ui.labels import word
from ejlas.web.ui.reading import Reader


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the page shows it: the office stands before the name."""

    name: SafeString
    office: SafeString
    capacity: SafeString | str


@dataclass(frozen=True, slots=True)
class Delegation:
    """A delegation as the page shows it."""

    slug: str
    name: SafeString
    people: list[Person]


def page(indexed: Indexed, reader: Reader) -> dict[str, object]:
    """Prepare the page for one reader; a publication of before delegations were kept names nobody."""
    content = indexed.content.get("delegations") or {"order": ListOrder.PROTOCOL.value, "delegations": []}
    by_alphabet = content["order"] == ListOrder.ALPHABET
    ordered = _ordered(content["delegations"], indexed, reader, by_alphabet=by_alphabet)
    return {
        "delegations": [_delegation(each, indexed, reader) for each in ordered],
        "by_alphabet": by_alphabet,
        "n_people": sum(len(each["people"]) for each in ordered),
        "n_people_words": reader.number(sum(len(each["people"]) for each in ordered)),
        "n_delegations_words": reader.number(len(ordered)),
    }


def _ordered(
    delegations: list[DelegationContent], indexed: Indexed, reader: Reader, *, by_alphabet: bool
) -> list[DelegationContent]:
    """Return the delegations by the alphabet of the reader; in protocol order, the rank of the party goes first."""
    named = collation.sorted_by(delegations, lambda each: _plain(each, indexed, reader), reader.language)
    return named if by_alphabet else sorted(named, key=lambda each: each["rank_class"])


def _plain(delegation: DelegationContent, indexed: Indexed, reader: Reader) -> str:
    party = indexed.parties.get(delegation["party"])
    return reader.plain(party["name"]) if party else delegation["party"]


def _delegation(delegation: DelegationContent, indexed: Indexed, reader: Reader) -> Delegation:
    party = indexed.parties.get(delegation["party"])
    name = reader.html(party["name"]) if party else SafeString("")
    return Delegation(delegation["party"], name, [_person(person, reader) for person in delegation["people"]])


def _person(person: PersonContent, reader: Reader) -> Person:
    own = person["capacity_name"]
    capacity = reader.name(own) if own else word(CAPACITY_KINDS, person["capacity"])
    return Person(
        reader.name(person["name"]), reader.name(person["office"]) if person["office"] else SafeString(""), capacity
    )
