"""Reminders that were sent, and the secret links by which a body answers without an account."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ejlas.readiness.models.bodies import Body
from ejlas.readiness.models.obligations import Obligation


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Chainable filters of reminders."""

    def counting(self) -> ReminderQuerySet:
        """Keep those of the present round: what came back to its body is reminded of anew."""
        return self.filter(is_over=False)


class Reminder(models.Model):
    """A step of the ladder of reminders that was taken for an obligation, to one reader."""

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="reminders")
    rung = models.CharField(max_length=30)
    # The body that owed it then, by its slug: the one that follows it is told anew.
    body = models.SlugField(max_length=60, blank=True)
    due_on = models.DateField()
    sent_at = models.DateTimeField()
    sent_to = models.CharField(max_length=200)
    is_over = models.BooleanField(default=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # A due day that moved begins the ladder anew.
            models.UniqueConstraint(
                fields=["obligation", "body", "rung", "due_on", "sent_to"],
                condition=models.Q(is_over=False),
                name="readiness_reminder_is_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.rung}"


class AnswerLink(models.Model):
    """A link in a mail by which a body sees and answers what it owes; only a keyed hash of it is kept."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="answer_links")
    token_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200, blank=True)
    sent_to = models.CharField(max_length=200)
    language = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    # The last answer: machines that look through mails open every link, and that says nothing.
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.body_id} {self.made_at}"
