"""What can be wrong in a card design that was sent or kept, each with the element and the field that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from ejlas.core import languages
from ejlas.core.errors import RuleBroken, marked
from ejlas.delegations.rules.passes.badges import BadgeKind
from ejlas.delegations.rules.passes.cards import (
    COLOURS,
    HEX_COLOUR,
    VERSION,
    Align,
    ElementKind,
    Fold,
    Rise,
    Side,
    Weight,
)
from ejlas.delegations.rules.states import DelegationKind

LEAST_WIDTH, MOST_WIDTH = 40, 210
LEAST_HEIGHT, MOST_HEIGHT = 40, 297
MOST_ELEMENTS = 100
LEAST_LETTERS, MOST_LETTERS = 4, 200
MOST_LINES = 12
LONGEST_TEXT = 500
# Below this a telephone does not read the 45 modules of a code at arm's length.
LEAST_CODE = 20
LEAST_BOX = 0.1
# A hundredth of a millimetre is an error of counting, not of drawing.
_SLACK = 0.01


class CardFault(RuleBroken):
    """Something wrong in a design; `element` is its place in the list from 0, or None for the card as a whole."""

    def __init__(self, element: int | None, field: str, **values: object) -> None:
        super().__init__(**values)
        self.element, self.field = element, field


class NotADesign(CardFault):
    """The whole has another shape."""

    message = marked("This is not the design of a card.")


class NewerDesign(CardFault):
    """The design was made by a later version."""

    message = marked("This design was made by a newer version of Ejlas.")


class FieldUnknown(CardFault):
    """A field that no element has."""

    message = marked("There is no field “%(name)s”.")


class NoNumber(CardFault):
    """A number is asked for."""

    message = marked("Write a number here.")


class OutOfBounds(CardFault):
    """A number that is too small or too large."""

    message = marked("This number must lie from %(least)s to %(most)s.")


class NoSuchChoice(CardFault):
    """A value that is none of the choices."""

    message = marked("There is no choice “%(value)s”; there are: %(known)s.")


class OutsideCard(CardFault):
    """An element that sticks out of the card."""

    message = marked("This stands beyond the edge of the card, which is %(width)s × %(height)s mm.")


class NoColour(CardFault):
    """A colour that cannot be read."""

    message = marked("“%(value)s” is no colour: choose one of the list, or write # and six hexadecimal digits.")


class NoLanguage(CardFault):
    """A code of no language."""

    message = marked("“%(value)s” is no language.")


class NoText(CardFault):
    """A fixed text without words."""

    message = marked("Write the words in at least one language.")


class TextTooLong(CardFault):
    """More words than fit any card."""

    message = marked("This text is longer than %(most)s letters.")


class CodeTooSmall(CardFault):
    """A code that no telephone could read."""

    message = marked("The code must be at least %(least)s mm wide and high, or telephones cannot read it.")


class TooManyElements(CardFault):
    """More than anybody puts on a card."""

    message = marked("A card holds at most %(most)s elements.")


_CARD_FIELDS = frozenset({"version", "width", "height", "fold", "elements"})
_NUMBERS = {
    "size": (LEAST_LETTERS, MOST_LETTERS),
    "lines": (1, MOST_LINES),
}
_CHOICES: Mapping[str, type[StrEnum]] = {"side": Side, "align": Align, "rise": Rise}
_CONDITIONS: Mapping[str, type[StrEnum] | None] = {
    "kinds": BadgeKind,
    "delegations": DelegationKind,
    "categories": None,
}
_BOX = ("x", "y", "w", "h")
_ELEMENT_FIELDS = frozenset(
    {"kind", *_BOX, *_NUMBERS, *_CHOICES, "weight", "colour", "languages", "text", "when"},
)


def check(design: object) -> list[CardFault]:
    """Return all that is wrong in a design as it is stored, in the order of its elements; nothing when it may stand."""
    if not isinstance(design, Mapping) or not isinstance(design.get("elements"), list):
        return [NotADesign(None, "")]
    return list(_faults(design))


def _faults(design: Mapping[str, Any]) -> Iterator[CardFault]:
    yield from (FieldUnknown(None, str(name), name=name) for name in design if name not in _CARD_FIELDS)
    if design.get("version", VERSION) != VERSION:
        yield NewerDesign(None, "version")
    sizes = [
        *_number(None, "width", design.get("width"), LEAST_WIDTH, MOST_WIDTH),
        *_number(None, "height", design.get("height"), LEAST_HEIGHT, MOST_HEIGHT),
    ]
    yield from sizes
    yield from _choice(None, "fold", design.get("fold", Fold.NONE), Fold)
    elements = design["elements"]
    if len(elements) > MOST_ELEMENTS:
        yield TooManyElements(None, "elements", most=MOST_ELEMENTS)
        return
    card = None if sizes else (float(design["width"]), float(design["height"]))
    for place, element in enumerate(elements):
        yield from _element(place, element, card)


def _element(place: int, element: object, card: tuple[float, float] | None) -> Iterator[CardFault]:
    if not isinstance(element, Mapping):
        yield NotADesign(place, "")
        return
    yield from (FieldUnknown(place, str(name), name=name) for name in element if name not in _ELEMENT_FIELDS)
    yield from _choice(place, "kind", element.get("kind"), ElementKind)
    yield from _box(place, element, card)
    for name, (least, most) in _NUMBERS.items():
        if name in element:
            yield from _number(place, name, element[name], least, most)
    if "lines" in element and not isinstance(element["lines"], int):
        yield NoNumber(place, "lines")
    for name, choices in _CHOICES.items():
        if name in element:
            yield from _choice(place, name, element[name], choices)
    yield from _looks(place, element)
    yield from _words(place, element)
    yield from _condition(place, element.get("when", {}))


def _box(place: int, element: Mapping[str, Any], card: tuple[float, float] | None) -> Iterator[CardFault]:
    faults = [
        *(fault for name in "xy" for fault in _number(place, name, element.get(name), 0, MOST_HEIGHT)),
        *(fault for name in "wh" for fault in _number(place, name, element.get(name), LEAST_BOX, MOST_HEIGHT)),
    ]
    yield from faults
    if faults:
        return
    x, y, width, height = (float(element[name]) for name in _BOX)
    if card and x + width > card[0] + _SLACK:
        yield OutsideCard(place, "w", width=f"{card[0]:g}", height=f"{card[1]:g}")
    if card and y + height > card[1] + _SLACK:
        yield OutsideCard(place, "h", width=f"{card[0]:g}", height=f"{card[1]:g}")
    if element.get("kind") == ElementKind.CODE and min(width, height) < LEAST_CODE:
        yield CodeTooSmall(place, "w" if width < LEAST_CODE else "h", least=LEAST_CODE)


def _looks(place: int, element: Mapping[str, Any]) -> Iterator[CardFault]:
    weight = element.get("weight", Weight.REGULAR)
    if weight not in tuple(Weight):
        yield NoSuchChoice(place, "weight", value=weight, known=", ".join(str(int(each)) for each in Weight))
    colour = element.get("colour", COLOURS[0])
    if not isinstance(colour, str) or not (colour in COLOURS or HEX_COLOUR.fullmatch(colour)):
        yield NoColour(place, "colour", value=colour)


def _words(place: int, element: Mapping[str, Any]) -> Iterator[CardFault]:
    asked, text = element.get("languages", []), element.get("text", {})
    if not isinstance(asked, list) or not isinstance(text, Mapping):
        yield NotADesign(place, "text" if isinstance(asked, list) else "languages")
        return
    for name, codes in (("languages", asked), ("text", text)):
        for code in codes:
            if not isinstance(code, str) or not languages.is_language(code):
                yield NoLanguage(place, name, value=code)
    if not all(isinstance(words, str) for words in text.values()):
        yield NotADesign(place, "text")
    elif any(len(words) > LONGEST_TEXT for words in text.values()):
        yield TextTooLong(place, "text", most=LONGEST_TEXT)
    elif element.get("kind") == ElementKind.TEXT and not any(words.strip() for words in text.values()):
        yield NoText(place, "text")


def _condition(place: int, when: object) -> Iterator[CardFault]:
    if not isinstance(when, Mapping):
        yield NotADesign(place, "when")
        return
    for name, values in when.items():
        if name == "has_photo":
            if not isinstance(values, bool):
                yield NoSuchChoice(place, "when", value=values, known="true, false")
        elif name not in _CONDITIONS:
            yield FieldUnknown(place, "when", name=name)
        elif not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            yield NotADesign(place, "when")
        elif choices := _CONDITIONS[name]:
            for value in values:
                yield from _choice(place, "when", value, choices)


def _number(place: int | None, name: str, value: object, least: float, most: float) -> Iterator[CardFault]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield NoNumber(place, name)
    elif not least <= value <= most:
        yield OutOfBounds(place, name, least=f"{least:g}", most=f"{most:g}")


def _choice(place: int | None, name: str, value: object, choices: type[StrEnum]) -> Iterator[CardFault]:
    if not isinstance(value, str) or value not in {choice.value for choice in choices}:
        yield NoSuchChoice(place, name, value=value, known=", ".join(choice.value for choice in choices))
