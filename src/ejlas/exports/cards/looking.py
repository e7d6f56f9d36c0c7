"""What does not look right on a card though it may be printed: words that are cut, codes hard to read, pale letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from ejlas.delegations.rules.passes import cards
from ejlas.delegations.rules.passes.cards import Design, Element, ElementKind
from ejlas.exports.cards.colours import contrast, hex_of
from ejlas.exports.cards.drawing import Box, Drawing
from ejlas.exports.cards.fitting import FLOOR, Measure, fitted
from ejlas.exports.cards.values import CardEdition, CardValues
from ejlas.exports.typesetting import FONTS

LEAST_CODE = 22
LEAST_CONTRAST = 4.5
# Of the four modules of white around a code, two must stay free whatever else stands near.
_MODULES, _QUIET_KEPT = 53, 2
_POINTS = 72 / 25.4
_LINE = {"rtl": (1.2, 0.12), "ltr": (0.95, 0.14)}
_SLACK = 0.01
# Things behind which nothing of what lies below is seen.
_SOLID = frozenset({ElementKind.BLOCK, ElementKind.CODE})


class Flaw(StrEnum):
    """What is not right with an element."""

    CUT = "cut"
    SMALL_CODE = "small-code"
    CROWDED_CODE = "crowded-code"
    PALE = "pale"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Warned:
    """A flaw of an element, by its place in the design; what it measures, and the least that it should."""

    element: int
    flaw: Flaw
    value: float = 0
    least: float = 0


def flaws_of(design: Design, values: CardValues, *, edition: CardEdition, language: str) -> list[Warned]:
    """Return what is not right with a card of these values, in the order of its elements."""
    drawing = Drawing(design, edition, language)
    found: list[Warned] = []
    for place, element in enumerate(design.elements):
        if _stands(element, values):
            found += _of_element(place, element, drawing, values)
    return found


def _of_element(place: int, element: Element, drawing: Drawing, values: CardValues) -> Iterator[Warned]:
    design = drawing.design
    if element.x + element.width > design.width + _SLACK or element.y + element.height > design.height + _SLACK:
        yield Warned(place, Flaw.OUTSIDE)
    if element.kind is ElementKind.CODE:
        yield from _of_code(place, element, design, drawing, values)
    if element.kind in cards.WORDED:
        box = _box(element, drawing, values)
        if box is not None and is_cut(box):
            yield Warned(place, Flaw.CUT)
        ink = hex_of(element.colour, values, drawing.edition)
        told = contrast(ink, _behind(place, element, drawing, values))
        if box is not None and told < LEAST_CONTRAST:
            yield Warned(place, Flaw.PALE, round(told, 1), LEAST_CONTRAST)


def _of_code(place: int, element: Element, design: Design, drawing: Drawing, values: CardValues) -> Iterator[Warned]:
    side = min(element.width, element.height)
    if side < LEAST_CODE:
        yield Warned(place, Flaw.SMALL_CODE, side, LEAST_CODE)
    kept = side / _MODULES * _QUIET_KEPT
    inner = (
        element.x + (element.width - side) / 2 + kept,
        element.y + (element.height - side) / 2 + kept,
        side - 2 * kept,
    )
    for other in design.elements[place + 1 :]:
        is_seen = _stands(other, values) and _box(other, drawing, values) is not None
        if other.side is element.side and is_seen and _meets(other, *inner):
            yield Warned(place, Flaw.CROWDED_CODE)
            return


def _stands(element: Element, values: CardValues) -> bool:
    return element.when.holds(
        kind=values.kind,
        category=values.category,
        delegation=values.delegation_kind,
        has_photo=bool(values.photo),
    )


def _box(element: Element, drawing: Drawing, values: CardValues) -> Box | None:
    """Return what a card draws of one element, if anything."""
    alone = Drawing(replace(drawing.design, elements=(element,)), drawing.edition, drawing.language)
    return next(iter(alone.side(values, element.side)), None)


def _meets(other: Element, x: float, y: float, side: float) -> bool:
    beside = other.x + other.width <= x or other.x >= x + side
    return not (beside or other.y + other.height <= y or other.y >= y + side)


def _behind(place: int, element: Element, drawing: Drawing, values: CardValues) -> str:
    """Return the colour on which the middle of an element stands: that of the last block below it, else paper."""
    x, y = element.x + element.width / 2, element.y + element.height / 2
    for other in reversed(drawing.design.elements[:place]):
        covers = other.x <= x <= other.x + other.width and other.y <= y <= other.y + other.height
        if other.side is element.side and covers and other.kind in _SOLID and _stands(other, values):
            is_code = other.kind is ElementKind.CODE
            return hex_of(cards.PAPER if is_code else other.colour, values, drawing.edition)
    return hex_of(cards.PAPER, values, drawing.edition)


@lru_cache(maxsize=1)
def _measure() -> Measure:
    return Measure(FONTS)


def is_cut(box: Box) -> bool:
    """Tell whether the words of a box are cut, or left out, even in the smallest letters."""
    measure = _measure()
    if fitted(box, measure)["draw"] != "words":
        return False
    room = box["h"] * _POINTS
    for line in box["words"]:
        part, lead = _LINE[line["dir"]]
        n = _lines_needed(line, box, measure)
        most = min(box["lines"], max(1, int((room / FLOOR + lead + 0.01) / (part + lead))))
        if n == 0 or n > most:
            return True
        room -= (n * part + (n - 1) * lead) * FLOOR
    return bool(room < -0.5)


def _lines_needed(line: dict[str, Any], box: Box, measure: Measure) -> int:
    """Return on how many lines a wording stands in the smallest letters; 0 when one word is wider than its box."""
    width = box["w"] * _POINTS / FLOOR
    space = measure(" ", line["dir"], box["weight"])
    n, used = 1, 0.0
    for word in line["plain"].split():
        wide = measure(word, line["dir"], box["weight"])
        if wide > width:
            return 0
        if used and used + space + wide > width:
            n, used = n + 1, wide
        else:
            used += wide + (space if used else 0)
    return n
