"""Questions about the keys by which a person's programs use the API."""

from __future__ import annotations

import re
from datetime import datetime

from ejlas.accounts.models import ApiKey, User
from ejlas.core.secrets import keyed_hash

TOKEN = re.compile(r"ejlas_[0-9a-f]{8}_[0-9a-f]{64}")


def keys_of(user: User) -> list[ApiKey]:
    """Return a person's keys, the newest first, revoked and ended ones too. One SQL query."""
    return list(ApiKey.objects.filter(user=user))


def key_of(user: User, prefix: str) -> ApiKey | None:
    """Return a person's key by its prefix, or None."""
    return ApiKey.objects.filter(user=user, prefix=prefix).first()


def key_by_token(token: str, *, at: datetime) -> ApiKey | None:
    """Return the key of a token with its person, if it opens the API at a moment; else None. One SQL query at most."""
    if not TOKEN.fullmatch(token):
        return None
    found = ApiKey.objects.filter(hash=keyed_hash(token, purpose="api-key")).holding(at)
    return found.select_related("user").first()
