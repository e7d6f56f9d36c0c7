"""Every change to uploaded files: keeping one, forgetting one, and sweeping out bytes that no row knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from ejlas.core.files import queries, rules
from ejlas.core.files.models import StoredFile

BATCH = 500


@transaction.atomic
def keep(
    data: bytes,
    *,
    scope: str,
    purpose: str,
    name: str,
    allowed: frozenset[str],
    most_bytes: int,
    by: str,
    at: datetime,
) -> StoredFile:
    """Keep a file that a person sent. Raises FileEmpty, FileTooLarge, FileTypeRefused.

    The bytes stand before the row: a change that is rolled back leaves bytes without a row, which `sweep` removes.
    """
    media_type = rules.examine(data, allowed=allowed, most_bytes=most_bytes)
    key, seal = rules.new_key(), rules.new_seal()
    default_storage.save(rules.place_of(key), ContentFile(rules.sealed(data, seal=seal, key=key)))
    return StoredFile.objects.create(
        key=key,
        scope=scope,
        purpose=purpose,
        media_type=media_type,
        n_bytes=len(data),
        name=rules.plain_name(name),
        seal=seal,
        stored_at=at,
        stored_by=by[:200],
    )


@transaction.atomic
def forget(file: StoredFile, *, at: datetime) -> StoredFile:
    """Remove the bytes and the name of a file; the row stays as the proof. A second time changes nothing.

    With the seal gone nobody can read the bytes, so what the storage fails to delete now may wait for `sweep`.
    """
    file = StoredFile.objects.select_for_update().get(pk=file.pk)
    if file.is_kept:
        file.purged_at, file.name, file.seal = at, "", None
        file.save(update_fields=["purged_at", "name", "seal"])
        transaction.on_commit(partial(default_storage.delete, file.place), robust=True)
    return file


def sweep(*, at: datetime) -> int:
    """Remove bytes that no row needs and that are older than a day; return how many files that were."""
    n_removed = 0
    for folder in _folders():
        names = default_storage.listdir(folder)[1]
        # The rows are asked after the names, so that none of them can be newer than the answer.
        for start in range(0, len(names), BATCH):
            batch = names[start : start + BATCH]
            for name in set(batch) - queries.kept_among(batch):
                n_removed += _removed(f"{folder}/{name}", at)
    return n_removed


def _folders() -> Iterator[str]:
    try:
        yield from (f"{rules.FOLDER}/{name}" for name in default_storage.listdir(rules.FOLDER)[0])
    except FileNotFoundError:
        return


def _removed(place: str, at: datetime) -> bool:
    try:
        if at - default_storage.get_modified_time(place) < rules.SWEPT_AFTER:
            return False
    except FileNotFoundError:
        return False
    default_storage.delete(place)
    return True
