"""The words for stored choices, by the value that is stored: those that documents share, and the pages' own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.accounts.rules import DeliveryState, Door, GrantState, LinkState, Role
from ejlas.core.outgoing import Fault
from ejlas.exports.labels import (
    APPEARANCES,
    ATTENDANCE,
    BILATERAL,
    PARTY_KINDS,
    PARTY_ROLES,
    SESSION_KINDS,
    TIMINGS,
    TRILATERAL,
)
from ejlas.forum.rules import Calendar, Confidence, DutyBearer, MandateKind
from ejlas.outcomes.rules import Lack, PointState, TextKind, Verb
from ejlas.programme.rules import BilateralState, RoomKind

__all__ = [
    "APPEARANCES",
    "ATTENDANCE",
    "BILATERAL",
    "BILATERAL_STATES",
    "CALENDARS",
    "CONFIDENCE",
    "DELIVERY_FAULTS",
    "DELIVERY_STATES",
    "DOORS",
    "DUTY_BEARERS",
    "GRANT_STATES",
    "LACKS",
    "LINK_STATES",
    "MANDATE_KINDS",
    "PARTY_KINDS",
    "PARTY_ROLES",
    "POINT_STATES",
    "ROLES",
    "ROOM_KINDS",
    "SESSION_KINDS",
    "TEXT_KINDS",
    "TIMINGS",
    "TRILATERAL",
    "VERBS",
    "word",
]

ROLES = {
    Role.HEAD: _("Head of the secretariat"),
    Role.PROTOCOL: _("Protocol officer"),
    Role.ACCREDITATION_DESK: _("Accreditation desk"),
    Role.PROGRAMME_DESK: _("Programme desk"),
    Role.INTERPRETER_DESK: _("Interpreters' desk"),
    Role.TRANSPORT_DESK: _("Transport desk"),
    Role.MEDIA_DESK: _("Media desk"),
    Role.VETTING: _("Vetting officer"),
    Role.BODY: _("Executive body"),
    Role.FOCAL_POINT: _("Focal point"),
    Role.DELEGATE: _("Delegate"),
    Role.INTERPRETER: _("Interpreter"),
    Role.LIAISON: _("Liaison officer"),
    Role.GATE: _("Gate officer"),
    Role.JOURNALIST: _("Journalist"),
    Role.AUDITOR: _("Auditor"),
}

DOORS = {
    Door.DESK: _("Desk"),
    Door.PORTAL: _("Portal"),
    Door.GATE: _("Gate"),
    Door.PRESS: _("Press"),
}

GRANT_STATES = {
    GrantState.HOLDS: _in("state of a role", "Holds"),
    GrantState.ENDED: _in("state of a role", "Ended"),
    GrantState.WITHDRAWN: _in("state of a role", "Withdrawn"),
}

LINK_STATES = {
    LinkState.OPEN: _in("state of an invitation", "Sent"),
    LinkState.EXPIRED: _in("state of an invitation", "Expired"),
    LinkState.USED: _in("state of an invitation", "Accepted"),
    LinkState.WITHDRAWN: _in("state of an invitation", "Withdrawn"),
}

DELIVERY_STATES = {
    DeliveryState.WAITING: _in("state of a delivery", "Waiting"),
    DeliveryState.DELIVERED: _in("state of a delivery", "Delivered"),
    DeliveryState.FAILED: _in("state of a delivery", "Given up"),
}

DELIVERY_FAULTS = {
    Fault.ADDRESS: _("The address leads to no machine outside"),
    Fault.NAME: _("The name of the address is not known"),
    Fault.CONNECTION: _("Nobody answers, or the answer breaks off"),
    Fault.CERTIFICATE: _("The certificate is not valid"),
    Fault.TIME: _("The answer took too long"),
    Fault.ANSWER: _("It was not accepted"),
}

CALENDARS = {
    Calendar.GREGORIAN: _("Gregorian"),
    Calendar.SOLAR_HIJRI: _("Solar Hijri"),
}

ROOM_KINDS = {
    RoomKind.HALL: _("Hall"),
    RoomKind.MEETING: _("Bilateral room"),
    RoomKind.PRESS: _("Press room"),
    RoomKind.OPEN: _("Open air"),
}

BILATERAL_STATES = {
    BilateralState.REQUESTED: _in("state of a bilateral", "Requested"),
    BilateralState.COUNTERED: _in("state of a bilateral", "Another time proposed"),
    BilateralState.AGREED: _in("state of a bilateral", "Agreed"),
    BilateralState.PLACED: _in("state of a bilateral", "Has its place"),
    BilateralState.HELD: _in("state of a bilateral", "Held"),
    BilateralState.CANCELLED: _in("state of a bilateral", "Cancelled"),
    BilateralState.NO_SHOW: _in("state of a bilateral", "Nobody came"),
    BilateralState.NOTE_FILED: _in("state of a bilateral", "Note filed"),
}

CONFIDENCE = {
    Confidence.HIGH: _("Well supported"),
    Confidence.MEDIUM: _("One good source"),
    Confidence.LOW: _("Weak or contradicted"),
}

MANDATE_KINDS = {
    MandateKind.HOSTING: _("Decision that gave the hosting"),
    MandateKind.GOVERNMENT: _("Government decision"),
    MandateKind.AGREEMENT: _("Host agreement"),
    MandateKind.OTHER: _in("kind of decision", "Other"),
}

DUTY_BEARERS = {
    DutyBearer.HOST: _("Host"),
    DutyBearer.LEAD_MINISTRY: _("Lead ministry"),
    DutyBearer.SECRETARIAT: _("Secretariat"),
}

TEXT_KINDS = {
    TextKind.DECLARATION: _("Declaration"),
    TextKind.STATEMENT: _("Joint statement"),
    TextKind.PROPOSALS: _("Proposals recorded"),
    TextKind.AGREEMENT: _("Agreement"),
}

POINT_STATES = {
    PointState.PROPOSED: _("Proposed"),
    PointState.BRACKETED: _("In brackets"),
    PointState.AD_REFERENDUM: _("Agreed ad referendum"),
    PointState.AGREED: _in("state of a point", "Agreed"),
    PointState.LANGUAGE_CHECKED: _("Languages aligned"),
    PointState.ADOPTED: _("Adopted"),
    PointState.PUBLISHED: _("Published"),
}

VERBS = {
    Verb.NOTED: _in("force of a verb", "Noted"),
    Verb.WELCOMED: _in("force of a verb", "Welcomed"),
    Verb.SUPPORTED: _in("force of a verb", "Supported"),
    Verb.STRESSED: _in("force of a verb", "Stressed"),
    Verb.CALLED: _in("force of a verb", "Called for"),
    Verb.AGREED: _in("force of a verb", "Agreed"),
    Verb.DECIDED: _in("force of a verb", "Decided"),
    Verb.UNDERTOOK: _in("force of a verb", "Undertook"),
}

LACKS = {
    Lack.OWNER: _("No owner"),
    Lack.DATE: _("No date"),
    Lack.MEASURE: _("No measure"),
}


def word(words: Mapping[Any, Any], value: str) -> str:
    """Return the word for a stored value in the language that the interface speaks now, or the value itself."""
    return str(words.get(value, value))
