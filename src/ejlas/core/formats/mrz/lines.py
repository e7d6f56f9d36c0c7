"""Finds machine-readable lines in what people type, paste or recognise: noise, spaces and other scripts' signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ejlas.core.formats.mrz.faults import LinesUnreadable, NoLines, OtherLinesMissing, WrongLength
from ejlas.core.formats.mrz.layout import FILLER, TD1, TD2, TD3

LONGEST_TEXT = 5_000
_LAYOUTS = (TD3, TD2, TD1)
_FURTHEST = 10  # places by which a line may be too long or short while its fillers can still be counted anew
_SINGLE = "‹›〈〉⟨⟩˂˃≤≥>"
_DOUBLE = "«»《》≪≫"
# Capital letters of Cyrillic that look as Latin ones do.
_ALIKE = str.maketrans("АВЕЅІЈКМНОРСТУХ", "ABESIJKMHOPCTYX")
_HIDDEN = ("Cc", "Cf", "Zs", "Zl", "Zp", "Mn")


def cleaned(text: str, *, double: str) -> list[str]:
    """Return the lines of a text without spaces, in capitals, with plain digits; `double` stands for each « and »."""
    whole = unicodedata.normalize("NFKC", text[:LONGEST_TEXT].replace("&lt;", FILLER)).upper().translate(_ALIKE)
    found = ("".join(_sign(sign, double) for sign in line) for line in whole.splitlines())
    return [line for line in found if line]


def _sign(sign: str, double: str) -> str:
    if sign.isascii():
        return "" if sign.isspace() or not sign.isprintable() else FILLER if sign == ">" else sign
    if sign in _DOUBLE:
        return double
    if sign in _SINGLE:
        return FILLER
    if unicodedata.category(sign) in _HIDDEN:
        return ""
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)


def candidates(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield sets of lines that might be meant, the likeliest first, each with how far it was changed: 0, 1 or 2."""
    # What recognises letters takes two fillers for one «; what people type for one filler is the same sign.
    doubles = (FILLER * 2, FILLER) if any(sign in text for sign in _DOUBLE) else (FILLER * 2,)
    versions = [cleaned(text, double=double) for double in doubles]
    for change, kind in enumerate((_exact, _rejoined, _recounted)):
        for lines in versions:
            for found in kind(lines):
                yield change, found


def _exact(lines: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield lines that stand together and have the right length."""
    for layout in _LAYOUTS:
        for at in range(len(lines) - layout.n_lines + 1):
            window = tuple(lines[at : at + layout.n_lines])
            if all(len(line) == layout.length for line in window) and FILLER in "".join(window):
                yield window


def _rejoined(lines: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield lines that were broken in other places, or not at all."""
    for first in range(len(lines)):
        whole = ""
        for line in lines[first:]:
            whole += line
            if len(whole) > TD1.length * TD1.n_lines:
                break
            for layout in _LAYOUTS:
                if len(whole) == layout.length * layout.n_lines and FILLER in whole:
                    yield layout.lines(whole)


def _recounted(lines: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield lines whose longest run of fillers was miscounted: only check digits can say whether it was."""
    for layout in _LAYOUTS:
        for at in range(len(lines) - layout.n_lines + 1):
            window = [_of_length(line, layout.length) for line in lines[at : at + layout.n_lines]]
            if all(window):
                yield tuple(line for line in window if line)


def _of_length(line: str, length: int) -> str | None:
    missing = length - len(line)
    if not missing:
        return line
    runs = [match.span() for match in re.finditer(f"{FILLER}+", line)]
    if not runs or abs(missing) > _FURTHEST:
        return None
    start, end = max(runs, key=lambda run: (run[1] - run[0], run[0]))
    # A run of one or two parts words or names; it is no padding.
    if end - start < 3 or end - start + missing < 1:
        return None
    return line[:start] + FILLER * (end - start + missing) + line[end:]


def fault_of(text: str) -> LinesUnreadable:
    """Return what is wrong with a text in which no lines of the right length stand."""
    lines = [line for line in cleaned(text, double=FILLER * 2) if len(line) >= 20 and _looks_alike(line)]
    if not lines:
        return NoLines()
    needed = _length_meant(lines)
    for number, line in enumerate(lines[:3], start=1):
        if len(line) != needed:
            return WrongLength(line=number, length=len(line), needed=needed)
    return OtherLinesMissing(start=lines[0][:10])


def _looks_alike(line: str) -> bool:
    plain = sum(sign.isascii() and (sign.isalnum() or sign == FILLER) for sign in line)
    return plain >= len(line) - 3 and (FILLER in line or sum(sign.isdigit() for sign in line) >= 9)


def _length_meant(lines: list[str]) -> int:
    """Return the length that one of the lines has already, else the one that is nearest."""
    lengths = [layout.length for layout in _LAYOUTS]
    whole = [len(line) for line in lines[:3] if len(line) in lengths]
    return whole[0] if whole else min(lengths, key=lambda length: abs(length - max(map(len, lines[:3]))))
