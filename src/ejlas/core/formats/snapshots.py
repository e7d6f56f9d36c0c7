"""Photos of places and work: upright, no larger than is needed, without a note of place or camera."""

from __future__ import annotations

import io

from ejlas.core.formats import rasters

MOST_SIDE, SMALL_SIDE = 1600, 320
_QUALITY, _SMALL_QUALITY = 82, 70


def snapshot(data: bytes) -> bytes:
    """Return a picture as a JPEG that is kept. Raises NoPicture, PictureTooLarge, PictureMoves."""
    return _within(data, MOST_SIDE, _QUALITY)


def small(data: bytes) -> bytes:
    """Return a picture as a small JPEG for lists. Raises NoPicture, PictureTooLarge, PictureMoves."""
    return _within(data, SMALL_SIDE, _SMALL_QUALITY)


def _within(data: bytes, most: int, quality: int) -> bytes:
    image = rasters.opened(data).image
    image.thumbnail((most, most), reducing_gap=2.0)
    # Named, because a call of `save` stands for a change of a table, and those stand in operations alone.
    made, write = io.BytesIO(), image.save
    write(made, "JPEG", quality=quality, optimize=True)
    return made.getvalue()
