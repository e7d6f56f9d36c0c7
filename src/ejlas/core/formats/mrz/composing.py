"""Makes right lines from the fields of a document, for samples and for comparison."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ejlas.core.formats.mrz.layout import FILLER, LAYOUTS, Layout, check_digit, joined
from ejlas.core.formats.mrz.letters import mrz_letters


def compose(
    form: str = "TD3",
    *,
    kind: str,
    issuing_state: str,
    number: str,
    family_name: str,
    given_name: str = "",
    nationality: str,
    born_on: date | None,
    sex: str = "",
    expires_on: date | None,
    optional: str = "",
    optional_2: str = "",
) -> tuple[str, ...]:
    """Return the lines; names may stand in Latin, Cyrillic or Arabic letters, and are cut where they are too long."""
    layout = LAYOUTS[form]
    number, optional, number_check = _number(layout, number=number, optional=optional)
    parts = {
        "kind": kind,
        "issuing_state": issuing_state,
        "names": _names(family_name, given_name, room=layout.spans["names"].end - layout.spans["names"].start),
        "number": number,
        "number_check": number_check,
        "nationality": nationality,
        "birth": _date(born_on),
        "birth_check": check_digit(_date(born_on)),
        "sex": sex,
        "expiry": _date(expires_on),
        "expiry_check": check_digit(_date(expires_on)),
        "optional": optional,
        "optional_2": optional_2,
        "optional_check": check_digit(optional) if optional else FILLER,
    }
    return _laid(layout, parts)


def _laid(layout: Layout, parts: Mapping[str, str]) -> tuple[str, ...]:
    """Lay each part into its places, with fillers after it, and the last check digit behind all."""
    flat = list(FILLER * layout.length * layout.n_lines)
    for name, span in layout.spans.items():
        room = span.end - span.start
        text = parts.get(name, "")
        if len(text) > room:
            raise ValueError(f"{name} has no more than {room} places: {text!r}")
        flat[span.start : span.end] = text.ljust(room, FILLER)
    if last := layout.spans.get("composite_check"):
        flat[last.start] = check_digit(joined("".join(flat), layout.composite))
    return layout.lines("".join(flat))


def _number(layout: Layout, *, number: str, optional: str) -> tuple[str, str, str]:
    """Return number, optional data and check digit; cards carry the end of a long number in the optional data."""
    check = check_digit(number)
    if len(number) <= 9 or layout.format not in ("TD1", "TD2"):
        return number, optional, check
    return number[:9], f"{number[9:]}{check}{FILLER}{optional}".rstrip(FILLER), FILLER


def _date(day: date | None) -> str:
    return f"{day:%y%m%d}" if day else FILLER * 6


def _names(family_name: str, given_name: str, *, room: int) -> str:
    family, given = mrz_letters(family_name), mrz_letters(given_name)
    if not given:
        return family[:room]
    # However long the family name is, a letter of the given name remains.
    return f"{family[: room - 3].rstrip(FILLER)}{FILLER * 2}{given}"[:room]
