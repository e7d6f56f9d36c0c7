"""Changing what a person says of himself: name and language."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.audit import operations as audit


@transaction.atomic
def change_profile(*, user: User, by: User, at: datetime, name: str | None = None, language: str | None = None) -> User:
    """Change the name or the language of an account; what is None stays."""
    user = User.objects.select_for_update().get(pk=user.pk)
    wanted = {"name": name, "language": language}
    new = {field: value for field, value in wanted.items() if value is not None and value != getattr(user, field)}
    if not new:
        return user
    before = {field: getattr(user, field) for field in new}
    for field, value in new.items():
        setattr(user, field, value)
    user.save(update_fields=list(new))
    entry = audit.Entry("accounts.user.changed", "user", str(user.pk), {"before": before, "after": new})
    audit.record([entry], scope="", by=by.name, at=at)
    return user
