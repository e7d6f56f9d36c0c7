"""Mends what was confused in reading: by the kind of place where that settles it, else where check digits prove it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from ejlas.core.formats.mrz.faults import WrongSign
from ejlas.core.formats.mrz.layout import DIGITS, FILLER, SIGNS, Layout, Span, agrees, joined

_TO_DIGIT = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "G": "6", "B": "8"}
_TO_LETTER = {"0": "O", "1": "I", "2": "Z", "5": "S", "6": "G", "8": "B"}
# G and 6 differ by ten, so no check digit can tell one from the other: where both may stand, nothing is proven.
_EITHER = {"O": "0", "Q": "0", "I": "1", "Z": "2", "S": "5", "B": "8", "0": "O", "1": "I", "2": "Z", "5": "S", "8": "B"}
_MOST_CHANGES = 2
_LETTER_PARTS = ("kind", "issuing_state", "names", "nationality", "sex")
_DIGIT_PARTS = ("number_check", "birth", "birth_check", "expiry", "expiry_check", "optional_check", "composite_check")


def straighten(flat: str, layout: Layout) -> str:
    """Put letters where only letters can stand and digits where only digits can. Raises WrongSign."""
    signs = list(flat)
    for place, sign in enumerate(signs):
        if sign not in SIGNS:
            raise _wrong(layout, place, sign)
    for name, span in layout.spans.items():
        table = _TO_LETTER if name in _LETTER_PARTS else _TO_DIGIT if name in _DIGIT_PARTS else {}
        for place in range(span.start, span.end):
            signs[place] = table.get(signs[place], signs[place])
            if (table is _TO_LETTER and signs[place] in DIGITS) or (
                table is _TO_DIGIT and signs[place] not in DIGITS + FILLER
            ):
                raise _wrong(layout, place, signs[place])
    names = layout.spans["names"]
    signs[names.start : names.end] = _without_specks("".join(signs[names.start : names.end]))
    return "".join(signs)


def _wrong(layout: Layout, place: int, sign: str) -> WrongSign:
    return WrongSign(line=layout.line_of(place), place=layout.place_in_line(place), sign=sign)


def _without_specks(names: str) -> str:
    """Turn into fillers what stands behind the names: two fillers part family and given names, and no more follows."""
    family, _, rest = names.strip(FILLER).partition(FILLER * 2)
    given = rest.lstrip(FILLER).split(FILLER * 2)[0]
    return (f"{family}{FILLER * 2}{given}" if given else family).ljust(len(names), FILLER)


def mended(flat: str, whole: Iterable[Span], within: Iterable[Span], check: int) -> str | None:
    """Return the text so repaired within some spans that the check digit of the whole agrees, or None.

    The spans are of places where letters and digits both may stand: elsewhere `straighten` has left no choice.
    A repair of fewer signs goes before one of more; where two of the same number would do, nothing is proven.
    """
    whole = tuple(whole)
    places = [place for span in within for place in range(span.start, span.end) if flat[place] in _EITHER]
    for n_changes in range(_MOST_CHANGES + 1):
        every = (_changed(flat, chosen) for chosen in combinations(places, n_changes))
        found = [changed for changed in every if agrees(joined(changed, whole), changed[check])]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _changed(flat: str, places: Iterable[int]) -> str:
    signs = list(flat)
    for place in places:
        signs[place] = _EITHER[signs[place]]
    return "".join(signs)
