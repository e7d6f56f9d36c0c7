"""The document of a mandate: kept, replaced, and taken away with its bytes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.changes import Changes
from ejlas.core.files import operations as files
from ejlas.core.files import rules as kinds
from ejlas.core.files.models import StoredFile
from ejlas.forum.models import Mandate
from ejlas.forum.operations.things import change_thing

MOST_BYTES = 15_000_000
PURPOSE = "mandate"


@transaction.atomic
def keep_document(*, mandate: Mandate, data: bytes, name: str, by: User, at: datetime) -> Changes:
    """Keep the file of a mandate's document; one that stood there is replaced, and its bytes are removed.

    Raises FileEmpty, FileTooLarge, FileTypeRefused.
    """
    kept = files.keep(
        data,
        scope=mandate.edition.slug,
        purpose=PURPOSE,
        name=name,
        allowed=kinds.LETTERS,
        most_bytes=MOST_BYTES,
        by=by.name,
        at=at,
    )
    return _give(mandate, kept, by=by, at=at)


def take_document(*, mandate: Mandate, by: User, at: datetime) -> Changes:
    """Take the file of a mandate's document away, and remove its bytes."""
    return _give(mandate, None, by=by, at=at)


@transaction.atomic
def _give(mandate: Mandate, kept: StoredFile | None, *, by: User, at: datetime) -> Changes:
    # Two may hand in at once: each replaces what stands there when its turn comes, so that no bytes are left over.
    held = Mandate.objects.select_for_update(of=("self",)).select_related("file").get(pk=mandate.pk).file
    done = change_thing(thing=mandate, fields={"file": kept}, by=by, at=at)
    if held is not None:
        files.forget(held, at=at)
    return done
