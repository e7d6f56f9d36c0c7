"""The words for stored choices of readiness, by the value that is stored."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.readiness.rules.house import Distribution
from ejlas.readiness.rules.inspections import Outcome
from ejlas.readiness.rules.meetings import DecisionState, MeetingState, PointState, Result
from ejlas.readiness.rules.states import EvidenceKind, ObligationState, Step

OBLIGATION_STATES = {
    ObligationState.PLANNED: _in("state of an obligation", "Planned"),
    ObligationState.ACCEPTED: _in("state of an obligation", "Accepted"),
    ObligationState.IN_WORK: _in("state of an obligation", "In work"),
    ObligationState.DELIVERED: _in("state of an obligation", "Delivered"),
    ObligationState.INSPECTED: _in("state of an obligation", "Inspected"),
    ObligationState.DONE: _in("state of an obligation", "Done"),
    ObligationState.REFUSED: _in("state of an obligation", "Refused"),
}

OBLIGATION_STEPS = {
    Step.ACCEPT: _in("step of an obligation", "Accept"),
    Step.REFUSE: _in("step of an obligation", "Refuse"),
    Step.START: _in("step of an obligation", "Begin"),
    Step.DELIVER: _in("step of an obligation", "Delivered"),
    Step.INSPECT: _in("step of an obligation", "Found good"),
    Step.SEND_BACK: _in("step of an obligation", "Send back to be mended"),
    Step.CLOSE: _in("step of an obligation", "Close"),
    Step.REOPEN: _in("step of an obligation", "Open again"),
}

EVIDENCE_KINDS = {
    EvidenceKind.PHOTO: _in("evidence", "Photo"),
    EvidenceKind.DOCUMENT: _in("evidence", "Document"),
    EvidenceKind.INSPECTION: _in("evidence", "Inspection"),
}

MEETING_STATES = {
    MeetingState.PLANNED: _in("state of a meeting", "Called"),
    MeetingState.OPEN: _in("state of a meeting", "In session"),
    MeetingState.CLOSED: _in("state of a meeting", "Closed"),
}

POINT_STATES = {
    PointState.OPEN: _in("state of a point of an agenda", "Open"),
    PointState.DECIDED: _in("state of a point of an agenda", "Decided"),
    PointState.POSTPONED: _in("state of a point of an agenda", "Postponed"),
}

DECISION_STATES = {
    DecisionState.NOTED: _in("state of a decision", "Noted"),
    DecisionState.GIVEN: _in("state of a decision", "Given to a body"),
    DecisionState.DROPPED: _in("state of a decision", "Dropped"),
}

RESULTS = {
    Result.OPEN: _in("result of an inspection", "Not looked at yet"),
    Result.GOOD: _in("result of an inspection", "Good"),
    Result.WANTING: _in("result of an inspection", "Wanting"),
    Result.NOT_SEEN: _in("result of an inspection", "Could not be seen"),
}

OUTCOMES = {
    Outcome.PASSED: _in("outcome of an inspection", "Inspected"),
    Outcome.SENT_BACK: _in("outcome of an inspection", "Sent back to be mended"),
    Outcome.LEFT: _in("outcome of an inspection", "Stays open"),
    Outcome.GONE: _in("outcome of an inspection", "Had gone on meanwhile"),
}

DISTRIBUTIONS = {
    Distribution.PERT: _("PERT: most runs near the likely length"),
    Distribution.TRIANGULAR: _("Triangular: more runs at the ends"),
}
