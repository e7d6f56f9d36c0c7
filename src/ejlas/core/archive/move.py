"""Moving all rows into another database, proven on the other side before they count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from ejlas.core.archive import errors, operations, rows
from ejlas.core.archive.restore import require_whole_trail
from ejlas.core.archive.rows import Proof, Row
from ejlas.core.archive.tables import Table, applied_nodes, tables_of

SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Moved:
    """One table on both sides: how many rows, and the digest that both gave."""

    label: str
    n_rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Move:
    """The proof of a move: its tables, and the names of those that the other side made itself."""

    tables: tuple[Moved, ...]
    derived: tuple[str, ...]


def move(target: dict[str, Any]) -> Move:
    """Copy all tables into an empty database, and prove each: read here, read again there, the same.

    Stored files and the cache stay where they are. Raises SameDatabase, DatabaseNotEmpty, DatabaseOfAnother,
    NotTheSame, TrailBroken; nothing is kept in the target then.
    """
    source = settings.DATABASES["default"]
    if _place(source) == _place(target):
        raise errors.SameDatabase
    with operations.as_default(target):
        operations.require_empty(may_replace=False)
    connections[SOURCE] = operations.connected(source, SOURCE)
    try:
        return _copied(target)
    finally:
        connections[SOURCE].close()
        del connections[SOURCE]


def _place(database: dict[str, Any]) -> tuple[str, ...]:
    name = database["NAME"]
    is_file = database["ENGINE"].endswith("sqlite3")
    here = (database["ENGINE"], database.get("HOST", ""), database.get("PORT", ""))
    return (*map(str, here), str(Path(name).resolve()) if is_file else str(name))


def _copied(target: dict[str, Any]) -> Move:
    with operations.reading_at_one_moment(SOURCE):
        nodes = applied_nodes(SOURCE)
        tables = tables_of(nodes)
        sent = {table.label: Proof() for table in tables}
        with operations.built_whole(target):
            operations.make_tables(nodes)
            arrived = operations.fill(tables, {table.label: _sent(table, sent[table.label]) for table in tables})
            operations.require_same({label: proof.as_pair() for label, proof in sent.items()}, arrived)
            require_whole_trail()
            derived = operations.derived_names(tables)
    return Move(tuple(Moved(label, *proof.as_pair()) for label, proof in arrived.items()), tuple(derived))


def _sent(table: Table, proof: Proof) -> Iterator[Row]:
    return rows.read(table, using=SOURCE, proof=proof)
