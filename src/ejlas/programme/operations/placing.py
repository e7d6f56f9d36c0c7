"""Every change to the programme's tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.audit import operations as audit
from ejlas.core.changes import ChangedMeanwhile, Changes, plain
from ejlas.core.errors import RuleBroken, marked
from ejlas.forum.models import Edition
from ejlas.forum.operations import Rows, set_rows
from ejlas.programme.models import Bilateral, Interpreter, Room, Session, Speaker, Venue
from ejlas.programme.rules import PLANNABLE, BilateralState


class NotToBePlaced(RuleBroken):
    """Only a bilateral that is wished for may be given a place."""

    message = marked("The bilateral “%(bilateral)s” was held or cancelled; it keeps the place it had.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a bilateral stands, and who interprets; pinned by a person, despite these house rules."""

    starts_at: datetime | None = None
    room: Room | None = None
    interpreters: Sequence[Interpreter] = ()
    pinned: bool = False
    despite: tuple[str, ...] = ()
    reason: str = ""


NOWHERE = Place()


def set_venues(*, edition: Edition, rows: Rows, by: User, at: datetime, keep_missing: bool = False) -> Changes:
    """Make the edition's venues exactly these; `keep_missing` leaves the removal of others to a later call."""
    event = "programme.venue"
    return set_rows(Venue, edition=edition, rows=rows, event=event, by=by, at=at, keep_missing=keep_missing)


def set_rooms(*, edition: Edition, rows: Rows, by: User, at: datetime, keep_missing: bool = False) -> Changes:
    """Make the edition's rooms exactly these; `keep_missing` leaves the removal of others to a later call."""
    event = "programme.room"
    return set_rows(Room, edition=edition, rows=rows, event=event, by=by, at=at, keep_missing=keep_missing)


def set_speakers(*, edition: Edition, rows: Rows, by: User, at: datetime) -> Changes:
    """Make the edition's speakers exactly these."""
    return set_rows(Speaker, edition=edition, rows=rows, event="programme.speaker", by=by, at=at)


def set_sessions(*, edition: Edition, rows: Rows, by: User, at: datetime) -> Changes:
    """Make the edition's sessions exactly these."""
    return set_rows(Session, edition=edition, rows=rows, event="programme.session", by=by, at=at)


def set_interpreters(*, edition: Edition, rows: Rows, by: User, at: datetime) -> Changes:
    """Make the edition's interpreters exactly these."""
    return set_rows(Interpreter, edition=edition, rows=rows, event="programme.interpreter", by=by, at=at)


def set_bilaterals(*, edition: Edition, rows: Rows, by: User, at: datetime) -> Changes:
    """Make the edition's requests for bilaterals exactly these; those that have a place keep it."""
    return set_rows(Bilateral, edition=edition, rows=rows, event="programme.bilateral", by=by, at=at)


@transaction.atomic
def release_rooms(*, edition: Edition, keep: Iterable[str], by: User, at: datetime) -> Changes:
    """Take the place of bilaterals whose room is not among those kept, so that the room can be removed."""
    changes = Changes()
    stranded = edition.bilateral_set.filter(room__isnull=False).exclude(room__slug__in=list(keep))
    for bilateral in stranded.select_related("room", "edition").prefetch_related("interpreters"):
        _give(bilateral, NOWHERE, changes, words=f"{bilateral.slug}: its room is gone")
    audit.record(changes.entries, scope=edition.slug, by=by.name, at=at)
    return changes


@transaction.atomic
def give_places(*, edition: Edition, places: Mapping[str, Place], by: User, at: datetime) -> Changes:
    """Give these bilaterals these places, by slug, and leave all others as they are.

    One that was held or cancelled meanwhile keeps what it has. Whether the places are free is for the planner to say.
    """
    changes = Changes()
    plannable = edition.bilateral_set.plannable().filter(slug__in=list(places)).select_for_update(of=("self",))
    for bilateral in plannable.select_related("room", "edition").prefetch_related("interpreters"):
        _give(bilateral, places[bilateral.slug], changes)
    audit.record(changes.entries, scope=edition.slug, by=by.name, at=at)
    return changes


@transaction.atomic
def place_bilateral(
    *, bilateral: Bilateral, place: Place, by: User, at: datetime, revision: int | None = None
) -> Changes:
    """Give one bilateral a place, or take the one it has. Raises ChangedMeanwhile, NotToBePlaced.

    Whether the place is free is for the planner to say: it knows the house rules.
    """
    own = Bilateral.objects.select_for_update(of=("self",)).select_related("room", "edition")
    locked = own.prefetch_related("interpreters").get(pk=bilateral.pk)
    if revision is not None and locked.revision != revision:
        raise ChangedMeanwhile
    if locked.state not in PLANNABLE:
        raise NotToBePlaced(bilateral=locked.slug)
    changes = Changes()
    _give(locked, place, changes)
    audit.record(changes.entries, scope=locked.edition.slug, by=by.name, at=at)
    bilateral.refresh_from_db()
    return changes


def _give(bilateral: Bilateral, place: Place, changes: Changes, *, words: str = "") -> None:
    """Write a place where it differs from the one that stands, and note it."""
    before = _place(bilateral, [person.slug for person in bilateral.interpreters.all()])
    _move(bilateral, place)
    after = _place(bilateral, [person.slug for person in place.interpreters])
    if before == after:
        changes.n_same += 1
        return
    bilateral.revision += 1
    fields = ["state", "starts_at", "room", "pinned", "despite", "despite_reason", "revision"]
    bilateral.save(update_fields=fields)
    bilateral.interpreters.set(place.interpreters)
    event = "programme.bilateral.placed" if place.starts_at else "programme.bilateral.unplaced"
    values = {"before": before, "after": after, "revision": bilateral.revision}
    changes.changed.append(f"bilateral {words or bilateral.slug}")
    changes.entries.append(audit.Entry(event, "bilateral", bilateral.slug, values))


def _move(bilateral: Bilateral, place: Place) -> None:
    bilateral.starts_at, bilateral.room, bilateral.pinned = place.starts_at, place.room, place.pinned
    bilateral.despite, bilateral.despite_reason = list(place.despite), place.reason
    if place.starts_at:
        bilateral.state = BilateralState.PLACED
    elif bilateral.state == BilateralState.PLACED:
        bilateral.state = BilateralState.REQUESTED


def _place(bilateral: Bilateral, people: Iterable[str]) -> dict[str, Any]:
    """Return a place as the trail tells it; what is not so is not told."""
    starts_at = bilateral.starts_at.astimezone(bilateral.edition.zone) if bilateral.starts_at else None
    place = {"starts_at": plain(starts_at), "room": bilateral.room and bilateral.room.slug}
    told = {"pinned": bilateral.pinned, "despite": bilateral.despite, "reason": bilateral.despite_reason}
    return {**place, "interpreters": sorted(people), **{name: value for name, value in told.items() if value}}
