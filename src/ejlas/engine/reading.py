"""What the readers of files share: JSON text in, whole numbers out, and a place in every complaint."""

import json
from collections.abc import Iterable
from typing import NoReturn

LARGEST = 10**9
"""The largest number a file may hold, either way: sums over all meetings then stay far from overflow."""


def parse_object(text: str) -> dict[str, object]:
    """Return the one JSON object a text holds; ValueError names the line otherwise."""
    try:
        found = json.loads(text, object_pairs_hook=_without_twins)
    except json.JSONDecodeError as fault:
        raise ValueError(f"line {fault.lineno}, column {fault.colno}: {fault.msg}, expected JSON") from fault
    except RecursionError as fault:
        raise ValueError("line 1: lists stand in lists too deeply, expected one JSON object") from fault
    if not isinstance(found, dict):
        raise ValueError(f"line 1: it is {shown(found)}, expected one JSON object: {{…}}")
    return found


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return the members of an object; refuse a key that stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice}: the key stands twice in one object, expected once")
    return found


def shown(value: object) -> str:
    """Return a value as a complaint quotes it: as JSON, cut where it is long."""
    words = json.dumps(value, ensure_ascii=False)
    return words if len(words) <= 60 else f"{words[:57]}…"


def refuse(place: str, value: object, expected: str) -> NoReturn:
    """Complain: what stands at a place, and what was expected."""
    raise ValueError(f"{place}: it is {shown(value)}, expected {expected}")


def demand_keys(found: dict[str, object], needed: Iterable[str]) -> None:
    """Refuse an object that lacks a key."""
    for name in needed:
        if name not in found:
            there = ", ".join(found) or "nothing"
            raise ValueError(f"{name}: the key is missing, expected beside: {there}")


def is_whole(value: object) -> bool:
    """Whether a value is a whole number; yes and no are none."""
    return type(value) is int


def whole(value: object, place: str, *, low: int = -LARGEST, high: int = LARGEST) -> int:
    """Return a whole number in a range."""
    if not isinstance(value, int) or not is_whole(value) or not low <= value <= high:
        refuse(place, value, f"a whole number from {low} to {high}")
    return value


def rows(value: object, place: str, *, count: int | None = None, of: str = "items") -> list[object]:
    """Return a list, of so many items where that is known."""
    if not isinstance(value, list):
        refuse(place, value, f"a list of {of}")
    if count is not None and len(value) != count:
        raise ValueError(f"{place}: it has {len(value)} {of}, expected {count}")
    return value
