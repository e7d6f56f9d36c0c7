"""Two people at one form: what each changed, what can stand side by side, and where one must choose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ejlas.core.audit import queries as audit
from ejlas.core.changes import plain
from ejlas.web.desk.facts import shown
from ejlas.web.ui.kinds import Kind, Sheet


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else wrote into a field meanwhile."""

    by: str
    at: datetime
    words: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """What a person changed since a revision, and the fields that somebody else changed too."""

    mine: Mapping[str, Any]
    conflicts: Mapping[str, Theirs]
    others: tuple[str, ...]


def merge(kind: Kind, thing: Any, form: Any, sheet: Sheet) -> Merge:
    """Hold a form against what the trail tells of its thing since the state that the person saw. One SQL query."""
    columns = audit.changed_since(
        scope=sheet.edition.slug if sheet.edition else "",
        kind=kind.event.rpartition(".")[2],
        subject=thing.slug,
        revision=form.seen_revision or 0,
    )
    touched = {
        name: (line, comparable(value))
        for column, (line, before) in columns.items()
        for name, value in form.unfold({column: before}).items()
    }
    answers = form.answers()
    stands = {name: comparable(value) for name, value in _held(form, thing, answers).items()}
    mine = {
        name: value
        for name, value in answers.items()
        if comparable(value) != (touched[name][1] if name in touched else stands[name])
    }
    conflicts = {
        name: _theirs(form, thing, name, touched[name][0], sheet)
        for name in mine
        if name in touched and stands[name] not in (touched[name][1], comparable(mine[name]))
    }
    return Merge(mine, conflicts, tuple(touched))


def _held(form: Any, thing: Any, names: Iterable[str]) -> dict[str, Any]:
    """Return what the thing holds now, under the names of the form's fields."""
    folded = form.unfold({column: getattr(thing, column) for column in form.folded})
    return {name: folded[name] if name in folded else getattr(thing, name) for name in names}


def comparable(value: Any) -> Any:
    """Return a value as the trail holds it, moments in one zone."""
    return plain(value.astimezone(UTC)) if isinstance(value, datetime) else plain(value)


def _theirs(form: Any, thing: Any, name: str, line: Any, sheet: Sheet) -> Theirs:
    return Theirs(line.actor, line.at, shown(form.fields[name], _held(form, thing, [name])[name], sheet))
