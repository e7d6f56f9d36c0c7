"""The colours of cards: those of the house by name, and what can be read on a colour that somebody chose."""

from __future__ import annotations

from functools import lru_cache

from ejlas.delegations.rules.passes import cards
from ejlas.exports.cards.values import CardEdition, CardValues

INK, PAPER, SOFT, DEEP = "#0a2730", "#ffffff", "#48636b", "#06242d"
_HOUSE = {cards.INK: INK, cards.PAPER: PAPER, cards.SOFT: SOFT, cards.DEEP: DEEP}
# How much of what can be read on a colour is in lines that only adorn it.
_FAINT = 0.22


def hex_of(colour: str, values: CardValues, edition: CardEdition) -> str:
    """Return a colour of a design as #rrggbb."""
    if colour in _HOUSE or colour.startswith("#"):
        return _HOUSE.get(colour, colour)
    if colour == cards.CATEGORY:
        return values.colour
    if colour in (cards.EDITION_1, cards.EDITION_2):
        return edition.colours[colour == cards.EDITION_2]
    readable = on(values.colour)
    return readable if colour == cards.ON_CATEGORY else _mixed(values.colour, readable, _FAINT)


@lru_cache(maxsize=256)
def on(colour: str) -> str:
    """Return the one of paper and ink that stands out better on a colour."""
    return max((PAPER, INK), key=lambda each: contrast(each, colour))


def _mixed(one: str, other: str, part: float) -> str:
    """Return a colour with so much of another in it."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
