from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime

import vobject

from ejlas.core.formats import vcard
from ejlas.core.formats.vcard import Card

AT = datetime(2025, 10, 7, 8, 30, tzinfo=UTC)
CARD = Card(
    key="person-1",
    surname="VOLGIN",
    given_names="IGOR; SERGEEVICH",
    names={"ru": "Волгин Игорь, младший", "fa": "ایگور ولگین"},
    offices={"fa": "استاندار", "en": "Governor"},
    organisations={"en": "Astrakhan Region; Government"},
    email="igor@example.org",
    phone="+۷ (8512) 00-00-00",
    photo=b"\xff\xd8\xff" + bytes(range(200)),
)


def read(*cards: Card, language: str = "fa") -> list[vobject.base.Component]:
    return list(vobject.readComponents(vcard.pack(cards, language=language, at=AT).decode()))


def test_a_card_is_read_back_as_it_was():
    (card,) = read(CARD)

    assert [name.value for name in card.contents["fn"]] == [
        "ایگور ولگین",
        "Волгин Игорь, младший",
        "IGOR; SERGEEVICH VOLGIN",
    ]
    assert [name.params.get("LANGUAGE") for name in card.contents["fn"]] == [["fa"], ["ru"], None]
    assert (card.n.value.family, card.n.value.given) == ("VOLGIN", "IGOR; SERGEEVICH")
    assert [(title.value, title.params["LANGUAGE"]) for title in card.contents["title"]] == [
        ("استاندار", ["fa"]),
        ("Governor", ["en"]),
    ]
    assert card.org.value == ["Astrakhan Region; Government"]
    assert (card.email.value, card.tel.value) == ("igor@example.org", "tel:+78512000000")


def test_a_photo_is_written_as_an_address_with_the_picture_in_it():
    # vobject cuts this address at its semicolon and comma, so it is read by hand.
    unfolded = vcard.pack([CARD], language="fa", at=AT).replace(b"\r\n ", b"").decode()

    written = next(line for line in unfolded.split("\r\n") if line.startswith("PHOTO"))
    assert written == "PHOTO:data:image/jpeg;base64," + base64.b64encode(CARD.photo).decode()


def test_many_cards_stand_in_one_file_each_with_its_own_name():
    cards = read(CARD, replace(CARD, key="person-2", surname="PETROVA"), CARD)

    assert [card.n.value.family for card in cards] == ["VOLGIN", "PETROVA", "VOLGIN"]
    first, second, again = (card.uid.value for card in cards)
    assert first == again != second
    assert "person" not in first


def test_lines_are_folded_at_75_octets_and_never_inside_a_letter():
    body = vcard.pack([replace(CARD, offices={"fa": "استاندار و رئیس هیئت " * 20})], language="fa", at=AT)

    lines = body.split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines)


def test_a_person_with_only_a_surname_has_a_card_too():
    (card,) = read(Card(key="x", surname="DOE"))

    assert card.fn.value == "DOE"
    assert {"tel", "email", "photo", "org", "title"}.isdisjoint(card.contents)


def test_a_person_without_any_name_has_an_empty_one():
    assert b"\r\nFN:\r\n" in vcard.pack([Card(key="x", surname="")], language="en", at=AT)


def test_a_line_end_in_a_value_begins_no_property():
    sly = Card(
        key="x", surname="A\nEMAIL:a@b.example", email="a@example.org\r\nBEGIN:VCARD", names={"en": "B\r\nEND:VCARD"}
    )

    (card,) = read(sly)

    assert card.n.value.family == "A EMAIL:a@b.example"
    assert [it.value for it in card.contents["email"]] == ["a@example.org BEGIN:VCARD"]
    assert card.contents["fn"][0].value == "B END:VCARD"


def test_what_is_no_picture_is_left_out():
    assert "photo" not in read(replace(CARD, photo=b"<svg onload=alert(1)>"))[0].contents
    assert "photo" in read(replace(CARD, photo=b"\x89PNG\r\n"))[0].contents


def test_a_preferred_name_that_is_the_one_of_the_passport_stands_once():
    (card,) = read(Card(key="x", surname="DOE", given_names="JANE", names={"en": "JANE DOE"}))

    assert [name.value for name in card.contents["fn"]] == ["JANE DOE"]
