"""Roles, the doors they open, and what a grant must name; no framework."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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


def holds_at(moment: datetime, *, ends_at: datetime | None, withdrawn_at: datetime | None) -> bool:
    """Whether a grant holds at a moment: not withdrawn, and not past its end."""
    return withdrawn_at is None and (ends_at is None or moment < ends_at)


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
