"""Obligations: what a body must deliver, after what, by when, how long it takes, and what shows that it was done."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from ejlas.core.fields import TranslatedField
from ejlas.core.files.models import StoredFile
from ejlas.forum.models import Duty, OfEdition, choices
from ejlas.readiness.models.bodies import Body, Resource, Workstream
from ejlas.readiness.models.meetings import Decision
from ejlas.readiness.rules.states import ENDED, WORKED, EvidenceKind, ObligationState


class ObligationQuerySet(models.QuerySet["Obligation"]):
    """Chainable filters of obligations."""

    def open(self) -> ObligationQuerySet:
        """Keep those of which something is still to be done."""
        return self.exclude(state__in=sorted(ENDED))

    def late(self, today: date) -> ObligationQuerySet:
        """Keep those of which the day is over and which were not delivered."""
        return self.filter(due_on__lt=today).exclude(state__in=sorted(WORKED))


class Obligation(OfEdition):
    """What a body must deliver; estimates are working days of the host."""

    index_words = ("responsible",)

    name = TranslatedField()
    detail = TranslatedField()
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="obligations")
    workstream = models.ForeignKey(
        Workstream, null=True, blank=True, on_delete=models.PROTECT, related_name="obligations"
    )
    duty = models.ForeignKey(Duty, null=True, blank=True, on_delete=models.SET_NULL, related_name="obligations")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="obligations")
    responsible = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=choices(ObligationState), default=ObligationState.PLANNED)
    start_after = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    least_days = models.PositiveIntegerField(default=1)
    likely_days = models.PositiveIntegerField(default=1)
    most_days = models.PositiveIntegerField(default=1)
    evidence = models.JSONField(default=list, blank=True)
    progress = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(100)])
    accepted_at = models.DateTimeField(null=True)
    started_on = models.DateField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    inspected_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    # The line of a template from which it came, so that the template learns from what really happened.
    origin = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta(OfEdition.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *OfEdition.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(likely_days__gte=models.F("least_days"), most_days__gte=models.F("likely_days")),
                name="readiness_obligation_estimate_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(start_after=None)
                | models.Q(due_on=None)
                | models.Q(due_on__gte=models.F("start_after")),
                name="readiness_obligation_due_after_start",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            *OfEdition.Meta.indexes,
            models.Index(fields=["edition", "state", "due_on"], name="readiness_obligation_due"),
            models.Index(fields=["body", "state"], name="readiness_obligation_of_body"),
        ]


class Link(models.Model):
    """An obligation that begins only so many working days after another was delivered."""

    before = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="followers")
    after = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="predecessors")
    lag_days = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["before", "after"], name="readiness_link_is_one"),
            models.CheckConstraint(condition=~models.Q(before=models.F("after")), name="readiness_link_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} {self.after_id}"


class ResourceUse(models.Model):
    """How much of a limited resource an obligation holds while it is worked on."""

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="uses")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="uses")
    amount = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)])

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["obligation", "resource"], name="readiness_use_is_one")
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.resource_id}"


class Evidence(models.Model):
    """What shows that an obligation was met: a photo, a document, the note of an inspection."""

    slug = models.SlugField(max_length=40, unique=True)
    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="proofs")
    kind = models.CharField(max_length=10, choices=choices(EvidenceKind))
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar[list[str]] = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.slug


class Comment(models.Model):
    """What was said about an obligation."""

    slug = models.SlugField(max_length=40, unique=True)
    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="comments")
    words = models.TextField()
    is_of_body = models.BooleanField(default=False)
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar[list[str]] = ["said_at", "pk"]

    def __str__(self) -> str:
        return self.slug
