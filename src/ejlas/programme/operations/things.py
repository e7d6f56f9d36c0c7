"""Single sessions, speakers and interpreters, with the house rules that stand between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.changes import Changes
from ejlas.core.errors import RuleBroken, marked
from ejlas.forum import operations as forum
from ejlas.forum.models import Edition
from ejlas.forum.queries import naming
from ejlas.programme import queries
from ejlas.programme.models import Interpreter, Room, Session, Speaker


class RoomTaken(RuleBroken):
    """A room holds one session at a time."""

    message = marked("The room is taken at this time by “%(other)s”; choose another room or time.")


class SpeaksSomewhere(RuleBroken):
    """A speaker who stands in the programme is taken out of the sessions first."""

    message = marked("This person speaks in %(sessions)s; take the person out of them first.")


class Works(RuleBroken):
    """An interpreter who has a bilateral keeps it until another plan is made."""

    message = marked("This interpreter works in %(bilaterals)s; plan again without the person first.")


@transaction.atomic
def add_session(*, edition: Edition, fields: Mapping[str, Any], by: User, at: datetime) -> Session:
    """Add a session. Raises RoomTaken."""
    _require_free_room(fields.get("room"), fields["starts_at"], fields["ends_at"])
    return forum.add_thing(Session, edition=edition, fields=fields, by=by, at=at)


@transaction.atomic
def change_session(
    *, thing: Session, fields: Mapping[str, Any], by: User, at: datetime, revision: int | None = None
) -> Changes:
    """Bring a session to these fields. Raises RoomTaken, ChangedMeanwhile."""
    done = forum.change_thing(thing=thing, fields=fields, by=by, at=at, revision=revision)
    if {"room", "starts_at", "ends_at"} & fields.keys():
        _require_free_room(thing.room, thing.starts_at, thing.ends_at, session=thing)
    return done


@transaction.atomic
def change_sessions(*, things: Iterable[Session], fields: Mapping[str, Any], by: User, at: datetime) -> Changes:
    """Give many sessions the same values: all of them or none. Raises RoomTaken."""
    done = Changes()
    for session in list(things):
        done += change_session(thing=session, fields=_with_venue(fields), by=by, at=at)
    return done


@transaction.atomic
def remove_speaker(*, thing: Speaker, by: User, at: datetime, revision: int | None = None) -> int:
    """Remove a speaker who speaks nowhere. Raises SpeaksSomewhere."""
    sessions = naming(thing.edition.session_set.all(), "appearances", thing.slug)
    if names := sorted(sessions.values_list("slug", flat=True)[:10]):
        raise SpeaksSomewhere(sessions=", ".join(names))
    return forum.remove_thing(thing=thing, by=by, at=at, revision=revision)


@transaction.atomic
def remove_interpreter(*, thing: Interpreter, by: User, at: datetime, revision: int | None = None) -> int:
    """Remove an interpreter who works nowhere. Raises Works."""
    if names := sorted(thing.bilaterals.values_list("slug", flat=True)[:10]):
        raise Works(bilaterals=", ".join(names))
    return forum.remove_thing(thing=thing, by=by, at=at, revision=revision)


def _with_venue(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Let the venue follow the room, so that the two never disagree."""
    room = fields.get("room")
    return {**fields, "venue": room.venue} if room else dict(fields)


def _require_free_room(
    room: Room | None, starts_at: datetime, ends_at: datetime, *, session: Session | None = None
) -> None:
    if room is None:
        return
    # Two officers may take the same room at once: whoever comes second waits here for its row.
    room = Room.objects.select_for_update().get(pk=room.pk)
    others = queries.sessions_in_room(room, starts_at=starts_at, ends_at=ends_at)
    other = (others.exclude(pk=session.pk) if session else others).first()
    if other is not None:
        raise RoomTaken(other=other.slug)
