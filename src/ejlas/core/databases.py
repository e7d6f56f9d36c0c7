"""One address for a database, turned into Django's settings; and whether an error means that the database is gone."""

from __future__ import annotations

import errno
import sqlite3
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db.utils import InterfaceError, OperationalError

# A page waits so long for a database that is away; then its reader is told. Attempts begin anew with each page.
POOL = {"min_size": 1, "max_size": 8, "timeout": 3, "reconnect_timeout": 5}


def database_from(url: str, *, name: str = "DATABASE_URL") -> dict[str, Any]:
    """Return Django's settings for a database address, sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME.

    Raises ImproperlyConfigured with the name of the variable or option that holds the address.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path[1:] if parts.path.startswith("//") else parts.path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-2000;",
            },
        }
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured(f"{name} begins with {parts.scheme!r}; write sqlite or postgresql")
    try:
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} has no usable port; write postgresql://USER:PASSWORD@HOST:5432/NAME"
        ) from None
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        # The pool tries a connection before it gives it out: after a restart of the database no page meets a dead one.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": dict(POOL), **options},
    }


class Trouble(StrEnum):
    """What keeps a database or a disk from its work, though nothing is wrong with what was asked."""

    AWAY = "away"
    BUSY = "busy"
    FULL = "full"


SQLITE_SAYS = {
    "database or disk is full": Trouble.FULL,
    "unable to open database file": Trouble.AWAY,
    "disk i/o error": Trouble.AWAY,
    "database is locked": Trouble.BUSY,
    "database table is locked": Trouble.BUSY,
}
# First letters of PostgreSQL's codes: connections, an end by the operator, resources, locks and deadlocks.
POSTGRESQL_SAYS = {
    "53100": Trouble.FULL,
    "08": Trouble.AWAY,
    "57P": Trouble.AWAY,
    "53": Trouble.AWAY,
    "55P03": Trouble.BUSY,
    "40": Trouble.BUSY,
    "57014": Trouble.BUSY,
}


def trouble_of(fault: BaseException | None) -> Trouble | None:
    """Tell whether an exception means that the database is away or busy, or a disk full; None where it is a bug."""
    if isinstance(fault, OSError) and fault.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Trouble.FULL
    if isinstance(fault, InterfaceError):
        return Trouble.AWAY
    if not isinstance(fault, OperationalError):
        return None
    cause = fault.__cause__
    if isinstance(cause, sqlite3.Error):
        said = str(cause).lower()
        return next((trouble for words, trouble in SQLITE_SAYS.items() if words in said), None)
    code = getattr(cause, "sqlstate", None)
    if not code:
        # No connection was made at all, or it broke: the server had no chance to give a code.
        return Trouble.AWAY
    return next((trouble for start, trouble in POSTGRESQL_SAYS.items() if code.startswith(start)), None)
