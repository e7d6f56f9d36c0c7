from __future__ import annotations

import hashlib

import pytest

from ejlas.core import signing

# The second test of RFC 8032, section 7.1.
PRIVATE = signing.spelt(bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
PUBLIC = signing.spelt(bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
SIGNED = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


def test_a_signature_is_that_of_the_standard():
    assert signing.public_of(PRIVATE) == PUBLIC
    assert signing.sign(PRIVATE, b"\x72") == SIGNED
    assert signing.verify(PUBLIC, b"\x72", SIGNED)


def test_a_signature_of_other_data_another_key_or_another_length_does_not_fit():
    other = signing.public_of(signing.new_private())

    assert not signing.verify(PUBLIC, b"\x73", SIGNED)
    assert not signing.verify(other, b"\x72", SIGNED)
    assert not signing.verify(PUBLIC, b"\x72", SIGNED[:-1])
    assert not signing.verify(PUBLIC, b"\x72", b"")


def test_each_new_key_is_another():
    keys = {signing.new_private() for _ in range(20)}

    assert len(keys) == 20
    assert {len(key) for key in keys} == {43}


def test_a_key_is_named_by_three_bytes_of_its_hash():
    assert signing.key_id(PUBLIC) == hashlib.sha256(signing.raw(PUBLIC)).digest()[:3]


@pytest.mark.parametrize(
    "wrong", ["", "no key", PUBLIC[:-1], PUBLIC + "=", PUBLIC + "AAAA", "é" * 43, PUBLIC[:-1] + "\n", "A" * 42 + "B"]
)
def test_what_is_no_key_is_refused_and_not_repeated(wrong):
    for use in (signing.public_of, signing.key_id, signing.raw, lambda key: signing.verify(key, b"", SIGNED)):
        with pytest.raises(ValueError, match="32 bytes as base64url") as fault:
            use(wrong)
        assert not wrong or wrong not in str(fault.value)
