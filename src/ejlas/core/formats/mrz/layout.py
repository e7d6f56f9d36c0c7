"""The five forms of machine-readable lines: which part stands where, and the arithmetic of their check digits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

FILLER = "<"
DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SIGNS = frozenset(DIGITS + LETTERS + FILLER)
_VALUES = {sign: value for value, sign in enumerate(DIGITS + LETTERS)} | {FILLER: 0}
_WEIGHTS = (7, 3, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """A run of places, counted from zero through all lines as if they were one."""

    start: int
    end: int

    def of(self, flat: str) -> str:
        return flat[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Layout:
    """One form: how many lines of which length, and where each part stands."""

    format: str
    n_lines: int
    length: int
    kinds: str
    spans: Mapping[str, Span]
    composite: tuple[Span, ...] = field(default=())

    def line_of(self, place: int) -> int:
        """Return the number of the line of a place, counted from 1 as people do."""
        return place // self.length + 1

    def place_in_line(self, place: int) -> int:
        """Return where in its line a place stands, counted from 1."""
        return place % self.length + 1

    def lines(self, flat: str) -> tuple[str, ...]:
        """Return the lines of a flat text."""
        return tuple(flat[at : at + self.length] for at in range(0, len(flat), self.length))


def check_digit(text: str) -> str:
    """Return the check digit of a text (ICAO 9303 part 3, section 4.9)."""
    return str(sum(_VALUES[sign] * _WEIGHTS[at % 3] for at, sign in enumerate(text)) % 10)


def joined(flat: str, spans: Iterable[Span]) -> str:
    """Return the texts of several spans as one."""
    return "".join(span.of(flat) for span in spans)


def agrees(text: str, digit: str) -> bool:
    """Tell whether a check digit is right; an empty part may go without one."""
    return digit == check_digit(text) or (digit == FILLER and not text.strip(FILLER))


def _two_lines(length: int, *, optional_end: int, **more: Span) -> dict[str, Span]:
    second = {
        "number": (0, 9),
        "number_check": (9, 10),
        "nationality": (10, 13),
        "birth": (13, 19),
        "birth_check": (19, 20),
        "sex": (20, 21),
        "expiry": (21, 27),
        "expiry_check": (27, 28),
        "optional": (28, optional_end),
    }
    spans = {"kind": Span(0, 2), "issuing_state": Span(2, 5), "names": Span(5, length)}
    return spans | {name: Span(length + start, length + end) for name, (start, end) in second.items()} | more


def _second(length: int, *pairs: tuple[int, int]) -> tuple[Span, ...]:
    return tuple(Span(length + start, length + end) for start, end in pairs)


TD3 = Layout(
    "TD3",
    2,
    44,
    "P",
    _two_lines(44, optional_end=42, optional_check=Span(86, 87), composite_check=Span(87, 88)),
    _second(44, (0, 10), (13, 20), (21, 43)),
)
TD2 = Layout(
    "TD2",
    2,
    36,
    "ACIP",
    _two_lines(36, optional_end=35, composite_check=Span(71, 72)),
    _second(36, (0, 10), (13, 20), (21, 35)),
)
MRV_A = Layout("MRV-A", 2, 44, "V", _two_lines(44, optional_end=44))
MRV_B = Layout("MRV-B", 2, 36, "V", _two_lines(36, optional_end=36))
TD1 = Layout(
    "TD1",
    3,
    30,
    "ACI",
    {
        "kind": Span(0, 2),
        "issuing_state": Span(2, 5),
        "number": Span(5, 14),
        "number_check": Span(14, 15),
        "optional": Span(15, 30),
        "birth": Span(30, 36),
        "birth_check": Span(36, 37),
        "sex": Span(37, 38),
        "expiry": Span(38, 44),
        "expiry_check": Span(44, 45),
        "nationality": Span(45, 48),
        "optional_2": Span(48, 59),
        "composite_check": Span(59, 60),
        "names": Span(60, 90),
    },
    (Span(5, 30), Span(30, 37), Span(38, 45), Span(48, 59)),
)
LAYOUTS = {layout.format: layout for layout in (TD3, TD2, TD1, MRV_A, MRV_B)}


def layout_for(*, length: int, first: str) -> Layout:
    """Return the form of lines of this length whose first sign is given."""
    if length == TD1.length:
        return TD1
    if length == TD3.length:
        return MRV_A if first in MRV_A.kinds else TD3
    return MRV_B if first in MRV_B.kinds else TD2
