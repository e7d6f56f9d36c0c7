"""Coordination meetings: agenda, attendance, minutes, and what was decided."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ejlas.core.fields import TranslatedField
from ejlas.forum.models import OfEdition, choices
from ejlas.readiness.models.bodies import Body
from ejlas.readiness.rules.meetings import DecisionState, MeetingState, PointState


class CoordinationMeeting(OfEdition):
    """A meeting of the host's headquarters; its report stands once it is closed."""

    event_kind = "coordination-meeting"

    number = models.PositiveIntegerField()
    name = TranslatedField()
    starts_at = models.DateTimeField()
    place = TranslatedField()
    chair = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=choices(MeetingState), default=MeetingState.PLANNED)
    # Of each body, by its slug, who was there; "" for somebody whose name was not written.
    attendance = models.JSONField(default=dict, blank=True)
    guests = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta(OfEdition.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["edition", "slug"], name="readiness_meeting_slug_is_unique"),
            models.UniqueConstraint(fields=["edition", "number"], name="readiness_meeting_number_is_unique"),
        ]
        # The name that the others make of their table's would be too long for a database.
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["edition", "position"], name="readiness_meeting_order")
        ]


class AgendaPoint(models.Model):
    """A point of an agenda; one that was not decided comes back on the next by itself."""

    slug = models.SlugField(max_length=40, unique=True)
    meeting = models.ForeignKey(CoordinationMeeting, on_delete=models.CASCADE, related_name="points")
    position = models.PositiveIntegerField(default=0)
    words = models.TextField()
    state = models.CharField(max_length=10, choices=choices(PointState), default=PointState.OPEN)
    came_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="carried")
    # What a point is about, where it came from an obligation that is late or was refused, by its slug.
    obligation = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "pk"]

    def __str__(self) -> str:
        return self.slug


class Decision(models.Model):
    """What was decided: who, what, by when; with one act it becomes an obligation of the body."""

    slug = models.SlugField(max_length=40, unique=True)
    meeting = models.ForeignKey(CoordinationMeeting, on_delete=models.CASCADE, related_name="decisions")
    point = models.ForeignKey(AgendaPoint, null=True, on_delete=models.SET_NULL, related_name="decisions")
    position = models.PositiveIntegerField(default=0)
    words = models.TextField()
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="decisions")
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=choices(DecisionState), default=DecisionState.NOTED)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "pk"]

    def __str__(self) -> str:
        return self.slug
