"""Bringing stored things to a wanted state, and saying in the trail what each was before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any, TypeVar

from django.db import models
from django.db.models import QuerySet

from ejlas.core.audit.operations import Entry
from ejlas.core.errors import RuleBroken, marked
from ejlas.core.fields import EncryptedTextField
from ejlas.core.index import operations as index
from ejlas.core.text import Text

POSITION, REVISION = "position", "revision"
# Stands in the trail where a column is encrypted: that it changed is told, and never from what to what.
SEALED = "•••"
M = TypeVar("M", bound=models.Model)


class ChangedMeanwhile(RuleBroken):
    """Somebody else changed the thing after it was read; nothing was written."""

    message = marked("Somebody changed this while you were writing. Nothing of yours is lost: compare, then save.")


@dataclass(slots=True)
class Changes:
    """What a change did: slugs by kind of change, and the entries for the trail."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    n_same: int = 0
    entries: list[Entry] = field(default_factory=list)
    written: list[models.Model] = field(default_factory=list)

    def __iadd__(self, other: Changes) -> Changes:
        self.added += other.added
        self.changed += other.changed
        self.removed += other.removed
        self.n_same += other.n_same
        self.entries += other.entries
        return self

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def note_added(self, event: str, name: str, fields: Mapping[str, Any]) -> None:
        """Note a thing that was added, with its fields."""
        after = {field_name: plain(value) for field_name, value in fields.items()}
        self.added.append(f"{_kind(event)} {name}")
        self.entries.append(Entry(f"{event}.added", _kind(event), name, {"after": after}))

    def note_changed(
        self, event: str, name: str, difference: Mapping[str, tuple[Any, Any]], *, words: str, revision: int = 0
    ) -> None:
        """Note a change, `event` being its whole name here, with what stood before and stands after."""
        kind = _kind(event.rpartition(".")[0])
        self.changed.append(f"{kind} {words}" if words != "order" else f"{kind}: {words}")
        numbered = {REVISION: revision} if revision else {}
        self.entries.append(Entry(event, kind, name, {**_sides(difference), **numbered}))

    def note_removed(self, event: str, name: str, before: Mapping[str, Any]) -> None:
        """Note a thing that was removed, with what it was."""
        self.removed.append(f"{_kind(event)} {name}")
        self.entries.append(Entry(f"{event}.removed", _kind(event), name, {"before": before}))


def _kind(event: str) -> str:
    return event.rpartition(".")[2]


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it: texts as stored, moments as ISO 8601, rows by their slug."""
    if isinstance(value, Text):
        return value.to_stored()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, models.Model):
        return getattr(value, "slug", None) or str(value)
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value


def synchronise(
    stored: QuerySet[M],
    wanted: Iterable[Mapping[str, Any]],
    *,
    event: str,
    key: str = "slug",
    common: Mapping[str, Any] | None = None,
    keep_missing: bool = False,
    at: datetime | None = None,
) -> Changes:
    """Make `stored` hold exactly the `wanted` things; things that already agree are not written.

    Parameters
    ----------
    stored : the rows to be brought up to date, all of one owner
    wanted : fields of each thing by name, with its `key`
    event : first parts of the event's name, "forum.party"; ".added", ".changed" or ".removed" follows
    common : fields that every new row gets, such as its edition
    keep_missing : leave stored things that are not wanted; a later call removes them
    at : since when wordings in other languages are behind; None for now

    Returns
    -------
    the changes, with one entry for the trail for each thing added, changed or removed
    """
    changes = Changes()
    rows = {getattr(row, key): row for row in stored.select_for_update()}
    moved: dict[str, tuple[Any, Any]] = {}
    for fields in wanted:
        row = rows.pop(fields[key], None)
        if row is None:
            row = stored.model(**(common or {}), **fields)
            row.save(force_insert=True)
            changes.written.append(row)
            changes.note_added(event, str(fields[key]), without_sealed(row, fields))
        else:
            moved |= _bring(row, fields, changes, event=event, name=str(fields[key]))
    # One thing put in front moves all that follow it: that is one change, not hundreds.
    if moved:
        changes.note_changed(f"{event}.reordered", "order", moved, words="order")
    index.note_rows(changes.written, at=at)
    if keep_missing:
        return changes
    index.forget_rows(rows.values())
    for name, row in rows.items():
        before = _snapshot(row)
        row.delete()
        changes.note_removed(event, str(name), before)
    return changes


def _bring(row: M, fields: Mapping[str, Any], changes: Changes, *, event: str, name: str) -> dict[str, tuple[Any, Any]]:
    """Write what differs in a row, and note it; return its place in the order if only that, or that too, differs."""
    difference = _write(row, fields)
    if difference:
        changes.written.append(row)
    place = difference.pop(POSITION, None)
    if difference:
        words = f"{name}: {', '.join(sorted(difference))}"
        revision = getattr(row, REVISION, 0)
        changes.note_changed(f"{event}.changed", name, difference, words=words, revision=revision)
    elif place is None:
        changes.n_same += 1
    return {name: place} if place else {}


def add(row: M, *, event: str, key: str = "slug", at: datetime | None = None) -> Changes:
    """Write a new row, and note it with its fields."""
    row.save(force_insert=True)
    index.note_rows([row], at=at)
    changes = Changes()
    changes.note_added(event, str(getattr(row, key)), _snapshot(row))
    return changes


def change(
    row: M,
    fields: Mapping[str, Any],
    *,
    event: str,
    revision: int | None = None,
    key: str = "slug",
    at: datetime | None = None,
) -> Changes:
    """Bring one row to these fields, and note what differs. Raises ChangedMeanwhile.

    Parameters
    ----------
    row : the row as it was read; it is read again under a lock, and brought up to date
    revision : the number of the row's state that the person saw; None does not ask
    """
    locked = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if revision is not None and getattr(locked, REVISION) != revision:
        raise ChangedMeanwhile
    changes = Changes()
    moved = _bring(locked, fields, changes, event=event, name=str(getattr(locked, key)))
    if moved:
        changes.note_changed(f"{event}.reordered", "order", moved, words="order")
    index.note_rows(changes.written, at=at)
    row.refresh_from_db()
    return changes


def remove(row: M, *, event: str, revision: int | None = None, key: str = "slug") -> Changes:
    """Remove one row, and note what it was. Raises ChangedMeanwhile, and ProtectedError where others need it."""
    locked = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if revision is not None and getattr(locked, REVISION) != revision:
        raise ChangedMeanwhile
    changes = Changes()
    before = _snapshot(locked)
    index.forget_rows([locked])
    locked.delete()
    changes.note_removed(event, str(getattr(row, key)), before)
    return changes


def _write(row: models.Model, fields: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Write what differs in a row, as its next revision; a new place in the order alone is none."""
    difference = _difference(row, fields)
    for field_name in difference:
        setattr(row, field_name, fields[field_name])
    written = list(difference)
    if hasattr(row, REVISION) and difference.keys() - {POSITION}:
        setattr(row, REVISION, getattr(row, REVISION) + 1)
        written.append(REVISION)
    if difference:
        row.save(update_fields=written)
    return difference


def _sides(difference: Mapping[str, tuple[Any, Any]]) -> dict[str, dict[str, Any]]:
    return {
        "before": {name: pair[0] for name, pair in difference.items()},
        "after": {name: pair[1] for name, pair in difference.items()},
    }


def _difference(row: models.Model, fields: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    pairs = {name: (plain(_held(row, name)), plain(_comparable(value))) for name, value in fields.items()}
    differing = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    sealed = sealed_columns(type(row))
    # Rows are compared by their keys and noted by their names: a key says nothing to a reader, nor after a removal.
    for name, (before, after) in differing.items():
        if row._meta.get_field(name).is_relation:
            differing[name] = (plain(getattr(row, name)), plain(fields[name]))
        elif name in sealed:
            differing[name] = (before and SEALED, after and SEALED)
    return differing


def _held(row: models.Model, name: str) -> Any:
    # A foreign key is compared by its column: comparing the row would cost a query for each.
    column = row._meta.get_field(name)
    return _comparable(getattr(row, getattr(column, "attname", name)))


def _comparable(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _snapshot(row: models.Model) -> dict[str, Any]:
    sealed = sealed_columns(type(row))
    held = {column.name: plain(getattr(row, column.name)) for column in row._meta.concrete_fields}
    return {name: value and SEALED if name in sealed else value for name, value in held.items()}


def without_sealed(row: models.Model, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields of a row as the trail may hold them."""
    sealed = sealed_columns(type(row))
    return {name: value and SEALED if name in sealed else value for name, value in fields.items()}


def sealed_columns(model: type[models.Model]) -> frozenset[str]:
    """Return the names of the encrypted columns of a table."""
    return frozenset(column.name for column in model._meta.concrete_fields if isinstance(column, EncryptedTextField))
