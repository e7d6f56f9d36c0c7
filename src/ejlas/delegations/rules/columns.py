"""Which column of a list holds which field of a person's row: matched by its heading, or by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ejlas.core.errors import RuleBroken, marked
from ejlas.core.formats.cells import Cell, CellFault, Note, Row, Table, column_name
from ejlas.delegations.rules import headings as words_of
from ejlas.delegations.rules.folding import joined, nearest, tidy
from ejlas.delegations.rules.headings import FULL_NAME
from ejlas.delegations.rules.people import PER_LANGUAGE, PersonField, key

MOST_TITLE_ROWS = 10
_LONGEST_HEADING = 150
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\*|:$")
_PARTS = re.compile(r"\s*(?:/|\||\n|—|–|;)\s*")
_EXACT, _OTHER_PART, _NEAR = 1.0, 0.95, 0.8

SKIPPED = marked("Row %(row)d was taken for the headings; what stands above it was left aside.")
GUESSED = marked("Column %(column)s, “%(heading)s”, was taken for “%(field)s” by a near spelling: see whether it is.")


class HeadingsMissing(RuleBroken):
    """None of the first rows looks like headings."""

    message = marked(
        "No headings were found in the first %(most)d rows: begin with a row of headings such as “%(family)s” "
        "and “%(given)s”, or download the template."
    )


class ColumnUnknown(RuleBroken):
    """A choice by hand names a column or a field that does not exist."""

    message = marked("Column %(column)s cannot be matched with “%(field)s”.")


@dataclass(frozen=True, slots=True)
class Matching:
    """Which column (from 0) holds which field.

    `columns` gives the key of a value: a field, `full_name`, or `office.fa` with a language; `office` alone leaves the
    language to the letters of each cell, and `hints` says in which language its heading is. Two columns have one key
    where a preferred name is in two, family name and given name: `parts` says which is which. `leftovers` are columns
    with a heading and no field.
    """

    columns: Mapping[int, str]
    headings: tuple[str, ...]
    heading_row: int = 0
    leftovers: tuple[int, ...] = ()
    certainty: Mapping[int, float] = field(default_factory=dict)
    hints: Mapping[int, str] = field(default_factory=dict)
    parts: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    def lacks(self, *fields: PersonField) -> tuple[PersonField, ...]:
        """Name those of the fields for which there is no column; a full name is both names."""
        held = {name.partition(".")[0] for name in self.columns.values()}
        if FULL_NAME in held:
            held |= {PersonField.FAMILY_NAME, PersonField.GIVEN_NAME}
        return tuple(each for each in fields if each not in held)

    def by_hand(self, chosen: Mapping[int, str]) -> Matching:
        """Return the matching with columns chosen by hand; an empty key leaves a column out. Raises ColumnUnknown."""
        columns = {number: name for number, name in self.columns.items() if number not in chosen}
        for number, name in chosen.items():
            if not 0 <= number < len(self.headings) or (name and not _is_key(name)):
                raise ColumnUnknown(column=column_name(max(0, number)), field=name)
            if name:
                columns = {other: taken for other, taken in columns.items() if taken != name} | {number: name}
        certainty = {number: 1.0 if number in chosen else self.certainty.get(number, 1.0) for number in columns}
        parts = {number: part for number, part in self.parts.items() if number in columns and number not in chosen}
        columns, left = dict(sorted(columns.items())), _left(self.headings, columns)
        return replace(self, columns=columns, certainty=certainty, leftovers=left, parts=parts)


def _is_key(name: str) -> bool:
    bare, _, language = name.partition(".")
    if name == FULL_NAME:
        return True
    return bare in set(PersonField) and (not language or bare in PER_LANGUAGE)


def _left(headings: Sequence[str], columns: Mapping[int, str]) -> tuple[int, ...]:
    return tuple(number for number, heading in enumerate(headings) if heading and number not in columns)


@dataclass(frozen=True, slots=True)
class _Found:
    field: str
    language: str = ""
    hint: str = ""
    certainty: float = 0.0
    # Of a name that names its language: which half of a preferred name it may be.
    part: str = ""


# --- One heading ---


def _meaning(heading: str) -> _Found:
    """Return the field that a heading means, by the whole of it or by one of its parts (two languages)."""
    whole = _meaning_of(heading)
    if whole.certainty == _EXACT:
        return whole
    found = [whole]
    parts = [part for part in _PARTS.split(_BRACKETS.sub(" ", heading)) if part]
    for part in parts if len(parts) > 1 else ():
        meant = _meaning_of(part)
        found.append(replace(meant, certainty=meant.certainty * _OTHER_PART, language=whole.language or meant.language))
    return max(found, key=lambda each: each.certainty)


def _meaning_of(heading: str) -> _Found:
    exact = _known(_BRACKETS.sub(" ", heading))
    without, language = words_of.without_language(heading)
    if exact.certainty == _EXACT and not language:
        return exact
    if exact.certainty == _EXACT and _known(heading).certainty == _EXACT:
        return exact
    found = _known(without, is_wording=True) if language else exact
    if language and found.certainty:
        return _of_language(found, language)
    return exact if exact.certainty else _near(joined(_BRACKETS.sub(" ", without)), language)


def _known(heading: str, *, is_wording: bool = False) -> _Found:
    known = words_of.understood().get(joined(heading))
    if known:
        return _Found(known[0], "", known[1], _EXACT)
    return _Found(PersonField.PREFERRED_NAME, "", "", _NEAR) if is_wording and not joined(heading) else _Found("")


def _of_language(found: _Found, language: str) -> _Found:
    """Return what a heading means that names a language: a name in another than English is a preferred name in it."""
    if found.field in PER_LANGUAGE:
        return replace(found, language=language)
    if found.field not in _NAMES or (language == "en" and found.field == PersonField.FAMILY_NAME):
        return found
    part = "" if found.field == FULL_NAME else found.field
    if language == "en":
        return replace(found, part=part or "whole")
    return replace(found, field=PersonField.PREFERRED_NAME, language=language, part=part)


_NAMES = (FULL_NAME, PersonField.FAMILY_NAME, PersonField.GIVEN_NAME)


def _near(typed: str, language: str) -> _Found:
    word = _begun(typed) or nearest(typed, words_of.understood())
    if not word:
        return _Found("")
    name, hint = words_of.understood()[word]
    found = _Found(name, "", hint, _NEAR)
    return _of_language(found, language) if language else found


def _begun(typed: str) -> str:
    """Return the wording that begins so, if all that do mean one field: headings are cut short."""
    words = [word for word in words_of.understood() if word.startswith(typed)] if len(typed) > 5 else []
    return words[0] if len({words_of.understood()[word][0] for word in words}) == 1 else ""


# --- A row of headings ---


def match(headings: Sequence[object], *, languages: Sequence[str]) -> Matching:
    """Match the columns by their headings: one column for each field, the surest first, the others left over."""
    shown = tuple(_shown(heading) for heading in headings)
    return _matched(shown, shown, languages)


def _shown(heading: object) -> str:
    return "" if heading is None or isinstance(heading, CellFault) else tidy(str(heading))[:_LONGEST_HEADING]


def _matched(headings: tuple[str, ...], texts: Sequence[str], languages: Sequence[str]) -> Matching:
    found = [_meaning(text) if text else _Found("") for text in texts]
    found = _names_told_apart([_in_these(each, languages) for each in found], texts)
    columns: dict[int, str] = {}
    for number in sorted(range(len(found)), key=lambda each: (-found[each].certainty, each)):
        name = _free_key(found[number], columns, found, languages)
        if name:
            columns[number] = name
    columns = _without_halves(columns, found)
    columns = dict(sorted(columns.items()))
    certainty = {number: found[number].certainty for number in columns}
    hints = {number: found[number].hint for number in columns if found[number].hint}
    parts = {at: found[at].part for at, name in columns.items() if list(columns.values()).count(name) > 1}
    notes = _guesses(columns, found, headings)
    return Matching(columns, headings, 0, _left(headings, columns), certainty, hints, parts, notes)


def _free_key(found: _Found, columns: Mapping[int, str], all_found: Sequence[_Found], languages: Sequence[str]) -> str:
    """Return the key that a column takes, unless another has it: the two halves of a preferred name share one."""
    name = key(PersonField(found.field), found.language) if found.language else str(found.field)
    holders = [all_found[number].part for number, taken in columns.items() if taken == name]
    if not holders:
        return name
    if found.language and len(holders) == 1 and {found.part, holders[0]} == set(_HALVES):
        return name
    # Beside the names of the passport, a name that says it is English is the one to be shown.
    shown = key(PersonField.PREFERRED_NAME, "en")
    may_be_shown = found.part and not found.language and "en" in languages
    return shown if may_be_shown and shown not in columns.values() else ""


_HALVES = (PersonField.FAMILY_NAME, PersonField.GIVEN_NAME)


def _without_halves(columns: Mapping[int, str], found: Sequence[_Found]) -> dict[int, str]:
    """Leave out a family name that would be a preferred name without its given one."""
    names = list(columns.values())
    return {
        number: name
        for number, name in columns.items()
        if not (found[number].part == PersonField.FAMILY_NAME and names.count(name) == 1)
    }


def _in_these(found: _Found, languages: Sequence[str]) -> _Found:
    """Leave out a wording in a language that the edition does not have."""
    return _Found("") if found.language and found.language not in languages else found


def _names_told_apart(found: list[_Found], texts: Sequence[str]) -> list[_Found]:
    """Return what a bare “Name” is: the given name beside a family name and the other way round, else both."""
    fields = [each.field for each in found]
    bare = [number for number, text in enumerate(texts) if joined(text) in _BARE_NAMES and found[number].field]
    if len(bare) != 1:
        return found
    others = {name for number, name in enumerate(fields) if number != bare[0]}
    has_family, has_given = PersonField.FAMILY_NAME in others, PersonField.GIVEN_NAME in others
    if has_family and has_given:
        return found
    meant = PersonField.GIVEN_NAME if has_family else PersonField.FAMILY_NAME if has_given else FULL_NAME
    found[bare[0]] = replace(found[bare[0]], field=meant)
    return found


_BARE_NAMES = frozenset(
    map(joined, ("Name", "Nome", "Nombre", "Nom", "Имя", "نام", "Ad", "Adı", "Ady", "Аты", "الاسم"))
)


def _guesses(columns: Mapping[int, str], found: Sequence[_Found], headings: Sequence[str]) -> tuple[Note, ...]:
    guessed = [number for number in columns if found[number].certainty <= _NEAR]
    return tuple(
        Note(GUESSED, {"column": column_name(number), "heading": headings[number], "field": _label(found[number])})
        for number in guessed
    )


def _label(found: _Found) -> str:
    return words_of.written(found.field, found.hint or "en", found.language)


# --- A table ---


def find(table: Table, *, languages: Sequence[str]) -> Matching:
    """Find the headings among the first rows and match the columns by them. Raises HeadingsMissing."""
    best: Matching | None = None
    for number, row in enumerate(table.rows[:MOST_TITLE_ROWS]):
        if _is_title(row):
            continue
        found = _row_matched(table, number, languages)
        if best is None or _worth(found) > _worth(best):
            best = replace(found, heading_row=number)
    if best is None or not _has_names(best):
        family, given = (words_of.written(each, "en") for each in (PersonField.FAMILY_NAME, PersonField.GIVEN_NAME))
        raise HeadingsMissing(most=MOST_TITLE_ROWS, family=family, given=given)
    if any(table.rows[: best.heading_row]):
        return replace(best, notes=(Note(SKIPPED, {"row": best.heading_row + 1}), *best.notes))
    return best


def suits(table: Table, *, languages: Sequence[str]) -> bool:
    """Tell whether a sheet has headings of a list of people."""
    try:
        find(table, languages=languages)
    except HeadingsMissing:
        return False
    return True


def _is_title(row: Row) -> bool:
    return sum(isinstance(cell, str) and bool(cell.strip()) for cell in row) < 2


def _worth(found: Matching) -> float:
    return sum(found.certainty.values())


def _has_names(found: Matching) -> bool:
    held = {name.partition(".")[0] for name in found.columns.values()}
    return len(held) > 1 and bool(held & {FULL_NAME, PersonField.FAMILY_NAME, PersonField.GIVEN_NAME})


def _row_matched(table: Table, number: int, languages: Sequence[str]) -> Matching:
    """Match a row; a heading that means nothing alone is read together with the merged cell above it."""
    shown = tuple(_shown(cell) for cell in table.rows[number])
    found = _matched(shown, shown, languages)
    above = _groups_above(table, number)
    texts = [f"{above[at]} {text}" if at in above and at in found.leftovers else text for at, text in enumerate(shown)]
    return _matched(shown, texts, languages) if texts != list(shown) else found


def _groups_above(table: Table, number: int) -> dict[int, str]:
    groups: dict[int, str] = {}
    for first_row, first, last_row, last in table.merged:
        if last_row == number - 1 and last - first < 12:
            cell: Cell = table.rows[first_row][first] if first < len(table.rows[first_row]) else None
            groups.update(dict.fromkeys(range(first, last + 1), _shown(cell)))
    return {at: text for at, text in groups.items() if text}
