"""The receipt for passes: what was handed over, who signs, in the reader's direction."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pypdf

from ejlas.core.text import Text
from ejlas.delegations.models import Badge, Capacity, Category, Delegation, Person
from ejlas.exports import pass_receipt
from ejlas.exports.pass_receipt import Signed
from ejlas.forum.models import Edition, Party
from tests.factories import faces

AT = datetime(2025, 11, 17, 8, 30, tzinfo=UTC)
EDITION = Edition(
    slug="rasht2025",
    name=Text.of(en="First Meeting of Governors", fa="نخستین اجلاس استانداران", ru="Первая встреча губернаторов"),
    starts_on=date(2025, 11, 18),
    ends_on=date(2025, 11, 19),
    timezone="Asia/Tehran",
    languages=["fa", "en", "ru"],
    calendars=["gregorian", "solar_hijri"],
)


def delegation(key: int, **names: str) -> Delegation:
    return Delegation(pk=key, kind="party", party=Party(pk=key, name=Text.of(**names)))


UNSIGNED = Signed()
ASTRAKHAN = delegation(1, en="Astrakhan Region", fa="استان آستراخان", ru="Астраханская область")
GILAN = delegation(2, en="Gilan Province", fa="استان گیلان")


def badge(number: int, of: Delegation | None = ASTRAKHAN, **more: Any) -> Badge:
    category = Category(name=Text.of(en="Delegates", fa="نمایندگان"), kind=more.get("kind", "badge"))
    return Badge(number=number, category=category, delegation=of, **more)


def person(given: str, family: str) -> Person:
    return Person(given_name=given, family_name=family, office=Text.of(en="Adviser"), capacity=Capacity(name=Text()))


def text(badges: list[Badge], language: str = "en", signed: Signed = UNSIGNED) -> str:
    body = pass_receipt.render(badges, edition=EDITION, language=language, at=AT, signed=signed)
    reader = pypdf.PdfReader(BytesIO(body))
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages} == {(595, 842)}
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_a_receipt_lists_the_cards_of_each_delegation_and_leaves_room_to_sign():
    said = text(
        [
            badge(17, person=person("Igor", "VOLGIN")),
            badge(301, kind="floater", mark="security"),
            badge(40, GILAN, person=person("Sara", "NASIRI")),
        ]
    )

    parts = (
        "First Meeting of Governors Receipt for passes 17 November 2025 · 26 Aban 1404, 12:00",
        "Astrakhan Region Number Category For whom Office 00017 Delegates Igor VOLGIN Adviser",
        "00301 Delegates Transferable Security officer",
        "Gilan Province",
        "00040 Delegates Sara NASIRI Adviser",
        "3 cards were handed over. Transferable cards belong to the host and are given back before the departure.",
        "Received by",
        "Handed over by",
        "Page 1 of 1",
    )
    places = [said.find(part) for part in parts]
    assert -1 not in places, [part for part, place in zip(parts, places, strict=True) if place < 0]
    assert places == sorted(places)
    assert "authority" not in said


def test_a_receipt_that_was_signed_on_the_screen_names_both_and_shows_the_signature():
    signature = faces.saved(faces.logo(300, 120), "PNG")
    signed = Signed("Anna Petrova", "Mina Sadr", is_by_authority=True, signature=signature)

    plain, drawn = (
        pass_receipt.render(
            [badge(17, person=person("Igor", "VOLGIN"))], edition=EDITION, language="en", at=AT, signed=each
        )
        for each in (Signed("Anna Petrova", "Mina Sadr", is_by_authority=True, signature=b"no picture"), signed)
    )

    said = " ".join(pypdf.PdfReader(BytesIO(drawn)).pages[0].extract_text().split())
    assert "Anna Petrova" in said
    assert "Mina Sadr" in said
    assert "Taken on behalf of others, by written authority." in said
    assert "1 card was handed over." in said
    assert b"/Subtype/Image" in drawn
    assert b"/Subtype/Image" not in plain


def test_a_persian_receipt_reads_from_the_right_and_spares_need_no_delegation():
    said = text([badge(17, person=person("Igor", "VOLGIN")), badge(407, None, kind="spare")], "fa")

    assert "Igor VOLGIN" in said
    assert "00407" in said
    assert "استان" in said or "ناتسا" in said
