"""What the index holds of a thing, and when a wording is missing, unsure or behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ejlas.core.text import Text

KEY_BYTES = 200


class WordingState(StrEnum):
    """The state of one field's wording in one language."""

    PRESENT = "present"
    MISSING = "missing"
    UNSURE = "unsure"  # nobody has confirmed it yet
    BEHIND = "behind"  # another language's wording changed since


@dataclass(frozen=True, slots=True)
class Item:
    """What the index holds of a thing: its address, its title, its translated fields, other words that find it."""

    scope: str
    kind: str
    slug: str
    title: Text
    fields: Mapping[str, Text] = field(default_factory=dict)
    words: tuple[str, ...] = ()
