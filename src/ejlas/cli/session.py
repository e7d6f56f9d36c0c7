"""What every command shares: the start of the framework, the database, words out, faults into exit codes."""

from __future__ import annotations

import json
import os
import secrets
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ejlas import __version__
from ejlas.core.archive import backup, operations
from ejlas.core.databases import Trouble, trouble_of
from ejlas.core.secrets import new_key

OK, FAULT, BAD_INPUT = 0, 1, 2
KEPT_BACKUPS = 10


class Refused(SystemExit):
    """The command ends here: its words are on standard error, its exit code is set."""

    def __init__(self, words: str, code: int = BAD_INPUT) -> None:
        say(words)
        super().__init__(code)


def say(words: str) -> None:
    """Tell the person at the terminal something that is not the answer: progress, a fault."""
    print(words, file=sys.stderr, flush=True)


def answer(words: str) -> None:
    """Give the answer, on standard output."""
    print(words, flush=True)


def answer_json(value: dict[str, Any]) -> None:
    """Give the answer as one line of JSON."""
    answer(json.dumps(value, ensure_ascii=False))


def start(options: Namespace) -> None:
    """Start the framework, in the language asked for."""
    if options.command == "check":
        # A check signs nothing and changes nothing: it needs no secrets, and no folder to keep them in.
        os.environ.setdefault("EJLAS_SECRET_KEY", secrets.token_urlsafe(50))
        os.environ.setdefault("EJLAS_FIELD_KEYS", new_key())
    try:
        django.setup()
    except ImproperlyConfigured as fault:
        raise Refused(f"ejlas: {fault}") from fault
    translation.activate(_language(options.language))


def _language(asked: str | None) -> str:
    known = [code for code, _name in settings.LANGUAGES]
    if asked and asked not in known:
        raise Refused(f"ejlas: --language {asked}: there are {', '.join(known)}")
    return asked or "en"


def ready_database() -> None:
    """Bring the embedded database up to date; of another database only demand that it is."""
    with database_faults():
        if not pending_migrations():
            return
        if connection.vendor == "sqlite":
            migrate()
            return
    raise Refused(_("The database is not up to date; run “ejlas migrate” first."), FAULT)


def pending_migrations() -> bool:
    """Tell whether the database waits for migrations of this version."""
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def database_faults() -> Iterator[None]:
    """Turn an absent database and a full disk into words and an exit code."""
    try:
        yield
    except (OperationalError, InterfaceError) as fault:
        words = (
            _("The disk is full: %(fault)s")
            if trouble_of(fault) is Trouble.FULL
            else _("The database cannot be reached: %(fault)s")
        )
        raise Refused(words % {"fault": str(fault).strip()}, FAULT) from fault


def migrate(*, with_backup: bool = True) -> None:
    """Apply the migrations of this version; a database with work in it is put into a backup before."""
    if with_backup and not operations.is_untouched():
        _back_up()
    if connection.vendor == "sqlite" and not MigrationRecorder(connection).has_table():
        _make_whole()
    else:
        call_command("migrate", verbosity=0, interactive=False)


def _make_whole() -> None:
    """Make a new embedded database beside its place, and put it there once it is whole.

    Somebody may end the first start in the middle: between a table and the note that it is there.
    """
    place = Path(connection.settings_dict["NAME"])
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    for left in place.parent.glob(f"{place.name}.*.part*"):
        left.unlink(missing_ok=True)
    connection.close()
    connection.settings_dict["NAME"] = str(part)
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(place)
    for old in place.parent.glob(f"{place.name}-*"):
        old.unlink(missing_ok=True)
    part.replace(place)


def _back_up() -> None:
    folder = Path(settings.VAR, "backups")
    now = timezone.now()
    file = folder / f"before-{__version__}-{now:%Y%m%dT%H%M%SZ}.ejlas"
    say(_("Writing a backup before the upgrade: %(file)s …") % {"file": file})
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        backup.write(file, at=now)
        for old in sorted(folder.glob("before-*.ejlas"), key=lambda path: path.stat().st_mtime)[:-KEPT_BACKUPS]:
            old.unlink()
    except OSError as fault:
        values = {"file": file, "reason": fault.strerror}
        words = _("%(file)s: cannot be written: %(reason)s. Nothing was upgraded; make room, or say --no-backup.")
        raise Refused(words % values, FAULT) from fault
    say(
        _("To go back: “ejlas restore --replace --as-it-was %(file)s”, then install the version before.")
        % {"file": file}
    )


def tell_lost(n_lost: int) -> None:
    """Tell of stored files that rows name and that are nowhere."""
    if n_lost:
        words = ngettext(
            "%(number)d stored file that the database names was not in the storage.",
            "%(number)d stored files that the database names were not in the storage.",
            n_lost,
        )
        say(words % {"number": n_lost})


def read_input(name: str) -> bytes:
    """Return the bytes of a file, or of standard input for "-"."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as fault:
        values = {"file": name, "reason": fault.strerror}
        raise Refused(_("%(file)s: cannot be read: %(reason)s; check the name") % values) from fault


def no_edition(slug: str, known: list[str]) -> Refused:
    """Return the refusal for an edition that is not there, with those that are."""
    if not known:
        return Refused(_("There is no edition yet; load one with “ejlas load FILE”."))
    values = {"slug": slug, "known": ", ".join(known)}
    return Refused(_("There is no edition “%(slug)s”; there are: %(known)s.") % values)
