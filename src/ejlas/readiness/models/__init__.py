"""Tables of bodies, obligations, coordination meetings and inspections."""

from ejlas.readiness.models.bodies import Body, Resource, Workstream
from ejlas.readiness.models.inspections import CheckAnswer, CheckLine, Inspection
from ejlas.readiness.models.meetings import AgendaPoint, CoordinationMeeting, Decision
from ejlas.readiness.models.obligations import (
    Comment,
    Evidence,
    Link,
    Obligation,
    ObligationQuerySet,
    ResourceUse,
)
from ejlas.readiness.models.plan_files import DeadlineFeed, PlanFile
from ejlas.readiness.models.reminders import AnswerLink, Reminder, ReminderQuerySet

__all__ = [
    "AgendaPoint",
    "AnswerLink",
    "Body",
    "CheckAnswer",
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
    "ReminderQuerySet",
    "Resource",
    "ResourceUse",
    "Workstream",
]
