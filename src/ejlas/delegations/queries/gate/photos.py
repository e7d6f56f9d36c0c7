"""The small pictures for a gate, by the keys that its list names."""

from __future__ import annotations

from collections.abc import Sequence

from ejlas.core.errors import RuleBroken
from ejlas.core.files import queries as files
from ejlas.core.files.models import StoredFile
from ejlas.delegations.models import Badge
from ejlas.delegations.rules.passes.badges import HOLDING
from ejlas.forum.models import Edition

MOST_AT_ONCE = 50


def shown(edition: Edition, keys: Sequence[str]) -> dict[str, Badge]:
    """Return the passes whose people have these photos, by the key, with the small pictures there. One SQL query."""
    badges = Badge.objects.filter(edition=edition, state__in=sorted(HOLDING), person__photo__key__in=list(keys))
    rows = badges.select_related("person__photo", "gate_photo").order_by("pk").defer("holder", "issued_to")
    return {row.person.photo.key: row for row in rows if row.person and row.person.photo}


def picture_of(badge: Badge) -> StoredFile | None:
    """Return the small picture of a pass if it is there, and of the photo that the person has now."""
    photo, small = badge.person.photo if badge.person else None, badge.gate_photo
    is_right = photo is not None and small is not None and small.is_kept and badge.gate_photo_of == photo.key
    return small if is_right else None


def bytes_of(file: StoredFile) -> bytes | None:
    """Return the bytes of a small picture; None where they are gone or damaged."""
    try:
        return files.contents(file)
    except RuleBroken:
        return None
