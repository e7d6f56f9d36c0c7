"""What pages of the desk show of letters: rows, the way of a letter, and what the reader may do with it now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString

from ejlas.core import languages
from ejlas.core.audit import queries as audit
from ejlas.delegations.operations.letter_ways import file_name
from ejlas.delegations.queries import letters as queries
from ejlas.delegations.rules.letters import (
    ANSWERS,
    LetterDirection,
    LetterState,
    next_states,
    placeholders,
)
from ejlas.web.ui.delegation_labels import LETTER_DIRECTIONS, LETTER_KINDS, LETTER_STATES
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.kinds.letters import register_words
from ejlas.web.ui.labels import word

_WAY = (
    LetterState.DRAFT,
    LetterState.CLEARED,
    LetterState.SENT,
    LetterState.DELIVERED,
    LetterState.ACKNOWLEDGED,
)
# Nothing is sent that was not written and cleared.
_ALWAYS = _WAY[:3]


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter in a short list."""

    address: str
    register: SafeString
    subject: SafeString
    kind: Any
    direction: Any
    state: str
    state_words: Any
    day: SafeString


def letters_of(delegation: Any, sheet: Sheet) -> list[LetterRow]:
    """Return the letters to and from a delegation, the newest first, for “desk/letters/of.html”. One SQL query."""
    return rows(queries.letters_of(delegation)[:100], sheet)


def rows(letters: Iterable[Any], sheet: Sheet) -> list[LetterRow]:
    """Return letters for “desk/letters/of.html”."""
    return [_row(each, sheet) for each in letters]


def _row(letter: Any, sheet: Sheet) -> LetterRow:
    return LetterRow(
        address=reverse("desk:letter", args=[sheet.edition.slug, letter.slug]),
        register=register_words(letter, sheet),
        subject=sheet.text(letter.title),
        kind=word(LETTER_KINDS, letter.kind),
        direction=word(LETTER_DIRECTIONS, letter.direction),
        state=letter.state,
        state_words=word(LETTER_STATES, letter.state),
        day=sheet.day(letter.dated_on),
    )


def way_of(letter: Any, passed: frozenset[str]) -> list[dict[str, Any]]:
    """Return the states of a letter that goes out: those it passed, where it is, and those ahead of it.

    An answer may come without any word on delivery: then no step says that there was one.
    """
    if letter.direction != LetterDirection.OUT:
        return []
    now = LetterState(letter.state)
    is_answered = now in ANSWERS
    place = len(_WAY) if is_answered else _WAY.index(now)
    before = [state for state in _WAY[:place] if state in _ALWAYS or state in passed]
    ahead = () if is_answered else _WAY[place + 1 :]
    steps = [{"words": LETTER_STATES[state], "is_done": True} for state in before]
    steps.append({"words": LETTER_STATES[now], "is_now": True})
    return [*steps, *({"words": LETTER_STATES[state]} for state in ahead)]


def passed_by(letter: Any) -> frozenset[str]:
    """Return the states that the trail tells of a letter. One SQL query."""
    lines = audit.history_of(scope=letter.edition.slug, kind="letter", subject=letter.slug)
    held = [(line.held.values or {}).get("after") or {} for line in lines]
    return frozenset(str(values["state"]) for values in held if "state" in values)


def places_left(letter: Any) -> str:
    """Return the places of a draft that nobody has filled, in braces."""
    if letter.state != LetterState.DRAFT:
        return ""
    parts = (letter.subject, letter.body, letter.closing, letter.signatory, letter.signatory_office)
    return ", ".join(f"{{{name}}}" for name in dict.fromkeys(each for part in parts for each in placeholders(part)))


def steps_now(letter: Any) -> list[tuple[str, Any]]:
    """Return the states to which a letter can be taken by a button, with their words; those with forms are left."""
    possible = next_states(LetterState(letter.state), LetterDirection(letter.direction))
    buttons = (LetterState.DELIVERED, LetterState.ACKNOWLEDGED)
    return [(state.value, LETTER_STATES[state]) for state in possible if state in buttons]


def answers_now(letter: Any) -> list[LetterState]:
    """Return the answers that may be written down now."""
    return [
        state for state in next_states(LetterState(letter.state), LetterDirection(letter.direction)) if state in ANSWERS
    ]


def portal_address(request: HttpRequest) -> str:
    """Return the whole address of the portal, for letters and mails."""
    return request.build_absolute_uri(reverse("portal:home"))


def said_in(borrowed: Iterable[tuple[str, str]], language: str) -> str:
    """Say which places are worded in which other language."""
    return languages.semicolon(language).join(
        f"{{{place}}} – {languages.name_of(code, language)}" for place, code in borrowed
    )


def as_file(body: bytes, *, media_type: str, name: str, is_shown: bool = False) -> HttpResponse:
    """Return bytes as a file that no cache keeps and no browser guesses about."""
    response = HttpResponse(body, content_type=media_type)
    kept = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-._") else "_" for sign in name) or "file"
    response.headers["Content-Disposition"] = f'{"inline" if is_shown else "attachment"}; filename="{kept}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def paper_name(letter: Any, form: str) -> str:
    """Return the name of a letter's file."""
    return file_name(letter, form)
