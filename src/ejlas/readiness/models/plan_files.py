"""Plans that were sent as files and wait to be taken over, and the secret links of calendars of deadlines."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ejlas.forum.models import Edition, choices
from ejlas.readiness.models.bodies import Body
from ejlas.readiness.rules.plan.values import FileKind


class PlanFile(models.Model):
    """A plan or a template that was sent: as it was understood and corrected so far, until it is taken over."""

    slug = models.SlugField(max_length=40, unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="plan_files")
    kind = models.CharField(max_length=10, choices=choices(FileKind))
    name = models.CharField(max_length=200, blank=True)
    content = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar[list[str]] = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.slug


class DeadlineFeed(models.Model):
    """The secret link by which a body subscribes to its deadlines; only a keyed hash of it is kept."""

    body = models.OneToOneField(Body, on_delete=models.CASCADE, related_name="deadline_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.body.slug
