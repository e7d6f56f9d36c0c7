"""Links that sign one person in, once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ejlas.accounts.models.users import User


class SignInLink(models.Model):
    """A link for one account; what it opens is kept as a keyed hash alone."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    # Only the demo's links sign in when they are opened; any other asks for one click.
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.expires_at:%Y-%m-%d}"
