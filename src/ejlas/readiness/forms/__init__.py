"""Fields and validation of what people write about bodies, obligations and meetings."""

from ejlas.readiness.forms.bodies import BodyForm, ReadinessRulesForm, ResourceForm, WorkstreamForm
from ejlas.readiness.forms.meetings import InspectionForm, MeetingForm
from ejlas.readiness.forms.obligations import ObligationForm

__all__ = [
    "BodyForm",
    "InspectionForm",
    "MeetingForm",
    "ObligationForm",
    "ReadinessRulesForm",
    "ResourceForm",
    "WorkstreamForm",
]
