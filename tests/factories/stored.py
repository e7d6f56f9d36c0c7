"""Both summits in the tables, quickly: loaded once in a test process, and laid down again for each test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from ejlas.accounts import queries as accounts
from ejlas.accounts.models import User
from ejlas.core.audit.models import Head
from ejlas.core.index.models import Make
from ejlas.core.index.rules import MAKE
from ejlas.forum import queries as forum
from ejlas.forum.models import Edition
from ejlas.journeys.summit_file.load import load
from tests.factories.delegations import named, opened
from tests.factories.letters import standard, written
from tests.factories.passes import passes_opened
from tests.factories.readiness import readiness_begun
from tests.factories.summits import SUMMITS, summit

AT = datetime(2025, 11, 1, 8, 0, tzinfo=UTC)
APPS = ("audit", "index", "files", "forum", "delegations", "programme", "outcomes", "readiness", "planning")
# What migrations have put there already.
THERE = frozenset({"audit_head", "index_make"})

_kept: dict[tuple[object, ...], list[tuple[str, list[str], list[tuple[Any, ...]]]]] = {}


def begun() -> None:
    """Make what migrations make, where a test that empties the tables has taken it away."""
    User.objects.get_or_create(
        is_system=True, defaults={"email": "system@localhost", "name": "system", "password": "!"}
    )
    Head.objects.get_or_create(pk=1)
    Make.objects.get_or_create(pk=1, defaults={"number": MAKE})


def stored(*slugs: str) -> dict[str, Edition]:
    """Lay the summits of these slugs, or both, into the tables of a fresh test; return their editions."""
    slugs = slugs or SUMMITS
    if slugs in _kept:
        _lay(_kept[slugs])
    else:
        for slug in slugs:
            load(summit(slug), by=accounts.system_account(), at=AT)
            open_delegations(slug)
        _kept[slugs] = [_taken(table) for table in _tables()]
    return {slug: found for slug in slugs if (found := forum.edition(slug))}


def once(what: tuple[object, ...], make: Callable[[], object]) -> None:
    """Make something in the tables: once in each test process; a later test that has them empty gets it laid down."""
    if Edition.objects.exists():
        make()
    elif what in _kept:
        begun()
        _lay(_kept[what])
    else:
        make()
        _kept[what] = [_taken(table) for table in _tables()]


def open_delegations(slug: str) -> None:
    """Open the delegations of a summit, with one invented person and one draft, so that every kind has a row."""
    edition = forum.edition(slug)
    first = next(iter(opened(edition, at=AT).values()))
    named(first, at=AT)
    passes_opened(edition)
    standard(edition)
    written(first, kind="reminder", at=AT)
    readiness_begun(edition)


def _tables() -> list[str]:
    models = [model for name in APPS for model in apps.get_app_config(name).get_models(include_auto_created=True)]
    own = [model._meta.db_table for model in models if model._meta.db_table not in THERE]
    return [*own, "audit_head"]


def _taken(table: str) -> tuple[str, list[str], list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return table, [column[0] for column in cursor.description], [tuple(map(_raw, row)) for row in cursor.fetchall()]


def _raw(value: Any) -> Any:
    """Return a value as the driver takes it: SQLite's reads days and times, and writes only their words."""
    is_time = connection.vendor == "sqlite" and isinstance(value, date | time)
    return str(value) if is_time else value


def _lay(tables: list[tuple[str, list[str], list[tuple[Any, ...]]]]) -> None:
    with connection.cursor() as cursor:
        for table, columns, rows in tables:
            if table == "audit_head":
                number, last = rows[0][columns.index("number")], rows[0][columns.index("hash")]
                cursor.execute("UPDATE audit_head SET number = %s, hash = %s", [number, last])
            elif rows:
                names = ", ".join(f'"{column}"' for column in columns)
                places = ", ".join(["%s"] * len(columns))
                cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)
        models = [model for name in APPS for model in apps.get_app_config(name).get_models()]
        for reset in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(reset)
