"""Writing a backup: every table and every stored file in one archive, with digests, whole or not there."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db import connection

import ejlas
from ejlas.core import secrets
from ejlas.core.archive import rows
from ejlas.core.archive.operations import reading_at_one_moment
from ejlas.core.archive.rows import Proof
from ejlas.core.archive.tables import Table, applied_nodes, tables_of
from ejlas.core.files import rules as files

FORMAT = "ejlas-backup/1"
MANIFEST = "manifest.json"
# Sign-ins that are open now and processes that run now: after a restore there are others.
LEFT_OUT = frozenset({"sessions.session", "usersessions.usersession", "workers.worker"})
FILES = "files.storedfile"
PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """What a backup holds: how many tables, rows and files, and its size; and how many files rows name in vain."""

    tables: int
    rows: int
    files: int
    size: int
    lost: int


def write(file: Path, *, at: datetime) -> Written:
    """Write a backup of all that stands now. The file is readable by its owner alone, and appears when it is whole."""
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "version": ejlas.__version__,
        "made_at": at.isoformat(timespec="seconds"),
        "database": connection.vendor,
        "field_keys": list(secrets.key_ids()),
        "left_out": sorted(LEFT_OUT),
        "tables": {},
        "files": {},
        "lost": [],
    }
    with _appearing(file) as made, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        with reading_at_one_moment():
            nodes = applied_nodes()
            manifest["migrations"] = [list(node) for node in nodes]
            for table in tables_of(nodes):
                if table.label not in LEFT_OUT:
                    manifest["tables"][table.label] = _write_table(archive, table)
            needed = files_needed(manifest["tables"])
        # Files are never changed once stored: those of the moment above are there still, but for one forgotten since.
        for name in stored_names(default_storage):
            if written := _write_file(archive, name):
                manifest["files"][name] = written
        manifest["lost"] = sorted(needed - set(manifest["files"]))
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    held, n_lost = manifest["tables"].values(), len(manifest["lost"])
    return Written(len(held), sum(table["rows"] for table in held), len(manifest["files"]), file.stat().st_size, n_lost)


@contextmanager
def _appearing(file: Path) -> Iterator[IO[bytes]]:
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        with open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as made:
            yield made
            made.flush()
            os.fsync(made.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def member_of(label: str) -> str:
    """Return the name under which the archive holds a table."""
    return f"tables/{label}.jsonl"


def _write_table(archive: zipfile.ZipFile, table: Table) -> dict[str, Any]:
    proof, digest = Proof(), hashlib.sha256()
    with archive.open(member_of(table.label), "w", force_zip64=True) as member:
        for row in rows.read(table, using="default", proof=proof):
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            digest.update(line)
            member.write(line)
    return {
        "columns": list(table.columns),
        "rows": proof.n_rows,
        "digest": proof.digest,
        "sha256": digest.hexdigest(),
    }


def file_member_of(name: str) -> str:
    """Return the name under which the archive holds a stored file."""
    return f"files/{quote(name)}"


def files_needed(labels: Container[str]) -> set[str]:
    """Name the stored files that rows of these tables need."""
    if FILES not in labels:
        return set()
    # Asked by name: the command line loads this module before the framework is set up.
    kept = apps.get_model(FILES)._base_manager.filter(purged_at=None)
    return {files.place_of(key) for key in kept.values_list("key", flat=True).iterator()}


def _write_file(archive: zipfile.ZipFile, name: str) -> dict[str, Any] | None:
    digest, size = hashlib.sha256(), 0
    try:
        stored = default_storage.open(name, "rb")
    except FileNotFoundError:
        return None
    with (
        stored as source,
        archive.open(file_member_of(name), "w", force_zip64=True) as member,
    ):
        while piece := source.read(PIECE):
            digest.update(piece)
            member.write(piece)
            size += len(piece)
    return {"sha256": digest.hexdigest(), "size": size}


def stored_names(storage: Storage, folder: str = "") -> Iterator[str]:
    """Name every stored file, in a steady order."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        yield from stored_names(storage, f"{folder}{name}/")
