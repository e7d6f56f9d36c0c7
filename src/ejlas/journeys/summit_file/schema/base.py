"""What the parts of the schema share: strict parts, slugs, texts, dates, moments, places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, WithJsonSchema
from pydantic_core import PydanticCustomError

from ejlas.core import languages
from ejlas.core.text import UNSURE, Text
from ejlas.forum import rules

# A year outside of these is a slip, most often a year of another calendar: 1404 is not 2025.
FIRST_YEAR, LAST_YEAR = 1800, 2199
LONGEST_WORDING = 20_000

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}")
# The one spelling of a code: fa, pt-BR, zh-Hant, es-419.
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
_URL = re.compile(r"https?://[^\s<>\"]+")


class Kind(StrEnum):
    """What kind of value a field takes."""

    PART = "part"
    TEXT = "text"
    WORDS = "words"
    SLUG = "slug"
    LANGUAGE = "language"
    COUNTRY = "country"
    REGION = "region"
    COLOUR = "colour"
    URL = "url"
    DAY = "day"
    MOMENT = "moment"
    TIME = "time"
    WHOLE = "whole"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Is:
    """Mark of a string that is more than words: a slug, a code, a colour."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Refers:
    """Mark of a slug that names an item of another list of the file: `parties`, `venues.rooms`."""

    to: str


class Part(BaseModel):
    """A part of the file: unknown fields are refused, values cannot be changed after the check."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def text_flaws(value: Any) -> list[PydanticCustomError]:
    """Name everything that keeps a value from being a text; each error's context holds the language it is about."""
    if not isinstance(value, dict) or not any(key != UNSURE for key in value):
        return [PydanticCustomError("text", "not a text")]
    words = {key: wording for key, wording in value.items() if key != UNSURE}
    flaws = []
    for code, wording in words.items():
        if not _is_language(code):
            flaws.append(PydanticCustomError("text_language", "not a language code", {"code": code}))
        elif not isinstance(wording, str) or not wording.strip():
            flaws.append(PydanticCustomError("text_wording", "not a wording", {"code": code}))
        elif len(wording) > LONGEST_WORDING:
            flaws.append(PydanticCustomError("text_length", "too long", {"code": code, "length": len(wording)}))
    unsure = value.get(UNSURE, [])
    if not isinstance(unsure, list) or not all(isinstance(code, str) and code in words for code in unsure):
        flaws.append(PydanticCustomError("text_unsure", "unsure names a language without wording", {"code": UNSURE}))
    return flaws


def _is_language(code: str) -> bool:
    return bool(_LANGUAGE.fullmatch(code)) and languages.is_language(code)


def _as_slug(value: str) -> str:
    if not rules.SLUG.fullmatch(value):
        raise PydanticCustomError("slug", "not a slug")
    return value


def _as_language(value: str) -> str:
    if not _is_language(value):
        raise PydanticCustomError("language", "not a language code")
    return value


def _as_url(value: str) -> str:
    if value and not _URL.fullmatch(value):
        raise PydanticCustomError("url", "not an address")
    return value


def _as_date(value: Any) -> date:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise PydanticCustomError("date", "not a date")
    _refuse_far_year(value)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date_missing", "no such day") from None


def _as_moment(value: Any) -> datetime:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise PydanticCustomError("moment", "not a moment")
    _refuse_far_year(value)
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("moment_missing", "no such moment") from None


def _refuse_far_year(value: str) -> None:
    if not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
        raise PydanticCustomError("year", "not a year of our time", {"year": value[:4]})


def _as_time(value: Any) -> time:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise PydanticCustomError("time", "not a time")
    try:
        return time.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("time_missing", "no such time") from None


def _as_text(value: Any) -> Text:
    for flaw in text_flaws(value):
        raise flaw
    words = {code: wording.strip() for code, wording in value.items() if code != UNSURE}
    return Text(words, frozenset(value.get(UNSURE, ())))


Whole = Annotated[int, Strict()]
YesNo = Annotated[bool, Strict()]
Degrees = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Words = Annotated[str, Field(max_length=500)]
Slug = Annotated[
    str,
    AfterValidator(_as_slug),
    Field(min_length=1, max_length=60),
    Is(Kind.SLUG),
    WithJsonSchema({"type": "string", "pattern": f"^{rules.SLUG.pattern}$", "maxLength": 60}),
]
PartySlug = Annotated[Slug, Refers("parties")]
SourceSlug = Annotated[Slug, Refers("sources")]
SpeakerSlug = Annotated[Slug, Refers("speakers")]
VenueSlug = Annotated[Slug, Refers("venues")]
RoomSlug = Annotated[Slug, Refers("venues.rooms")]
Language = Annotated[
    str,
    AfterValidator(_as_language),
    Is(Kind.LANGUAGE),
    WithJsonSchema({"type": "string", "pattern": f"^{_LANGUAGE.pattern}$"}),
]
Url = Annotated[
    str,
    AfterValidator(_as_url),
    Field(max_length=2000),
    Is(Kind.URL),
    WithJsonSchema({"type": "string", "pattern": f"^(?:{_URL.pattern})?$", "maxLength": 2000}),
]
Day = Annotated[
    date,
    BeforeValidator(_as_date),
    WithJsonSchema({"type": "string", "format": "date", "pattern": f"^{_DATE.pattern}$"}),
]
Moment = Annotated[
    datetime, BeforeValidator(_as_moment), WithJsonSchema({"type": "string", "pattern": f"^{_MOMENT.pattern}$"})
]
TimeOfDay = Annotated[
    time, BeforeValidator(_as_time), WithJsonSchema({"type": "string", "pattern": f"^{_TIME.pattern}$"})
]
TextIn = Annotated[
    Text,
    BeforeValidator(_as_text),
    WithJsonSchema(
        {
            "type": "object",
            "properties": {UNSURE: {"type": "array", "items": {"type": "string"}}},
            "patternProperties": {
                f"^{_LANGUAGE.pattern}$": {
                    "type": "string", "minLength": 1, "maxLength": LONGEST_WORDING, "pattern": r"\S",
                }
            },
            "additionalProperties": False,
            "minProperties": 1,
        }
    ),
]  # fmt: skip
Confidence = rules.Confidence


class Place(Part):
    """A point on the map, in degrees (WGS 84)."""

    latitude: Annotated[Degrees, Field(ge=-90, le=90)] = Field(description="Degrees north; south is negative")
    longitude: Annotated[Degrees, Field(ge=-180, le=180)] = Field(description="Degrees east; west is negative")


class Sourced(Part):
    """Something that rests on sources."""

    sources: tuple[SourceSlug, ...] = Field(default=(), description="Where it is reported")
    confidence: Confidence = Field(
        default=Confidence.MEDIUM, description="high: two or more independent sources; medium: one good; low: weak"
    )
