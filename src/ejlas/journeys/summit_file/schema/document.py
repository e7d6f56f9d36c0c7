"""The whole summit file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ejlas.journeys.summit_file.schema.base import Part
from ejlas.journeys.summit_file.schema.forum import (
    Claim,
    Duty,
    Edition,
    Forum,
    Host,
    Mandate,
    Milestone,
    Office,
    Party,
    Source,
)
from ejlas.journeys.summit_file.schema.outcomes import OutcomeText
from ejlas.journeys.summit_file.schema.programme import Bilateral, Interpreter, Session, Speaker, Venue


class SummitFile(Part):
    """A summit in one file, from the mandate to the points of its declaration."""

    schema_version: Literal["ejlas-summit/1"] = Field(alias="schema", description="The form of this file")
    forum: Forum = Field(description="The series")
    edition: Edition = Field(description="This summit")
    host: Host = Field(description="Who hosts")
    mandates: Annotated[tuple[Mandate, ...], Field(max_length=100)] = Field(
        default=(), description="Decisions that gave the hosting"
    )
    duties: Annotated[tuple[Duty, ...], Field(max_length=500)] = Field(default=(), description="Who does what")
    milestones: Annotated[tuple[Milestone, ...], Field(max_length=500)] = Field(
        default=(), description="Steps of the preparation"
    )
    sources: Annotated[tuple[Source, ...], Field(max_length=2000)] = Field(
        default=(), description="Pages that facts rest on"
    )
    claims: Annotated[tuple[Claim, ...], Field(max_length=500)] = Field(
        default=(), description="Facts on which sources disagree"
    )
    parties: Annotated[tuple[Party, ...], Field(min_length=1, max_length=500)] = Field(
        description="Who is invited; the host too"
    )
    offices: Annotated[tuple[Office, ...], Field(max_length=500)] = Field(
        default=(), description="Offices beside the parties"
    )
    venues: Annotated[tuple[Venue, ...], Field(max_length=200)] = Field(
        default=(), description="Places, with their rooms"
    )
    speakers: Annotated[tuple[Speaker, ...], Field(max_length=2000)] = Field(default=(), description="Who speaks")
    sessions: Annotated[tuple[Session, ...], Field(max_length=2000)] = Field(default=(), description="The programme")
    interpreters: Annotated[tuple[Interpreter, ...], Field(max_length=500)] = Field(
        default=(), description="Interpreters for bilaterals"
    )
    bilaterals: Annotated[tuple[Bilateral, ...], Field(max_length=2000)] = Field(
        default=(), description="Wishes for bilaterals"
    )
    texts: Annotated[tuple[OutcomeText, ...], Field(max_length=100)] = Field(
        default=(), description="Outcome texts, with their points"
    )
