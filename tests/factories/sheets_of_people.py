"""Lists of invented people as a delegation sends them: rows below headings, for a file of separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from tests.factories.delegations import FAMILIES, GIVEN

HEADINGS = (
    "Capacity",
    "Family name",
    "Given name",
    "Office (en)",
    "Date of birth",
    "Nationality",
    "Passport number",
    "Issued by",
    "Valid until",
    "E-mail",
    "Phone",
    "Diet",
)


def row(number: int, **more: str) -> list[str]:
    """Return the cells of an invented person; each number gives another."""
    syllables = ("ka", "li", "mo", "ne", "ru", "sa", "ti", "vo", "ya", "ze")
    name = "".join(syllables[int(digit)] for digit in f"{number:04}").capitalize()
    held = {
        "Capacity": "delegate",
        "Family name": f"{name}{FAMILIES[number % len(FAMILIES)].lower()}",
        "Given name": GIVEN[number % len(GIVEN)],
        "Office (en)": "Head of department",
        "Date of birth": f"19{60 + number % 40}-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "Nationality": "AZ",
        "Passport number": f"K{number:07}",
        "Issued by": "AZE",
        "Valid until": "2031-04-30",
        "E-mail": f"sheet{number}@example.org",
        "Phone": "+994501234567",
        "Diet": "No nuts",
    } | more
    return [held[name] for name in HEADINGS]


def separated(rows: Iterable[list[str]], *, headings: Iterable[str] = HEADINGS) -> bytes:
    """Return the bytes of a file of separated values."""
    out = io.StringIO()
    csv.writer(out).writerows([list(headings), *rows])
    return out.getvalue().encode()
