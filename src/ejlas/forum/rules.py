"""Words and values of a forum, its editions and its parties; what a publication says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from typing import Any, NamedTuple, NotRequired, TypedDict

from ejlas.core.text import StoredText

SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

# First parts of addresses that belong to the system; an edition may not take one of them.
RESERVED_SLUGS = frozenset(
    {
        *("desk", "portal", "gate", "press", "pass", "deadlines", "account", "api"),
        *("static", "media", "health", "new", "forums", "search", "answer"),
    }
)


class PartyKind(StrEnum):
    """What a party is."""

    REGION = "region"
    CITY = "city"
    STATE = "state"
    ORGANISATION = "organisation"


class PartyRole(StrEnum):
    """In what quality a party takes part."""

    HOST = "host"
    MEMBER = "member"
    GUEST = "guest"
    OBSERVER = "observer"


class Attendance(StrEnum):
    """What is known of the presence of a party's head or of an office."""

    ATTENDED = "attended"
    REPRESENTED = "represented"
    EXPECTED = "expected"
    ANNOUNCED = "announced"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """How well a fact is supported: two independent sources, one good source, a weak or contradicted one."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Calendar(StrEnum):
    """A calendar in which an edition shows its dates."""

    GREGORIAN = "gregorian"
    SOLAR_HIJRI = "solar_hijri"


class MandateKind(StrEnum):
    """What kind of decision a hosting rests on."""

    HOSTING = "hosting"
    GOVERNMENT = "government"
    AGREEMENT = "agreement"
    OTHER = "other"


class DutyBearer(StrEnum):
    """Who carries a duty of the split between host, lead ministry and secretariat."""

    HOST = "host"
    LEAD_MINISTRY = "lead_ministry"
    SECRETARIAT = "secretariat"


class Bounds(NamedTuple):
    """A number of the house: its default, and between what it may stand."""

    default: int
    least: int
    most: int


# House rules 19 to 22: the numbers by which bilaterals are planned; each edition may have its own.
BILATERAL_NUMBERS = {
    "grid_min": Bounds(15, 5, 60),
    "turnaround_min": Bounds(15, 0, 120),
    "buffer_min": Bounds(15, 0, 120),
    "daily_cap": Bounds(2, 1, 40),
    "rest_min": Bounds(30, 0, 240),
    "wait_min": Bounds(30, 0, 240),
    "travel_min": Bounds(30, 0, 240),
    "row_min": Bounds(0, 0, 480),
    "pause_min": Bounds(30, 5, 240),
}
BILATERALS_OPEN, BILATERALS_CLOSE = time(8), time(20)
BILATERALS_MAY_FOLLOW = False
BILATERALS_BY_RANK = False
BILATERALS_WITH_RELAY = False


def bilateral_defaults() -> dict[str, Any]:
    """Return the rules of bilaterals of an edition that has none of its own, as they are stored."""
    return {
        "opens": BILATERALS_OPEN.isoformat(),
        "closes": BILATERALS_CLOSE.isoformat(),
        **{name: bounds.default for name, bounds in BILATERAL_NUMBERS.items()},
        "consecutive": BILATERALS_MAY_FOLLOW,
        "by_rank": BILATERALS_BY_RANK,
        "relay": BILATERALS_WITH_RELAY,
        "starts_on": None,
        "ends_on": None,
    }


def bilateral_rules(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rules of bilaterals in the settings of an edition, as they are stored; defaults for what is not."""
    stored: dict[str, Any] = settings.get("bilaterals", {})
    return bilateral_defaults() | stored


def slug_is_free(slug: str) -> bool:
    """Tell whether an edition may take this slug: well formed, not reserved, not the look of a language code."""
    return bool(SLUG.fullmatch(slug)) and slug not in RESERVED_SLUGS and not re.fullmatch(r"[a-z]{2,3}", slug)


class SourceContent(TypedDict):
    """A public page that a fact rests on."""

    slug: str
    url: str
    title: str
    published_on: str | None
    language: str
    note: StoredText


class ClaimVersionContent(TypedDict):
    """One version of a disputed fact."""

    wording: StoredText
    is_adopted: bool
    confidence: str
    sources: list[str]


class ClaimContent(TypedDict):
    """A fact on which sources disagree, with every version and its sources."""

    slug: str
    subject: StoredText
    versions: list[ClaimVersionContent]


class PartyContent(TypedDict):
    """A party as the public sees it."""

    slug: str
    kind: str
    role: str
    country: str | None
    iso: str | None
    name: StoredText
    seat: StoredText
    latitude: float | None
    longitude: float | None
    head_office: StoredText
    head_attendance: str
    represented_by: StoredText
    confidence: str
    sources: list[str]
    note: StoredText


class OfficeContent(TypedDict):
    """An office that takes part beside the parties: a minister, an ambassador, an organisation's head."""

    slug: str
    name: StoredText
    role: StoredText
    attendance: str
    confidence: str
    sources: list[str]


class MandateContent(TypedDict):
    """A decision on which the hosting rests.

    What is not known of it is left out, and so is the usual kind: publications of before these parts were kept
    say the same as newer ones.
    """

    wording: StoredText
    kind: NotRequired[str]
    decided_by: NotRequired[StoredText]
    decided_on: str | None
    signatories: NotRequired[StoredText]
    in_force_on: NotRequired[str]
    confidence: str
    sources: list[str]


class DutyContent(TypedDict):
    """One line of the split of duties."""

    slug: str
    task: StoredText
    bearer: str
    supported_by: list[str]


class MilestoneContent(TypedDict):
    """A dated step of the preparation."""

    slug: str
    date: str
    wording: StoredText
    sources: list[str]


class EditionContent(TypedDict):
    """An edition as the public sees it; dates are ISO, times carry the offset of the edition's place."""

    slug: str
    number: int
    name: StoredText
    motto: StoredText
    summary: StoredText
    starts_on: str
    ends_on: str
    opens_at: str | None
    timezone: str
    city: StoredText
    country: str
    languages: list[str]
    fallback_languages: list[str]
    calendars: list[str]
    colours: list[str]
    forum_slug: str
    forum_name: StoredText
    host_office: StoredText
    lead_ministry: StoredText
    secretariat: StoredText
    aims: list[StoredText]
    mandates: list[MandateContent]
    duties: list[DutyContent]
    milestones: list[MilestoneContent]
    note: NotRequired[StoredText]


class MapPoint(TypedDict):
    """A party's seat on the map, in the units of the map's box."""

    party: str
    x: float
    y: float


class MapContent(TypedDict):
    """A drawn map: the outlines of the land as one SVG path in a box of the given size."""

    width: int
    height: int
    land: str
    points: list[MapPoint]
