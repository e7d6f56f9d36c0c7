"""Codes and photos as typst takes them from memory: each inside an SVG, which is text."""

from __future__ import annotations

import base64
import io
import struct
import zlib

from ejlas.exports.cards.modules import rows_of

_QUIET = 4
# Printers of cards have 300 dots per inch; a photo needs no more than this.
_LEAST_DPI = 240
_QUALITY = 86
_DOTS = 2
_DOTS_OF = {ord("0"): "1" * _DOTS, ord("1"): "0" * _DOTS}


def code_svg(text: str) -> str:
    """Return the code of a text at level M with its quiet zone.

    A picture of one bit, set in half the time of a path; with two dots to a module it stays crisp where a viewer
    smooths pictures.
    """
    rows = rows_of(text)
    n_modules = len(rows) + 2 * _QUIET
    edge = "0" * _QUIET
    blank = _scanlines("0" * n_modules) * _QUIET
    lines = (_scanlines(f"{edge}{row}{edge}") for row in rows)
    body = zlib.compress(b"".join([blank, *lines, blank]), 6)
    head = struct.pack(">IIBBBBB", n_modules * _DOTS, n_modules * _DOTS, 1, 0, 0, 0, 0)
    png = _part(b"IHDR", head) + _part(b"IDAT", body) + _part(b"IEND", b"")
    return picture_svg("png", b"\x89PNG\r\n\x1a\n" + png, n_modules * _DOTS, n_modules * _DOTS)


def _scanlines(modules: str) -> bytes:
    """Return the lines of dots of one row of modules, as a PNG holds them: there 1 is light."""
    dots = modules.translate(_DOTS_OF)
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
                # Named, because a call of `save` stands for a change of a table.
                write = small.save
                write(made, "JPEG", quality=_QUALITY)
                photo, (width, height) = made.getvalue(), small.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    return picture_svg("jpeg", photo, width, height)
