"""The small pictures that gates show: made from a person's photo when a gate asks for it, and forgotten with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ejlas.core.files import operations as files
from ejlas.core.files import queries as contents
from ejlas.core.files import rules as kinds
from ejlas.core.files.models import StoredFile
from ejlas.delegations.models import Badge, Person

MOST_BYTES = 6_000


@transaction.atomic
def keep_photo(*, badge: Badge, at: datetime) -> StoredFile | None:
    """Keep the small picture of the photo of a pass's person, if it is not there; None where there is no photo."""
    from ejlas.core.formats.pictures import thumbnail

    row = Badge.objects.select_related("person", "edition", "gate_photo").get(pk=badge.pk)
    if row.person is None or row.person.photo_id is None:
        return None
    # Whoever forgets the photo meanwhile waits here, or was first: no small picture outlives its photo.
    photo = StoredFile.objects.select_for_update().get(pk=row.person.photo_id)
    if not photo.is_kept:
        return None
    if row.gate_photo is not None and row.gate_photo.is_kept and row.gate_photo_of == photo.key:
        return row.gate_photo
    small = files.keep(
        thumbnail(contents.contents(photo), MOST_BYTES),
        scope=row.edition.slug,
        purpose="photo",
        name="",
        allowed=frozenset({kinds.WEBP}),
        most_bytes=MOST_BYTES,
        by=photo.stored_by,
        at=at,
    )
    _forget([row], at=at)
    Badge.objects.filter(pk=row.pk).update(gate_photo=small, gate_photo_of=photo.key)
    return small


@transaction.atomic
def forget_photos(*, people: Iterable[Person], at: datetime) -> int:
    """Remove the small pictures of people whose photos were removed or changed; return how many."""
    return _forget(Badge.objects.filter(person__in=people).select_related("gate_photo"), at=at)


def _forget(badges: Iterable[Badge], *, at: datetime) -> int:
    held = {badge.pk: badge.gate_photo for badge in badges if badge.gate_photo is not None}
    Badge.objects.filter(pk__in=held).update(gate_photo=None, gate_photo_of="")
    for file in held.values():
        files.forget(file, at=at)
    return len(held)


def forget_kept(*, files_gone: Iterable[int]) -> list[int]:
    """Leave no pass pointing at files that are gone; return the passes of which a gate shows another face, or none."""
    gone = list(files_gone)
    shown = Badge.objects.filter(Q(person__photo__in=gone) | Q(gate_photo__in=gone))
    keys = list(shown.order_by("pk").values_list("pk", flat=True))
    Badge.objects.filter(gate_photo__in=gone).update(gate_photo=None, gate_photo_of="")
    return keys
