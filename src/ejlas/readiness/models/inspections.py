"""Rounds of inspection with a checklist, walked with a phone, also without network."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ejlas.core.fields import TranslatedField
from ejlas.core.files.models import StoredFile
from ejlas.forum.models import OfEdition, choices
from ejlas.readiness.models.obligations import Obligation
from ejlas.readiness.rules.inspections import Outcome
from ejlas.readiness.rules.meetings import Result


class Inspection(OfEdition):
    """A round of inspection: where, when, by whom."""

    name = TranslatedField()
    held_on = models.DateField()
    inspector = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)


class CheckLine(models.Model):
    """A line of a checklist, and the newest of what was found there."""

    slug = models.SlugField(max_length=40, unique=True)
    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField(default=0)
    words = models.TextField()
    obligation = models.ForeignKey(Obligation, null=True, on_delete=models.SET_NULL, related_name="checks")
    result = models.CharField(max_length=10, choices=choices(Result), default=Result.OPEN)
    found = models.TextField(blank=True)
    photo = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)
    seen_by = models.CharField(max_length=200, blank=True)
    # The answer that counts: of all that came, the one that was seen last.
    answer_id = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "pk"]

    def __str__(self) -> str:
        return self.slug


class CheckAnswer(models.Model):
    """What one person found at a line at one moment; its id lets a phone deliver it once, however often it tries."""

    answer_id = models.UUIDField(unique=True)
    line = models.ForeignKey(CheckLine, on_delete=models.CASCADE, related_name="answers")
    result = models.CharField(max_length=10, choices=choices(Result))
    found = models.TextField(blank=True)
    photo = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()
    seen_by = models.CharField(max_length=200)
    taken_at = models.DateTimeField()
    # What a close made of it; an answer acts once.
    outcome = models.CharField(max_length=10, choices=choices(Outcome), blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["seen_at", "pk"]

    def __str__(self) -> str:
        return str(self.answer_id)
