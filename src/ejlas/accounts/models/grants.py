"""What a person is at an edition, until when, and who said so."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from ejlas.accounts import rules
from ejlas.accounts.models.users import User


class GrantQuerySet(models.QuerySet["Grant"]):
    """Chainable filters of grants."""

    def holding(self, at: datetime) -> GrantQuerySet:
        """Keep those that hold at a moment."""
        return self.filter(withdrawn_at__isnull=True).filter(models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=at))

    def in_state(self, state: rules.GrantState, at: datetime) -> GrantQuerySet:
        """Keep those that stand so at a moment."""
        if state is rules.GrantState.HOLDS:
            return self.holding(at)
        if state is rules.GrantState.ENDED:
            return self.filter(withdrawn_at__isnull=True, ends_at__lte=at)
        return self.filter(withdrawn_at__isnull=False)

    def at_edition(self, slug: str) -> GrantQuerySet:
        """Keep those that concern an edition, also through a grant for every edition."""
        return self.filter(edition__in=["", slug])


class Grant(models.Model):
    """A role of a person; edition, party and body are named by slug, without a key to their tables."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=[(role.value, role.name) for role in rules.Role])
    edition = models.CharField(max_length=60, blank=True)
    party = models.CharField(max_length=60, blank=True)
    body = models.CharField(max_length=60, blank=True)
    granted_by = models.CharField(max_length=200)
    granted_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-granted_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "role", "edition", "party", "body"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="accounts_grant_is_given_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(edition="") | models.Q(role__in=sorted(rules.FOR_EVERY_EDITION)),
                name="accounts_grant_names_its_edition",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["edition", "role"], name="accounts_grant_edition"),
            models.Index(fields=["edition", "withdrawn_at", "ends_at"], name="accounts_grant_state"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.edition}"

    @property
    def held(self) -> rules.Held:
        """What this grant says, without its dates."""
        return rules.Held(rules.Role(self.role), self.edition, self.party, self.body)

    def state_at(self, moment: datetime) -> rules.GrantState:
        """Where this grant stands at a moment."""
        return rules.grant_state(moment, ends_at=self.ends_at, withdrawn_at=self.withdrawn_at)

    def holds_at(self, moment: datetime) -> bool:
        """Whether this grant holds at a moment."""
        return rules.holds_at(moment, ends_at=self.ends_at, withdrawn_at=self.withdrawn_at)
