"""What the code of a pass carries: 18 bytes and their signature, always as 110 characters.

Byte 0 version and kind (a nibble each), 1-3 id of the key, 4-6 number, 7 print number (top bit: on a telephone),
8 category, 9-11 zones (bit 0 is the lowest of byte 11), 12-14 start, 15-17 end; then Ed25519 over `signed_part`.
The page of the gate reads the same in frontend/src/gate/payload.ts; tests/data/passes.json holds the two together.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ejlas.core.errors import RuleBroken, marked
from ejlas.delegations.rules.passes.badges import BadgeKind

VERSION = 1
N_BODY, N_SIGNATURE, N_TEXT = 18, 64, 110
# By their number in a code; the order of the enum may change, this one may not.
KINDS = (BadgeKind.BADGE, BadgeKind.PIN, BadgeKind.FLOATER, BadgeKind.OVERPASS, BadgeKind.SPARE)
MOST_NUMBER, MOST_PRINT, MOST_CATEGORY, MOST_ZONES = 0xFFFFFF, 127, 255, 0xFFFFFF
SIGNED_FOR = b"ejlas pass\n"
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
_DIGITAL = 0x80
# Two bits of the last character are ours; the other four are zero, or the text would have a second spelling.
_TEXT = re.compile(r"[A-Za-z0-9_-]{109}[AQgw]")
# Readers and copied lines put in spaces, and right-to-left text its marks.
_SPACE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


class NotAPass(RuleBroken):
    """A text was read that is none of ours."""

    message = marked("This is not the code of a pass of Ejlas.")


class CapitalsLost(NotAPass):
    """A text as long as ours, in letters of one case only: the reader turns them."""

    message = marked(
        "The reader turns small letters into capitals, or capitals into small ones. "
        "Switch off Caps Lock, or scan with the camera."
    )


class NewerPass(NotAPass):
    """A text of ours, made in a way that this version does not know."""

    message = marked("This pass was made by a newer version of Ejlas. Bring this device up to date.")


@dataclass(frozen=True, slots=True)
class Payload:
    """What a code says of its pass; it names nobody.

    Parameters
    ----------
    key_id : 3 bytes that name the key of the signature
    number : 0..16777215, the number of the pass in its edition
    print_number : 1..127, grows with each reprint
    is_digital : shown on a telephone, not printed
    category : code 1..255, 0 for none
    zones : a mask; bit 0 is zone 0, up to bit 23
    starts_at, ends_at : aware; kept in quarter hours, the start rounded down and the end (exclusive) up
    """

    kind: BadgeKind
    key_id: bytes
    number: int
    print_number: int
    is_digital: bool
    category: int
    zones: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Read:
    """What a text holds; nothing is proven before the signature over `signed_part(body)` is."""

    payload: Payload
    body: bytes
    signature: bytes


def pack(payload: Payload) -> bytes:
    """Return the 18 bytes of the body. Raises ValueError when a value does not fit into its place."""
    if payload.kind not in KINDS:
        raise ValueError(f"{payload.kind!r} is no kind of pass")
    if len(payload.key_id) != 3:
        raise ValueError("the id of a key has 3 bytes")
    starts = _bounded("start", (payload.starts_at - EPOCH) // QUARTER, 0, MOST_ZONES)
    ends = _bounded("end", -((EPOCH - payload.ends_at) // QUARTER), 0, MOST_ZONES)
    if payload.ends_at <= payload.starts_at:
        raise ValueError("a pass ends after it starts")
    body = bytes([VERSION << 4 | KINDS.index(payload.kind)]) + payload.key_id
    body += _bounded("number", payload.number, 0, MOST_NUMBER).to_bytes(3, "big")
    printed = _bounded("print number", payload.print_number, 1, MOST_PRINT)
    body += bytes([printed | (_DIGITAL if payload.is_digital else 0)])
    body += bytes([_bounded("category", payload.category, 0, MOST_CATEGORY)])
    body += _bounded("zones", payload.zones, 0, MOST_ZONES).to_bytes(3, "big")
    return body + starts.to_bytes(3, "big") + ends.to_bytes(3, "big")


def signed_part(body: bytes) -> bytes:
    """Return the bytes that are signed, so that a signature made for a pass fits nothing else."""
    return SIGNED_FOR + body


def spell(body: bytes, signature: bytes) -> str:
    """Return the text of the code: 110 characters. Raises ValueError for parts of another length."""
    if len(body) != N_BODY or len(signature) != N_SIGNATURE:
        raise ValueError(f"a code has {N_BODY} bytes and {N_SIGNATURE} of signature")
    return urlsafe_b64encode(body + signature).rstrip(b"=").decode()


def read(text: str) -> Read:
    """Return what a text holds, whatever spaces stand in it. Raises NotAPass; the signature is not looked at."""
    bare = _SPACE.sub("", text)
    if len(bare) == N_TEXT and bare.isascii() and (bare.isupper() or bare.islower()):
        raise CapitalsLost
    if not _TEXT.fullmatch(bare):
        raise NotAPass
    data = urlsafe_b64decode(bare + "==")
    body = data[:N_BODY]
    if body[0] >> 4 != VERSION:
        raise NewerPass if VERSION < body[0] >> 4 <= VERSION + 3 else NotAPass
    return Read(_unpacked(body), body, data[N_BODY:])


def _unpacked(body: bytes) -> Payload:
    kind, printed = body[0] & 0x0F, body[7] & MOST_PRINT
    starts, ends = int.from_bytes(body[12:15]), int.from_bytes(body[15:18])
    if kind >= len(KINDS) or not printed or ends <= starts:
        raise NotAPass
    return Payload(
        kind=KINDS[kind],
        key_id=body[1:4],
        number=int.from_bytes(body[4:7]),
        print_number=printed,
        is_digital=bool(body[7] & _DIGITAL),
        category=body[8],
        zones=int.from_bytes(body[9:12]),
        starts_at=EPOCH + starts * QUARTER,
        ends_at=EPOCH + ends * QUARTER,
    )


def _bounded(what: str, value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        raise ValueError(f"the {what} of a pass lies from {least} to {most}, not at {value}")
    return value
