"""Tables of the audit trail. They hold names as they stood and no keys to other tables."""

from __future__ import annotations

from django.db import models

from ejlas.core.audit import rules


class Head(models.Model):
    """The end of the chain, one row; its lock lets one writer append at a time."""

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=rules.GENESIS)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="audit_head_is_one_row")]


class Line(models.Model):
    """One line of the trail; never changed and never removed."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    event = models.CharField(max_length=100)
    scope = models.CharField(max_length=100, blank=True)
    subject_kind = models.CharField(max_length=50)
    subject = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["scope", "-number"], name="audit_line_scope"),
            models.Index(fields=["subject_kind", "subject", "-number"], name="audit_line_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.event} {self.subject}"

    @property
    def facts(self) -> rules.LineFacts:
        """What the hash of this line covers."""
        return rules.LineFacts(
            self.number, self.at, self.actor, self.event, self.scope, self.subject_kind, self.subject, self.digest
        )


class Values(models.Model):
    """The values of one line; a purge empties them and leaves the line."""

    line = models.OneToOneField(Line, primary_key=True, on_delete=models.PROTECT, related_name="held")
    salt = models.CharField(max_length=32, blank=True)
    values = models.JSONField(null=True)
    purged_at = models.DateTimeField(null=True)
