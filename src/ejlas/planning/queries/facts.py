"""What a plan rests on: the rows that the planner reads, and a digest of each, to tell later what has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ejlas.core.audit.rules import canonical
from ejlas.core.changes import plain
from ejlas.core.intervals import Interval
from ejlas.forum import queries as forum
from ejlas.forum.models import Edition, Party
from ejlas.forum.rules import bilateral_rules
from ejlas.planning.models import Run
from ejlas.planning.queries.hours import days_of_bilaterals
from ejlas.programme import queries as programme
from ejlas.programme.models import Bilateral, Interpreter, Room, Session
from ejlas.programme.rules import ends_of

Basis = dict[str, dict[str, str]]

# By the kind of thing: the fields that the planner goes by.
_READ = {
    "party": ("languages", "arrives_at", "departs_at", "rank_class"),
    "room": ("seats", "opens", "closes", "venue_id"),
    "session": ("starts_at", "ends_at", "parties", "binding", "room_id"),
    "interpreter": ("languages", "daily_min", "available"),
    "bilateral": (
        "parties",
        "weight",
        "length_min",
        "seats",
        "languages",
        "earliest",
        "latest",
        "fixed_at",
        "fixed_room_id",
        "mandatory",
    ),
}


@dataclass(frozen=True)
class Facts:
    """The rows that the planner reads of an edition, each in the order of its list."""

    edition: Edition
    parties: tuple[Party, ...]
    rooms: tuple[Room, ...]
    interpreters: tuple[Interpreter, ...]
    bilaterals: tuple[Bilateral, ...]
    binding: tuple[Session, ...]
    """Sessions that keep their parties from bilaterals."""
    occupying: tuple[Session, ...]
    """Sessions that stand in a room for bilaterals."""

    def bilateral(self, slug: str) -> Bilateral | None:
        """Return the bilateral of this slug, if it may be planned."""
        return next((each for each in self.bilaterals if each.slug == slug), None)

    def room(self, slug: str) -> Room | None:
        """Return the room of this slug, if it is one for bilaterals."""
        return next((each for each in self.rooms if each.slug == slug), None)


def facts_of(edition: Edition, *, around: str = "") -> Facts:
    """Read what the planner goes by; around one bilateral, only what could be in its way. Seven SQL queries."""
    return Facts(
        edition,
        tuple(forum.parties_of(edition)),
        tuple(programme.rooms_for_bilaterals(edition)),
        tuple(programme.interpreters_of(edition)),
        tuple(programme.plannable_bilaterals(edition, around=around)),
        tuple(programme.binding_sessions(edition)),
        tuple(programme.sessions_in_meeting_rooms(edition)),
    )


def span_of(bilateral: Bilateral) -> Interval | None:
    """Return the time of a bilateral that has a place."""
    if bilateral.starts_at is None:
        return None
    return Interval(bilateral.starts_at, ends_of(bilateral.starts_at, bilateral.length_min))


def basis_of(facts: Facts) -> Basis:
    """Return a short digest of each thing that the planner goes by, by kind and slug."""
    sessions = {session.slug: session for session in (*facts.binding, *facts.occupying)}
    days = [day.isoformat() for day in days_of_bilaterals(facts.edition)]
    house = {"rules": bilateral_rules(facts.edition.settings), "days": days, "timezone": facts.edition.timezone}
    return {
        "edition": {facts.edition.slug: _digest(house)},
        "party": _digests("party", facts.parties),
        "room": _digests("room", facts.rooms),
        "session": _digests("session", sessions.values()),
        "interpreter": _digests("interpreter", facts.interpreters),
        "bilateral": _digests("bilateral", facts.bilaterals),
    }


def changed_since(run: Run, facts: Facts) -> list[tuple[str, str]]:
    """Name the things, by kind and slug, that have changed since a run was made; none for a run without a basis."""
    return changed_things(run.basis, basis_of(facts)) if run.basis else []


def changed_things(before: Basis, after: Basis) -> list[tuple[str, str]]:
    """Name the things, by kind and slug, that were added, changed or removed between two bases."""
    return [
        (kind, slug)
        for kind, now in after.items()
        for slug in sorted(now.keys() | before.get(kind, {}).keys())
        if now.get(slug) != before.get(kind, {}).get(slug)
    ]


def _digests(kind: str, rows: Iterable[Any]) -> dict[str, str]:
    return {row.slug: _digest({name: plain(getattr(row, name)) for name in _READ[kind]}) for row in rows}


def _digest(values: Mapping[str, Any]) -> str:
    return hashlib.blake2b(canonical(values).encode(), digest_size=8).hexdigest()
