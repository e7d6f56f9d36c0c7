from __future__ import annotations

from typing import Any

import pytest

from ejlas.core import languages
from ejlas.delegations.rules.passes import card_standards, card_words, cards
from ejlas.delegations.rules.passes.badges import BadgeKind
from ejlas.delegations.rules.passes.card_faults import check
from ejlas.delegations.rules.passes.cards import ElementKind, When, design_of

NAME = {"kind": "name", "x": 5, "y": 5, "w": 50, "h": 10}


def faults(**changes: Any) -> list[tuple[int | None, str, str]]:
    """Check a design of one element that is changed so."""
    design = {"version": 1, "width": 105, "height": 148, "elements": [NAME | changes]}
    return [(fault.element, fault.field, type(fault).__name__) for fault in check(design)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"kind": "hologram"}, [(0, "kind", "NoSuchChoice")]),
        ({"x": "left"}, [(0, "x", "NoNumber")]),
        ({"x": None}, [(0, "x", "NoNumber")]),
        ({"y": True}, [(0, "y", "NoNumber")]),
        ({"y": float("nan")}, [(0, "y", "OutOfBounds")]),
        ({"y": 10**400}, [(0, "y", "OutOfBounds")]),
        ({"x": -1}, [(0, "x", "OutOfBounds")]),
        ({"h": 0}, [(0, "h", "OutOfBounds")]),
        ({"x": 60}, [(0, "w", "OutsideCard")]),
        ({"y": 140}, [(0, "h", "OutsideCard")]),
        ({"size": 3}, [(0, "size", "OutOfBounds")]),
        ({"lines": 1.5}, [(0, "lines", "NoNumber")]),
        ({"side": "top"}, [(0, "side", "NoSuchChoice")]),
        ({"align": "left"}, [(0, "align", "NoSuchChoice")]),
        ({"rise": ["top"]}, [(0, "rise", "NoSuchChoice")]),
        ({"weight": 500}, [(0, "weight", "NoSuchChoice")]),
        ({"weight": [700]}, [(0, "weight", "NoSuchChoice")]),
        ({"colour": "red"}, [(0, "colour", "NoColour")]),
        ({"colour": "#FFF"}, [(0, "colour", "NoColour")]),
        ({"languages": ["fa", "xx-klingon"]}, [(0, "languages", "NoLanguage")]),
        ({"languages": "fa"}, [(0, "languages", "NotADesign")]),
        ({"text": {"en": 5}}, [(0, "text", "NotADesign")]),
        ({"text": {"en": "a" * 501}}, [(0, "text", "TextTooLong")]),
        ({"kind": "text", "text": {"en": " "}}, [(0, "text", "NoText")]),
        ({"kind": "code", "w": 19, "h": 30}, [(0, "w", "CodeTooSmall")]),
        ({"when": []}, [(0, "when", "NotADesign")]),
        ({"when": {"kinds": ["badge", "wristband"]}}, [(0, "when", "NoSuchChoice")]),
        ({"when": {"has_photo": "yes"}}, [(0, "when", "NoSuchChoice")]),
        ({"when": {"moon": ["full"]}}, [(0, "when", "FieldUnknown")]),
        ({"when": {"categories": "heads"}}, [(0, "when", "NotADesign")]),
        ({"onclick": "x"}, [(0, "onclick", "FieldUnknown")]),
    ],
)
def test_each_fault_of_a_design_names_element_and_field(changes, expected):
    assert faults(**changes) == expected


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (None, [(None, "", "NotADesign")]),
        ([], [(None, "", "NotADesign")]),
        ({"width": 105}, [(None, "", "NotADesign")]),
        (
            {"width": 30, "height": 300, "elements": []},
            [(None, "width", "OutOfBounds"), (None, "height", "OutOfBounds")],
        ),
        ({"version": 2, "width": 86, "height": 54, "elements": []}, [(None, "version", "NewerDesign")]),
        ({"width": 86, "height": 54, "fold": "up", "elements": []}, [(None, "fold", "NoSuchChoice")]),
        ({"width": 86, "height": 54, "elements": [5]}, [(0, "", "NotADesign")]),
        ({"width": 86, "height": 54, "elements": [NAME] * 101}, [(None, "elements", "TooManyElements")]),
    ],
)
def test_faults_of_the_card_as_a_whole_name_no_element(design, expected):
    assert [(fault.element, fault.field, type(fault).__name__) for fault in check(design)] == expected


def test_a_fault_is_said_in_a_sentence():
    (fault,) = check({"width": 85.6, "height": 54, "elements": [NAME | {"kind": "code", "x": 40, "w": 50, "h": 30}]})

    assert fault.sentence() == "This stands beyond the edge of the card, which is 85.6 × 54 mm."


@pytest.mark.parametrize("codes", [("fa", "ru", "az", "tk", "kk", "en"), ("ru", "kk"), ("pt", "es", "fr"), ("ar",), ()])
def test_standard_designs_have_no_fault_and_are_kept_and_read_unchanged(codes):
    for standard in card_standards.standard_designs(codes):
        stored = standard.design.stored()

        assert check(stored) == []
        assert design_of(stored) == standard.design


def test_standard_designs_serve_every_kind_of_badge_and_only_badges_bear_names():
    standards = card_standards.standard_designs(("fa", "en"))

    assert {kind for standard in standards for kind in standard.kinds} == set(BadgeKind)
    for standard in standards:
        kinds = {element.kind for element in standard.design.elements}
        assert {ElementKind.CODE, ElementKind.NUMBER, ElementKind.LETTER, ElementKind.CATEGORY} <= kinds
        assert (ElementKind.NAME in kinds) == (BadgeKind.BADGE in standard.kinds)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("fa", "ru", "en"), ("fa", "en")),
        (("ru", "fa"), ("ru", "fa")),
        (("pt", "es"), ("pt", "es")),
        (("en", "fr", "ar"), ("en", "ar")),
        (("kk",), ("kk",)),
    ],
)
def test_a_card_speaks_the_first_language_and_one_of_another_script(codes, expected):
    assert card_standards.pair(codes) == expected


def test_fixed_words_stand_in_the_languages_that_have_them_and_else_in_english():
    assert list(card_words.words_of(card_words.VALID, ("fa", "ka"))) == ["fa"]
    assert card_words.words_of(card_words.VALID, ("ka",)) == {"en": "Valid"}
    assert all(languages.is_language(code) for code in card_words.words_of(card_words.ZONES, ("fa", "pt", "ar")))


def test_a_condition_asks_for_all_that_it_names():
    card: dict[str, Any] = {"kind": "badge", "category": "heads", "delegation": "party", "has_photo": False}

    assert When().holds(**card)
    assert When(kinds=("badge",), categories=("heads", "press")).holds(**card)
    assert not When(kinds=("badge",), categories=("press",)).holds(**card)
    assert not When(delegations=("press",)).holds(**card)
    assert When(has_photo=False).holds(**card)
    assert not When(has_photo=True).holds(**card)


def test_named_sizes_are_sizes_that_a_design_may_have():
    for size in cards.SIZES.values():
        assert check({"width": size.width, "height": size.height, "elements": []}) == []
