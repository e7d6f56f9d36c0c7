"""Secrets in the database: encryption under keys that can be changed, and a keyed hash by which tokens are found."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from ejlas.core.errors import RuleBroken, marked

MARK = "."
_ID_LENGTH = 12


class KeyMissing(RuleBroken):
    """A stored secret was encrypted under a key that this installation does not have."""

    message = marked("A stored secret needs the key %(key)s, which is not in EJLAS_FIELD_KEYS.")


class SecretDamaged(RuleBroken):
    """A stored secret is not what was encrypted."""

    message = marked("A stored secret was damaged and cannot be read.")


def new_key() -> str:
    """Return a new key for EJLAS_FIELD_KEYS."""
    return Fernet.generate_key().decode()


def key_id(key: str) -> str:
    """Return the public name of a key, from which the key cannot be found."""
    return hashlib.sha256(b"ejlas field key\n" + key.encode()).hexdigest()[:_ID_LENGTH]


def current_key_id() -> str:
    """Return the name of the key under which new secrets are encrypted."""
    return key_id(settings.FIELD_KEYS[0])


def key_ids() -> tuple[str, ...]:
    """Return the names of the keys that this installation has, newest first."""
    return tuple(_ring(tuple(settings.FIELD_KEYS)))


@lru_cache(maxsize=4)
def _ring(keys: tuple[str, ...]) -> Mapping[str, Fernet]:
    return {key_id(key): Fernet(key) for key in keys}


def encrypt(value: str) -> str:
    """Return the value under the newest key, led by the name of that key. The empty string is a value too."""
    ring = _ring(tuple(settings.FIELD_KEYS))
    token = MultiFernet(list(ring.values())).encrypt(value.encode())
    return f"{next(iter(ring))}{MARK}{token.decode()}"


def decrypt(stored: str) -> str:
    """Return what `encrypt` was given. Raises KeyMissing, SecretDamaged."""
    ring = _ring(tuple(settings.FIELD_KEYS))
    name, mark, token = stored.partition(MARK)
    if not mark:
        raise SecretDamaged
    if name not in ring:
        raise KeyMissing(key=name[:_ID_LENGTH])
    try:
        return ring[name].decrypt(token.encode()).decode()
    except (InvalidToken, UnicodeError):
        raise SecretDamaged from None


def keyed_hash(value: str, *, purpose: str) -> str:
    """Return the 64 hex digits by which a token is stored and found again; each purpose has a key of its own.

    The keys are made from EJLAS_SECRET_KEY, not from the keys of the fields: these change without making a token void.
    """
    return salted_hmac(f"ejlas.core.secrets.{purpose}", value, algorithm="sha256").hexdigest()


def same_hash(left: str, right: str) -> bool:
    """Compare two hashes in a time that does not tell where they differ."""
    return hmac.compare_digest(left, right)
