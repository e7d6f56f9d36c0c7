"""The part of the schema about the forum, the edition, its parties and the facts around them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from ejlas.core.text import Text
from ejlas.forum import rules
from ejlas.forum.rules import Attendance, Calendar, DutyBearer, MandateKind, PartyKind, PartyRole
from ejlas.journeys.summit_file.schema.base import (
    Day,
    Is,
    Kind,
    Language,
    Moment,
    Part,
    PartySlug,
    Place,
    Slug,
    Sourced,
    TextIn,
    TimeOfDay,
    Url,
    Whole,
    Words,
    YesNo,
)

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$"), Is(Kind.COUNTRY)]
Region = Annotated[str, Field(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$"), Is(Kind.REGION)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$"), Is(Kind.COLOUR)]


def _within(name: str) -> Any:
    bounds = rules.BILATERAL_NUMBERS[name]
    return Field(ge=bounds.least, le=bounds.most)


def _default(name: str) -> int:
    return rules.BILATERAL_NUMBERS[name].default


class Forum(Part):
    """The standing series of meetings."""

    slug: Slug = Field(description="Lasting name of the series")
    name: TextIn = Field(description="Name of the series")
    description: TextIn = Field(default=Text(), description="What the series is")


class BilateralRules(Part):
    """Numbers of the planning of bilaterals (house rules 19 to 22)."""

    opens: TimeOfDay = Field(default=rules.BILATERALS_OPEN, description="Bilaterals start no earlier")
    closes: TimeOfDay = Field(default=rules.BILATERALS_CLOSE, description="Bilaterals end no later")
    grid_min: Annotated[Whole, _within("grid_min")] = Field(
        default=_default("grid_min"), description="Minutes of one step of the grid"
    )
    turnaround_min: Annotated[Whole, _within("turnaround_min")] = Field(
        default=_default("turnaround_min"), description="Minutes a room stays empty between two meetings"
    )
    buffer_min: Annotated[Whole, _within("buffer_min")] = Field(
        default=_default("buffer_min"), description="Minutes a delegation has free between two of its meetings"
    )
    daily_cap: Annotated[Whole, _within("daily_cap")] = Field(
        default=_default("daily_cap"), description="Most bilaterals of one delegation in a day in the host's rooms"
    )
    consecutive: YesNo = Field(
        default=rules.BILATERALS_MAY_FOLLOW, description="Whether a delegation may have two meetings in a row"
    )
    rest_min: Annotated[Whole, _within("rest_min")] = Field(
        default=_default("rest_min"),
        description="Minutes between two meetings of a delegation where they may not be in a row",
    )
    wait_min: Annotated[Whole, _within("wait_min")] = Field(
        default=_default("wait_min"),
        description="Minutes of waiting between two meetings of a delegation that count as no idle gap",
    )
    travel_min: Annotated[Whole, _within("travel_min")] = Field(
        default=_default("travel_min"),
        description="Minutes on the way from one venue to another, besides those that are free between two meetings",
    )
    row_min: Annotated[Whole, _within("row_min")] = Field(
        default=_default("row_min"), description="Most minutes an interpreter works in a row; 0: no limit"
    )
    pause_min: Annotated[Whole, _within("pause_min")] = Field(
        default=_default("pause_min"), description="Minutes without work after which an interpreter is rested"
    )
    relay: YesNo = Field(
        default=rules.BILATERALS_WITH_RELAY,
        description="Whether a third language may stand between two that nobody interprets directly",
    )
    by_rank: YesNo = Field(
        default=rules.BILATERALS_BY_RANK,
        description="Whether wishes that clash are settled by the rank class of the parties before any weight",
    )
    starts_on: Day | None = Field(default=None, description="First day of bilaterals; without it the opening day")
    ends_on: Day | None = Field(default=None, description="Last day of bilaterals; without it the closing day")


class Edition(Part):
    """One summit of the forum."""

    slug: Slug = Field(description="Part of every address of the edition; lasting")
    number: Annotated[Whole, Field(ge=1, le=9999)] = Field(description="Which meeting of the series this is")
    name: TextIn = Field(description="Full name of the summit")
    motto: TextIn = Field(default=Text(), description="Motto")
    summary: TextIn = Field(default=Text(), description="A few sentences for the first page")
    starts_on: Day = Field(description="First day")
    ends_on: Day = Field(description="Last day")
    opens_at: Moment | None = Field(default=None, description="When the opening begins")
    timezone: Annotated[Words, Field(max_length=60)] = Field(description="IANA time zone of the place: Asia/Tehran")
    city: TextIn = Field(description="City that hosts")
    country: Country = Field(description="State in which the city lies")
    languages: Annotated[tuple[Language, ...], Field(min_length=1, max_length=30)] = Field(
        description="Working languages; the first is the host's"
    )
    fallback_languages: tuple[Language, ...] = Field(
        default=(), description="Languages shown, in this order, where a wording is missing"
    )
    calendars: Annotated[tuple[Calendar, ...], Field(min_length=1)] = Field(
        default=(Calendar.GREGORIAN,), description="Calendars in which dates are shown"
    )
    colours: Annotated[tuple[Colour, ...], Field(max_length=2)] = Field(
        default=(), description="Main colour and accent"
    )
    aims: tuple[TextIn, ...] = Field(default=(), description="What the summit is for, one aim each")
    bilaterals: BilateralRules = Field(default=BilateralRules(), description="Numbers for the planning of bilaterals")


class Host(Part):
    """Who hosts, who leads, who does the work."""

    office: TextIn = Field(description="Office that hosts")
    lead_ministry: TextIn = Field(default=Text(), description="Ministry that leads")
    secretariat: TextIn = Field(default=Text(), description="Who does the daily work")


class Mandate(Sourced):
    """A decision on which the hosting rests."""

    slug: Slug = Field(description="Lasting name of the decision")
    kind: MandateKind = Field(default=MandateKind.HOSTING, description="What kind of decision it is")
    wording: TextIn = Field(description="What was decided")
    decided_by: TextIn = Field(default=Text(), description="Who decided")
    decided_on: Day | None = Field(default=None, description="Day of the decision; of an agreement, of its signing")
    document: TextIn = Field(default=Text(), description="Document that holds it")
    number: Annotated[Words, Field(max_length=100)] = Field(default="", description="Number of the document")
    signatories: TextIn = Field(default=Text(), description="Who signed, if it is an agreement")
    in_force_on: Day | None = Field(default=None, description="Day from which it is in force")


class Duty(Part):
    """One line of the split of duties."""

    slug: Slug = Field(description="Lasting name of the duty")
    task: TextIn = Field(description="What is to be done")
    bearer: DutyBearer = Field(description="Who answers for it")
    supported_by: tuple[DutyBearer, ...] = Field(default=(), description="Who helps")


class Milestone(Sourced):
    """A dated step of the preparation."""

    slug: Slug = Field(description="Lasting name of the step")
    date: Day = Field(description="Day of the step")
    wording: TextIn = Field(description="What happened or is due")


class Source(Part):
    """A public page that a fact rests on."""

    slug: Slug = Field(description="Lasting name of the source")
    url: Url = Field(default="", description="Where it can be read")
    title: Annotated[Words, Field(max_length=200)] = Field(default="", description="Title of the page")
    published_on: Day | None = Field(default=None, description="Day of publication")
    language: Language = Field(default="en", description="Language of the page")
    note: TextIn = Field(default=Text(), description="What to know when relying on it")


class ClaimVersion(Sourced):
    """One version of a disputed fact."""

    wording: TextIn = Field(description="What this version says")
    is_adopted: YesNo = Field(default=False, description="The version this file goes by")


class Claim(Part):
    """A fact on which sources disagree; every version is kept with its source."""

    slug: Slug = Field(description="Lasting name of the question")
    subject: TextIn = Field(description="What the sources disagree on")
    versions: Annotated[tuple[ClaimVersion, ...], Field(min_length=1, max_length=50)] = Field(
        description="What they say"
    )


class Party(Sourced):
    """A region, city, state or organisation that is invited."""

    slug: Slug = Field(description="Lasting name of the party")
    kind: PartyKind = Field(default=PartyKind.REGION, description="What it is")
    role: PartyRole = Field(default=PartyRole.MEMBER, description="In what quality it takes part")
    country: Country | None = Field(default=None, description="State it belongs to; needed for a state and a city")
    iso: Region | None = Field(default=None, description="Required for a region")
    name: TextIn = Field(description="Name as shown")
    seat: TextIn = Field(default=Text(), description="Its capital or seat")
    place: Place | None = Field(default=None, description="Where its seat lies on the map")
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = Field(
        description="Languages its delegation can work in, best first"
    )
    head_office: TextIn = Field(default=Text(), description="Title of its head")
    head_attendance: Attendance = Field(default=Attendance.UNKNOWN, description="What is known of the head's presence")
    represented_by: TextIn = Field(default=Text(), description="Office that comes in place of the head")
    rank_class: Annotated[Whole, Field(ge=1, le=9)] = Field(default=5, description="1 stands first in order")
    arrives_at: Moment | None = Field(default=None, description="When its delegation arrives")
    departs_at: Moment | None = Field(default=None, description="When its delegation leaves")
    note: TextIn = Field(default=Text(), description="Remark for readers")


class Office(Sourced):
    """An office that takes part beside the parties."""

    slug: Slug = Field(description="Lasting name of the office")
    name: TextIn = Field(description="Name of the office")
    role: TextIn = Field(default=Text(), description="What it does at the summit")
    party: PartySlug | None = Field(default=None, description="Party it belongs to")
    country: Country | None = Field(default=None, description="State it belongs to")
    rank_class: Annotated[Whole, Field(ge=1, le=9)] = Field(default=5, description="1 stands first in order")
    attendance: Attendance = Field(default=Attendance.UNKNOWN, description="What is known of its presence")
