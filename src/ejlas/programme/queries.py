"""Questions about the programme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from ejlas.core import languages
from ejlas.core.text import StoredText, Text
from ejlas.delegations.queries import desk as delegations
from ejlas.forum.models import Edition
from ejlas.forum.permissions import visible
from ejlas.forum.queries import naming
from ejlas.programme import rules
from ejlas.programme.models import Bilateral, Interpreter, Room, Session, Speaker, Venue


def venues_for(user: Any, edition: Edition) -> QuerySet[Venue]:
    """Return the venues that this user may see."""
    return visible(Venue.objects.all(), user, edition, "programme.view_programme")


def rooms_for(user: Any, edition: Edition) -> QuerySet[Room]:
    """Return the rooms that this user may see, with their venues."""
    return visible(Room.objects.select_related("venue"), user, edition, "programme.view_programme")


def speakers_for(user: Any, edition: Edition) -> QuerySet[Speaker]:
    """Return the speakers that this user may see, with their parties."""
    return visible(Speaker.objects.select_related("party"), user, edition, "programme.view_programme")


def sessions_for(user: Any, edition: Edition) -> QuerySet[Session]:
    """Return the sessions that this user may see, with their rooms."""
    sessions = Session.objects.select_related("room")
    return visible(sessions, user, edition, "programme.view_programme")


def interpreters_for(user: Any, edition: Edition) -> QuerySet[Interpreter]:
    """Return the interpreters that this user may see."""
    return visible(Interpreter.objects.all(), user, edition, "programme.view_interpreters")


def bilaterals_for(user: Any, edition: Edition) -> QuerySet[Bilateral]:
    """Return the bilaterals that this user may see, with their rooms."""
    bilaterals = Bilateral.objects.select_related("room", "fixed_room")
    return visible(bilaterals, user, edition, "programme.view_bilaterals")


def things_naming_party(edition: Edition, slug: str) -> list[str]:
    """Return the slugs of sessions and bilaterals that name a party. Two SQL queries."""
    sessions = naming(edition.session_set.all(), "parties", slug)
    bilaterals = naming(edition.bilateral_set.all(), "parties", slug)
    return [*sessions.values_list("slug", flat=True)[:10], *bilaterals.values_list("slug", flat=True)[:10]]


def things_citing(edition: Edition, slug: str) -> list[str]:
    """Return the slugs of things of the programme that rest on a source. Three SQL queries."""
    resting = (edition.venue_set.all(), edition.session_set.all(), edition.bilateral_set.all())
    return [name for things in resting for name in naming(things, "sources", slug).values_list("slug", flat=True)[:10]]


def sessions_in_room(room: Room, *, starts_at: datetime, ends_at: datetime) -> QuerySet[Session]:
    """Return the sessions that a room holds in some part of a time."""
    return room.sessions.filter(Q(starts_at__lt=ends_at) & Q(ends_at__gt=starts_at))


def rooms_by_slug(edition: Edition) -> dict[str, Room]:
    """Return the edition's rooms by slug. One SQL query."""
    return {room.slug: room for room in edition.room_set.all()}


@dataclass(frozen=True, slots=True)
class HallLoad:
    """How full a hall would be if everyone came who may enter it (rule 6).

    Parameters
    ----------
    capacities : the slugs of those who enter
    n_named, n_granted, n_approved : of these, how many are named, let through by the desk, and approved
    """

    room: Room
    capacities: tuple[str, ...]
    n_named: int
    n_granted: int
    n_approved: int

    @property
    def is_over(self) -> bool:
        """Whether the desk has let more people through than the hall has seats."""
        return self.n_granted > self.room.seats


def hall_loads(edition: Edition, standings: Iterable[delegations.Standing] | None = None) -> list[HallLoad]:
    """Return how full each hall is for which an edition says who enters.

    One SQL query where the standings of its capacities are known already, else three.
    """
    known = delegations.standings(edition) if standings is None else standings
    by_slug = {each.capacity.slug: each for each in known}
    loads = []
    for room in edition.room_set.exclude(capacities=[]).select_related("venue"):
        entering = [by_slug[slug] for slug in room.capacities if slug in by_slug]
        n_named, n_granted, n_approved = (
            sum(getattr(each, name) for each in entering) for name in ("n_named", "n_granted", "n_approved")
        )
        slugs = tuple(each.capacity.slug for each in entering)
        loads.append(HallLoad(room, slugs, n_named, n_granted, n_approved))
    return loads


def venues_by_slug(edition: Edition) -> dict[str, Venue]:
    """Return the edition's venues by slug. One SQL query."""
    return {venue.slug: venue for venue in edition.venue_set.all()}


def rooms_for_bilaterals(edition: Edition) -> list[Room]:
    """Return the rooms in which bilaterals are held. One SQL query."""
    return list(edition.room_set.filter(kind=rules.RoomKind.MEETING))


def binding_sessions(edition: Edition) -> list[Session]:
    """Return the sessions that keep their parties from bilaterals. One SQL query."""
    return list(edition.session_set.filter(binding=True))


def sessions_in_meeting_rooms(edition: Edition) -> list[Session]:
    """Return the sessions that occupy a room in which bilaterals are held. One SQL query."""
    return list(edition.session_set.filter(room__kind=rules.RoomKind.MEETING))


def interpreters_of(edition: Edition) -> list[Interpreter]:
    """Return the edition's interpreters. One SQL query."""
    return list(edition.interpreter_set.all())


def plannable_bilaterals(edition: Edition, *, around: str = "") -> list[Bilateral]:
    """Return the bilaterals that the planner may place or move, with rooms and interpreters. Two SQL queries.

    `around` names one of them: then it comes with those alone that have a place, and may be in its way.
    """
    plannable = edition.bilateral_set.plannable().select_related("fixed_room", "room")
    if around:
        plannable = plannable.filter(Q(slug=around) | Q(starts_at__isnull=False))
    return list(plannable.prefetch_related("interpreters"))


def programme_content(edition: Edition) -> rules.ProgrammeContent:
    """Return what a publication says of the programme, bilaterals with a place among the sessions. Five SQL queries."""
    names = dict(edition.party_set.values_list("slug", "name"))
    sessions = [_session(item, edition) for item in _listed_sessions(edition)]
    sessions += [
        _bilateral(item, item.starts_at, edition, names) for item in _listed_bilaterals(edition) if item.starts_at
    ]
    sessions.sort(key=lambda item: (datetime.fromisoformat(item["starts_at"]), item["slug"]))
    return {
        "venues": [_venue(venue) for venue in edition.venue_set.prefetch_related("rooms")],
        "speakers": [
            {
                "slug": speaker.slug,
                "name": speaker.name.to_stored(),
                "office": speaker.office.to_stored(),
                "party": speaker.party.slug if speaker.party else None,
                "is_sample": speaker.is_sample,
            }
            for speaker in edition.speaker_set.select_related("party")
        ],
        "sessions": sessions,
    }


def hidden_counts(edition: Edition) -> dict[str, int]:
    """Return how much of the programme no publication shows, by why. Two SQL queries."""
    bilaterals = edition.bilateral_set.aggregate(
        private=Count("pk", filter=Q(listed=False)),
        placeless=Count("pk", filter=Q(listed=True, state__in=rules.PLANNABLE - {rules.BilateralState.PLACED})),
    )
    return {
        "sessions": edition.session_set.filter(listed=False).count(),
        "bilaterals": bilaterals["private"],
        "placeless": bilaterals["placeless"],
    }


def _listed_sessions(edition: Edition) -> list[Session]:
    return list(edition.session_set.filter(listed=True).select_related("room__venue", "venue"))


def _listed_bilaterals(edition: Edition) -> list[Bilateral]:
    return list(edition.bilateral_set.placed().filter(listed=True).select_related("room__venue"))


def _venue(venue: Venue) -> rules.VenueContent:
    return {
        "slug": venue.slug,
        "name": venue.name.to_stored(),
        "city": venue.city.to_stored(),
        "latitude": venue.latitude,
        "longitude": venue.longitude,
        "confidence": venue.confidence,
        "sources": venue.sources,
        "rooms": [
            {
                "slug": room.slug,
                "venue": venue.slug,
                "name": room.name.to_stored(),
                "kind": room.kind,
                "seats": room.seats,
            }
            for room in venue.rooms.all()
        ],
    }


def _session(session: Session, edition: Edition) -> rules.SessionContent:
    venue = session.room.venue if session.room else session.venue
    return {
        "slug": session.slug,
        "kind": session.kind,
        "title": session.title.to_stored(),
        "description": session.description.to_stored(),
        "starts_at": session.starts_at.astimezone(edition.zone).isoformat(),
        "ends_at": session.ends_at.astimezone(edition.zone).isoformat(),
        "timing": session.timing,
        "venue": venue.slug if venue else None,
        "room": session.room.slug if session.room else None,
        "languages": session.languages,
        "parties": session.parties,
        "speakers": session.appearances,
        "is_sample": session.is_sample,
        "confidence": session.confidence,
        "sources": session.sources,
    }


def _bilateral(
    bilateral: Bilateral, starts_at: datetime, edition: Edition, names: dict[str, Text]
) -> rules.SessionContent:
    ends_at = starts_at + timedelta(minutes=bilateral.length_min)
    return {
        "slug": bilateral.slug,
        "kind": "bilateral" if len(bilateral.parties) == 2 else "trilateral",
        "title": _joined([names[slug] for slug in bilateral.parties], edition, " – "),
        "description": _joined([Text.from_stored(topic) for topic in bilateral.topics], edition),
        "starts_at": starts_at.astimezone(edition.zone).isoformat(),
        "ends_at": ends_at.astimezone(edition.zone).isoformat(),
        "timing": rules.Timing.ASSUMED.value,
        "venue": bilateral.room.venue.slug if bilateral.room else None,
        "room": bilateral.room.slug if bilateral.room else None,
        "languages": bilateral.languages,
        "parties": bilateral.parties,
        "speakers": [],
        "is_sample": bilateral.is_sample,
        "confidence": bilateral.confidence,
        "sources": bilateral.sources,
    }


def _joined(texts: list[Text], edition: Edition, between: str = "") -> StoredText:
    """Join texts language by language, only where each has a confirmed wording: one line is in one language.

    Without a sign between them, it is the semicolon of the language.
    """
    whole = [code for code in edition.languages if texts and not any(text.missing([code]) for text in texts)]
    signs = {code: between or languages.semicolon(code) for code in whole}
    return Text({code: signs[code].join(text.values[code] for text in texts) for code in whole}).to_stored()


def bilaterals_of_party(edition: Edition, party: str) -> list[Bilateral]:
    """Return the bilaterals of a party, those with a time first and in its order. One SQL query."""
    # Parties stand as a list of slugs, which not every database can search; an edition has some hundreds of bilaterals.
    found = edition.bilateral_set.select_related("room__venue")
    own = [bilateral for bilateral in found if party in bilateral.parties]
    return sorted(
        own, key=lambda one: (one.starts_at is None, one.starts_at.timestamp() if one.starts_at else 0, one.position)
    )
