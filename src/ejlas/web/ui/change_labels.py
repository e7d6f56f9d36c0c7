"""The words for what changed between two publications: kinds of things, what happened to one, which part of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.exports.comparison import Act

KINDS = {
    "edition": _("The summit itself"),
    "session": _("Sessions"),
    "bilateral": _("Bilaterals"),
    "venue": _("Venues"),
    "room": _("Rooms"),
    "speaker": _("Speakers"),
    "party": _("Parties"),
    "office": _("Offices"),
    "delegation": _("Delegations"),
    "text": _("Outcome texts"),
    "point": _("Points of outcome texts"),
    "mandate": _("Mandate"),
    "duty": _("Duties"),
    "milestone": _("Milestones"),
    "source": _("Sources"),
    "claim": _("Disputed facts"),
}

ACTS = {
    Act.ADDED: _in("a thing in a list of changes", "Added."),
    Act.CHANGED: _in("a thing in a list of changes", "Changed."),
    Act.REMOVED: _in("a thing in a list of changes", "Removed."),
}

PARTS = {
    "title": _("Title"),
    "name": _("Name"),
    "description": _("Description"),
    "summary": _("Summary"),
    "motto": _("Motto"),
    "kind": _("Kind"),
    "languages": _("Languages"),
    "parties": _("Parties"),
    "speakers": _("Speakers"),
    "timing": _("Whether the time is certain"),
    "seats": _("Seats"),
    "city": _("City"),
    "role": _("Role"),
    "seat": _("Seat"),
    "head_office": _("Office of the head"),
    "head_attendance": _("Attendance"),
    "attendance": _("Attendance"),
    "represented_by": _("Represented by"),
    "office": _("Office"),
    "note": _("Note"),
    "wording": _("Wording"),
    "state": _in("where a thing stands", "State"),
    "sources": _("Sources"),
    "confidence": _("How well it is supported"),
    "starts_on": _("Days"),
    "ends_on": _("Days"),
    "date": _("Date"),
    "owner": _("Owner"),
    "due": _("Date"),
    "measure": _("Measure"),
    "versions": _("Versions of the fact"),
    "people": _("People"),
    "rank_class": _("Rank class"),
}
