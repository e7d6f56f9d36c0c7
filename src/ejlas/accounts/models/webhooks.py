"""Addresses that are told of changes at an edition, and what was told to each."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from ejlas.accounts import rules
from ejlas.accounts.models.users import User
from ejlas.core.fields import EncryptedTextField


class Webhook(models.Model):
    """An address that is told of the changes at an edition; `cursor` is the last line of the trail it was given.

    `paused_at` is set when it was paused for its failures, not by a person.
    """

    edition = models.CharField(max_length=60, db_index=True)
    address = models.CharField(max_length=500)
    events = models.JSONField(default=list, blank=True)
    secret = EncryptedTextField()
    is_active = models.BooleanField(default=True)
    cursor = models.BigIntegerField(default=0)
    n_failures = models.PositiveIntegerField(default=0)
    paused_at = models.DateTimeField(null=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="webhooks")
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.edition} {self.pk}"


class WebhookDelivery(models.Model):
    """One line of the trail on its way to one address, under a number that every try carries."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    identifier = models.UUIDField(default=uuid.uuid4, unique=True)
    number = models.BigIntegerField()
    event = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=50)
    subject = models.CharField(max_length=200)
    at = models.DateTimeField()
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.name) for state in rules.DeliveryState],
        default=rules.DeliveryState.WAITING,
    )
    n_tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    last_tried_at = models.DateTimeField(null=True)
    answer = models.PositiveSmallIntegerField(null=True)
    fault = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["webhook", "number"], name="accounts_webhook_told_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "next_at"], name="accounts_delivery_due"),
        ]

    def __str__(self) -> str:
        return f"{self.webhook_id} {self.number}"
