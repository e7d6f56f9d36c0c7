"""Tables of the workers and of the duties that come round."""

from __future__ import annotations

from django.db import models

from ejlas.core.workers import rules


class Worker(models.Model):
    """A process that does background work, with its last sign of life; the row goes when the worker ends well."""

    name = models.CharField(max_length=64, primary_key=True)
    place = models.CharField(max_length=100)
    process = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def life(self) -> rules.Life:
        """What the rules say a verdict on."""
        return rules.Life(self.name, self.place, self.process, self.beat_at)


class Duty(models.Model):
    """Work that comes round: when it was begun last, and the worker that is at it."""

    name = models.CharField(max_length=100, primary_key=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    held_by = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.name
