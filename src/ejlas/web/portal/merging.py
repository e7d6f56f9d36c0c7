"""Two focal points at one form: what each changed since it was opened, what stands side by side, where one chooses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import salted_hmac

from ejlas.core.changes import plain

SEEN = "seen"
_SALT = "ejlas.portal.seen"
_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Merge:
    """What a form comes to beside what stands meanwhile.

    Parameters
    ----------
    values : of both, field by field; where both changed one, that of the form
    conflicts : the fields that both changed, with what stands now
    """

    values: dict[str, Any]
    conflicts: dict[str, Any]


def seen(values: Mapping[str, Any], slug: str) -> str:
    """Return a mark of each value that a form was opened with; nobody learns a value from its mark."""
    return json.dumps({name: _mark(name, value, slug) for name, value in values.items()})


def merge(mine: Mapping[str, Any], stands: Mapping[str, Any], marks: str, slug: str) -> Merge:
    """Hold what a form says and what stands now against what the form was opened with."""
    opened = _read(marks)
    values, conflicts = dict(mine), {}
    for name, now in stands.items():
        if plain(mine.get(name)) == plain(now):
            continue
        if opened.get(name) == _mark(name, mine.get(name), slug):
            values[name] = now
        elif opened.get(name) != _mark(name, now, slug):
            conflicts[name] = now
    return Merge(values, conflicts)


def _mark(name: str, value: Any, slug: str) -> str:
    words = json.dumps(plain(value), sort_keys=True)
    return salted_hmac(_SALT, f"{slug} {name} {words}").hexdigest()[:_LETTERS]


def _read(marks: str) -> Mapping[str, str]:
    try:
        read = json.loads(marks)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
