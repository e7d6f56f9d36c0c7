"""The words for stored choices, by the value that is stored: those that documents share, and the pages' own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

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
from ejlas.forum.rules import Confidence, DutyBearer
from ejlas.outcomes.rules import Lack, PointState, TextKind, Verb

__all__ = [
    "APPEARANCES",
    "ATTENDANCE",
    "BILATERAL",
    "CONFIDENCE",
    "DUTY_BEARERS",
    "LACKS",
    "PARTY_KINDS",
    "PARTY_ROLES",
    "POINT_STATES",
    "SESSION_KINDS",
    "TEXT_KINDS",
    "TIMINGS",
    "TRILATERAL",
    "VERBS",
    "word",
]

CONFIDENCE = {
    Confidence.HIGH: _("Well supported"),
    Confidence.MEDIUM: _("One good source"),
    Confidence.LOW: _("Weak or contradicted"),
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
