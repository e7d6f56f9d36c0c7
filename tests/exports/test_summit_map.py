from __future__ import annotations

import re

import pytest

from ejlas.exports import summit_map

CASPIAN = [("gilan", 37.28, 49.58), ("astrakhan", 46.35, 48.04), ("mangystau", 43.65, 51.16), ("balkan", 39.51, 54.36)]
ATLANTIC = [("lisbon", 38.72, -9.14), ("porto", 41.15, -8.6), ("recife", -8.05, -34.9), ("dakar", 14.7, -17.4)]
PACIFIC = [("suva", -18.1, 178.4), ("apia", -13.8, -171.7), ("auckland", -36.8, 174.7)]
ALONE = [("rasht", 37.28, 49.58)]


def on_land(x: float, y: float, path: str) -> bool:
    """Tell whether a point lies in the land, by the even-odd rule that the page uses too."""
    inside = False
    for piece in re.findall(r"M(-?\d+) (-?\d+)l([^z]+)z", path):
        points = [(int(piece[0]), int(piece[1]))]
        steps = [int(number) for number in piece[2].split()]
        for across, down in zip(steps[::2], steps[1::2], strict=True):
            points.append((points[-1][0] + across, points[-1][1] + down))
        for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


@pytest.mark.parametrize("points", [CASPIAN, ATLANTIC, PACIFIC, ALONE])
def test_draw_shows_every_seat_well_inside_the_frame(points: list[tuple[str, float, float]]) -> None:
    drawn = summit_map.draw(points)

    assert [point["party"] for point in drawn["points"]] == [slug for slug, *_ in points]
    assert all(30 < point["x"] < drawn["width"] - 30 for point in drawn["points"])
    assert all(30 < point["y"] < drawn["height"] - 30 for point in drawn["points"])
    assert 0.5 < drawn["width"] / drawn["height"] < 2
    assert 0 < len(drawn["land"]) < 40_000


def test_the_caspian_is_water_and_its_shores_are_land() -> None:
    middle = ("middle", 41.8, 50.6)
    drawn = summit_map.draw([*CASPIAN, middle, ("tehran", 35.7, 51.4)])

    places = {point["party"]: on_land(point["x"], point["y"], drawn["land"]) for point in drawn["points"]}
    assert (places["middle"], places["tehran"], places["balkan"]) == (False, True, True)


def test_draw_crosses_the_atlantic_with_north_up_and_east_to_the_right() -> None:
    drawn = summit_map.draw(ATLANTIC)

    places = {point["party"]: point for point in drawn["points"]}
    assert places["recife"]["x"] < places["dakar"]["x"] < places["lisbon"]["x"]
    assert places["porto"]["y"] < places["lisbon"]["y"] < places["recife"]["y"]


def test_draw_crosses_the_date_line_the_short_way() -> None:
    drawn = summit_map.draw([*PACIFIC, ("taupo", -38.9, 176.3), ("middle", -25.0, -178.0)])

    places = {point["party"]: point for point in drawn["points"]}
    assert places["auckland"]["x"] < places["suva"]["x"] < places["middle"]["x"] < places["apia"]["x"]
    land = {slug: on_land(places[slug]["x"], places[slug]["y"], drawn["land"]) for slug in ("taupo", "middle")}
    assert land == {"taupo": True, "middle": False}


def test_land_and_sea_are_whole_where_the_atlas_is_sewn_together() -> None:
    points = [("anadyr", 65.5, 176.5), ("east-cape", 66.5, -172.5), ("seam", 67.5, -179.5), ("strait", 60.0, -179.5)]

    drawn = summit_map.draw([*points, ("nome", 64.9, -164.5)])

    land = {point["party"]: on_land(point["x"], point["y"], drawn["land"]) for point in drawn["points"]}
    assert land == {"anadyr": True, "east-cape": True, "seam": True, "strait": False, "nome": True}


def test_a_map_without_seats_is_empty() -> None:
    assert summit_map.draw([]) == {"width": summit_map.WIDTH, "height": 0, "land": "", "points": []}


@pytest.mark.parametrize(
    ("longitudes", "expected"),
    [([10.0, 20.0], [10.0, 20.0]), ([170.0, -170.0], [170.0, 190.0]), ([-10.0, 10.0], [-10.0, 10.0]), ([50.0], [50.0])],
)
def test_unwrapped_longitudes_lie_together(longitudes: list[float], expected: list[float]) -> None:
    shifted = summit_map.unwrapped(longitudes)

    assert [value % 360 for value in shifted] == pytest.approx([value % 360 for value in expected])
    assert max(shifted) - min(shifted) == pytest.approx(max(expected) - min(expected))


def test_simplified_keeps_the_ends_and_the_corners() -> None:
    line = [(0.0, 0.0), (1.0, 0.01), (2.0, 0.0), (2.0, 2.0)]

    assert summit_map.simplified(line, 0.1) == [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0)]
