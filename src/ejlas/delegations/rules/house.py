"""The house's numbers for delegations (rules 1 to 8): their defaults, bounds and how an edition stores its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from ejlas.delegations.rules.people import PersonField
from ejlas.forum.rules import Bounds

SETTINGS = "delegations"


class Late(StrEnum):
    """What becomes of an entry after the end of the nominations (rule 4)."""

    REFUSED = "refused"
    APPROVER = "approver"


class PublicList(StrEnum):
    """Whom the public list names."""

    NOBODY = "nobody"
    HEADS = "heads"
    DELEGATES = "delegates"  # of the capacities that are marked as public


class ListOrder(StrEnum):
    """In which order delegations are listed (rule 13)."""

    PROTOCOL = "protocol"
    ALPHABET = "alphabet"


NUMBERS = {
    # Days before the opening on which the windows end, and by which credentials are asked for (rule 3).
    "nominate_days": Bounds(21, 0, 365),
    "confirm_days": Bounds(10, 0, 365),
    "credentials_days": Bounds(7, 0, 365),
    "photo_months": Bounds(6, 1, 120),  # rule 2
    "most_people": Bounds(50, 1, 5000),  # of one delegation (rule 9)
    "document_days": Bounds(0, 0, 400),  # a document holds so many days after the close
}

# Days after the close for which each field is kept; then a purge empties it.
RETENTION = {
    PersonField.DOCUMENT_NUMBER: Bounds(30, 0, 3650),
    PersonField.BORN_ON: Bounds(30, 0, 3650),
    PersonField.HEALTH: Bounds(7, 0, 3650),
    PersonField.DIET: Bounds(7, 0, 3650),
    PersonField.PHONE: Bounds(90, 0, 3650),
    "photo": Bounds(90, 0, 3650),
    "papers": Bounds(90, 0, 3650),
}

# Register numbers: the year of the letter and a number that runs through it.
NUMBER_PATTERN = "{year}/{number:3}"


def defaults() -> dict[str, Any]:
    """Return the rules for delegations of an edition that has none of its own, as they are stored."""
    return {
        **{name: bounds.default for name, bounds in NUMBERS.items()},
        "nominate_by": None,
        "confirm_by": None,
        "late": Late.REFUSED.value,
        "late_approver": "",
        "photo_exempt_heads": True,
        "issuer": {},
        "press_is_open": False,
        "number_pattern": NUMBER_PATTERN,
        "public_list": PublicList.HEADS.value,
        "public_order": ListOrder.PROTOCOL.value,
        "retention": {str(name): bounds.default for name, bounds in RETENTION.items()},
    }


def stored(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rules in the settings of an edition, as they are stored; defaults for what is not."""
    own: dict[str, Any] = settings.get(SETTINGS, {})
    made = defaults() | own
    made["retention"] = defaults()["retention"] | made["retention"]
    return made


@dataclass(frozen=True, slots=True)
class Windows:
    """Until when persons are named, and until when the list is confirmed."""

    nominate_by: datetime
    confirm_by: datetime

    def may_nominate(self, at: datetime) -> bool:
        """Whether a person may still be named."""
        return at <= self.nominate_by

    def may_confirm(self, at: datetime) -> bool:
        """Whether the list may still be confirmed."""
        return at <= self.confirm_by


def windows(
    settings: Mapping[str, Any],
    starts_on: date,
    zone: ZoneInfo,
    *,
    nominate_by: datetime | None = None,
    confirm_by: datetime | None = None,
) -> Windows:
    """Return the windows of a delegation: its own ends, else the edition's, else days before the opening."""
    own = stored(settings)

    def end(name: str, given: datetime | None) -> datetime:
        if given is not None:
            return given
        if own[f"{name}_by"]:
            return datetime.fromisoformat(own[f"{name}_by"])
        # A window ends with its last day, at the place.
        last = starts_on - timedelta(days=own[f"{name}_days"])
        return datetime.combine(last, time(23, 59), tzinfo=zone)

    return Windows(end("nominate", nominate_by), end("confirm", confirm_by))


def kept_until(settings: Mapping[str, Any], ends_on: date) -> dict[str, date]:
    """Return the last day on which each field is kept."""
    return {name: ends_on + timedelta(days=days) for name, days in stored(settings)["retention"].items()}


def months_before(day: date, months: int) -> date:
    """Return the day so many calendar months earlier; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
