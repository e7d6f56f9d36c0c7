"""Invitations to an account: to whom, with which roles, until when, and what became of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from ejlas.accounts import rules
from ejlas.accounts.models.users import User


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Chainable filters of invitations."""

    def open(self) -> InvitationQuerySet:
        """Keep those that are neither accepted nor withdrawn; an expired one is among them, and can be sent again."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def at_edition(self, slug: str) -> InvitationQuerySet:
        """Keep those whose roles concern an edition."""
        return self.filter(pk__in=InvitedRole.objects.filter(edition__in=["", slug]).values("invitation"))


class Invitation(models.Model):
    """A link sent to one address; what it opens is kept as a keyed hash alone."""

    email = models.EmailField(max_length=200)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=20)
    edition_name = models.CharField(max_length=300, blank=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_by_name = models.CharField(max_length=200)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    key_hash = models.CharField(max_length=64, unique=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-sent_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="accounts_one_open_invitation",
            )
        ]

    def __str__(self) -> str:
        return self.email


class InvitedRole(models.Model):
    """A role that an invitation gives when it is accepted."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=30, choices=[(role.value, role.name) for role in rules.Role])
    edition = models.CharField(max_length=60, blank=True)
    party = models.CharField(max_length=60, blank=True)
    body = models.CharField(max_length=60, blank=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.role} {self.edition}"

    @property
    def wanted(self) -> rules.RoleWanted:
        """What is to be given, without its row."""
        return rules.RoleWanted(rules.Role(self.role), self.edition, self.party, self.body, self.ends_at)
