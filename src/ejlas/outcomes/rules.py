"""Words and values of outcomes: texts, their points, and what a point lacks to be a commitment."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TypedDict

from ejlas.core.text import StoredText


class TextKind(StrEnum):
    """What an outcome text is."""

    DECLARATION = "declaration"
    STATEMENT = "statement"
    PROPOSALS = "proposals"
    AGREEMENT = "agreement"


class PointState(StrEnum):
    """Where a point stands between the first proposal and the public text."""

    PROPOSED = "proposed"
    BRACKETED = "bracketed"
    AD_REFERENDUM = "ad_referendum"
    AGREED = "agreed"
    LANGUAGE_CHECKED = "language_checked"
    ADOPTED = "adopted"
    PUBLISHED = "published"


class Verb(StrEnum):
    """The force of a point's operative verb."""

    NOTED = "noted"
    WELCOMED = "welcomed"
    SUPPORTED = "supported"
    STRESSED = "stressed"
    CALLED = "called"
    AGREED = "agreed"
    DECIDED = "decided"
    UNDERTOOK = "undertook"


class Lack(StrEnum):
    """What a point may lack to be a commitment: someone who owns it, a date, a measure."""

    OWNER = "owner"
    DATE = "date"
    MEASURE = "measure"


def lacks(*, has_owner: bool, due_on: date | None, has_measure: bool) -> tuple[Lack, ...]:
    """Name what a point lacks to be a commitment, in the order owner, date, measure (rule 31)."""
    present = {Lack.OWNER: has_owner, Lack.DATE: due_on is not None, Lack.MEASURE: has_measure}
    return tuple(lack for lack, is_there in present.items() if not is_there)


class PointContent(TypedDict):
    """A point as the public sees it; `lacks` holds values of Lack."""

    number: int
    topic: str
    topic_name: StoredText
    verb: str
    wording: StoredText
    state: str
    owner: StoredText
    due_on: str | None
    measure: StoredText
    lacks: list[str]
    sources: list[str]


class TextContent(TypedDict):
    """An outcome text as the public sees it, with its points."""

    slug: str
    kind: str
    title: StoredText
    adopted_on: str | None
    adoption: StoredText
    is_complete: bool
    languages_seen: list[str]
    observation: StoredText
    sources: list[str]
    points: list[PointContent]
