"""Filling the tables of an empty database, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import load_backend

from ejlas.core.archive import errors, rows
from ejlas.core.archive.rows import CHUNK, Proof, Row
from ejlas.core.archive.tables import Node, Table, last_nodes


@contextmanager
def reading_at_one_moment(using: str = "default") -> Iterator[None]:
    """Read all tables as they stand at one moment, while others go on writing."""
    source = connections[using]
    source.ensure_connection()
    if source.vendor == "postgresql":
        with transaction.atomic(using=using), source.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # Our transactions on SQLite begin with the right to write; one that only reads must not keep writers waiting.
    usual, source.transaction_mode = source.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic(using=using):
            yield
    finally:
        source.transaction_mode = usual  # type: ignore[attr-defined]


@contextmanager
def as_default(database: dict[str, Any]) -> Iterator[None]:
    """Let everything that this process asks of the database go to another one meanwhile: migrations too."""
    own = connections["default"]
    connections["default"] = connected(database, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = own


def connected(database: dict[str, Any], alias: str) -> BaseDatabaseWrapper:
    """Return a connection of its own, outside of any pool, to a database that the settings do not name."""
    options = {name: value for name, value in database.get("OPTIONS", {}).items() if name != "pool"}
    if database["ENGINE"].endswith("sqlite3"):
        Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    full = connections.configure_settings({"default": {**database, "OPTIONS": options}})["default"]
    made: BaseDatabaseWrapper = load_backend(full["ENGINE"]).DatabaseWrapper(full, alias)
    return made


@contextmanager
def built_whole(database: dict[str, Any]) -> Iterator[None]:
    """Let a database be built anew as the default one; it takes the place of the old only if nothing failed.

    On PostgreSQL this is one transaction, in which the old tables go first; on SQLite it is a file beside the old one.
    """
    if database["ENGINE"].endswith("postgresql"):
        with as_default(database), transaction.atomic():
            drop_own()
            yield
        return
    place = Path(database["NAME"])
    beside = place.with_name(f"{place.name}.building")
    _remove(beside)
    try:
        with as_default({**database, "NAME": str(beside)}):
            yield
        # SQLite's own copy is one transaction in the old file, so processes that have it open see old or new.
        with closing(sqlite3.connect(beside)) as source, closing(sqlite3.connect(place, timeout=20)) as target:
            source.backup(target)
    finally:
        _remove(beside)


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def require_empty(*, may_replace: bool) -> None:
    """Refuse a database with work of people in it, unless that may go. Raises DatabaseNotEmpty, DatabaseOfAnother."""
    names = set(connection.introspection.table_names())
    if not names:
        return
    if "audit_line" not in names:
        raise errors.DatabaseOfAnother
    if not may_replace and not is_untouched():
        raise errors.DatabaseNotEmpty


def is_untouched() -> bool:
    """Tell whether nobody ever changed anything here: every change writes a line of the trail."""
    if "audit_line" not in connection.introspection.table_names():
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT 1 FROM audit_line LIMIT 1) AS first")
        return bool(cursor.fetchone() == (0,))


def drop_own() -> None:
    """Remove every table of Ejlas from the default database, and the functions of its triggers, and nothing else."""
    starts = ("django_", *(f"{config.label}_" for config in apps.get_app_configs()))
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name.startswith(starts):
                cursor.execute(f"DROP TABLE IF EXISTS {quote(name)} CASCADE")
        cursor.execute(
            "SELECT p.proname, p.oid::regprocedure::text FROM pg_proc p "
            "LEFT JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e' "
            "WHERE p.pronamespace = current_schema()::regnamespace AND d.objid IS NULL"
        )
        for name, signature in cursor.fetchall():
            if name.startswith(starts):
                cursor.execute(f"DROP FUNCTION IF EXISTS {signature} CASCADE")


def make_tables(nodes: Iterable[Node]) -> None:
    """Make the tables of the default database as these migrations make them."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets=last_nodes(nodes))


@transaction.atomic
def fill(tables: Iterable[Table], sent: dict[str, Iterable[Row]]) -> dict[str, Proof]:
    """Put the rows sent into the tables, in the place of what the migrations put there; return what then stands."""
    tables = list(tables)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # The migrations before have asked for keys to be checked at once; rows come in the order of their tables.
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for table in tables:
        objects = table.plain._default_manager.all()
        objects._raw_delete(objects.db)
    for table in tables:
        _write(table, sent.get(table.label, ()))
    # All keys are held here and now: no change of a table may follow while one waits to be checked.
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
            cursor.execute(statement)
    return {table.label: standing(table) for table in tables}


def derived_names(tables: Iterable[Table]) -> list[str]:
    """Name the tables of the default database that triggers keep beside others: made there, never copied."""
    kept = {table.plain._meta.db_table for table in tables} | {"django_migrations"}
    return sorted(set(connection.introspection.table_names()) - kept)


def _write(table: Table, sent: Iterable[Row]) -> None:
    waiting = iter(sent)
    while batch := list(islice(waiting, CHUNK)):
        table.plain._default_manager.bulk_create([rows.decoded(table, row) for row in batch], batch_size=CHUNK)


def standing(table: Table, *, using: str = "default") -> Proof:
    """Return the proof of what stands in a table."""
    proof = Proof()
    for _row in rows.read(table, using=using, proof=proof):
        pass
    return proof


def store_file(name: str, content: IO[bytes]) -> None:
    """Store a file under this very name, in the place of one that has it."""
    default_storage.delete(name)
    default_storage.save(name, File(content, name=name))


def require_same(sent: dict[str, tuple[int, str]], arrived: dict[str, Proof]) -> None:
    """Hold what was read against what was written. Raises NotTheSame."""
    for label, pair in sent.items():
        if arrived[label].as_pair() != pair:
            raise errors.NotTheSame(table=label)
