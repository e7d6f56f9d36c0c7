from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ejlas.core import signing
from ejlas.delegations.rules.passes import payload
from ejlas.delegations.rules.passes.badges import BadgeKind
from ejlas.delegations.rules.passes.payload import EPOCH, QUARTER, CapitalsLost, NewerPass, NotAPass, Payload

PRIVATE = signing.spelt(bytes(range(32)))
PUBLIC = signing.public_of(PRIVATE)
PASS = Payload(
    kind=BadgeKind.BADGE,
    key_id=signing.key_id(PUBLIC),
    number=1204,
    print_number=1,
    is_digital=False,
    category=7,
    zones=0b1011,
    starts_at=datetime(2027, 9, 13, 4, tzinfo=UTC),
    ends_at=datetime(2027, 9, 16, 20, 15, tzinfo=UTC),
)
QUARTERS = st.integers(0, 2**24 - 2)


def text_of(of: Payload) -> str:
    body = payload.pack(of)
    return payload.spell(body, signing.sign(PRIVATE, payload.signed_part(body)))


TEXT = text_of(PASS)


@given(
    st.builds(
        Payload,
        kind=st.sampled_from(payload.KINDS),
        key_id=st.binary(min_size=3, max_size=3),
        number=st.integers(0, 2**24 - 1),
        print_number=st.integers(1, 127),
        is_digital=st.booleans(),
        category=st.integers(0, 255),
        zones=st.integers(0, 2**24 - 1),
        starts_at=QUARTERS.map(lambda quarter: EPOCH + quarter * QUARTER),
        ends_at=st.just(EPOCH + (2**24 - 1) * QUARTER),
    )
)
def test_what_is_read_is_what_was_spelt_always_in_110_characters(given_pass):
    text = text_of(given_pass)

    assert len(text) == 110
    assert payload.read(text).payload == given_pass


def test_the_bytes_stand_where_the_layout_says():
    body = payload.pack(replace(PASS, kind=BadgeKind.SPARE, is_digital=True))

    assert body[0] == 0x14
    assert body[1:4] == signing.key_id(PUBLIC)
    assert body[4:7] == b"\x00\x04\xb4"
    assert body[7] == 0x81
    assert body[8] == 7
    assert body[9:12] == b"\x00\x00\x0b"
    assert EPOCH + int.from_bytes(body[12:15]) * QUARTER == PASS.starts_at
    assert EPOCH + int.from_bytes(body[15:18]) * QUARTER == PASS.ends_at


def test_every_flip_of_one_bit_is_refused_or_fails_the_signature():
    read = payload.read(TEXT)
    whole = read.body + read.signature
    assert signing.verify(PUBLIC, payload.signed_part(read.body), read.signature)

    for bit in range(656):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        try:
            other = payload.read(payload.spell(bytes(flipped[:18]), bytes(flipped[18:])))
        except NotAPass:
            continue
        assert not signing.verify(PUBLIC, payload.signed_part(other.body), other.signature), bit


def test_a_signature_over_the_bare_body_is_no_pass():
    body = payload.pack(PASS)

    assert not signing.verify(PUBLIC, payload.signed_part(body), signing.sign(PRIVATE, body))


def test_the_start_is_rounded_down_and_the_end_up():
    tehran = timezone(timedelta(hours=3, minutes=30))
    off = replace(
        PASS,
        starts_at=datetime(2027, 9, 13, 7, 29, 59, tzinfo=tehran),
        ends_at=datetime(2027, 9, 16, 23, 30, 0, 1, tzinfo=tehran),
    )

    read = payload.read(text_of(off)).payload

    assert read.starts_at == datetime(2027, 9, 13, 3, 45, tzinfo=UTC)
    assert read.ends_at == datetime(2027, 9, 16, 20, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "around",
    [
        f"  {TEXT}\r\n",
        f"{TEXT[:40]} {TEXT[40:]}",
        f"{TEXT[:70]}\n{TEXT[70:]}\t",
        f"\u200e{TEXT}\u200f",
        f"\ufeff{TEXT}",
    ],
)
def test_spaces_and_marks_of_direction_change_nothing(around):
    assert payload.read(around).payload == PASS


@pytest.mark.parametrize("turned", [TEXT.upper(), TEXT.lower()])
def test_a_reader_that_turns_the_case_is_told_so(turned):
    with pytest.raises(CapitalsLost, match="Caps Lock"):
        payload.read(turned)


@pytest.mark.parametrize("version", [2, 4])
def test_a_pass_of_a_later_version_is_told_so(version):
    body = bytes([version << 4]) + payload.pack(PASS)[1:]

    with pytest.raises(NewerPass, match="newer version"):
        payload.read(payload.spell(body, bytes(64)))


@pytest.mark.parametrize(
    "wrong",
    [
        "", " ", "https://example.org/badge/17", "WIFI:T:WPA;S:guests;;", TEXT[:-1], TEXT + "A", TEXT + TEXT,
        TEXT[:-1] + "B",
        TEXT[:50] + "+" + TEXT[51:], TEXT[:50] + "ш" + TEXT[51:], TEXT[:50] + "۳" + TEXT[51:], TEXT + "==", "A" * 110,
        "Zz" * 55, "\x00" * 110, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    ],
)  # fmt: skip
def test_a_text_of_another_kind_is_no_pass(wrong):
    with pytest.raises(NotAPass):
        payload.read(wrong)


@pytest.mark.parametrize(
    ("place", "value"),
    [(0, 0x15), (0, 0x1F), (7, 0x00), (7, 0x80)],
    ids=["kind 5", "kind 15", "print 0", "digital print 0"],
)
def test_a_body_that_no_office_made_is_no_pass(place, value):
    body = bytearray(payload.pack(PASS))
    body[place] = value

    with pytest.raises(NotAPass, match="not the code of a pass"):
        payload.read(payload.spell(bytes(body), bytes(64)))


def test_an_end_that_is_not_after_the_start_is_no_pass():
    body = payload.pack(PASS)

    with pytest.raises(NotAPass):
        payload.read(payload.spell(body[:15] + body[12:15], bytes(64)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "ticket"}, {"key_id": b"ab"}, {"number": -1}, {"number": 2**24}, {"print_number": 0},
        {"print_number": 128}, {"category": 256}, {"category": -1}, {"zones": 2**24}, {"zones": -1},
        {"starts_at": EPOCH - timedelta(seconds=1)}, {"ends_at": EPOCH + QUARTER * 2**24}, {"ends_at": PASS.starts_at},
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused(wrong):
    with pytest.raises(ValueError, match=r"pass|key"):
        payload.pack(replace(PASS, **wrong))


def test_parts_of_another_length_are_not_spelt():
    with pytest.raises(ValueError, match="18 bytes and 64"):
        payload.spell(b"", bytes(64))
