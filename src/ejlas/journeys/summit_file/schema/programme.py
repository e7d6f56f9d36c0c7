"""The part of the schema about venues, rooms, sessions, speakers, interpreters and bilaterals."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ejlas.core.text import Text
from ejlas.journeys.summit_file.schema.base import (
    Language,
    Moment,
    Part,
    PartySlug,
    Place,
    RoomSlug,
    Slug,
    Sourced,
    SpeakerSlug,
    TextIn,
    TimeOfDay,
    VenueSlug,
    Whole,
    YesNo,
)
from ejlas.programme.rules import RoomKind, SessionKind, Timing


class Room(Part):
    """A room of a venue; `opens` and `closes` bound the bilaterals in it."""

    slug: Slug = Field(description="Lasting name of the room")
    name: TextIn = Field(description="Name as shown")
    kind: RoomKind = Field(default=RoomKind.HALL, description="What it is for")
    seats: Annotated[Whole, Field(ge=1, le=200_000)] = Field(description="Seats")
    opens: TimeOfDay | None = Field(
        default=None, description="Bilaterals in it start no earlier; without it the edition's rule"
    )
    closes: TimeOfDay | None = Field(
        default=None, description="Bilaterals in it end no later; without it the edition's rule"
    )


class Venue(Sourced):
    """A place with rooms."""

    slug: Slug = Field(description="Lasting name of the venue")
    name: TextIn = Field(description="Name as shown")
    city: TextIn = Field(default=Text(), description="City, where it is not the edition's")
    place: Place | None = Field(default=None, description="Where it lies on the map")
    rooms: Annotated[tuple[Room, ...], Field(max_length=200)] = Field(default=(), description="Its rooms")


class Speaker(Part):
    """A person who speaks; an invented one is marked as a sample."""

    slug: Slug = Field(description="Lasting name of the person in addresses")
    name: TextIn = Field(description="Name as shown")
    office: TextIn = Field(default=Text(), description="Office the person holds")
    party: PartySlug | None = Field(default=None, description="Party the person belongs to")
    is_sample: YesNo = Field(default=False, description="Whether the person is invented")


class Appearance(Part):
    """A speaker's part in a session."""

    speaker: SpeakerSlug = Field(description="Who")
    role: Literal["speaker", "moderator", "host"] = Field(default="speaker", description="In what part")


class Session(Sourced):
    """An item of the programme."""

    slug: Slug = Field(description="Lasting name of the session")
    kind: SessionKind = Field(description="What it is")
    title: TextIn = Field(description="Title")
    description: TextIn = Field(default=Text(), description="What it is about")
    starts_at: Moment = Field(description="Start")
    ends_at: Moment = Field(description="End")
    timing: Timing = Field(default=Timing.STATED, description="assumed: no source states the time, the host set one")
    venue: VenueSlug | None = Field(default=None, description="Venue")
    room: RoomSlug | None = Field(default=None, description="Room of the venue")
    languages: tuple[Language, ...] = Field(default=(), description="Languages heard in the room")
    parties: tuple[PartySlug, ...] = Field(default=(), description="Parties that take part; none named: all of them")
    binding: YesNo = Field(default=True, description="Whether its parties are kept free of bilaterals meanwhile")
    listed: YesNo = Field(default=True, description="Whether the public sees it")
    speakers: tuple[Appearance, ...] = Field(default=(), description="Who speaks")
    is_sample: YesNo = Field(default=False, description="Invented, to try Ejlas out; the public page says so")


class Spell(Part):
    """A stretch of time."""

    starts_at: Moment = Field(description="Start")
    ends_at: Moment = Field(description="End")


class Interpreter(Part):
    """An interpreter for bilaterals, between two languages."""

    slug: Slug = Field(description="Lasting name of the interpreter")
    name: TextIn = Field(description="Name as shown")
    languages: Annotated[tuple[Language, ...], Field(min_length=2, max_length=2)] = Field(
        description="The two languages"
    )
    daily_min: Annotated[Whole, Field(ge=15, le=720)] = Field(default=240, description="Most minutes of work in a day")
    available: tuple[Spell, ...] = Field(default=(), description="When; none named: all bilateral hours")
    is_sample: YesNo = Field(default=False, description="Whether the person is invented")


class Fixing(Part):
    """A time, and if wanted a room, that a bilateral already has."""

    starts_at: Moment = Field(description="Start")
    room: RoomSlug | None = Field(default=None, description="Room, if it is fixed too")


class Bilateral(Sourced):
    """A wish for a meeting of two or three delegations."""

    slug: Slug = Field(description="Lasting name of the bilateral")
    parties: Annotated[tuple[PartySlug, ...], Field(min_length=2, max_length=3)] = Field(
        description="The delegations that meet"
    )
    topics: tuple[TextIn, ...] = Field(default=(), description="What they want to talk about")
    weight: Annotated[Whole, Field(ge=1, le=100)] = Field(default=5, description="How much the host wants it")
    length_min: Annotated[Whole, Field(ge=10, le=240)] = Field(
        default=30, description="Minutes it needs, a multiple of `grid_min`"
    )
    seats: Annotated[Whole, Field(ge=2, le=1000)] = Field(default=8, description="Seats it needs")
    languages: tuple[Language, ...] = Field(
        default=(), description="Languages spoken; none named: found from the parties' languages"
    )
    earliest: Moment | None = Field(default=None, description="Earliest start")
    latest: Moment | None = Field(default=None, description="Latest end")
    fixed: Fixing | None = Field(default=None, description="Time it already has")
    mandatory: YesNo = Field(default=False, description="Whether a plan without it is no plan")
    listed: YesNo = Field(default=True, description="Whether the public sees it once it has a place")
    is_sample: YesNo = Field(default=False, description="Invented, to try Ejlas out; the public page says so")
