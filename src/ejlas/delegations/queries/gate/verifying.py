"""What a gate with the newest list knows of one pass, for whoever asks without standing there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ejlas.delegations.models import Presence
from ejlas.delegations.queries.gate import lists
from ejlas.forum.models import Edition


@dataclass(frozen=True, slots=True)
class Known:
    """A pass of an edition: its line of the list, whom it names, and the zones that it is inside, by slug."""

    entry: dict[str, Any]
    name: str
    inside: frozenset[str]


def known(edition: Edition, number: int) -> Known | None:
    """Return what is known of a pass by its number. Two SQL queries."""
    badge = lists.badges(edition).filter(number=number).first()
    if badge is None:
        return None
    there = Presence.objects.filter(badge=badge, is_inside=True).values_list("zone__slug", flat=True)
    name = badge.person.passport_name if badge.person else badge.holder or ""
    return Known(lists.entry_of(badge), name, frozenset(there))
