"""Reading a backup: proven before anything is touched, then brought in whole or not at all."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command

from ejlas.core import secrets
from ejlas.core.archive import errors, operations
from ejlas.core.archive.backup import FORMAT, MANIFEST, PIECE, file_member_of, files_needed, member_of
from ejlas.core.archive.rows import Row
from ejlas.core.archive.tables import Node, Table, tables_of, unknown_nodes
from ejlas.core.audit import queries as audit

BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, ValueError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Restored:
    """What came in; `missing_keys` name the keys without which some secrets stay unreadable, `lost` counts files.

    Lost are those that rows name and that were not in the storage any more when the backup was made.
    """

    tables: int
    rows: int
    files: int
    missing_keys: tuple[str, ...]
    lost: int


class Backup:
    """An opened backup; `prove` reads all of it once."""

    def __init__(self, archive: zipfile.ZipFile, manifest: dict[str, Any], name: str) -> None:
        self.archive, self.manifest, self.name = archive, manifest, name
        self.nodes: list[Node] = [(app, migration) for app, migration in manifest["migrations"]]

    def prove(self) -> None:
        """Hold every part against its digest. Raises BackupDamaged, BackupTooNew."""
        parts = {member_of(label): table["sha256"] for label, table in self.manifest["tables"].items()}
        parts |= {file_member_of(name): file["sha256"] for name, file in self.manifest["files"].items()}
        for part, digest in parts.items():
            if self._digest(part) != digest:
                raise errors.BackupDamaged(file=self.name, part=part)
        if unknown_nodes(self.nodes):
            raise errors.BackupTooNew(file=self.name, version=self.manifest["version"])

    def _digest(self, part: str) -> str:
        digest = hashlib.sha256()
        try:
            with self.archive.open(part) as member:
                while piece := member.read(PIECE):
                    digest.update(piece)
        except BROKEN:
            return ""
        return digest.hexdigest()

    def rows(self, table: Table) -> Iterator[Row]:
        """Return the rows of a table, read as they are asked for."""
        if table.label not in self.manifest["tables"]:
            return
        with self.archive.open(member_of(table.label)) as member:
            for line in member:
                yield json.loads(line)

    @property
    def lost(self) -> list[str]:
        """The files that were lost before the backup; backups of before there were any do not say."""
        return list(self.manifest.get("lost", ()))

    def require_files(self) -> None:
        """Hold the rows that stand now against the files of the backup. Raises BackupDamaged."""
        missing = files_needed(self.manifest["tables"]) - {*self.manifest["files"], *self.lost}
        if missing:
            raise errors.BackupDamaged(file=self.name, part=file_member_of(min(missing)))

    def proofs(self) -> dict[str, tuple[int, str]]:
        """Return the number of rows and the digest of each table."""
        return {label: (table["rows"], table["digest"]) for label, table in self.manifest["tables"].items()}


@contextmanager
def opened(file: Path) -> Iterator[Backup]:
    """Open a backup. Raises NoBackup."""
    try:
        archive = zipfile.ZipFile(file)
        manifest = json.loads(archive.read(MANIFEST))
        backup = Backup(archive, manifest, file.name)
        is_ours = manifest["format"] == FORMAT
    except BROKEN as fault:
        raise errors.NoBackup(file=file.name) from fault
    if not is_ours:
        raise errors.NoBackup(file=file.name)
    with archive:
        yield backup


def restore(backup: Backup, *, as_it_was: bool = False) -> Restored:
    """Put a proven backup in the place of what stands; the caller has asked whether that may go.

    The tables are made as they were at the time of the backup and filled; then they are brought up to date, unless
    they shall stay as they were, for the version before. Raises BackupDamaged, NotTheSame, TrailBroken, and nothing is
    changed then; FileNotTheSame.
    """
    tables = tables_of(backup.nodes)
    # A file that was not there before is no harm if what follows fails; one that would be replaced waits.
    replaced = _bring_new_files(backup)
    with operations.built_whole(settings.DATABASES["default"]):
        operations.make_tables(backup.nodes)
        arrived = operations.fill(tables, {table.label: backup.rows(table) for table in tables})
        operations.require_same(backup.proofs(), arrived)
        require_whole_trail()
        backup.require_files()
        if not as_it_was:
            call_command("migrate", verbosity=0, interactive=False)
    _bring_files(backup, replaced)
    held = backup.manifest["tables"].values()
    missing = tuple(name for name in backup.manifest["field_keys"] if name not in secrets.key_ids())
    n_rows, n_files = sum(table["rows"] for table in held), len(backup.manifest["files"])
    return Restored(len(held), n_rows, n_files, missing, len(backup.lost))


def require_whole_trail() -> None:
    """Prove the trail of the default database. Raises TrailBroken."""
    verdict = audit.verify()
    if not verdict.is_whole:
        raise errors.TrailBroken(line=verdict.broken_line, reason=verdict.reason)


def _bring_new_files(backup: Backup) -> list[str]:
    replaced = []
    for name, held in backup.manifest["files"].items():
        if not default_storage.exists(name):
            _bring_files(backup, [name])
        elif _stored_digest(name) != held["sha256"]:
            replaced.append(name)
    return replaced


def _bring_files(backup: Backup, names: Iterable[str]) -> None:
    for name in names:
        with backup.archive.open(file_member_of(name)) as member:
            operations.store_file(name, member)
        if _stored_digest(name) != backup.manifest["files"][name]["sha256"]:
            raise errors.FileNotTheSame(file=name)


def _stored_digest(name: str) -> str:
    digest = hashlib.sha256()
    with default_storage.open(name, "rb") as stored:
        while piece := stored.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
