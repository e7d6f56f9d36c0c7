"""Tables of accounts."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    """Finds users by their e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the user with this address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person, or the system, known by an e-mail address."""

    email = models.EmailField(max_length=200, unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=20, default="en")
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_is_unique"),
            models.UniqueConstraint(
                fields=["is_system"], condition=models.Q(is_system=True), name="accounts_one_system_account"
            ),
        ]

    def __str__(self) -> str:
        return self.name
