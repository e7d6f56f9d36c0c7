"""Fields and validation of what people write about bodies, obligations and meetings."""

from ejlas.readiness.forms.bodies import BodyForm, ReadinessRulesForm, ResourceForm, WorkstreamForm
from ejlas.readiness.forms.holding import AttendanceForm, DecisionForm, MinutesForm, PointForm
from ejlas.readiness.forms.meetings import InspectionForm, MeetingForm
from ejlas.readiness.forms.obligations import ObligationForm

__all__ = [
    "AttendanceForm",
    "BodyForm",
    "DecisionForm",
    "InspectionForm",
    "MeetingForm",
    "MinutesForm",
    "ObligationForm",
    "PointForm",
    "ReadinessRulesForm",
    "ResourceForm",
    "WorkstreamForm",
]
