"""Official letters: their kinds, states and channels, the placeholders of their texts, and their register numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from ejlas.core import calendars
from ejlas.core.errors import RuleBroken, marked


class LetterKind(StrEnum):
    """What a letter is for."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    REGISTRATION = "registration"
    VISA = "visa"
    OTHER = "other"


class LetterDirection(StrEnum):
    """Whether the host wrote the letter or received it."""

    OUT = "out"
    IN = "in"


class LetterChannel(StrEnum):
    """The way a letter goes."""

    MAIL = "mail"
    HAND = "hand"
    COURIER = "courier"
    NOTE = "note"


class LetterState(StrEnum):
    """How far a letter has come, and what was answered."""

    DRAFT = "draft"
    CLEARED = "cleared"
    SENT = "sent"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DELEGATED = "delegated"


# --- States ---

ANSWERS = (LetterState.ACCEPTED, LetterState.DECLINED, LetterState.DELEGATED)

# An answer may come without any word on delivery, and may be changed until the opening; what was sent stays sent.
_NEXT_OUT: Mapping[LetterState, tuple[LetterState, ...]] = {
    LetterState.DRAFT: (LetterState.CLEARED,),
    LetterState.CLEARED: (LetterState.DRAFT, LetterState.SENT),
    LetterState.SENT: (LetterState.DELIVERED, LetterState.ACKNOWLEDGED, *ANSWERS),
    LetterState.DELIVERED: (LetterState.ACKNOWLEDGED, *ANSWERS),
    LetterState.ACKNOWLEDGED: ANSWERS,
    LetterState.ACCEPTED: (LetterState.DECLINED, LetterState.DELEGATED),
    LetterState.DECLINED: (LetterState.ACCEPTED, LetterState.DELEGATED),
    LetterState.DELEGATED: (LetterState.ACCEPTED, LetterState.DECLINED),
}

# A letter that came in lies on the desk until its receipt is confirmed to the sender.
_NEXT_IN: Mapping[LetterState, tuple[LetterState, ...]] = {LetterState.DELIVERED: (LetterState.ACKNOWLEDGED,)}


def first_state(direction: LetterDirection) -> LetterState:
    """Return the state in which a letter enters the register."""
    return LetterState.DRAFT if direction == LetterDirection.OUT else LetterState.DELIVERED


def next_states(state: LetterState, direction: LetterDirection) -> tuple[LetterState, ...]:
    """Return the states that may follow, in the order in which they are offered; none where the way ends."""
    following = _NEXT_OUT if direction == LetterDirection.OUT else _NEXT_IN
    return following.get(state, ())


def text_is_open(state: LetterState) -> bool:
    """Tell whether the text of a letter may still be changed: once cleared it must be taken back first."""
    return state == LetterState.DRAFT


# --- Placeholders ---

PLACEHOLDERS = (
    "party", "head_office", "edition", "forum", "number_of_edition", "city", "days", "nominate_by", "confirm_by",
    "people_count", "portal", "host_office", "lead_ministry", "secretariat",
)  # fmt: skip

# One word in single braces; doubled braces, and braces around anything else, are the writer's own.
_PLACEHOLDER = re.compile(r"(?<!\{)\{([^\W\d]\w*)\}(?!\})")


def placeholders(text: str) -> tuple[str, ...]:
    """Name the placeholders of a text, known or not, each once, in the order in which they stand."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))


def unknown_placeholders(text: str) -> tuple[str, ...]:
    """Name the placeholders of a text that no letter can fill."""
    return tuple(name for name in placeholders(text) if name not in PLACEHOLDERS)


def unfilled_placeholders(text: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """Name the placeholders of a text that would stay, or leave a gap, with these values."""
    return tuple(name for name in placeholders(text) if name not in PLACEHOLDERS or not values.get(name))


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put the values in their places; what has no value stays in its braces, and no value is read as a template."""

    def value(found: re.Match[str]) -> str:
        known = found[1] in PLACEHOLDERS and found[1] in values
        return values[found[1]] if known else found[0]

    return _PLACEHOLDER.sub(value, template)


# --- Register numbers ---


class NumberPatternUnfit(RuleBroken, ValueError):
    """A pattern of register numbers has no place for the number, or a part that nobody knows."""

    message = marked(
        "The pattern “%(pattern)s” does not fit: it needs {number} or {number:3}, and may have {year} and {month}."
    )


_PART = re.compile(r"\{(?:(year)|(month)|number(?::([1-9]))?)\}")


def check_number_pattern(pattern: str) -> None:
    """Raise NumberPatternUnfit unless the pattern makes a number of its own for every letter of a year."""
    bare = _PART.sub("", pattern)
    has_number = any(not (found[1] or found[2]) for found in _PART.finditer(pattern))
    if not has_number or "{" in bare or "}" in bare or not bare.isprintable():
        raise NumberPatternUnfit(pattern=pattern)


def register_number(pattern: str, *, number: int, day: date, calendar: calendars.Calendar = calendars.GREGORIAN) -> str:
    """Write the register number of a letter: `{year}/{number:3}` is "1404/017" in the Solar Hijri calendar.

    `{year}` and `{month}` (two digits) are those of the day in the calendar of the register; `{number:3}` fills up
    with noughts to three digits, and a longer number stays whole; all else stands as it is. The digits are those of
    ASCII, so that a number is found again in whatever script it was typed; papers write them as their language does.
    Raises NumberPatternUnfit.
    """
    check_number_pattern(pattern)
    shown = calendars.to_solar_hijri(day) if calendar == calendars.SOLAR_HIJRI else day

    def part(found: re.Match[str]) -> str:
        if found[1]:
            return str(shown.year)
        return f"{shown.month:02}" if found[2] else f"{number:0{int(found[3] or 1)}}"

    return _PART.sub(part, pattern)
