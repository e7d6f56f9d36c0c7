from __future__ import annotations

import pytest

from ejlas.web.public import theming


@pytest.mark.parametrize(("one", "other", "expected"), [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0)])
def test_contrast_follows_wcag(one: str, other: str, expected: float) -> None:
    assert theming.contrast(one, other) == pytest.approx(expected)


@pytest.mark.parametrize("colour", ["#ffee00", "#0055aa", "#808080", "#ffffff", "#000000"])
@pytest.mark.parametrize("paper", theming.PAPERS)
def test_readable_brings_any_colour_to_enough_contrast(colour: str, paper: str) -> None:
    assert theming.contrast(theming.readable(colour, paper), paper) >= 4.5


def test_readable_leaves_a_good_colour_alone() -> None:
    assert theming.readable("#00695f", "#ffffff") == "#00695f"


@pytest.mark.parametrize("colours", [(), ("#fff",), ("#ffffff", "red"), ("#ffffff", "#12345g"), ("#ffffff", "}body{")])
def test_are_colours_refuses_what_is_no_pair_of_colours(colours: tuple[str, ...]) -> None:
    assert not theming.are_colours(colours)
