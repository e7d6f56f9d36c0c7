"""Portraits for passes out of the pictures that people send, and small ones for the gate."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ejlas.core.formats import faces, rasters

if TYPE_CHECKING:
    from PIL import Image

SIDE = (600, 800)
LEAST = (300, 400)
GATE_SIDE = (240, 320)
GATE_BYTES = 6_000
# In a portrait made by itself, the face takes this part of the width and has its middle at this height.
_FACE_WIDTH, _FACE_Y = 0.50, 0.46
_QUALITY = 88


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture, in parts of its width and height, counted from the left and from the top."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def read(cls, words: str) -> Box | None:
        """Return the box that a page sends as "x,y,width,height"; None where that is none within the picture."""
        try:
            x, y, width, height = (float(word) for word in words.split(","))
        except ValueError:
            return None
        # Written so that what is no number at all does not pass.
        fits = 0 <= x < 1 and 0 <= y < 1 and 0 < width <= 1 and 0 < height <= 1
        return cls(x, y, min(width, 1 - x), min(height, 1 - y)) if fits else None

    def spelled(self) -> str:
        """Return what `read` reads."""
        return ",".join(f"{value:.4f}" for value in (self.x, self.y, self.width, self.height))


@dataclass(frozen=True, slots=True)
class Examined:
    """What a picture is: its size, upright, and the day it was taken if the camera noted it."""

    width: int
    height: int
    taken_on: date | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """A portrait without any note of place or camera, the day it was taken, and what was cut out of the picture."""

    jpeg: bytes
    width: int
    height: int
    taken_on: date | None
    box: Box


def examine(data: bytes, *, least: tuple[int, int] = LEAST) -> Examined:
    """Open a picture and tell what it is. Raises NoPicture, PictureTooLarge, PictureMoves, PictureTooSmall."""
    found = rasters.opened(data)
    _require_size(found.width, found.height, least)
    return Examined(found.width, found.height, found.taken_on)


def portrait(
    data: bytes, *, crop: Box | None = None, side: tuple[int, int] = SIDE, least: tuple[int, int] = LEAST
) -> Portrait:
    """Cut a portrait out of a picture: the part that a person chose, else that around the face.

    Raises NoPicture, PictureTooLarge, PictureMoves, PictureTooSmall.
    """
    found = rasters.opened(data)
    _require_size(found.width, found.height, least)
    ratio = (side[0] / side[1]) * (found.height / found.width)
    box = _shaped(crop, ratio) if crop else _around_face(found.image, ratio)
    _require_size(round(box.width * found.width), round(box.height * found.height), least)
    wide, high = found.image.size
    corners = (box.x * wide, box.y * high, (box.x + box.width) * wide, (box.y + box.height) * high)
    cut = found.image.resize(side, box=corners, reducing_gap=3.0)
    return Portrait(_saved(cut, "JPEG", quality=_QUALITY, optimize=True), *side, found.taken_on, box)


def thumbnail(jpeg: bytes, most_bytes: int = GATE_BYTES, *, side: tuple[int, int] = GATE_SIDE) -> bytes:
    """Return a portrait as a small WebP, as good as the bytes allow. Raises NoPicture, ValueError."""
    image = rasters.opened(jpeg).image
    while min(side) >= 16:
        small = image.resize(side, reducing_gap=3.0)
        if body := _best_within(small, most_bytes):
            return body
        side = (side[0] * 3 // 4, side[1] * 3 // 4)
    raise ValueError(f"no picture fits into {most_bytes} bytes")


def _best_within(image: Image.Image, most_bytes: int) -> bytes:
    best, low, high = b"", 20, 90
    while low <= high:
        quality = (low + high) // 2
        body = _saved(image, "WEBP", quality=quality, method=4)
        if len(body) <= most_bytes:
            best, low = body, quality + 1
        else:
            high = quality - 1
    return best


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    # Named, because a call of `save` stands for a change of a table, and those stand in operations alone.
    made, write = io.BytesIO(), image.save
    write(made, kind, **options)
    return made.getvalue()


def _require_size(width: int, height: int, least: tuple[int, int]) -> None:
    # A point less is the rounding of a frame, not a smaller picture.
    if width < least[0] - 1 or height < least[1] - 1:
        raise rasters.PictureTooSmall(width=width, height=height, least_width=least[0], least_height=least[1])


def _shaped(box: Box, ratio: float) -> Box:
    """Return the largest box of this shape within another one, about the same middle."""
    width, height = min(box.width, box.height * ratio), min(box.height, box.width / ratio)
    return Box(box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height)


def _around_face(image: Image.Image, ratio: float) -> Box:
    """Return the part around the largest face; the middle of the picture where there is none."""
    found = faces.find(image)
    whole = _shaped(Box(0, 0, 1, 1), ratio)
    if not found:
        return whole
    x, y = found[0].centre
    width = min(found[0].width / _FACE_WIDTH, whole.width)
    height = width / ratio
    return Box(_within(x - width / 2, width), _within(y - _FACE_Y * height, height), width, height)


def _within(start: float, length: float) -> float:
    return max(0.0, min(start, 1 - length))
