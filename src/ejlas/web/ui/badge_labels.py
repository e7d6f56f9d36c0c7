"""The words for stored choices of passes, zones and gates, by the value that is stored."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.delegations.rules.passes.badges import CHECKED_ANEW, BadgeKind, BadgeState, BadgeStep, PassState
from ejlas.delegations.rules.passes.house import Passback, Ways, WhenFull

BADGE_KINDS = {
    BadgeKind.BADGE: _("Badge"),
    BadgeKind.PIN: _("Pin of a head"),
    BadgeKind.FLOATER: _("Floater"),
    BadgeKind.OVERPASS: _("Overpass"),
    BadgeKind.SPARE: _("Spare for one day"),
}

BADGE_STATES = {
    BadgeState.APPROVED: _in("state of a pass", "To be printed"),
    BadgeState.PRINTED: _in("state of a pass", "Printed"),
    BadgeState.ISSUED: _in("state of a pass", "Handed out"),
    BadgeState.SUSPENDED: _in("state of a pass", "Suspended"),
    BadgeState.REVOKED: _in("state of a pass", "Revoked"),
    BadgeState.LOST: _in("state of a pass", "Lost"),
    BadgeState.RETURNED: _in("state of a pass", "Given back"),
}

PASS_STATES = {
    PassState.PENDING: _in("state of a pass", "Pending"),
    PassState.MORE_INFORMATION: _in("state of a pass", "More is asked for"),
    PassState.APPROVED: _in("state of a pass", "To be printed"),
    PassState.REFUSED: _in("state of a pass", "Refused"),
    **{PassState(state.value): words for state, words in BADGE_STATES.items()},
}

BADGE_STEPS = {
    BadgeStep.PRINT: _in("step of a pass", "Print"),
    BadgeStep.ISSUE: _in("step of a pass", "Hand out"),
    BadgeStep.SUSPEND: _in("step of a pass", "Suspend"),
    BadgeStep.RESUME: _in("step of a pass", "Let it open gates again"),
    BadgeStep.REVOKE: _in("step of a pass", "Revoke"),
    BadgeStep.LOSE: _in("step of a pass", "Report as lost"),
    BadgeStep.RETURN: _in("step of a pass", "Take back"),
}

# Reasons that the system writes by itself; any other is in the words of an officer.
OWN_REASONS = {CHECKED_ANEW: _("The person is checked anew.")}

PASSBACK = {
    Passback.OFF: _in("what a gate does", "Nothing"),
    Passback.ASK: _in("what a gate does", "The officer asks"),
    Passback.REFUSE: _in("what a gate does", "Refused"),
}

WHEN_FULL = {
    WhenFull.ASK: _in("what a gate does", "The officer asks"),
    WhenFull.REFUSE: _in("what a gate does", "Refused"),
}

WAYS = {
    Ways.IN: _in("way through a gate", "In"),
    Ways.OUT: _in("way through a gate", "Out"),
    Ways.BOTH: _in("way through a gate", "In and out"),
}
