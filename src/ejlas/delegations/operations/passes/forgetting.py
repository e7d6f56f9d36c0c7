"""What is personal in passes, and its removal: who took a card, with which signature, and the picture of the gate."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ejlas.accounts.models import User
from ejlas.core.files import operations as files
from ejlas.core.files.models import StoredFile
from ejlas.delegations.models import Badge, Person, Scan
from ejlas.delegations.operations.passes import lists
from ejlas.delegations.operations.passes.following import follow
from ejlas.delegations.rules.states import PersonState

_FILES = ("authority", "signature", "gate_photo")


def forget_passes(*, people: Iterable[Person], by: User, at: datetime) -> int:
    """Remove what is personal from the passes of people who are erased, and void these; return how many files."""
    n_files = 0
    for person in people:
        badges = Badge.objects.filter(person=person)
        if person.state == PersonState.WITHDRAWN:
            follow(person=person, by=by, at=at)
        kept = {key for row in badges.values_list(*_FILES) for key in row if key}
        badges.update(holder="", issued_to="", link_hash="", gate_photo_of="", authority=None, gate_photo=None)
        badges.update(signature=None)
        Scan.objects.filter(badge__in=badges).update(note="")
        if badges.exists():
            # After the close a pass stands as it stood: its entry in the lists of gates loses the name and the face.
            lists.note_badges(person.edition, badges.values_list("pk", flat=True))
        # Of what was signed for many at once, the others still need it.
        shared = set(Badge.objects.filter(authority__in=kept).values_list("authority", flat=True))
        shared |= set(Badge.objects.filter(signature__in=kept).values_list("signature", flat=True))
        for file in StoredFile.objects.filter(pk__in=kept - shared).order_by("pk"):
            n_files += files.forget(file, at=at).purged_at == at
    return n_files
