"""Every change to the programme's tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.audit import operations as audit
from ejlas.core.changes import Changes, plain
from ejlas.forum.models import Edition
from ejlas.forum.operations import Rows, set_rows
from ejlas.programme.models import Bilateral, Interpreter, Room, Session, Speaker, Venue
from ejlas.programme.rules import BilateralState


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
    for bilateral in stranded.select_related("room", "edition"):
        before = _place(bilateral)
        _move(bilateral, None, None)
        bilateral.save(update_fields=["state", "starts_at", "room"])
        bilateral.interpreters.clear()
        values = {"before": before, "after": _place(bilateral, ())}
        changes.changed.append(f"bilateral {bilateral.slug}: its room is gone")
        changes.entries.append(audit.Entry("programme.bilateral.unplaced", "bilateral", bilateral.slug, values))
    audit.record(changes.entries, scope=edition.slug, by=by.name, at=at)
    return changes


@transaction.atomic
def place_bilaterals(
    *, edition: Edition, placements: Mapping[str, tuple[datetime, str, Sequence[str]]], by: User, at: datetime
) -> Changes:
    """Give these bilaterals their time, room and interpreters, and take the place of the others that had one.

    Parameters
    ----------
    placements : by slug of the bilateral: its start, the slug of its room, those of its interpreters

    Returns
    -------
    the changes; a bilateral whose place is the same is not written
    """
    rooms = {room.slug: room for room in edition.room_set.all()}
    interpreters = {person.slug: person for person in edition.interpreter_set.all()}
    changes = Changes()
    plannable = edition.bilateral_set.plannable().select_for_update(of=("self",)).prefetch_related("interpreters")
    for bilateral in plannable.select_related("room", "edition"):
        before = _place(bilateral)
        starts_at, room, people = placements.get(bilateral.slug, (None, None, ()))
        _move(bilateral, starts_at, rooms[room] if room else None)
        after = _place(bilateral, people)
        if before == after:
            changes.n_same += 1
            continue
        bilateral.save(update_fields=["state", "starts_at", "room"])
        bilateral.interpreters.set([interpreters[slug] for slug in people])
        event = "programme.bilateral.placed" if starts_at else "programme.bilateral.unplaced"
        changes.changed.append(f"bilateral {bilateral.slug}")
        changes.entries.append(audit.Entry(event, "bilateral", bilateral.slug, {"before": before, "after": after}))
    audit.record(changes.entries, scope=edition.slug, by=by.name, at=at)
    return changes


def _move(bilateral: Bilateral, starts_at: datetime | None, room: Room | None) -> None:
    bilateral.starts_at = starts_at
    bilateral.room = room
    if starts_at:
        bilateral.state = BilateralState.PLACED
    elif bilateral.state == BilateralState.PLACED:
        bilateral.state = BilateralState.REQUESTED


def _place(bilateral: Bilateral, people: Iterable[str] | None = None) -> dict[str, Any]:
    names = sorted(people if people is not None else (person.slug for person in bilateral.interpreters.all()))
    starts_at = bilateral.starts_at.astimezone(bilateral.edition.zone) if bilateral.starts_at else None
    return {"starts_at": plain(starts_at), "room": bilateral.room and bilateral.room.slug, "interpreters": names}
