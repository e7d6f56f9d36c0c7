"""Questions about uploaded files, and their content."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.storage import default_storage

from ejlas.core.files import rules
from ejlas.core.files.models import StoredFile, StoredFileQuerySet


def find(key: str) -> StoredFile | None:
    """Return the file of a key, also one whose bytes were removed. One SQL query."""
    return StoredFile.objects.filter(key=key).first()


def files_of(scope: str, purpose: str = "") -> StoredFileQuerySet:
    """Return the files of an edition, oldest first, without opening what is encrypted."""
    return StoredFile.objects.of(scope, purpose).without_secrets().order_by("stored_at", "pk")


def contents(file: StoredFile) -> bytes:
    """Return what was sent. Raises FileGone, FileDamaged, and KeyMissing where the field key is not there."""
    if file.seal is None:
        raise rules.FileGone
    try:
        with default_storage.open(file.place, "rb") as stored:
            return rules.opened(stored.read(), seal=file.seal, key=file.key)
    except FileNotFoundError:
        raise rules.FileGone from None


def kept_among(keys: Iterable[str]) -> set[str]:
    """Return which of these keys are those of files whose bytes must be there. One SQL query."""
    return set(StoredFile.objects.kept().filter(key__in=list(keys)).values_list("key", flat=True))
