"""Sealed lists as the server makes them, for the tests of the device: `python -m tests.factories.gate_vectors`."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ejlas.core import signing

PATH = Path(__file__).parents[1] / "data" / "gate_sealed.json"

EDITION, OTHER = "caspian-2027", "atlantic-2027"
TOKEN = bytes(range(32))
PRIVATE, OTHER_PRIVATE = signing.spelt(bytes(range(1, 33))), signing.spelt(bytes(range(2, 34)))
PUBLIC, OTHER_PUBLIC = signing.public_of(PRIVATE), signing.public_of(OTHER_PRIVATE)
MADE_AT = "2027-08-10T06:00:00+00:00"


def list_key(token: bytes) -> bytes:
    """Return the key under which a device's list is sealed."""
    return HKDF(algorithm=SHA256(), length=32, salt=b"", info=b"ejlas list").derive(token)


def sealed(value: Any, *, nonce: int, private: str = PRIVATE, token: bytes = TOKEN) -> dict[str, Any]:
    """Return a value, sealed for a device and signed, as the gate's answers carry it."""
    packer = zlib.compressobj(level=9, wbits=31)
    packed = packer.compress(json.dumps(value, ensure_ascii=False).encode()) + packer.flush()
    start = nonce.to_bytes(12, "big")
    body = b"EJL1" + start + AESGCM(list_key(token)).encrypt(start, packed, None)
    return {
        "body": signing.spelt(body),
        "signature": signing.spelt(signing.sign(private, b"ejlas list\n" + body)),
        "value": value,
    }


def rules(edition: str = EDITION, **changes: Any) -> dict[str, Any]:
    """Return the head of a list: two zones, three gates, a window, two categories."""
    key, other, other_key = (PUBLIC, OTHER, OTHER_PUBLIC) if edition == EDITION else (OTHER_PUBLIC, EDITION, PUBLIC)
    days = {"from": "2027-08-10T00:00:00Z", "until": "2027-08-14T00:00:00Z"}
    made = {
        "edition": edition,
        "name": {"en": "Caspian summit", "fa": "نشست خزر"},
        "timezone": "Asia/Baku",
        "revision": 5,
        "made_at": MADE_AT,
        "hours": 24,
        "key": key,
        "others": [{"edition": other, "name": {"en": "Another summit"}, "key": other_key}],
        "printed_is_valid": False,
        "zones": [_zone("hall", 0, "A", capacity=3), _zone("press-centre", 1, "B", capacity=None)],
        "gates": [_gate("north", "hall"), _gate("south", "hall"), _gate("press-door", "press-centre")],
        "windows": [{"slug": "all", "name": {"en": "All days"}} | days],
        "categories": [_category(1, "delegate", "hall"), _category(2, "press", "press-centre")],
    }
    return made | changes


def _zone(slug: str, bit: int, letter: str, *, capacity: int | None) -> dict[str, Any]:
    settings = {"capacity": capacity, "passback": "refuse", "when_full": "ask", "inside": 0}
    return {"slug": slug, "bit": bit, "letter": letter, "name": {"en": slug}} | settings


def _gate(slug: str, zone: str) -> dict[str, Any]:
    return {"slug": slug, "name": {"en": slug}, "zone": zone, "ways": "both"}


def _category(code: int, slug: str, zone: str) -> dict[str, Any]:
    looks = {"short": slug[0].upper(), "colour": "#00695f", "name": {"en": slug}}
    return {"code": code, "slug": slug, "kind": "badge", "access": {zone: ["all"]}} | looks


def whole(edition: str = EDITION, **changes: Any) -> dict[str, Any]:
    """Return a list of three people and a pin."""
    return {
        "rules": rules(edition, **changes),
        "delegations": [{"slug": "utopia", "name": {"en": "Utopia", "fa": "آرمان‌شهر"}}],
        "capacities": [{"slug": "delegate", "name": {"en": "Delegate"}}],
        "entries": [
            _person(101, "SAIDI ALI", {"fa": "علی سعیدی"}, c=1, pic="p101"),
            _person(102, "IVANOVA MARIA", {"ru": "Мария Иванова"}, c=1, pic="p102"),
            _person(103, "ERIKSEN BJØRN", {}, c=2, pic="p103"),
            {"n": 900, "p": 1, "k": "pin", "s": "issued", "c": 1, "d": 0},
        ],
    }


def _person(number: int, name: str, names: dict[str, str], **more: Any) -> dict[str, Any]:
    return {"n": number, "p": 1, "k": "badge", "s": "issued", "name": name, "names": names, "d": 0, "role": 0} | more


def delta(revision: int, entries: list[dict[str, Any]], *gone: int) -> dict[str, Any]:
    """Return what changed since the revision before."""
    return {"revision": revision, "entries": entries, "gone": list(gone)}


def vectors() -> dict[str, Any]:
    """Return all that the device's tests open, with what must come out."""
    revoked = _person(102, "IVANOVA MARIA", {"ru": "Мария Иванова"}, c=1, pic="p102") | {"s": "revoked"}
    added = _person(104, "NIYAZOWA OGULJAN", {"tk": "Oguljan Nyýazowa"}, c=1)
    return {
        "edition": EDITION,
        "token": signing.spelt(TOKEN),
        "public": PUBLIC,
        "list_key": signing.spelt(list_key(TOKEN)),
        "whole": sealed(whole(), nonce=1),
        "delta6": sealed(delta(6, [revoked]), nonce=2),
        "delta7": sealed(delta(7, [added], 103), nonce=3),
        "photos": sealed({"p101": "UklGRg==", "p102": "UklGRw=="}, nonce=4),
        "older": sealed(whole(made_at="2027-08-09T06:00:00+00:00", revision=4), nonce=5),
        "forged": sealed(whole(revision=9), nonce=6, private=OTHER_PRIVATE),
        "for_another_device": sealed(whole(), nonce=7, token=bytes(32)),
        # Signed by this edition's key by mistake: the list itself says whose it is.
        "other_edition": sealed(whole(OTHER), nonce=8),
        "no_list": sealed(["nothing"], nonce=9),
    }


if __name__ == "__main__":
    PATH.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
