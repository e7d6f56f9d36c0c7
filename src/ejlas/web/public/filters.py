"""The filters of the programme: what an address may ask for, and what of it means something for this programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

BY_ROOM = "room"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader of a programme wants to see; empty means all, `by` is empty for days or "room"."""

    day: str = ""
    room: str = ""
    language: str = ""
    kind: str = ""
    party: str = ""
    by: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """Return the filters that are set, in the order of the form; how rows are grouped is none of them."""
        return {name: value for name in CHOICES if (value := getattr(self, name))}

    def query(self) -> str:
        """Return the address's query, the same for the same filters."""
        return urlencode([(item.name, value) for item in fields(self) if (value := getattr(self, item.name))])

    def without(self, name: str) -> Filters:
        """Return the filters with one of them taken off."""
        return replace(self, **{name: ""})


CHOICES = ("day", "room", "language", "kind", "party")


@dataclass(frozen=True, slots=True)
class Choices:
    """The values that mean something for a programme."""

    day: frozenset[str]
    room: frozenset[str]
    language: frozenset[str]
    kind: frozenset[str]
    party: frozenset[str]


def read(query: Mapping[str, str], choices: Choices) -> Filters:
    """Read an address; a value that this programme does not know is as if it were not there."""
    known = {name: query.get(name, "") for name in CHOICES if query.get(name, "") in getattr(choices, name)}
    return Filters(**known, by=BY_ROOM if query.get("by") == BY_ROOM else "")
