"""What the gates keep: the number of their list grows with each change that concerns them, and names what changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ejlas.core import signing
from ejlas.delegations.models import Badge, GateList, SigningKey
from ejlas.forum.models import Edition


def locked(edition: Edition) -> GateList:
    """Return the list of an edition under a lock: changes of passes come one after the other, as gates learn them."""
    GateList.objects.get_or_create(edition=edition)
    return GateList.objects.select_for_update().get(edition=edition)


def note_badges(edition: Edition, badges: Iterable[int], *, gate_list: GateList | None = None) -> int:
    """Let gates learn of these passes, by key, with the next list; return its number."""
    held = gate_list or locked(edition)
    held.revision += 1
    held.save(update_fields=["revision"])
    Badge.objects.filter(pk__in=list(badges)).update(gate_revision=held.revision)
    return held.revision


def note_rules(edition: Edition) -> int:
    """Let gates learn that the matrix, a zone, a gate, a window or a rule changed; return the number of the list."""
    held = locked(edition)
    held.revision += 1
    held.rules_revision = held.revision
    held.save(update_fields=["revision", "rules_revision"])
    return held.revision


def note_all(edition: Edition) -> int:
    """Let gates learn of every pass anew, whose delegation or capacity has another place in their list now."""
    held = locked(edition)
    held.revision += 1
    held.rules_revision = held.revision
    held.save(update_fields=["revision", "rules_revision"])
    Badge.objects.filter(edition=edition).update(gate_revision=held.revision)
    return held.revision


@transaction.atomic
def signing_key(edition: Edition, *, at: datetime) -> SigningKey:
    """Return the key that signs for an edition now; the first is made when it is asked for."""
    locked(edition)
    held = SigningKey.objects.filter(edition=edition, retired_at=None).first()
    if held is None:
        private = signing.new_private()
        held = SigningKey.objects.create(
            edition=edition, private=private, public=signing.public_of(private), made_at=at
        )
    return held
