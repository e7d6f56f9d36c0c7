"""What the public may read of delegations, as a publication holds it."""

from __future__ import annotations

from typing import TypedDict

from ejlas.core.text import StoredText


class PersonContent(TypedDict):
    """A person as the public reads it; `capacity` is the kind, `capacity_name` the edition's own word for it."""

    name: StoredText
    office: StoredText
    capacity: str
    capacity_name: StoredText


class DelegationContent(TypedDict):
    """A delegation as the public reads it; `rank_class` is that of its party, 1 the highest."""

    party: str
    rank_class: int
    people: list[PersonContent]


class DelegationsContent(TypedDict):
    """The delegations in the order of protocol; `order` says in which order they are shown."""

    order: str
    delegations: list[DelegationContent]
