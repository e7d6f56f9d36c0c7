"""Draws the map of a summit: the land around the seats of its parties as one path, and the seats as points.

No borders between states are drawn, deliberately: they are not the host's to settle.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from ejlas.forum.rules import MapContent, MapPoint

LAND = Path(__file__).parent / "land" / "land.bin"

WIDTH = 720
HUNDREDTHS = 100
MOST_BYTES = 24_000
PADDING = 0.14  # of the box of the points, on each side
LEAST_DEGREES = 7.0  # a single city still shows the country around it
ASPECTS = (0.72, 1.9)  # width by height, between which a map stands well on a page
BLEED = 40.0  # what is drawn beyond the frame, so that a wide line along a cut never shows
HIGHEST = 82.0  # degrees; beyond it Mercator's map has no end

Point = tuple[float, float]
Ring = list[Point]


@lru_cache(maxsize=1)
def _land_numbers() -> array[int]:
    """Return the file of the land as it is: one number behind the other, a hundredth of what lists of points take."""
    numbers = array("i")
    numbers.frombytes(LAND.read_bytes())
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def land_rings() -> Iterator[array[int]]:
    """Yield the outlines of the world's land and of its seas within land, each closed: x, y, x, y in 1/100 degree."""
    numbers, place = _land_numbers(), 0
    while place < len(numbers):
        end = place + 1 + 2 * numbers[place]
        yield numbers[place + 1 : end]
        place = end


def mercator(latitude: float) -> float:
    """Return the height of a latitude on Mercator's map, in degrees of the equator."""
    bounded = max(-HIGHEST, min(HIGHEST, latitude))
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(bounded) / 2)))


def unwrapped(longitudes: Sequence[float]) -> list[float]:
    """Shift longitudes by whole turns so that they lie together, also on both sides of the date line."""
    turned = sorted(longitude % 360 for longitude in longitudes)
    gaps = [(after - before) % 360 or 360.0 for before, after in zip(turned, [*turned[1:], turned[0]], strict=True)]
    start = turned[(gaps.index(max(gaps)) + 1) % len(turned)]
    shifted = [start + (longitude - start) % 360 for longitude in longitudes]
    turn = 360 * round((min(shifted) + max(shifted)) / 720)
    return [longitude - turn for longitude in shifted]


class Frame:
    """The piece of the world that a map shows, and the way from degrees to its units."""

    def __init__(self, longitudes: Sequence[float], heights: Sequence[float], width: int) -> None:
        across, up = _span(longitudes), _span(heights)
        least, most = ASPECTS
        across_size = max(across[1], up[1] * least)
        up_size = max(up[1], across_size / most)
        self.left, self.top = across[0] - across_size / 2, up[0] + up_size / 2
        self.scale = width / across_size
        self.width, self.height = width, round(up_size * self.scale)

    def __call__(self, longitude: float, height: float) -> Point:
        return (longitude - self.left) * self.scale, (self.top - height) * self.scale


def _span(values: Sequence[float]) -> tuple[float, float]:
    """Return the middle and the padded length of a range of values."""
    least, most = min(values), max(values)
    return (least + most) / 2, max((most - least) * (1 + 2 * PADDING), LEAST_DEGREES)


def draw(points: Sequence[tuple[str, float, float]], *, width: int = WIDTH) -> MapContent:
    """Draw the map of parties given as (slug, latitude, longitude); without points there is an empty map."""
    if not points:
        return {"width": width, "height": 0, "land": "", "points": []}
    longitudes = unwrapped([longitude for _, _, longitude in points])
    heights = [mercator(latitude) for _, latitude, _ in points]
    frame = Frame(longitudes, heights, width)
    drawn = [
        _point(slug, frame(*place))
        for (slug, *_), place in zip(points, zip(longitudes, heights, strict=True), strict=True)
    ]
    land = _land_within(tuple(longitudes), tuple(heights), width)
    return {"width": frame.width, "height": frame.height, "land": land, "points": drawn}


def _point(slug: str, place: Point) -> MapPoint:
    return {"party": slug, "x": round(place[0], 1), "y": round(place[1], 1)}


@lru_cache(maxsize=4)
def _land_within(longitudes: tuple[float, ...], heights: tuple[float, ...], width: int) -> str:
    """Return the land around these places; each version of a summit shows the same, and to draw it takes a while."""
    return _land(Frame(longitudes, heights, width))


def _land(frame: Frame) -> str:
    shown = [cut for ring in _projected(frame) if len(cut := _clipped(ring, frame)) > 2]
    tolerance = 0.6
    while True:
        path = "".join(map(_written, (simplified(ring, tolerance) for ring in shown)))
        if len(path) <= MOST_BYTES:
            return path
        tolerance *= 1.3


def _projected(frame: Frame) -> Iterable[Ring]:
    """Yield the rings that may lie in the frame, in its units; a ring may be seen a turn further east or west."""
    right = frame.left + frame.width / frame.scale
    margin = BLEED / frame.scale
    for ring in land_rings():
        longitudes, latitudes = ring[::2], ring[1::2]
        west, east = min(longitudes) / HUNDREDTHS, max(longitudes) / HUNDREDTHS
        for turn in (-360, 0, 360):
            if west + turn <= right + margin and east + turn >= frame.left - margin:
                yield [
                    frame(x / HUNDREDTHS + turn, mercator(y / HUNDREDTHS))
                    for x, y in zip(longitudes, latitudes, strict=True)
                ]


def _clipped(ring: Ring, frame: Frame) -> Ring:
    """Cut a ring to the frame and its bleed, one side after another (Sutherland and Hodgman)."""
    for axis, bound, sign in (
        (0, -BLEED, 1),
        (0, frame.width + BLEED, -1),
        (1, -BLEED, 1),
        (1, frame.height + BLEED, -1),
    ):
        if ring:
            ring = _cut(ring, axis, bound, sign)
    return ring


def _cut(ring: Ring, axis: int, bound: float, sign: int) -> Ring:
    """Keep what lies above the bound of an axis, or below it where the sign is negative."""
    kept: Ring = []
    before = ring[-1]
    for point in ring:
        was_in, is_in = (before[axis] - bound) * sign >= 0, (point[axis] - bound) * sign >= 0
        if was_in != is_in:
            part = (bound - before[axis]) / (point[axis] - before[axis])
            kept.append((before[0] + (point[0] - before[0]) * part, before[1] + (point[1] - before[1]) * part))
        if is_in:
            kept.append(point)
        before = point
    return kept


def simplified(line: Ring, tolerance: float) -> Ring:
    """Leave out the points without which the line strays by no more than the tolerance (Douglas and Peucker)."""
    keep = bytearray(len(line))
    keep[0] = keep[-1] = 1
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        worst, at = tolerance, -1
        for index in range(first + 1, last):
            distance = _from_chord(line[index], line[first], line[last])
            if distance > worst:
                worst, at = distance, index
        if at > 0:
            keep[at] = 1
            stack += [(first, at), (at, last)]
    return [point for point, kept in zip(line, keep, strict=True) if kept]


def _from_chord(point: Point, first: Point, last: Point) -> float:
    across, down = last[0] - first[0], last[1] - first[1]
    length = math.hypot(across, down)
    if not length:
        return math.hypot(point[0] - first[0], point[1] - first[1])
    return abs(down * (point[0] - first[0]) - across * (point[1] - first[1])) / length


def _written(ring: Ring) -> str:
    """Write a ring as a path of whole units, each point from the one before; nothing where it is too small to see."""
    whole = [(round(x), round(y)) for x, y in ring]
    steps = [(x - left, y - up) for (left, up), (x, y) in pairwise(whole) if (x, y) != (left, up)]
    if len(steps) < 2:
        return ""
    return f"M{whole[0][0]} {whole[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps) + "z"
