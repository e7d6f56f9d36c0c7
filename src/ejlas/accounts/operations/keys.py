"""Making and revoking the keys by which a person's programs use the API."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from ejlas.accounts import rules
from ejlas.accounts.models import ApiKey, User
from ejlas.accounts.operations.grants import EndsInThePast
from ejlas.core.audit import operations as audit
from ejlas.core.changes import plain
from ejlas.core.errors import RuleBroken, marked
from ejlas.core.secrets import keyed_hash

PURPOSE = "api-key"
USE_NOTED_EVERY = timedelta(minutes=1)


class KeyLastsTooLong(RuleBroken):
    """A key has an end that is near enough to be remembered."""

    message = marked("A key lasts %(days)s days at most; choose an earlier day.")


class TooManyKeys(RuleBroken):
    """A person who needs more keys than this has lost sight of them."""

    message = marked("You have %(number)s keys that are in force; revoke one that is not used.")


class NoKeyForThisAccount(RuleBroken):
    """The account of the system, and one that was shut out, have no keys."""

    message = marked("This account cannot have keys.")


@transaction.atomic
def make_key(
    *, user: User, name: str, scopes: Iterable[rules.Scope], ends_at: datetime, by: User, at: datetime
) -> tuple[ApiKey, str]:
    """Make a key; return it with its token, which is not kept and can be shown this once.

    Raises EndsInThePast, KeyLastsTooLong, TooManyKeys, NoKeyForThisAccount.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_system or not user.is_active:
        raise NoKeyForThisAccount
    if ends_at <= at:
        raise EndsInThePast
    if ends_at - at > rules.LONGEST_KEY:
        raise KeyLastsTooLong(days=rules.LONGEST_KEY.days)
    if ApiKey.objects.filter(user=user).holding(at).count() >= rules.MOST_KEYS:
        raise TooManyKeys(number=rules.MOST_KEYS)
    prefix, rest = secrets.token_hex(4), secrets.token_hex(32)
    token = f"ejlas_{prefix}_{rest}"
    key = ApiKey.objects.create(
        user=user,
        name=name,
        prefix=prefix,
        hash=keyed_hash(token, purpose=PURPOSE),
        scopes=sorted({rules.Scope.READ, *scopes}),
        created_at=at,
        ends_at=ends_at,
    )
    values = {"after": {"user": user.name, "name": name, "scopes": key.scopes, "ends_at": plain(ends_at)}}
    _record("accounts.key.added", key, values, by=by, at=at)
    return key, token


@transaction.atomic
def revoke_key(*, key: ApiKey, by: User, at: datetime) -> ApiKey:
    """End a key at once, for good; it stays in the list."""
    key = ApiKey.objects.select_for_update(of=("self",)).select_related("user").get(pk=key.pk)
    if key.revoked_at is None:
        key.revoked_at = at
        key.save(update_fields=["revoked_at"])
        _record("accounts.key.removed", key, {"before": {"user": key.user.name, "name": key.name}}, by=by, at=at)
    return key


def note_key_used(*, key: ApiKey, at: datetime) -> None:
    """Note that a key was used, once a minute at most; it is no change that the trail tells."""
    if key.last_used_at is None or at - key.last_used_at >= USE_NOTED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=at)


def _record(event: str, key: ApiKey, values: dict[str, Any], *, by: User, at: datetime) -> None:
    entry = audit.Entry(event, "key", f"{key.user_id} {key.prefix}", values)
    audit.record([entry], scope="", by=by.name, at=at)
