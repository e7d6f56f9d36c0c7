"""Roles, the doors they open, and what a grant must name; no framework."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Role(StrEnum):
    """What a person is at an edition; decides what is seen and what may be changed."""

    HEAD = "head"
    PROTOCOL = "protocol"
    ACCREDITATION_DESK = "accreditation-desk"
    PROGRAMME_DESK = "programme-desk"
    INTERPRETER_DESK = "interpreter-desk"
    TRANSPORT_DESK = "transport-desk"
    MEDIA_DESK = "media-desk"
    VETTING = "vetting"
    BODY = "body"
    FOCAL_POINT = "focal-point"
    DELEGATE = "delegate"
    INTERPRETER = "interpreter"
    LIAISON = "liaison"
    GATE = "gate"
    JOURNALIST = "journalist"
    AUDITOR = "auditor"


class Door(StrEnum):
    """A part of the site with its own address and its own people."""

    DESK = "desk"
    PORTAL = "portal"
    GATE = "gate"
    PRESS = "press"


DOORS = {
    Role.HEAD: Door.DESK,
    Role.PROTOCOL: Door.DESK,
    Role.ACCREDITATION_DESK: Door.DESK,
    Role.PROGRAMME_DESK: Door.DESK,
    Role.INTERPRETER_DESK: Door.DESK,
    Role.TRANSPORT_DESK: Door.DESK,
    Role.MEDIA_DESK: Door.DESK,
    Role.VETTING: Door.DESK,
    Role.BODY: Door.DESK,
    Role.AUDITOR: Door.DESK,
    Role.FOCAL_POINT: Door.PORTAL,
    Role.DELEGATE: Door.PORTAL,
    Role.INTERPRETER: Door.PORTAL,
    Role.LIAISON: Door.PORTAL,
    Role.GATE: Door.GATE,
    Role.JOURNALIST: Door.PRESS,
}

DESK_ROLES = frozenset(role for role, door in DOORS.items() if door is Door.DESK)
PORTAL_ROLES = frozenset(role for role, door in DOORS.items() if door is Door.PORTAL)
# Those who see the whole of the desk's work; a body and the vetting officers see their own part of it.
STAFF = DESK_ROLES - {Role.BODY, Role.VETTING}
# A grant of these may hold for every edition of the installation.
FOR_EVERY_EDITION = frozenset({Role.HEAD, Role.AUDITOR})
# A grant of these names the party whose person it is.
OF_A_PARTY = frozenset({Role.FOCAL_POINT, Role.DELEGATE})
# Who files a list is named by the desk that works with it, too, not by the head of the secretariat alone.
ALSO_GIVEN_BY = {
    Role.FOCAL_POINT: frozenset({Role.PROTOCOL, Role.ACCREDITATION_DESK}),
    Role.JOURNALIST: frozenset({Role.ACCREDITATION_DESK, Role.MEDIA_DESK}),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A grant that holds now: a role at one edition, or at every one (""); of a party or a body where it names one."""

    role: Role
    edition: str = ""
    party: str = ""
    body: str = ""

    def covers(self, edition: str) -> bool:
        """Whether this grant holds at an edition."""
        return self.edition in ("", edition)


@dataclass(frozen=True, slots=True)
class RoleWanted:
    """A role that is to be given: at an edition, or at every one (""); until its end, or without one."""

    role: Role
    edition: str = ""
    party: str = ""
    body: str = ""
    ends_at: datetime | None = None


class GrantState(StrEnum):
    """Where a role of a person stands."""

    HOLDS = "holds"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class LinkState(StrEnum):
    """What became of a link that was sent."""

    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def link_state(
    moment: datetime, *, expires_at: datetime, used_at: datetime | None, withdrawn_at: datetime | None = None
) -> LinkState:
    """Tell what became of a link at a moment; a used one stays used after its end."""
    if used_at is not None:
        return LinkState.USED
    if withdrawn_at is not None:
        return LinkState.WITHDRAWN
    return LinkState.EXPIRED if moment >= expires_at else LinkState.OPEN


def holds_at(moment: datetime, *, ends_at: datetime | None, withdrawn_at: datetime | None) -> bool:
    """Whether a grant holds at a moment: not withdrawn, and not past its end."""
    return withdrawn_at is None and (ends_at is None or moment < ends_at)


def grant_state(moment: datetime, *, ends_at: datetime | None, withdrawn_at: datetime | None) -> GrantState:
    """Tell where a grant stands at a moment; a withdrawn one stays withdrawn after its end."""
    if withdrawn_at is not None:
        return GrantState.WITHDRAWN
    return GrantState.HOLDS if holds_at(moment, ends_at=ends_at, withdrawn_at=None) else GrantState.ENDED


def doors_of(held: frozenset[Held] | tuple[Held, ...]) -> tuple[Door, ...]:
    """Name the doors that these grants open, in the order of the doors."""
    opened = {DOORS[grant.role] for grant in held}
    return tuple(door for door in Door if door in opened)


# Looked for in this order: each browser names those before it, too, to be served by old sites.
_BROWSERS = (
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("YaBrowser/", "Yandex Browser"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


def device_of(agent: str) -> tuple[str, str]:
    """Return the browser and the system that a User-Agent header names; "" for what it does not name."""
    browser = next((name for sign, name in _BROWSERS if sign in agent), "")
    return browser, next((name for sign, name in _SYSTEMS if sign in agent), "")


# The name of the account in which Ejlas acts by itself, as it stands in what was asked for so.
SYSTEM_NAME = "system"


class Scope(StrEnum):
    """What an API key may be used for; every key reads. A key never may more than its person may now."""

    READ = "read"
    WRITE = "write"  # add, change, remove, put back things of an edition
    PLAN = "plan"  # run the planner, accept a plan
    PUBLISH = "publish"
    ADMIN = "admin"  # roles, invitations, webhooks


LONGEST_KEY = timedelta(days=366)
MOST_KEYS = 20


def scope_allows(scopes: Iterable[str], needed: Scope) -> bool:
    """Whether a key of these scopes may be used for something."""
    return needed is Scope.READ or needed in set(scopes)


class DeliveryState(StrEnum):
    """Where a delivery of a webhook stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


# After each failed try the next wait; after the last, nobody tries any more: a day in all.
DELIVERY_WAITS = tuple(timedelta(seconds=seconds) for seconds in (30, 120, 600, 3600, 10800, 28800, 43200))
# So many failures, one after the other and with no success between, pause a webhook.
MOST_FAILURES = 20
# Of these no webhook hears: they are about persons.
PRIVATE_EVENTS = ("accounts", "audit", "delegations")


def is_event_prefix(prefix: str) -> bool:
    """Whether this is an event of the trail, or first parts of one, that a webhook may hear of."""
    parts = prefix.split(".")
    return (
        len(parts) <= 3 and parts[0] not in PRIVATE_EVENTS and all(part.replace("_", "a").isalpha() for part in parts)
    )


def hears(prefixes: Iterable[str], event: str) -> bool:
    """Whether an event has one of these first parts; without any, every event that is not about persons."""
    if event.partition(".")[0] in PRIVATE_EVENTS:
        return False
    prefixes = tuple(prefixes)
    return not prefixes or any(f"{event}.".startswith(f"{prefix}.") for prefix in prefixes)


def signature(secret: str, *, identifier: str, timestamp: int, body: bytes) -> str:
    """Return the signature of a delivery, as Standard Webhooks has it: HMAC-SHA256 over number, moment and body."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{identifier}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
