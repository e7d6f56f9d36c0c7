"""What the index holds of a thing, and the languages in which it should be worded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ejlas.core.text import Text

# Raised with every change of the terms, sort keys or states: the next `migrate` then makes the index again.
MAKE = 2
KEY_BYTES = 200


class WordingState(StrEnum):
    """The state of one field's wording in one language."""

    PRESENT = "present"
    MISSING = "missing"
    UNSURE = "unsure"  # nobody has confirmed it yet
    BEHIND = "behind"  # another language's wording changed since


@dataclass(frozen=True, slots=True)
class Wanted:
    """The languages of a scope: those it should be worded in, those that stand in, those it can be sorted in."""

    languages: tuple[str, ...] = ()
    fallbacks: tuple[str, ...] = ()
    sorted_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """What the index holds of a thing: its address, its title, its translated fields, other words that find it.

    `lists` has the slugs in its lists, each behind the name of the list.
    """

    scope: str
    kind: str
    slug: str
    title: Text
    fields: Mapping[str, Text] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    lists: tuple[tuple[str, str], ...] = ()

    def digest(self, wanted: Wanted) -> str:
        """Return a digest that differs whenever the index would hold something else of the thing."""
        fields = {name: text.to_stored() for name, text in self.fields.items()}
        held = [
            MAKE,
            self.title.to_stored(),
            fields,
            self.words,
            self.lists,
            wanted.languages,
            wanted.fallbacks,
            wanted.sorted_in,
        ]
        return digest_of(json.dumps(held, ensure_ascii=False, sort_keys=True), size=16)


def digest_of(text: str, *, size: int = 8) -> str:
    """Return a short digest, enough to see that a text changed."""
    return hashlib.blake2b(text.encode(), digest_size=size).hexdigest()
