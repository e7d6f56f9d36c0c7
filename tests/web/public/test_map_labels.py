from __future__ import annotations

from itertools import combinations

import pytest

from ejlas.web.public.map_labels import Spot, place, text_width
from tests.factories.content import LANGUAGES, PARTIES


def spots(language: str) -> list[Spot]:
    return [
        Spot(slug, str(name.get(language) or name["en"]), (longitude - 43) * 38, (48 - latitude) * 46)
        for slug, _, _, latitude, longitude, name in PARTIES
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("size", "radius"), [(17.0, 6.0), (30.0, 10.0)])
def test_names_on_the_map_do_not_overlap_and_stay_inside(language: str, size: float, radius: float) -> None:
    placed = place(spots(language), width=720, height=1000, size=size, radius=radius)

    assert [label.spot.key for label in placed] == [slug for slug, *_ in PARTIES]
    assert all(one.box.overlap(other.box) == 0 for one, other in combinations(placed, 2))
    assert all(label.box.outside(720, 1000) == 0 for label in placed)


def test_a_name_never_covers_another_partys_point() -> None:
    placed = place(spots("en"), width=720, height=1000, size=17, radius=6)

    for label in placed:
        others = [spot for spot in spots("en") if spot.key != label.spot.key]
        assert not any(
            label.box.left < spot.x < label.box.right and label.box.top < spot.y < label.box.bottom for spot in others
        )


def test_text_width_counts_no_marks_that_take_no_room() -> None:
    assert text_width("نفت\u200cچاله", 10) == text_width("نفتچاله", 10)
