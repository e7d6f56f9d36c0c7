"""The part of the schema about texts and their points."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ejlas.core.text import Text
from ejlas.journeys.summit_file.schema.base import Day, Language, Slug, Sourced, TextIn, Whole, YesNo
from ejlas.outcomes.rules import PointState, TextKind, Verb


class Point(Sourced):
    """One paragraph of a text; owner, date and measure make it a commitment."""

    number: Annotated[Whole, Field(ge=1, le=9999)] = Field(description="Its number in the text")
    topic: Slug = Field(description="Lasting name of its subject")
    topic_name: TextIn = Field(description="Name of its subject")
    verb: Verb = Field(description="Force of its operative verb")
    wording: TextIn = Field(description="What it says")
    state: PointState = Field(default=PointState.PUBLISHED, description="How far it is agreed")
    owner: TextIn = Field(default=Text(), description="Who answers for it")
    due_on: Day | None = Field(default=None, description="Day by which it is to be kept")
    measure: TextIn = Field(default=Text(), description="How one sees that it is kept")


class OutcomeText(Sourced):
    """An outcome document."""

    slug: Slug = Field(description="Lasting name of the text")
    kind: TextKind = Field(default=TextKind.DECLARATION, description="What it is")
    title: TextIn = Field(description="Title")
    adopted_on: Day | None = Field(default=None, description="Day of adoption")
    adoption: TextIn = Field(default=Text(), description="How it was adopted")
    is_complete: YesNo = Field(default=True, description="Whether all of its points are known")
    languages_seen: tuple[Language, ...] = Field(default=(), description="Languages in which it was seen")
    observation: TextIn = Field(default=Text(), description="What to know when reading it")
    points: Annotated[tuple[Point, ...], Field(max_length=1000)] = Field(default=(), description="Its points")
