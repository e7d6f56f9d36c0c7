"""Codes of passes that are always the same: `tests/data/passes.json`, which holds both readers of a code together.

Run as a module it writes the file anew.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from ejlas.core import signing
from ejlas.delegations.rules.passes import payload
from ejlas.delegations.rules.passes.badges import BadgeKind
from ejlas.delegations.rules.passes.payload import Payload

FILE = Path(__file__).resolve().parents[1] / "data" / "passes.json"
OPENS, CLOSES = datetime(2027, 10, 29, 5, tzinfo=UTC), datetime(2027, 11, 2, tzinfo=UTC)
SITE, HALL, LEADERS = 1, 2, 4
# name: kind, number, print number, category, zones; and what is not usual about it
PASSES: dict[str, tuple[BadgeKind, int, int, int, int, dict[str, Any]]] = {
    "head-1": (BadgeKind.BADGE, 1, 1, 1, SITE | HALL | LEADERS, {}),
    "delegate-1204": (BadgeKind.BADGE, 1204, 2, 2, SITE | HALL, {}),
    "delegate-1204-print-1": (BadgeKind.BADGE, 1204, 1, 2, SITE | HALL, {}),
    "delegate-1204-print-3": (BadgeKind.BADGE, 1204, 3, 2, SITE | HALL, {}),
    "delegate-1204-telephone": (BadgeKind.BADGE, 1204, 2, 2, SITE | HALL, {"is_digital": True}),
    "pin-17": (BadgeKind.PIN, 17, 1, 4, SITE | HALL | LEADERS, {}),
    "floater-31": (BadgeKind.FLOATER, 31, 1, 5, LEADERS, {}),
    "overpass-40": (BadgeKind.OVERPASS, 40, 1, 6, HALL, {}),
    "spare-901": (BadgeKind.SPARE, 901, 1, 7, SITE, {}),
    "crew-1301": (BadgeKind.BADGE, 1301, 1, 3, SITE | HALL, {}),
    "nowhere-1302": (BadgeKind.BADGE, 1302, 1, 8, 0, {}),
    "also-leaders-1303": (BadgeKind.BADGE, 1303, 1, 2, SITE | HALL | LEADERS, {}),
    "only-given-1304": (BadgeKind.BADGE, 1304, 1, 8, SITE, {}),
    "lost-category-1305": (BadgeKind.BADGE, 1305, 1, 99, SITE, {}),
    "unlisted-5000": (BadgeKind.BADGE, 5000, 1, 2, SITE | HALL, {}),
    "unlisted-5001-over": (BadgeKind.BADGE, 5001, 1, 2, SITE, {"ends_at": datetime(2027, 10, 29, 9, tzinfo=UTC)}),
    "unlisted-5002-later": (BadgeKind.BADGE, 5002, 1, 2, SITE, {"starts_at": datetime(2027, 11, 1, 8, tzinfo=UTC)}),
    "unlisted-5003-pin": (BadgeKind.PIN, 5003, 1, 4, SITE | HALL, {}),
    "largest": (
        BadgeKind.SPARE, 2**24 - 1, 127, 255, 2**24 - 1,
        {"is_digital": True, "starts_at": payload.EPOCH, "ends_at": payload.EPOCH + payload.QUARTER * (2**24 - 1)},
    ),
    "other-edition": (BadgeKind.BADGE, 1204, 2, 2, SITE, {"key": "other"}),
    "stranger": (BadgeKind.BADGE, 1204, 2, 2, SITE, {"key": "stranger"}),
    # Who forges copies the name of the key, and cannot sign with it.
    "forged": (BadgeKind.BADGE, 1, 1, 1, SITE | HALL | LEADERS, {"signed_by": "stranger"}),
    "forged-other": (BadgeKind.BADGE, 1, 1, 1, SITE, {"key": "other", "signed_by": "stranger"}),
}  # fmt: skip


def private(name: str) -> str:
    """Return the private key of a name: always the same, and worth nothing outside of tests."""
    return signing.spelt(sha256(b"ejlas test key " + name.encode()).digest())


KEYS = {name: signing.public_of(private(name)) for name in ("own", "other", "stranger")}


def code(name: str) -> tuple[Payload, str]:
    """Return what a pass of that name says, and the text of its code."""
    kind, number, print_number, category, zones, unusual = PASSES[name]
    rest = {"key": "own", "is_digital": False, "starts_at": OPENS, "ends_at": CLOSES, **unusual}
    key = str(rest.pop("key"))
    by = str(rest.pop("signed_by", key))
    held = Payload(
        kind=kind,
        key_id=signing.key_id(KEYS[key]),
        number=number,
        print_number=print_number,
        category=category,
        zones=zones,
        **rest,
    )
    body = payload.pack(held)
    return held, payload.spell(body, signing.sign(private(by), payload.signed_part(body)))


def document() -> dict[str, Any]:
    """Return the whole of the file."""
    passes = {}
    for name, (*_, unusual) in PASSES.items():
        held, text = code(name)
        fields = {**asdict(held), "key_id": signing.spelt(held.key_id)}
        fields |= {"starts_at": held.starts_at.isoformat(), "ends_at": held.ends_at.isoformat()}
        key = unusual.get("key", "own")
        passes[name] = {"text": text, "key": key, "fits": unusual.get("signed_by", key) == key, "fields": fields}
    return {"keys": KEYS, "passes": passes}


if __name__ == "__main__":
    FILE.write_text(json.dumps(document(), indent=1) + "\n")
