"""Faces that nobody has: heads made of numbers and lit by a lamp, and pictures that only look like portraits."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Field = NDArray[np.float32]
Colour = tuple[int, int, int]
TONES: dict[str, Colour] = {
    "fair": (236, 200, 178),
    "olive": (206, 164, 130),
    "brown": (160, 112, 80),
    "dark": (98, 66, 48),
}
HAIR: dict[str, Colour] = {
    "black": (28, 24, 24),
    "brown": (70, 46, 30),
    "grey": (150, 148, 146),
    "fair": (176, 140, 90),
}


@dataclass(frozen=True)
class Face:
    """One head: where it stands in the picture (parts of its width and height), how large, and what it wears."""

    seed: int = 1
    tone: str = "olive"
    hair: str = "black"
    style: str = "short"  # short, long, bald, scarf
    x: float = 0.5
    y: float = 0.46
    size: float = 0.46  # the width of the face as a part of the width of the picture
    tilt: float = 0.0  # degrees
    glasses: bool = False
    beard: bool = False
    scarf: Colour = (52, 82, 108)


@dataclass(frozen=True)
class Lamp:
    """Where the light comes from, and how much of it there is."""

    strength: float = 1.0
    side: float = 0.25  # 0 from the front; ±1 from one side alone
    fill: float = 0.5


def picture(
    *faces: Face,
    width: int = 480,
    height: int = 640,
    lamp: Lamp | None = None,
    blur: float = 0.0,
    background: Colour = (214, 218, 222),
) -> Image.Image:
    """Return a picture of these heads before a wall."""
    lamp = lamp or Lamp()
    canvas = _wall(width, height, background)
    for face in faces:
        canvas = _with_head(canvas, face, lamp)
    grain = np.random.default_rng(7).normal(0, 2.0, canvas.shape)
    made = Image.fromarray(np.clip(canvas * lamp.strength + grain, 0, 255).astype(np.uint8))
    return made.filter(ImageFilter.GaussianBlur(blur)) if blur else made


@lru_cache(maxsize=64)
def portrait(face: Face = Face(), **values: float) -> bytes:
    """Return the JPEG of one head, as a telephone would send it."""
    return as_jpeg(picture(face, **values))


def as_jpeg(image: Image.Image, **options: object) -> bytes:
    """Return a picture as the bytes of a JPEG."""
    return saved(image, "JPEG", quality=92, **options)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return a picture as the bytes of a file."""
    made = io.BytesIO()
    image.save(made, kind, **options)
    return made.getvalue()


def _wall(width: int, height: int, colour: Colour) -> Field:
    down, across = np.mgrid[0:height, 0:width]
    shade = (1.02 - 0.10 * down / height - 0.05 * across / width).astype(np.float32)
    return shade[..., None] * np.array(colour, np.float32)


def _with_head(canvas: Field, face: Face, lamp: Lamp) -> Field:
    height, width = canvas.shape[:2]
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    half = face.size * width / 2
    dx, dy = (across - face.x * width) / half, (down - face.y * height) / half
    turn = math.radians(face.tilt)
    u = dx * math.cos(turn) + dy * math.sin(turn)
    v = dy * math.cos(turn) - dx * math.sin(turn)
    soft = 1.5 / half
    for layer in (_behind, _body, _neck, _ears, _skin, _over):
        canvas = layer(canvas, _Place(u, v, soft), face, lamp)
    return canvas


@dataclass(frozen=True)
class _Place:
    """The plane of one head: u across, v down, 1 = half the width of the face; `soft` is a pixel and a half."""

    u: Field
    v: Field
    soft: float

    def blob(self, x: float, y: float, wide: float, high: float) -> Field:
        """A soft hill."""
        return np.exp(-(((self.u - x) / wide) ** 2) - ((self.v - y) / high) ** 2)

    def disc(self, x: float, y: float, wide: float, high: float, power: float = 2.0) -> Field:
        """Whole inside an ellipse, nothing outside, and a soft edge."""
        far = (np.abs((self.u - x) / wide) ** power + np.abs((self.v - y) / high) ** power) ** (1 / power)
        return self.edge((1 - far) * min(wide, high))

    def edge(self, inside: Field) -> Field:
        """Turn a distance, positive inside, into a mask."""
        return np.clip(inside / self.soft + 0.5, 0, 1)

    def mirrored(self, x: float, y: float, wide: float, high: float) -> Field:
        """Two hills, left and right."""
        return self.blob(-x, y, wide, high) + self.blob(x, y, wide, high)


def _painted(canvas: Field, mask: Field, colour: Field | Colour) -> Field:
    """Lay a colour over a picture where the mask is; only the part where it is anything is reckoned."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return canvas
    part = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    paint, cover = np.asarray(colour, np.float32), mask[part][..., None]
    made = canvas.copy()
    made[part] += (paint[part] if paint.ndim == 3 else paint) * cover - canvas[part] * cover
    return made


def _lit(at: _Place, relief: Field, lamp: Lamp) -> Field:
    """Return how bright each point of a relief is: what faces the lamp is bright."""
    step = 1 / max(float(at.u[0, 1] - at.u[0, 0]), 1e-6)
    slope_y, slope_x = np.gradient(relief, axis=(0, 1))
    nx, ny, nz = -slope_x * step, -slope_y * step, np.ones_like(relief)
    length = np.sqrt(nx**2 + ny**2 + nz**2)
    aim = [-lamp.side, -0.45, max(1 - abs(lamp.side), 0.05)]
    to = [part / math.hypot(*aim) for part in aim]
    direct = np.clip((nx * to[0] + ny * to[1] + nz * to[2]) / length, 0, None)
    shine = np.clip((nx * to[0] + ny * to[1] + nz * (to[2] + 1)) / length / 1.9, 0, 1) ** 24
    return lamp.fill + (1.12 - lamp.fill) * direct + 0.10 * shine * (1 - abs(lamp.side))


def _outline(at: _Place) -> Field:
    """Return the distance inside the face, whose jaw is narrower than its temples."""
    v = at.v
    wide = np.where(v < 0.1, 1.0, 1.0 - 0.36 * (np.clip(v - 0.1, 0, 2) / 1.2) ** 1.8)
    high = np.where(v < 0, 1.45, 1.28)
    return 1 - (np.abs(at.u / wide) ** 2.3 + np.abs(v / high) ** 2.3) ** (1 / 2.3)


def _relief(at: _Place, face: Face) -> Field:
    own = np.random.default_rng(face.seed).uniform(0.9, 1.1, 6).tolist()
    round_head = np.sqrt(np.clip(1 - (at.u / 1.08) ** 2 - (at.v / 1.62) ** 2, 0, 1)) * 0.95
    nose = 0.24 * at.blob(0, 0.02, 0.13, 0.34) + 0.30 * own[0] * at.blob(0, 0.33, 0.17 * own[1], 0.13)
    wings = 0.12 * at.mirrored(0.19 * own[1], 0.37, 0.10, 0.09)
    brow = 0.09 * at.mirrored(0.40, -0.36, 0.34, 0.11)
    sockets = -0.15 * at.mirrored(0.42, -0.12, 0.26, 0.15)
    cheeks = 0.09 * own[2] * at.mirrored(0.55, 0.28, 0.26, 0.24)
    lips = (
        0.10 * at.blob(0, 0.68, 0.30, 0.06) + 0.12 * at.blob(0, 0.81, 0.26, 0.07) - 0.07 * at.blob(0, 0.94, 0.2, 0.05)
    )
    chin = 0.13 * own[3] * at.blob(0, 1.08, 0.24, 0.13)
    return round_head + nose + wings + brow + sockets + cheeks + lips + chin


def _skin_of(face: Face) -> Field:
    return np.array(TONES[face.tone], np.float32)


def _hair_of(face: Face) -> Field:
    return np.array(HAIR[face.hair], np.float32)


def _behind(canvas: Field, at: _Place, face: Face, lamp: Lamp) -> Field:
    if face.style == "scarf":
        mask = np.maximum(at.disc(0, -0.12, 1.34, 1.72, 2.3), at.disc(0, 1.5, 1.5, 0.95, 2.6))
        folds = 1 + 0.10 * np.sin(9 * at.u + 5 * at.v) * np.abs(at.u)
        return _painted(canvas, mask, np.array(face.scarf, np.float32) * (folds * (1.1 - 0.25 * at.u**2))[..., None])
    if face.style == "long":
        strands = 0.85 + 0.2 * np.sin(30 * at.u + 3 * at.v)
        mask = np.maximum(at.disc(0, -0.15, 1.28, 1.55, 2.4), at.disc(0, 0.7, 1.3, 1.1, 4))
        return _painted(canvas, mask, _hair_of(face) * strands[..., None])
    if face.style == "short":
        return _painted(canvas, at.disc(0, -0.42, 1.13, 1.24, 2.3), _hair_of(face))
    return canvas


def _body(canvas: Field, at: _Place, face: Face, lamp: Lamp) -> Field:
    if face.style == "scarf":
        return _painted(canvas, at.disc(0, 3.3, 2.5, 1.75, 2.4), np.array(face.scarf, np.float32) * 0.7)
    canvas = _painted(canvas, at.disc(0, 3.3, 2.5, 1.72, 2.4), (44, 48, 60))
    shirt = at.edge(0.62 - np.abs(at.u) - 0.45 * (at.v - 1.7)) * at.edge(at.v - 1.55)
    return _painted(canvas, shirt, (232, 234, 238))


def _neck(canvas: Field, at: _Place, face: Face, lamp: Lamp) -> Field:
    if face.style == "scarf":
        return canvas
    mask = at.edge(0.58 - np.abs(at.u)) * at.edge(at.v - 0.6) * at.edge(1.95 - at.v - 0.5 * at.u**2)
    shade = 0.62 + 0.16 * np.clip(at.v - 1.2, 0, 1) - 0.22 * (at.u / 0.58) ** 2
    return _painted(canvas, mask, _skin_of(face) * np.clip(shade, 0.2, 1)[..., None])


def _ears(canvas: Field, at: _Place, face: Face, lamp: Lamp) -> Field:
    if face.style in {"scarf", "long"}:
        return canvas
    mask = np.maximum(at.disc(-1.02, 0.06, 0.14, 0.30), at.disc(1.02, 0.06, 0.14, 0.30))
    hollow = 0.82 - 0.25 * (at.blob(-1.04, 0.04, 0.06, 0.16) + at.blob(1.04, 0.04, 0.06, 0.16))
    return _painted(canvas, mask, _skin_of(face) * hollow[..., None])


def _skin(canvas: Field, at: _Place, face: Face, lamp: Lamp) -> Field:
    inside = at.edge(_outline(at))
    light = _lit(at, _relief(at, face), lamp)
    flush = 1 + 0.05 * at.mirrored(0.55, 0.3, 0.28, 0.24)[..., None] * np.array([1.0, -0.4, -0.4], np.float32)
    pores = np.random.default_rng(face.seed).normal(1, 0.018, at.u.shape).astype(np.float32)
    colour = _skin_of(face) * flush * pores[..., None]
    # What lies deep gets less of the light from all around.
    deep = 1 - 0.30 * at.mirrored(0.41, -0.16, 0.25, 0.12) - 0.30 * at.blob(0, 0.50, 0.16, 0.045)
    deep = deep - 0.14 * at.blob(0, 0.95, 0.22, 0.04) - 0.22 * np.clip(np.abs(at.u) - 0.72, 0, 1)
    colour = _features(colour * np.ones_like(canvas), at, face)
    return _painted(canvas, inside, colour * (light * deep)[..., None])


def _features(colour: Field, at: _Place, face: Face) -> Field:
    hair = np.array(HAIR["black"] if face.hair != "grey" else HAIR["grey"], np.float32) * 0.9
    if face.beard:
        own = np.random.default_rng(face.seed)
        jaw = np.clip(
            at.blob(0, 1.15, 0.95, 0.55) * 1.5 + at.blob(0, 0.58, 0.42, 0.07) - 0.9 * at.blob(0, 0.76, 0.3, 0.12), 0, 1
        )
        jaw = np.clip((jaw - 0.25) * 1.6, 0, 0.85) * own.uniform(0.8, 1.0, at.u.shape).astype(np.float32)
        colour = _painted(colour, jaw, hair)
    lips = np.maximum(at.disc(0, 0.71, 0.36, 0.075), at.disc(0, 0.79, 0.31, 0.095))
    colour = _painted(colour, lips * 0.6, _skin_of(face) * np.array([0.80, 0.52, 0.52], np.float32))
    line = at.edge(0.022 - np.abs(at.v - 0.745 - 0.035 * np.cos(7 * at.u))) * at.edge(0.36 - np.abs(at.u))
    colour = _painted(colour, line * 0.8, (62, 30, 30))
    nostrils = at.disc(-0.10, 0.445, 0.062, 0.035) + at.disc(0.10, 0.445, 0.062, 0.035)
    colour = _painted(colour, nostrils * 0.75, (46, 26, 22))
    for side in (-1, 1):
        colour = _eye(colour, at, face, side, hair)
    return colour


def _eye(colour: Field, at: _Place, face: Face, side: int, hair: Field) -> Field:
    x, y = 0.42 * side, -0.12
    along = (at.u - x) / 0.225
    lid = y - 0.105 * (1 - along**2)
    under = y + 0.065 * (1 - along**2)
    opened = at.edge(at.v - lid) * at.edge(under - at.v) * at.edge(1.0 - np.abs(along))
    colour = _painted(colour, opened, (232, 228, 224))
    iris = at.disc(x, y - 0.02, 0.098, 0.098) * opened
    colour = _painted(colour, iris, (58, 40, 30))
    colour = _painted(colour, at.disc(x, y - 0.02, 0.045, 0.045) * opened, (10, 8, 8))
    colour = _painted(colour, at.disc(x + 0.03, y - 0.05, 0.02, 0.02) * opened, (255, 255, 255))
    lash = at.edge(0.024 - np.abs(at.v - lid)) * at.edge(1.05 - np.abs(along))
    colour = _painted(colour, lash * 0.9, (22, 16, 14))
    crease = at.edge(0.014 - np.abs(at.v - lid + 0.075)) * at.edge(0.95 - np.abs(along))
    colour = _painted(colour, crease * 0.4, (70, 46, 36))
    arch = (at.u - x) / 0.31
    brow = at.edge(0.048 * (1.15 - 0.5 * np.abs(arch)) - np.abs(at.v + 0.40 + 0.06 * (1 - arch**2))) * at.edge(
        1 - np.abs(arch)
    )
    return _painted(colour, brow * 0.88, hair)


def _over(canvas: Field, at: _Place, face: Face, lamp: Lamp) -> Field:
    if face.style in {"short", "long"}:
        hairline = -0.83 - 0.22 * np.cos(2.4 * at.u) + 0.30 * np.abs(at.u) ** 3
        strands = 0.9 + 0.25 * np.sin(24 * at.u + 7 * at.v) + 0.35 * at.blob(-0.3, -1.35, 0.5, 0.22)
        mask = at.disc(0, -0.42, 1.13, 1.24, 2.3) * at.edge(hairline - at.v)
        canvas = _painted(canvas, mask, _hair_of(face) * strands[..., None])
    if face.style == "scarf":
        rim = at.disc(0, -0.12, 1.34, 1.72, 2.3) * (1 - at.disc(0, 0.10, 0.94, 1.22, 2.4)) * at.edge(1.42 - at.v)
        folds = 1.0 + 0.12 * np.sin(14 * np.hypot(at.u, at.v * 0.8)) - 0.2 * at.blob(0, 1.3, 0.7, 0.12)
        canvas = _painted(canvas, rim, np.array(face.scarf, np.float32) * folds[..., None])
    return _with_glasses(canvas, at) if face.glasses else canvas


def _with_glasses(canvas: Field, at: _Place) -> Field:
    for x in (-0.43, 0.43):
        rim = at.disc(x, -0.10, 0.34, 0.26, 2.8) - at.disc(x, -0.10, 0.305, 0.225, 2.8)
        canvas = _painted(canvas, np.clip(rim, 0, 1), (34, 32, 34))
        canvas = _painted(canvas, at.blob(x + 0.12, -0.24, 0.12, 0.03) * 0.25, (250, 250, 250))
    bridge = at.edge(0.022 - np.abs(at.v + 0.16 - 0.05 * np.cos(9 * at.u))) * at.edge(0.10 - np.abs(at.u))
    arms = at.edge(0.022 - np.abs(at.v + 0.16)) * at.edge(np.abs(at.u) - 0.75) * at.edge(1.0 - np.abs(at.u))
    return _painted(canvas, np.clip(bridge + arms, 0, 1), (34, 32, 34))


def logo(width: int = 480, height: int = 640) -> Image.Image:
    """Return an emblem: rings and a star, and nobody."""
    made = Image.new("RGB", (width, height), (250, 250, 250))
    draw = ImageDraw.Draw(made)
    x, y = width / 2, height / 2
    for radius, colour in ((180, (20, 60, 120)), (150, (250, 250, 250)), (120, (190, 40, 50))):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    points = [
        (x + far * np.sin(angle), y - far * np.cos(angle))
        for angle, far in zip(np.arange(10) * np.pi / 5, [90, 40] * 5, strict=True)
    ]
    draw.polygon(points, fill=(250, 220, 90))
    return made


def landscape(width: int = 640, height: int = 480) -> Image.Image:
    """Return hills, a sea and a sun."""
    down, _across = np.mgrid[0:height, 0:width].astype(np.float32)
    sky = np.stack([150 + 60 * down / height, 190 + 30 * down / height, 235 - 10 * down / height], axis=-1)
    made = Image.fromarray(sky.astype(np.uint8))
    draw = ImageDraw.Draw(made)
    draw.ellipse((430, 60, 500, 130), fill=(250, 226, 140))
    for base, colour in ((300, (96, 120, 110)), (350, (60, 90, 70)), (410, (40, 90, 130))):
        ridge = [(px, base + 30 * np.sin(px / 70 + base) + 12 * np.sin(px / 23)) for px in range(0, width + 8, 8)]
        draw.polygon([*ridge, (width, height), (0, height)], fill=colour)
    return made
