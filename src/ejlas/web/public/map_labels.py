"""Where the names stand on a map, so that no two overlap and each is near its point; made when the page is made."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Mean widths of letters, in parts of the size of type: bold Noto Sans, and Vazirmatn, whose letters join.
_LATIN, _CYRILLIC, _ARABIC, _OTHER = 0.6, 0.64, 0.52, 1.0
_LEADING = 1.25
# Directions in the order in which a cartographer tries them: beside the point, then above and below, then aslant; the
# third number slides the name along its line, by halves of its width.
_DIRECTIONS = (
    (1, 0, 1),
    (-1, 0, -1),
    (0, -1, 0),
    (0, 1, 0),
    (0, -1, 0.75),
    (0, -1, -0.75),
    (0, 1, 0.75),
    (0, 1, -0.75),
    (0.8, -0.7, 1),
    (-0.8, -0.7, -1),
    (0.8, 0.7, 1),
    (-0.8, 0.7, -1),
)
_DISTANCES = (1.0, 2.2, 3.6, 5.2, 7.0)


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the map and the name that belongs to it."""

    key: str
    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in the units of the map."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """Return the area that both cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0.0) * max(height, 0.0)

    def outside(self, width: float, height: float) -> float:
        """Return how far the rectangle sticks out of a map of this size."""
        return max(-self.left, 0) + max(-self.top, 0) + max(self.right - width, 0) + max(self.bottom - height, 0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A name in its place: the middle of its line of text, its box, and a leader where it had to go far."""

    spot: Spot
    x: float
    baseline: float
    box: Box
    has_leader: bool


def text_width(text: str, size: float) -> float:
    """Guess how wide a text stands at this size of type."""
    widths = 0.0
    for character in text:
        name = unicodedata.name(character, "")
        if unicodedata.combining(character) or character in "\u200c\u200d":
            continue
        known = {"LATIN": _LATIN, "CYRILLIC": _CYRILLIC, "ARABIC": _ARABIC}
        widths += 0.32 if character == " " else known.get(name.partition(" ")[0], _LATIN if name else _OTHER)
    return widths * size


def place(spots: Sequence[Spot], *, width: float, height: float, size: float, radius: float) -> list[Placed]:
    """Give every name its place; the crowded ones choose first, each where it covers the least."""
    dots = {spot.key: Box(spot.x - radius, spot.y - radius, spot.x + radius, spot.y + radius) for spot in spots}
    placed: dict[str, Placed] = {}
    for spot in sorted(spots, key=lambda spot: -_crowd(spot, spots, size * 5)):
        taken = [dot for key, dot in dots.items() if key != spot.key] + [other.box for other in placed.values()]
        candidates = _candidates(spot, size, radius)
        placed[spot.key] = min(
            candidates, key=lambda candidate: _cost(candidate, taken, dots[spot.key], width=width, height=height)
        )
    return [placed[spot.key] for spot in spots]


def _crowd(spot: Spot, spots: Sequence[Spot], reach: float) -> int:
    return sum(math.hypot(spot.x - other.x, spot.y - other.y) < reach for other in spots)


def _candidates(spot: Spot, size: float, radius: float) -> list[Placed]:
    half, line = text_width(spot.name, size) / 2, size * _LEADING
    found = []
    for distance in _DISTANCES:
        for across, down, slide in _DIRECTIONS:
            reach = (radius + size * 0.3) * distance
            x = spot.x + across * reach + half * slide
            y = spot.y + down * reach + line / 2 * ((down > 0) - (down < 0))
            box = Box(x - half, y - line / 2, x + half, y + line / 2)
            found.append(Placed(spot, round(x, 1), round(y + size * 0.34, 1), box, distance > _DISTANCES[0]))
    return found


def _cost(candidate: Placed, taken: Sequence[Box], own: Box, *, width: float, height: float) -> float:
    """Weigh a place: covering another name or a dot is worst, then leaving the map; nearer wins among the clean."""
    covered = sum(candidate.box.overlap(box) for box in taken) + candidate.box.overlap(own)
    return covered * 1000 + candidate.box.outside(width, height) * 2000
