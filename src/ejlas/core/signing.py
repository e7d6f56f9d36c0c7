"""Signatures by Ed25519: keys written as base64url, signatures as bytes; without any framework."""

from __future__ import annotations

import binascii
import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

N_KEY, N_SIGNATURE, N_KEY_ID = 32, 64, 3


def new_private() -> str:
    """Return a new private key: 32 bytes as base64url without padding. It is a secret."""
    return spelt(Ed25519PrivateKey.generate().private_bytes_raw())


def public_of(private: str) -> str:
    """Return the public key that belongs to a private one. Raises ValueError for what is no key."""
    return spelt(_private(private).public_key().public_bytes_raw())


def sign(private: str, data: bytes) -> bytes:
    """Return the 64 bytes of the signature; the same key and data always give the same. Raises ValueError."""
    return _private(private).sign(data)


def verify(public: str, data: bytes, signature: bytes) -> bool:
    """Tell whether the signature is that of this key over these data. Raises ValueError for what is no key."""
    try:
        _public(public).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def key_id(public: str) -> bytes:
    """Return the 3 bytes by which a public key is named where room is short; two keys may share them."""
    return hashlib.sha256(raw(public)).digest()[:N_KEY_ID]


def spelt(data: bytes) -> str:
    """Return bytes as base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def raw(key: str) -> bytes:
    """Return the 32 bytes of a key. Raises ValueError, which never repeats what may be a secret."""
    try:
        data = urlsafe_b64decode(key + "=" * (-len(key) % 4))
    except (binascii.Error, ValueError):
        data = b""
    if len(data) != N_KEY or spelt(data) != key:
        raise ValueError(f"a key is {N_KEY} bytes as base64url without padding")
    return data


# A private key is asked for in runs (a print of thousands), and must not outlive the run in a cache.
def _private(key: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(raw(key))


@lru_cache(maxsize=16)
def _public(key: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw(key))
