"""Our own problem file: every field of a problem under its name, as JSON; docs/engine/files.md tells of it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields
from difflib import get_close_matches
from typing import Any, TypeAlias, TypeVar, cast, get_type_hints

import numpy as np

from ejlas.engine.meetings.problem import MeetingProblem
from ejlas.engine.meetings.tables.problem import TableProblem
from ejlas.engine.reading import (
    LARGEST,
    demand_keys,
    is_whole,
    parse_object,
    refuse,
    rows,
    shown,
    whole,
)
from ejlas.engine.values import Bools, Ints

KINDS: dict[str, type[TableProblem] | type[MeetingProblem]] = {"tables": TableProblem, "meetings": MeetingProblem}
"""What the key `problem` may say."""
KIND = "problem"
MOST_SLOTS = 10_000
"""The most slots a file may ask for, before arrays of that length are made."""
OVER_SLOTS = frozenset(
    {"available", "idle", "allowed", "interpreters", "allowed_start", "room_open", "interpreter_available"}
)
"""What has a row of all slots for each of some things: where there is none of them, the rows are still so long."""

Problem: TypeAlias = TableProblem | MeetingProblem

_Row = TypeVar("_Row", list[int], list[bool])


def read_problem(text: str) -> Problem:
    """Return the problem that `write_problem` wrote, or a person by hand.

    Raises
    ------
    ValueError : names the line, or the key and the place in it, and what was expected
    """
    return problem_of(parse_object(text))


def problem_of(found: dict[str, object]) -> Problem:
    """Return the problem of an object already read; as `read_problem`."""
    demand_keys(found, (KIND,))
    name = found[KIND]
    if not isinstance(name, str) or name not in KINDS:
        refuse(KIND, name, " or ".join(f'"{each}"' for each in KINDS))
    kind = KINDS[name]
    known = {each.name: each for each in fields(kind)}
    for key in found.keys() - known.keys() - {KIND}:
        near = get_close_matches(key, known, 1)
        raise ValueError(f"{key}: there is no such key, expected {near[0] if near else 'one of ' + ', '.join(known)}")
    demand_keys(found, (each.name for each in known.values() if each.default is each.default_factory is MISSING))
    slots = rows(found["day_of_slot"], "day_of_slot", of="numbers")
    if len(slots) > MOST_SLOTS:
        raise ValueError(f"day_of_slot: it has {len(slots)} slots, expected {MOST_SLOTS} at most")
    hints = get_type_hints(kind)
    values = {key: _READERS[hints[key]](found[key], key) for key in known if key in found}
    for key in OVER_SLOTS & found.keys():
        if found[key] == []:
            values[key] = np.zeros((0, len(slots)), dtype=np.bool_ if hints[key] == Bools else np.int64)
    return cast("Callable[..., Problem]", kind)(**values)


def write_problem(problem: Problem) -> str:
    """Return a problem as text, a line for each row, so that a complaint or a comparison can name the line."""
    name = next(name for name, kind in KINDS.items() if isinstance(problem, kind))
    members = [f'"{KIND}": "{name}"']
    for each in fields(problem):
        members.append(f'"{each.name}": {_written(getattr(problem, each.name))}')
    return "{\n" + ",\n".join(members) + "\n}\n"


def _written(value: object) -> str:
    """Return one field as JSON; yes and no of a row become 1 and 0 in one text."""
    if isinstance(value, np.ndarray):
        if value.dtype == np.bool_:
            return _marks(value) if value.ndim == 1 else _lines(_marks(row) for row in value)
        return json.dumps(value.tolist()) if value.ndim == 1 else _lines(json.dumps(row.tolist()) for row in value)
    if isinstance(value, tuple):
        return _lines(json.dumps(list(row)) for row in value)
    return json.dumps(value)


def _marks(row: Bools) -> str:
    return '"' + "".join("1" if each else "0" for each in row.tolist()) + '"'


def _lines(items: Iterable[str]) -> str:
    rows_of_text = ",\n".join(items)
    return f"[\n{rows_of_text}\n]" if rows_of_text else "[]"


def _ints(value: object, place: str) -> Ints:
    """Return a list of whole numbers, or a list of such lists; one number stands for itself."""
    if not isinstance(value, list):
        return np.array(whole(value, place), dtype=np.int64)
    if value and isinstance(value[0], list):
        return np.array(_even([_row(each, f"{place}[{at}]") for at, each in enumerate(value)], place), dtype=np.int64)
    return np.array(_row(value, place), dtype=np.int64)


def _row(value: object, place: str) -> list[int]:
    found = rows(value, place, of="whole numbers")
    for at, each in enumerate(found):
        if not is_whole(each) or abs(cast("int", each)) > LARGEST:
            refuse(f"{place}[{at}]", each, f"a whole number of at most {LARGEST}, either way")
    return cast("list[int]", found)


def _bools(value: object, place: str) -> Bools:
    """Return a row of yes and no, or a list of rows, each as text of 1 and 0 or as a list of true and false."""
    if isinstance(value, list) and not all(isinstance(each, bool) for each in value):
        return np.array(
            _even([_yes_no(each, f"{place}[{at}]") for at, each in enumerate(value)], place), dtype=np.bool_
        )
    return np.array(_yes_no(value, place), dtype=np.bool_)


def _yes_no(value: object, place: str) -> list[bool]:
    if isinstance(value, list) and all(isinstance(each, bool) for each in value):
        return cast("list[bool]", value)
    if not isinstance(value, str) or value.strip("01"):
        refuse(place, value, "a text of 1 and 0, or a list of true and false")
    return [each == "1" for each in value]


def _even(found: list[_Row], place: str) -> list[_Row]:
    """Return rows, all of one length."""
    for at, row in enumerate(found):
        if len(row) != len(found[0]):
            raise ValueError(f"{place}[{at}]: it has {len(row)} items, expected {len(found[0])} as in the first row")
    return found


def _groups(value: object, place: str) -> tuple[tuple[int, ...], ...]:
    """Return lists of whole numbers that may differ in length."""
    return tuple(tuple(_row(each, f"{place}[{at}]")) for at, each in enumerate(rows(value, place, of="lists")))


def _one(value: object, place: str) -> int:
    return whole(value, place)


def _flag(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{place}: it is {shown(value)}, expected true or false")
    return value


_READERS: dict[Any, Callable[[object, str], object]] = {
    Ints: _ints,
    Bools: _bools,
    int: _one,
    bool: _flag,
    tuple[tuple[int, ...], ...]: _groups,
}
"""How a field is read, by its kind."""
