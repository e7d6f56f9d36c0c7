"""Tables of bodies, obligations, coordination meetings and inspections."""

from ejlas.readiness.models.bodies import Body, Resource, Workstream
from ejlas.readiness.models.inspections import CheckLine, Inspection
from ejlas.readiness.models.meetings import AgendaPoint, CoordinationMeeting, Decision
from ejlas.readiness.models.obligations import (
    Comment,
    Evidence,
    Link,
    Obligation,
    ObligationQuerySet,
    Reminder,
    ResourceUse,
)
from ejlas.readiness.models.plan_files import DeadlineFeed, PlanFile

__all__ = [
    "AgendaPoint",
    "Body",
    "CheckLine",
    "Comment",
    "CoordinationMeeting",
    "DeadlineFeed",
    "Decision",
    "Evidence",
    "Inspection",
    "Link",
    "Obligation",
    "ObligationQuerySet",
    "PlanFile",
    "Reminder",
    "Resource",
    "ResourceUse",
    "Workstream",
]
