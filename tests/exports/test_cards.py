from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdf
import pytest
import segno

from ejlas.delegations.rules.passes import card_standards, cards
from ejlas.delegations.rules.passes.cards import Design, Element, ElementKind, Fold, Sheet, Side, When
from ejlas.exports.cards import modules, printing
from ejlas.exports.cards.drawing import Drawing
from ejlas.exports.cards.values import CardEdition, CardValues
from ejlas.exports.typesetting import CannotTypeset
from tests.factories import cards as samples

WIDTH, HEIGHT = cards.SIZES["cr80"]
NUMBER = Element(ElementKind.NUMBER, 5, 5, 40, 10)
BACK = Element(ElementKind.TEXT, 5, 5, 40, 10, side=Side.BACK, text={"en": "Back"})


def files(
    design: Design, *values: CardValues, edition: CardEdition = samples.CASPIAN, language: str = "en", **options: Any
) -> list[pypdf.PdfReader]:
    made = printing.render(values, design, edition=edition, language=language, at=samples.AT, **options)
    return [pypdf.PdfReader(BytesIO(body)) for body in made]


def texts(reader: pypdf.PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def sizes_mm(reader: pypdf.PdfReader) -> list[tuple[int, int]]:
    return [
        (round(float(page.mediabox[2]) / 72 * 25.4), round(float(page.mediabox[3]) / 72 * 25.4))
        for page in reader.pages
    ]


def left_of(page: pypdf.PageObject, word: str) -> float:
    found: dict[str, float] = {}
    page.extract_text(visitor_text=lambda text, cm, tm, *_: found.update({text.strip(): cm[4] + cm[0] * tm[4]}))
    return found[word] / 72 * 25.4


def drawn(design: Design, values: CardValues, language: str = "en", side: Side = Side.FRONT) -> list[dict[str, Any]]:
    return Drawing(design, samples.CASPIAN, language).side(values, side)


def said(box: dict[str, Any]) -> list[tuple[str, str]]:
    return [(line["lang"], line["plain"]) for line in box["words"]]


# --- Files ---


def test_501_cards_are_two_files_in_the_order_in_which_they_came():
    design = Design(WIDTH, HEIGHT, (NUMBER,))
    values = [CardValues(number=f"{number:05}") for number in range(501, 0, -1)]

    first, second = files(design, *values)

    assert texts(first) == [card.number for card in values[:500]]
    assert texts(second) == ["00001"]


def test_no_cards_are_no_files():
    assert files(Design(WIDTH, HEIGHT, (NUMBER,))) == []


def test_the_pages_of_a_double_sided_card_alternate():
    (made,) = files(Design(WIDTH, HEIGHT, (NUMBER, BACK)), samples.head(), samples.spare())

    assert texts(made) == ["00017", "Back", "00407", "Back"]
    assert set(sizes_mm(made)) == {(86, 54)}


def test_a_folded_card_has_both_sides_on_one_page():
    for fold, size in ((Fold.SIDE, (171, 54)), (Fold.TOP, (86, 108))):
        (made,) = files(Design(WIDTH, HEIGHT, (NUMBER, BACK), fold), samples.head())

        assert sizes_mm(made) == [size]
        assert sorted(texts(made)[0].split()) == ["00017", "Back"]


def test_many_cards_on_a4_have_backs_behind_their_fronts():
    values = [replace(samples.spare(), number=f"{number:05}") for number in range(1, 13)]
    letter = Element(ElementKind.LETTER, 5, 5, 40, 10, side=Side.BACK)
    values[0] = replace(values[0], letter="FIRST")

    (made,) = files(Design(WIDTH, HEIGHT, (NUMBER, letter)), *values, sheet=Sheet.A4)

    assert sizes_mm(made) == [(297, 210)] * 4
    assert texts(made)[0].split() == [f"{number:05}" for number in range(1, 10)]
    assert texts(made)[2].split() == [f"{number:05}" for number in range(10, 13)]
    # Three stand beside each other: on a sheet that is turned over at its left edge, the first is the third of its row.
    assert left_of(made.pages[0], "00001") < 99
    assert left_of(made.pages[1], "FIRST") > 198


@pytest.mark.parametrize(
    ("edition", "language"), [(samples.CASPIAN, "fa"), (samples.CASPIAN, "ru"), (samples.ATLANTIC, "pt")]
)
def test_the_standard_badge_shows_who_it_is_and_where_that_person_may_go(edition, language):
    design = card_standards.by_slug(edition.languages)["badge"].design
    values = samples.atlantic() if edition is samples.ATLANTIC else samples.head()

    (made,) = files(design, values, samples.long_words(), edition=edition, language=language)

    front, back = texts(made)[:2]
    assert len(made.pages) == 4
    expected = {
        "fa": (
            "Igor VOLGIN",
            "Игорь Волгин",
            "Governor",
            "Astrakhan Region",
            "00017",
            "Heads of delegation",
            "S H L C",
        ),
        "ru": ("Игорь Волгин", "Igor VOLGIN", "18–19 ноября 2025 г.", "00017", "S H L C"),
        "pt": ("Inês Furtado Medeiros", "Vereação do mar", "Las Palmas de Gran Canaria", "ES-GC", "Delegados"),
    }[language]
    assert [words for words in expected if words not in front] == []
    assert ("Recinto da cimeira" if language == "pt" else "Summit site") in back


@pytest.mark.parametrize("slug", ["badge-small", "token", "pin", "spare"])
def test_every_other_standard_design_is_set_in_persian(slug):
    design = card_standards.by_slug(samples.CASPIAN.languages)[slug].design
    values = {"badge-small": samples.long_words(), "spare": samples.spare()}.get(slug, samples.token())

    (made,) = files(design, values, language="fa")

    assert values.number in texts(made)[0]
    assert len(made.pages) == (2 if slug == "badge-small" else 1)


def test_words_shrink_then_take_a_second_line_and_are_cut_at_last():
    name = Element(ElementKind.PASSPORT_NAME, 2, 2, 40, 12, size=14)
    short, long = "Igor VOLGIN", samples.long_words().passport_name
    values = [CardValues(number="1", passport_name=each) for each in (short, long, long * 3, "A" * 90)]

    (made,) = files(Design(WIDTH, HEIGHT, (name,)), *values)

    found = texts(made)
    assert found[:2] == [short, long]
    assert [words[:5] for words in found[2:]] == ["Seyed", "AAAAA"]
    assert [words[-1] for words in found[2:]] == ["…", "…"]


def test_missing_fonts_are_said_before_a_card_is_printed_wrongly(tmp_path, monkeypatch):
    monkeypatch.setattr(printing, "FONTS", tmp_path)

    with pytest.raises(CannotTypeset, match="build the package"):
        # More than a pipe holds: the child is gone before all is written.
        files(Design(WIDTH, HEIGHT, (NUMBER,)), *[samples.head(with_photo=False)] * 500)


# --- Pictures ---


def test_the_code_is_read_from_the_picture_of_a_card_and_a_broken_photo_harms_nothing():
    import cv2
    import numpy as np

    design = card_standards.by_slug(samples.CASPIAN.languages)["badge-small"].design
    values = replace(samples.head(with_photo=False), photo=b"\xff\xd8\xff no picture")

    made = printing.preview(
        design, values, edition=samples.CASPIAN, side=Side.FRONT, language="fa", at=samples.AT, ppi=200
    )

    picture = cv2.imdecode(np.frombuffer(made, np.uint8), cv2.IMREAD_COLOR)
    assert picture.shape[:2] == (674, 425)
    assert cv2.QRCodeDetector().detectAndDecode(picture)[0] == samples.CODE


@pytest.mark.parametrize("text", [samples.CODE, samples.CODE[::-1], "short", "0123456789" * 11])
def test_the_modules_of_a_code_are_those_that_the_library_makes(text):
    made = modules.rows_of(text)

    expected = segno.make_qr(text, error="m", mask=modules.MASK, boost_error=False, mode="byte").matrix
    assert made == ["".join(map(str, row)) for row in expected]


def test_the_back_of_a_card_is_seen_alone():
    made = printing.preview(
        Design(WIDTH, HEIGHT, (NUMBER, BACK), Fold.SIDE),
        samples.head(with_photo=False),
        edition=samples.CASPIAN,
        side=Side.BACK,
        language="fa",
        at=samples.AT,
        ppi=72,
    )

    assert made.startswith(b"\x89PNG")
    assert (int.from_bytes(made[16:20]), int.from_bytes(made[20:24])) == (243, 153)


# --- What is drawn ---


def test_a_card_is_mirrored_in_a_language_that_is_written_from_the_right():
    design = Design(100, 60, (replace(NUMBER, width=30),))

    (english,), (persian,) = drawn(design, samples.head()), drawn(design, samples.head(), "fa")

    assert (english["x"], english["align"]) == (5, "left")
    assert (persian["x"], persian["align"]) == (65, "right")


def test_a_name_stands_once_in_each_script_with_the_passport_for_latin():
    design = Design(100, 60, (Element(ElementKind.NAME, 0, 0, 90, 30),))

    (box,) = drawn(design, samples.head(), "ru")

    assert said(box) == [("ru", "Игорь Волгин"), ("fa", "ایگور ولگین"), ("en", "Igor VOLGIN")]
    assert [line["dir"] for line in box["words"]] == ["ltr", "rtl", "ltr"]


def test_wordings_that_are_missing_or_alike_are_not_repeated():
    design = Design(100, 60, (Element(ElementKind.DELEGATION, 0, 0, 90, 30, languages=("az", "en", "fa")),))
    values = replace(samples.head(), delegation={"en": "Gilan", "az": "Gilan", "fa": "گیلان"})

    assert said(drawn(design, values)[0]) == [("az", "Gilan"), ("fa", "گیلان")]
    assert drawn(design, replace(values, delegation={})) == []


def test_what_a_condition_leaves_out_is_not_drawn():
    press = replace(NUMBER, when=When(delegations=("press",)))
    without = Element(ElementKind.BLOCK, 0, 0, 10, 10, when=When(has_photo=False))
    design = Design(100, 60, (press, without))

    assert drawn(design, samples.head()) == []
    assert [box["draw"] for box in drawn(design, samples.head(with_photo=False))] == ["block"]
    assert [box["draw"] for box in drawn(design, replace(samples.head(), delegation_kind="press"))] == ["words"]


def test_a_flag_is_bars_where_its_colours_are_known_and_else_the_code_of_the_party():
    design = Design(100, 60, (Element(ElementKind.FLAG, 0, 0, 90, 5),))

    assert drawn(design, samples.head())[0]["bars"] == ["#ffffff", "#0039a6", "#d52b1e"]
    band = drawn(design, samples.long_words())[0]
    assert (band["draw"], band["code"], band["band"], band["ink"]) == ("band", "IR-02", "#0b5d5b", "#ffffff")


def test_words_on_a_pale_category_are_dark():
    design = Design(100, 60, (replace(NUMBER, colour=cards.ON_CATEGORY),))

    assert drawn(design, replace(samples.head(), colour="#f2e3b0"))[0]["fill"] == "#0a2730"
    assert drawn(design, samples.head())[0]["fill"] == "#ffffff"
