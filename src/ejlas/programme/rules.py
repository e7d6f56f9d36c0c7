"""Words and values of a programme: sessions, rooms, bilaterals; what a publication says of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypedDict

from ejlas.core.text import StoredText


class SessionKind(StrEnum):
    """What an item of the programme is."""

    CEREMONY = "ceremony"
    PLENARY = "plenary"
    PANEL = "panel"
    PRESS = "press"
    RECEPTION = "reception"
    EXHIBITION = "exhibition"
    EXCURSION = "excursion"
    ARRIVALS = "arrivals"
    DEPARTURES = "departures"
    SIGNING = "signing"
    OTHER = "other"


class RoomKind(StrEnum):
    """What a room is for."""

    HALL = "hall"
    MEETING = "meeting"
    PRESS = "press"
    OPEN = "open"


class Timing(StrEnum):
    """Whether a source states the time of an item, or the host has only assumed one so far."""

    STATED = "stated"
    ASSUMED = "assumed"


class BilateralState(StrEnum):
    """Where a bilateral stands between the wish and the note of what was said."""

    REQUESTED = "requested"
    COUNTERED = "countered"
    AGREED = "agreed"
    PLACED = "placed"
    HELD = "held"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    NOTE_FILED = "note_filed"


# What a person may do in a session.
APPEARANCE_ROLES = ("speaker", "moderator", "host")

# States in which the planner may give a bilateral a time and a room, and may move it again.
PLANNABLE = frozenset({BilateralState.REQUESTED, BilateralState.AGREED, BilateralState.PLACED})


def ends_of(starts_at: datetime, length_min: int) -> datetime:
    """Return when so many minutes have passed, on the clocks of the start; also on a day when the clocks change."""
    return (starts_at.astimezone(UTC) + timedelta(minutes=length_min)).astimezone(starts_at.tzinfo)


class RoomContent(TypedDict):
    """A room as the public sees it."""

    slug: str
    venue: str
    name: StoredText
    kind: str
    seats: int


class VenueContent(TypedDict):
    """A venue as the public sees it, with its rooms."""

    slug: str
    name: StoredText
    city: StoredText
    latitude: float | None
    longitude: float | None
    confidence: str
    sources: list[str]
    rooms: list[RoomContent]


class SpeakerContent(TypedDict):
    """A person who speaks; `is_sample` marks an invented one."""

    slug: str
    name: StoredText
    office: StoredText
    party: str | None
    is_sample: bool


class AppearanceContent(TypedDict):
    """A speaker's part in a session."""

    speaker: str
    role: str


class SessionContent(TypedDict):
    """An item of the programme; a bilateral that has its place is one of kind "bilateral"."""

    slug: str
    kind: str
    title: StoredText
    description: StoredText
    starts_at: str
    ends_at: str
    timing: str
    venue: str | None
    room: str | None
    languages: list[str]
    parties: list[str]
    speakers: list[AppearanceContent]
    is_sample: bool
    confidence: str
    sources: list[str]


class ProgrammeContent(TypedDict):
    """All of a published programme, sessions in the order of their start."""

    venues: list[VenueContent]
    speakers: list[SpeakerContent]
    sessions: list[SessionContent]
