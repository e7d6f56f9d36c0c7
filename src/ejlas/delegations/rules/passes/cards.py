"""How a card looks: its size, its sides, what stands where on it, and under which condition; as stored, and as read.

All lengths are millimetres, counted from the corner where a line begins: in a language that is written from the right
the whole card is mirrored. Sizes of letters are points.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple

VERSION = 1


class CardSize(NamedTuple):
    """A size that printers and holders know."""

    width: float
    height: float


SIZES = {
    "cr80": CardSize(85.6, 54),
    "cr80-upright": CardSize(54, 85.6),
    "a7": CardSize(74, 105),
    "86x120": CardSize(86, 120),
    "96x134": CardSize(96, 134),
    "a6": CardSize(105, 148),
}


class Side(StrEnum):
    """A side of a card."""

    FRONT = "front"
    BACK = "back"


class Fold(StrEnum):
    """Whether the two sides are printed beside each other on one face of the sheet and folded, and where."""

    NONE = "none"
    SIDE = "side"
    TOP = "top"


class Align(StrEnum):
    """Where words stand in their box; start is the right in a language that is written from the right."""

    START = "start"
    CENTER = "center"
    END = "end"


class Rise(StrEnum):
    """At what height words stand in their box."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


class Weight(IntEnum):
    """How strong letters are: the two weights of the house."""

    REGULAR = 400
    BOLD = 700


class Sheet(StrEnum):
    """On what cards are printed: each on a page of its own size, or several on A4 with marks to cut by."""

    CARD = "card"
    A4 = "a4"


class ElementKind(StrEnum):
    """What stands in a box of a card."""

    PHOTO = "photo"
    NAME = "name"  # the preferred spelling, once in each script
    PASSPORT_NAME = "passport-name"
    OFFICE = "office"
    DELEGATION = "delegation"
    CAPACITY = "capacity"
    CATEGORY = "category"  # its word
    LETTER = "letter"  # the letter of the category
    TOKEN = "token"  # for whom a token is: security, messenger…  # noqa: S105
    ZONES = "zones"  # letters
    ZONE_LIST = "zone-list"  # letters with names, one under the other
    FLAG = "flag"  # bars in the colours of the state, else the code of the party on the colour of the category
    CODE = "code"  # what the gate reads
    NUMBER = "number"
    VALID_FROM = "valid-from"
    VALID_UNTIL = "valid-until"
    DAYS = "days"  # on which the card is valid
    EDITION = "edition"
    DATES = "dates"  # of the edition
    PLACE = "place"
    HOST = "host"
    MARK = "mark"  # of the edition
    CONTOUR = "contour"  # lines of the sea
    TEXT = "text"
    LINE = "line"
    BLOCK = "block"


# Kinds that are words, whose languages, letters and places in the box are asked for.
WORDED = frozenset(
    {
        ElementKind.NAME,
        ElementKind.PASSPORT_NAME,
        ElementKind.OFFICE,
        ElementKind.DELEGATION,
        ElementKind.CAPACITY,
        ElementKind.CATEGORY,
        ElementKind.LETTER,
        ElementKind.TOKEN,
        ElementKind.NUMBER,
        ElementKind.VALID_FROM,
        ElementKind.VALID_UNTIL,
        ElementKind.DAYS,
        ElementKind.EDITION,
        ElementKind.DATES,
        ElementKind.PLACE,
        ElementKind.HOST,
        ElementKind.TEXT,
    }
)

# Colours by name; what they are is decided where the card is drawn. Others are written as #rrggbb.
INK, PAPER, SOFT, DEEP = "ink", "paper", "soft", "deep"
CATEGORY, ON_CATEGORY, FAINT_ON_CATEGORY = "category", "on-category", "faint-on-category"
EDITION_1, EDITION_2 = "edition-1", "edition-2"
COLOURS = (INK, PAPER, SOFT, DEEP, CATEGORY, ON_CATEGORY, FAINT_ON_CATEGORY, EDITION_1, EDITION_2)
HEX_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class When:
    """Under which condition an element stands on a card; what is empty or None asks for nothing."""

    kinds: tuple[str, ...] = ()  # of badges
    categories: tuple[str, ...] = ()  # slugs
    delegations: tuple[str, ...] = ()  # kinds of delegations
    has_photo: bool | None = None

    def holds(self, *, kind: str, category: str, delegation: str, has_photo: bool) -> bool:
        """Tell whether a card of these values fulfils it."""
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.categories or category in self.categories)
            and (not self.delegations or delegation in self.delegations)
            and (self.has_photo is None or self.has_photo == has_photo)
        )

    def stored(self) -> dict[str, Any]:
        """Return what is kept of it."""
        lists = {"kinds": self.kinds, "categories": self.categories, "delegations": self.delegations}
        made: dict[str, Any] = {name: list(values) for name, values in lists.items() if values}
        return made if self.has_photo is None else made | {"has_photo": self.has_photo}


@dataclass(frozen=True, slots=True)
class Element:
    """One thing on a card, in its box.

    `languages` names those of the words: none = the language in which the card is printed, and for names also the
    languages of the edition, once for each script. `lines` is how many lines each wording may take.
    """

    kind: ElementKind
    x: float
    y: float
    width: float
    height: float
    side: Side = Side.FRONT
    size: float = 9
    weight: Weight = Weight.REGULAR
    align: Align = Align.START
    rise: Rise = Rise.TOP
    colour: str = INK
    lines: int = 2
    languages: tuple[str, ...] = ()
    text: Mapping[str, str] = field(default_factory=dict)
    when: When = When()

    def stored(self) -> dict[str, Any]:
        """Return what is kept of it: what differs from the default."""
        made: dict[str, Any] = {"kind": self.kind.value, "x": self.x, "y": self.y, "w": self.width, "h": self.height}
        plain = {
            "side": (self.side.value, Side.FRONT.value),
            "size": (self.size, 9),
            "weight": (int(self.weight), int(Weight.REGULAR)),
            "align": (self.align.value, Align.START.value),
            "rise": (self.rise.value, Rise.TOP.value),
            "colour": (self.colour, INK),
            "lines": (self.lines, 2),
            "languages": (list(self.languages), []),
            "text": (dict(self.text), {}),
            "when": (self.when.stored(), {}),
        }
        return made | {name: value for name, (value, default) in plain.items() if value != default}


@dataclass(frozen=True, slots=True)
class Design:
    """A whole card."""

    width: float
    height: float
    elements: tuple[Element, ...]
    fold: Fold = Fold.NONE

    @property
    def is_double_sided(self) -> bool:
        """Whether anything stands on the back."""
        return any(element.side is Side.BACK for element in self.elements)

    def on(self, side: Side) -> tuple[Element, ...]:
        """Return what stands on a side, in the order in which it is drawn."""
        return tuple(element for element in self.elements if element.side is side)

    def stored(self) -> dict[str, Any]:
        """Return the JSON that is kept; `design_of` reads it."""
        elements = [element.stored() for element in self.elements]
        made: dict[str, Any] = {"version": VERSION, "width": self.width, "height": self.height, "elements": elements}
        return made if self.fold is Fold.NONE else made | {"fold": self.fold.value}


def design_of(stored: Mapping[str, Any]) -> Design:
    """Return the design that was kept, once `card_faults.check` found nothing in it."""
    return Design(
        width=float(stored["width"]),
        height=float(stored["height"]),
        elements=tuple(_element(each) for each in stored["elements"]),
        fold=Fold(stored.get("fold", Fold.NONE)),
    )


def _element(stored: Mapping[str, Any]) -> Element:
    when: Mapping[str, Any] = stored.get("when", {})
    return Element(
        kind=ElementKind(stored["kind"]),
        x=float(stored["x"]),
        y=float(stored["y"]),
        width=float(stored["w"]),
        height=float(stored["h"]),
        side=Side(stored.get("side", Side.FRONT)),
        size=float(stored.get("size", 9)),
        weight=Weight(stored.get("weight", Weight.REGULAR)),
        align=Align(stored.get("align", Align.START)),
        rise=Rise(stored.get("rise", Rise.TOP)),
        colour=stored.get("colour", INK),
        lines=stored.get("lines", 2),
        languages=tuple(stored.get("languages", ())),
        text=dict(stored.get("text", {})),
        when=When(
            kinds=tuple(when.get("kinds", ())),
            categories=tuple(when.get("categories", ())),
            delegations=tuple(when.get("delegations", ())),
            has_photo=when.get("has_photo"),
        ),
    )
