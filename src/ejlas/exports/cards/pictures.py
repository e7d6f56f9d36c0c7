"""Codes and photos as typst takes them from memory: each inside an SVG, which is text."""

from __future__ import annotations

import base64
import io
import struct
import zlib

# A code of 110 characters fits this mask well; looking for the best one takes four times as long.
_MASK = 2
_QUIET = 4
# Printers of cards have 300 dots per inch; a photo needs no more than this.
_LEAST_DPI = 240
_QUALITY = 86
_DOTS = 2
_LIGHT = "1" * _DOTS
_MODULES = (_LIGHT, "0" * _DOTS)


def code_svg(text: str) -> str:
    """Return the code of a text at level M with its quiet zone.

    A picture of one bit, set in half the time of a path; with four dots to a module no viewer that smooths pictures
    blurs it.
    """
    import segno

    rows = segno.make_qr(text, error="m", mask=_MASK, boost_error=False).matrix
    side = (len(rows) + 2 * _QUIET) * _DOTS
    edge = _LIGHT * _QUIET
    blank = _scanlines(_LIGHT * (len(rows) + 2 * _QUIET)) * _QUIET
    lines = (_scanlines(edge + "".join(map(_MODULES.__getitem__, row)) + edge) for row in rows)
    body = zlib.compress(b"".join([blank, *lines, blank]), 6)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    png = _part(b"IHDR", head) + _part(b"IDAT", body) + _part(b"IEND", b"")
    return picture_svg("png", b"\x89PNG\r\n\x1a\n" + png, side, side)


def _scanlines(dots: str) -> bytes:
    """Return the lines of dots of one row of modules, as a PNG holds them."""
    spare = -len(dots) % 8
    return (b"\0" + int(dots + "1" * spare, 2).to_bytes((len(dots) + spare) // 8, "big")) * _DOTS


def _part(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def picture_svg(kind: str, data: bytes, width: int, height: int) -> str:
    """Return a picture inside an SVG, which is text: typst takes no other files that stand in memory."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><image width="{width}" '
        f'height="{height}" image-rendering="optimizeSpeed" href="data:image/{kind};base64,'
        f'{base64.b64encode(data).decode()}"/></svg>'
    )


def photo_svg(photo: bytes, wide_mm: float) -> str | None:
    """Return a photo, no larger than its box on paper needs; None if it cannot be read."""
    from PIL import Image

    dots = round(wide_mm / 25.4 * _LEAST_DPI)
    try:
        with Image.open(io.BytesIO(photo)) as image:
            width, height = image.size
            image.draft("RGB", (dots, dots * height // width))
            if image.format != "JPEG" or image.size != (width, height):
                made = io.BytesIO()
                small = image.convert("RGB")
                if small.width >= 2 * dots:
                    small = small.resize((dots, max(1, dots * height // width)))
                small.save(made, "JPEG", quality=_QUALITY)
                photo, (width, height) = made.getvalue(), small.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    return picture_svg("jpeg", photo, width, height)
