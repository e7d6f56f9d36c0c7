"""The keyed hashes by which a document or a birthday is found again without decrypting anything."""

from __future__ import annotations

from ejlas.core import secrets
from ejlas.delegations.rules.countries import code_of

_DOCUMENT, _BIRTH = "delegations.document", "delegations.birth"


def document_hash(state: str, number: str) -> str:
    """Return the hash of a document, whichever way its state and its number are spelled; "" for none."""
    bare = "".join(sign for sign in number.upper() if sign.isalnum())
    issuer = code_of(state) or state.upper()
    return secrets.keyed_hash(f"{issuer} {bare}", purpose=_DOCUMENT) if bare else ""


def birth_hash(born_on: str) -> str:
    """Return the hash of a birthday; "" for none."""
    return secrets.keyed_hash(born_on, purpose=_BIRTH) if born_on else ""
