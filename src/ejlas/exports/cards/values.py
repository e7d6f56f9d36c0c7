"""What one card shows, and what all cards of an edition show; texts by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CardEdition:
    """What the cards of an edition have in common.

    Parameters
    ----------
    languages : those of the edition, the host's first; wordings that are missing come from the first that is there
    colours : two, as #rrggbb
    mark : the mark of the edition as SVG, drawn in one colour (#000 is replaced); none = one of the house
    """

    languages: tuple[str, ...]
    name: Texts = field(default_factory=dict)
    dates: Texts = field(default_factory=dict)
    place: Texts = field(default_factory=dict)
    host: Texts = field(default_factory=dict)
    colours: tuple[str, str] = ("#00695f", "#f2b33d")
    mark: str = ""


@dataclass(frozen=True, slots=True)
class FlagBand:
    """The bars of a flag, in order: one below the other, or upright ones beside each other."""

    colours: tuple[str, ...]
    is_upright: bool = False


@dataclass(frozen=True, slots=True)
class CardZone:
    """A zone that a card opens, with when."""

    letter: str
    name: Texts = field(default_factory=dict)
    when: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CardValues:
    """What one card shows; `kind`, `category` and `delegation_kind` are what conditions ask for.

    `photo` is a picture as it is kept; `code` the text that the gate reads.
    """

    number: str
    kind: str = "badge"
    category: str = ""
    delegation_kind: str = "party"
    category_name: Texts = field(default_factory=dict)
    letter: str = ""
    colour: str = "#0b5d5b"
    name: Texts = field(default_factory=dict)
    passport_name: str = ""
    office: Texts = field(default_factory=dict)
    delegation: Texts = field(default_factory=dict)
    capacity: Texts = field(default_factory=dict)
    token: Texts = field(default_factory=dict)
    party_code: str = ""
    flag: FlagBand | None = None
    zones: tuple[CardZone, ...] = ()
    days: Texts = field(default_factory=dict)
    valid_from: Texts = field(default_factory=dict)
    valid_until: Texts = field(default_factory=dict)
    photo: bytes = b""
    code: str = ""
