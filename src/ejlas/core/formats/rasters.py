"""Pictures that people send, opened with care: bounded before they are decoded, upright, in plain colours."""

from __future__ import annotations

import io
import math
import struct
import zlib
from datetime import date, datetime
from typing import TYPE_CHECKING

from ejlas.core.errors import RuleBroken, marked

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 50_000_000
KINDS = ("JPEG", "PNG", "WEBP")
# Above this, a JPEG is decoded at half its width: more would be thrown away afterwards.
_LARGE = 16_000_000
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
)
_EXIF_PART, _TAKEN, _DIGITISED = 0x8769, 0x9003, 0x9004
_ORIENTATION = 0x0112
_FIRST_YEAR = 1990


class NoPicture(RuleBroken):
    """The file is no picture, or not all of one."""

    message = marked("This file is no whole picture in JPEG, PNG or WebP. Open it, save it anew and send it again.")


class PictureTooLarge(RuleBroken):
    """The picture has more points than are opened."""

    message = marked("This picture has %(size)s megapixels; at most %(most)s are taken. Make it smaller.")


class PictureMoves(RuleBroken):
    """The picture is a film."""

    message = marked("This picture moves. Send one that stands still.")


class PictureTooSmall(RuleBroken):
    """The picture, or the part of it that was chosen, has too few points."""

    message = marked(
        "This picture is too small: the part that is used has %(width)s × %(height)s pixels, and at least "
        "%(least_width)s × %(least_height)s are needed. Send a larger one, or choose a larger part."
    )


class Opened:
    """An opened picture: upright, in red, green and blue; `width` and `height` are those that were sent."""

    def __init__(self, image: Image.Image, *, width: int, height: int, taken_on: date | None) -> None:
        self.image, self.width, self.height, self.taken_on = image, width, height, taken_on


def opened(data: bytes) -> Opened:
    """Open a picture. Raises NoPicture, PictureTooLarge, PictureMoves."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data), formats=KINDS) as image:
            _require_bounds(image)
            width, height = image.size
            turned = image.getexif().get(_ORIENTATION, 1) in {5, 6, 7, 8}
            taken_on = _taken_on(image)
            if width * height > _LARGE:
                image.draft("RGB", (width // 2, height // 2))
            upright = ImageOps.exif_transpose(image)
            plain = _plain(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooLarge(size=f"> {MOST_PIXELS // 1_000_000}", most=MOST_PIXELS // 1_000_000) from None
    except _BROKEN:
        raise NoPicture from None
    if turned:
        width, height = height, width
    return Opened(plain, width=width, height=height, taken_on=taken_on)


def _require_bounds(image: Image.Image) -> None:
    n_pixels = image.width * image.height
    if n_pixels > MOST_PIXELS:
        raise PictureTooLarge(size=math.ceil(n_pixels / 1_000_000), most=MOST_PIXELS // 1_000_000)
    # A JPEG of some telephones holds a second picture, for depth; it does not move.
    if image.format in {"PNG", "WEBP"} and getattr(image, "is_animated", False):
        raise PictureMoves


def _taken_on(image: Image.Image) -> date | None:
    """Return the day that the camera noted."""
    part = image.getexif().get_ifd(_EXIF_PART)
    for tag in (_TAKEN, _DIGITISED):
        try:
            moment = datetime.strptime(str(part.get(tag, ""))[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
        except ValueError:
            continue
        if moment.year >= _FIRST_YEAR:
            return moment.date()
    return None


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture in red, green and blue of eight bits, what was transparent in white, with nothing beside."""
    from PIL import Image

    if image.mode.startswith("I"):
        image = _from_16_bits(image)
    if image.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        image = Image.alpha_composite(white, image)
    plain = _in_common_colours(image).convert("RGB")
    # Place, camera, comments and colour profile stay behind.
    bare = Image.new("RGB", plain.size)
    bare.paste(plain)
    return bare


def _from_16_bits(image: Image.Image) -> Image.Image:
    import numpy as np
    from PIL import Image

    values = np.asarray(image).astype(np.int64)
    return Image.fromarray((np.clip(values, 0, 65535) >> 8).astype(np.uint8))


def _in_common_colours(image: Image.Image) -> Image.Image:
    """Turn the colours of a camera's own profile into those that are meant where there is none."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if not profile or image.mode != "RGB":
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return turned or image
