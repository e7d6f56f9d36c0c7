"""What the next publication of an edition would change for the public."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ejlas.core.audit.rules import canonical
from ejlas.exports import content
from ejlas.exports.comparison import Difference, compare
from ejlas.forum import queries as forum

if TYPE_CHECKING:
    from ejlas.forum.models import Edition


@dataclass(frozen=True, slots=True)
class Upcoming:
    """What a publication would bring now; `digest` tells it from what any later moment would bring."""

    differences: tuple[Difference, ...]
    digest: str
    is_first: bool
    is_same: bool


def upcoming(edition: Edition) -> Upcoming:
    """Hold the edition as it stands against its newest publication, in a fixed number of SQL queries."""
    made, newest = content.build(edition), forum.publications_of(edition).first()
    digest = hashlib.sha256(canonical(made).encode()).hexdigest()
    return Upcoming(
        differences=tuple(compare(forum.publication_content(newest.pk) if newest else None, made)),
        digest=digest,
        is_first=newest is None,
        is_same=newest is not None and newest.digest == digest,
    )
