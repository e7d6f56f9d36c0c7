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
from ejlas.core.text import Text

M = TypeVar("M", bound=models.Model)


@dataclass(slots=True)
class Changes:
    """What a change did: slugs by kind of change, and the entries for the trail."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    n_same: int = 0
    entries: list[Entry] = field(default_factory=list)

    def __iadd__(self, other: Changes) -> Changes:
        self.added += other.added
        self.changed += other.changed
        self.removed += other.removed
        self.n_same += other.n_same
        self.entries += other.entries
        return self

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


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
) -> Changes:
    """Make `stored` hold exactly the `wanted` things; things that already agree are not written.

    Parameters
    ----------
    stored : the rows to be brought up to date, all of one owner
    wanted : fields of each thing by name, with its `key`
    event : first parts of the event's name, "forum.party"; ".added", ".changed" or ".removed" follows
    common : fields that every new row gets, such as its edition
    keep_missing : leave stored things that are not wanted; a later call removes them

    Returns
    -------
    the changes, with one entry for the trail for each thing added, changed or removed
    """
    changes = Changes()
    rows = {getattr(row, key): row for row in stored.select_for_update()}
    kind = event.rsplit(".", 1)[-1]
    for fields in wanted:
        name = fields[key]
        row = rows.pop(name, None)
        if row is None:
            _add(stored.model, {**(common or {}), **fields})
            after = {field_name: plain(value) for field_name, value in fields.items()}
            changes.added.append(f"{kind} {name}")
            changes.entries.append(Entry(f"{event}.added", kind, str(name), {"after": after}))
        elif difference := _difference(row, fields):
            _write(row, fields, difference)
            changes.changed.append(f"{kind} {name}: {', '.join(sorted(difference))}")
            before = {field_name: pair[0] for field_name, pair in difference.items()}
            after = {field_name: pair[1] for field_name, pair in difference.items()}
            changes.entries.append(Entry(f"{event}.changed", kind, str(name), {"before": before, "after": after}))
        else:
            changes.n_same += 1
    for name, row in [] if keep_missing else rows.items():
        before = _snapshot(row)
        row.delete()
        changes.removed.append(f"{kind} {name}")
        changes.entries.append(Entry(f"{event}.removed", kind, str(name), {"before": before}))
    return changes


def _add(model: type[models.Model], fields: Mapping[str, Any]) -> None:
    model(**fields).save(force_insert=True)


def _difference(row: models.Model, fields: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    pairs = {name: (plain(_held(row, name)), plain(_comparable(value))) for name, value in fields.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _held(row: models.Model, name: str) -> Any:
    # A foreign key is compared by its column: comparing the row would cost a query for each.
    column = row._meta.get_field(name)
    return _comparable(getattr(row, getattr(column, "attname", name)))


def _comparable(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _write(row: models.Model, fields: Mapping[str, Any], names: Iterable[str]) -> None:
    for name in names:
        setattr(row, name, fields[name])
    row.save(update_fields=list(names))


def _snapshot(row: models.Model) -> dict[str, Any]:
    return {column.name: plain(getattr(row, column.attname)) for column in row._meta.concrete_fields}
