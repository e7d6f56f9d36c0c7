"""When a person was last at an edition's desk, and how far the trail went then."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ejlas.accounts.models.users import User


class Visit(models.Model):
    """The last visits of a person at an edition: `seen` is the line up to which the visit before had read."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="visits")
    edition = models.CharField(max_length=60)
    began_at = models.DateTimeField()
    newest = models.BigIntegerField(default=0)
    seen = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "edition"], name="accounts_visit_is_one")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.edition}"
