"""Keys by which a person's programs use the API."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from ejlas.accounts.models.users import User


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """Chainable filters of keys."""

    def holding(self, at: datetime) -> ApiKeyQuerySet:
        """Keep those that open the API at a moment."""
        return self.filter(revoked_at__isnull=True, ends_at__gt=at, user__is_active=True)


class ApiKey(models.Model):
    """A key of one person: what it may is the lesser of its scopes and of what the person may at that moment.

    Only its hash is kept; `prefix` is the part by which the person knows it again.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=8, unique=True)
    hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.prefix

    def holds_at(self, moment: datetime) -> bool:
        """Whether this key opens the API at a moment."""
        return self.revoked_at is None and moment < self.ends_at
