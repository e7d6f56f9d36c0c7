"""The words for stored choices that documents and pages share, by the value that is stored."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.forum.rules import Attendance, PartyKind, PartyRole
from ejlas.programme.rules import SessionKind, Timing

Labels = Mapping[str, Promise]

BILATERAL = "bilateral"
TRILATERAL = "trilateral"

SESSION_KINDS: Labels = {
    SessionKind.CEREMONY: _("Ceremony"),
    SessionKind.PLENARY: _("Plenary session"),
    SessionKind.PANEL: _("Panel"),
    SessionKind.PRESS: _("Press conference"),
    SessionKind.RECEPTION: _("Reception"),
    SessionKind.EXHIBITION: _("Exhibition"),
    SessionKind.EXCURSION: _("Excursion"),
    SessionKind.ARRIVALS: _("Arrivals"),
    SessionKind.DEPARTURES: _("Departures"),
    SessionKind.SIGNING: _("Signing"),
    SessionKind.OTHER: _in("kind of session", "Other"),
    BILATERAL: _("Bilateral meeting"),
    TRILATERAL: _("Trilateral meeting"),
}

# What a speaker does in a session; other words stand without a label.
APPEARANCES: Labels = {
    "speaker": _("Speaker"),
    "moderator": _("Moderator"),
    "chair": _("Chair"),
    "host": _in("part in a session", "Host"),
}

PARTY_KINDS: Labels = {
    PartyKind.REGION: _("Region"),
    PartyKind.CITY: _("City"),
    PartyKind.STATE: _("State"),
    PartyKind.ORGANISATION: _("Organisation"),
}

PARTY_ROLES: Labels = {
    PartyRole.HOST: _("Host"),
    PartyRole.MEMBER: _("Member"),
    PartyRole.GUEST: _("Guest"),
    PartyRole.OBSERVER: _("Observer"),
}

ATTENDANCE: Labels = {
    Attendance.ATTENDED: _("Attended"),
    Attendance.REPRESENTED: _("Represented"),
    Attendance.EXPECTED: _("Expected"),
    Attendance.ANNOUNCED: _("Announced; attendance not confirmed"),
    Attendance.UNKNOWN: _("Attendance not known"),
}

TIMINGS: Labels = {
    Timing.ASSUMED: _("Time assumed by the host"),
    Timing.STATED: _("Time stated by a source"),
}
