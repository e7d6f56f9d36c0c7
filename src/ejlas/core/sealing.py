"""Bodies for one reader: packed, sealed under a key that follows from a token, and signed; without any framework."""

from __future__ import annotations

import gzip
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ejlas.core import signing

MARK, N_NONCE = b"EJL1", 12
_INFO, _SIGNED = b"ejlas list", b"ejlas list\n"
# More than this makes the body hardly smaller, and each reader wait longer.
_LEVEL = 6


class SealBroken(ValueError):
    """The body was sealed under another key, or altered."""


def key_of(token: str) -> bytes:
    """Return the key that follows from a token of 32 bytes as base64url. Raises ValueError for what is none."""
    return HKDF(algorithm=SHA256(), length=32, salt=b"", info=_INFO).derive(signing.raw(token))


def packed(plain: bytes) -> bytes:
    """Return data made small; the same data always give the same."""
    return gzip.compress(plain, _LEVEL, mtime=0)


def seal(pack: bytes, *, token: str) -> bytes:
    """Return what `packed` made as only the holder of the token can open it."""
    nonce = os.urandom(N_NONCE)
    return MARK + nonce + AESGCM(key_of(token)).encrypt(nonce, pack, None)


def opened(body: bytes, *, token: str) -> bytes:
    """Return the data that were packed and sealed. Raises SealBroken."""
    if not body.startswith(MARK):
        raise SealBroken
    start = len(MARK) + N_NONCE
    try:
        return gzip.decompress(AESGCM(key_of(token)).decrypt(body[len(MARK) : start], body[start:], None))
    except (InvalidTag, ValueError):
        raise SealBroken from None


def signature(body: bytes, *, private: str) -> str:
    """Return the signature of a sealed body as base64url."""
    return signing.spelt(signing.sign(private, _SIGNED + body))
