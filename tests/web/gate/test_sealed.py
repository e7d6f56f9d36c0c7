"""The sealed lists that the device's tests open are still what Python makes, and Python opens them itself."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode

import pytest

from ejlas.core import sealing, signing
from tests.factories import gate_vectors

HELD = json.loads(gate_vectors.PATH.read_text(encoding="utf-8"))
SEALED = [name for name, vector in HELD.items() if isinstance(vector, dict)]


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.mark.parametrize("name", SEALED)
def test_a_sealed_list_is_what_python_makes(name: str) -> None:
    made = gate_vectors.vectors()[name]
    held = HELD[name]
    body = _bytes(held["body"])
    token = signing.spelt(bytes(32) if name == "for_another_device" else gate_vectors.TOKEN)
    signer = gate_vectors.OTHER_PUBLIC if name == "forged" else gate_vectors.PUBLIC

    assert json.loads(sealing.opened(body, token=token)) == held["value"] == made["value"]
    assert signing.verify(signer, b"ejlas list\n" + body, _bytes(held["signature"]))


def test_the_keys_are_those_that_python_derives() -> None:
    made = gate_vectors.vectors()

    assert HELD["list_key"] == signing.spelt(sealing.key_of(HELD["token"]))
    assert {name: HELD[name] for name in ("token", "public", "list_key", "edition")} == {
        name: made[name] for name in ("token", "public", "list_key", "edition")
    }
