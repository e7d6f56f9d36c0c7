"""Draws pictures of travel documents of invented people, as a telephone takes them, with fixed seeds.

The lines at the foot stand in OCR-B, from Debian's fonts-ocr-b; all else is drawn here. `python -m
tests.factories.passports FOLDER [COUNT]` writes the pictures to look at.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from ejlas.core.formats import mrz

COUNT = 200
FONT = Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf")
TODAY = date(2026, 11, 25)
PITCH_MM, CAP_MM, LINE_MM = 2.54, 2.6, 6.35
SCALE = 14  # pixels per mm on the sheet that is drawn before the picture is taken
SIZES_MM = {"TD3": (125, 88), "MRV-A": (120, 80), "TD2": (105, 74), "MRV-B": (105, 74), "TD1": (85.6, 54)}
FORMS = ["TD3"] * 13 + ["TD1"] * 3 + ["TD2"] * 2 + ["MRV-A", "MRV-B"]
KINDS = {
    "TD3": ["P", "P", "P", "PD", "PS"],
    "TD2": ["I", "ID"],
    "TD1": ["I", "ID", "C"],
    "MRV-A": ["V"],
    "MRV-B": ["V"],
}
WORDS = {
    "states": "IRN RUS AZE TKM KAZ D UTO UNO GBD TUR CHE OMN QAT BGR GEO ARM UZB TJK SAU JPN XXA EUE",
    "families": "Rad Mirzaei Karimov Əliyeva Söyünowa Щербаков Жумабаева Öztürk Kuhn Lindström Okonkwo Quispe Bakır "
    "Nurmuhammedova Zhaksylykov Вяземская Ó’Brolin D’Angeli Wójcik Fitz-William Xu Velásquez Gholamhosseinzadeh",
    "givens": "Shirin Nilufar Reza Айгуль Юрий Güljan Jamshid_Ali Anna_Maria Kofi Łucja Xenia Quentin Vəfa "
    "Maryam_Sadat Zoë Wilhelmina Berik Ивана_Любовь Jo Sevda",
}
STATES, FAMILIES, GIVENS = (words.split() for words in WORDS.values())


@dataclass(frozen=True)
class Document:
    """One document: its form and its lines."""

    form: str
    lines: tuple[str, ...]


def document(seed: int, form: str = "") -> Document:
    """Return the document with this number; nobody real is in it."""
    dice = random.Random(f"document {seed}")
    form = form or FORMS[seed % len(FORMS)]
    state = dice.choice(STATES)
    letters = "".join(dice.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=dice.randint(0, 2)))
    born_on = date(1945, 1, 1) + timedelta(days=dice.randrange(22_000))
    lines = mrz.compose(
        form,
        kind=dice.choice(KINDS[form]),
        issuing_state=state,
        number=letters + "".join(dice.choices("0123456789", k=9 - len(letters) - dice.randint(0, 1))),
        family_name=dice.choice(FAMILIES),
        given_name=dice.choice(GIVENS).replace("_", " "),
        nationality="IRN" if state in ("UNO", "XXA", "EUE") else state,
        born_on=born_on,
        sex=dice.choice("MF"),
        expires_on=TODAY + timedelta(days=dice.randrange(-300, 3600)),
        optional="".join(dice.choices("0123456789ABCDEFKMX", k=dice.choice([0, 0, 7]))),
    )
    return Document(form, lines)


@dataclass(frozen=True)
class Shot:
    """How a picture was taken."""

    width: int = 1500
    degrees: float = 0.0
    blur: float = 0.0
    noise: float = 4.0
    shade: float = 0.9
    slant: float = 0.0
    quality: int = 90


def shot(seed: int) -> Shot:
    """Return the circumstances of the picture with this number."""
    dice = random.Random(f"shot {seed}")
    return Shot(
        width=dice.randint(1150, 1900),
        degrees=dice.uniform(-4, 4),
        blur=dice.uniform(0.2, 1.3),
        noise=dice.uniform(2, 11),
        shade=dice.uniform(0.5, 0.95),
        slant=dice.uniform(-0.02, 0.02),
        quality=dice.randint(70, 95),
    )


def picture(seed: int, *, drawn: Document | None = None, taken: Shot | None = None) -> Any:
    """Return the picture with this number, in grey and colour as a camera gives it."""
    made = drawn or document(seed)
    return _taken(_sheet(made, random.Random(f"sheet {seed}")), taken or shot(seed), random.Random(f"taken {seed}"))


def jpeg(image: Any, *, quality: int = 90) -> bytes:
    """Return a picture as the bytes of a JPEG file."""
    held = BytesIO()
    image.save(held, "JPEG", quality=quality)
    return held.getvalue()


@lru_cache(maxsize=4)
def _ocr_b() -> Any:
    from PIL import ImageFont

    if not FONT.exists():
        raise FileNotFoundError(f"{FONT} is missing: install Debian's fonts-ocr-b, or run “make services” as root.")
    size = 100
    unit = ImageFont.truetype(str(FONT), size)
    return ImageFont.truetype(str(FONT), round(size * PITCH_MM * SCALE / unit.getlength("A")))


def _sheet(made: Document, dice: random.Random) -> Any:
    """Return the page itself, flat and evenly lit."""
    from PIL import Image, ImageDraw, ImageFont

    width_mm, height_mm = SIZES_MM[made.form]
    width, height = round(width_mm * SCALE), round(height_mm * SCALE)
    tint = (dice.randint(222, 245), dice.randint(225, 245), dice.randint(222, 245))
    sheet = Image.new("RGB", (width, height), tint)
    draw = ImageDraw.Draw(sheet)
    _waves(draw, width, height, tint, dice)
    _head(draw, width, made, ImageFont.load_default(size=3 * SCALE), dice)
    font = _ocr_b()
    ink = (dice.randint(15, 60),) * 3
    left = (width - len(made.lines[0]) * PITCH_MM * SCALE) / 2
    for number, line in enumerate(made.lines):
        baseline = height - (5 + LINE_MM * (len(made.lines) - 1 - number)) * SCALE
        for place, sign in enumerate(line):
            x = left + (place + 0.5) * PITCH_MM * SCALE
            draw.text((x, baseline), sign, font=font, fill=ink, anchor="ms")
    return sheet


def _waves(draw: Any, width: int, height: int, tint: tuple[int, int, int], dice: random.Random) -> None:
    """Draw the fine lines that such paper is printed with."""
    import math

    for _ in range(dice.randint(18, 40)):
        strength = dice.randint(12, 45)
        colour = tuple(max(0, part - dice.randint(strength // 2, strength)) for part in tint)
        rise, long, at = dice.uniform(4, 40), dice.uniform(150, 900), dice.uniform(-0.1, 1.1) * height
        lean = dice.uniform(-0.1, 0.1)
        points = [(x, at + lean * x + rise * math.sin(x / long * 6.283)) for x in range(0, width + 20, 20)]
        draw.line(points, fill=colour, width=dice.randint(1, 3))


def _head(draw: Any, width: int, made: Document, font: Any, dice: random.Random) -> None:
    """Draw the part above the lines: a place for a photograph and words."""
    top, size = 6 * SCALE, (22 if made.form != "TD1" else 16) * SCALE
    draw.rectangle((5 * SCALE, top, 5 * SCALE + size, top + size * 1.25), fill=(190, 196, 202), outline=(120, 120, 120))
    middle = 5 * SCALE + size / 2
    draw.ellipse((middle - size * 0.2, top + size * 0.2, middle + size * 0.2, top + size * 0.7), fill=(150, 150, 156))
    draw.ellipse((middle - size * 0.4, top + size * 0.75, middle + size * 0.4, top + size * 1.6), fill=(150, 150, 156))
    draw.rectangle((5 * SCALE, top + size * 1.25, 5 * SCALE + size, top + size * 1.7), fill=(228, 230, 232))
    words = ["SPECIMEN", "Invented document of nobody", made.lines[0][5:20].replace("<", " "), "Signature of holder"]
    for number, word in enumerate(words):
        shade = dice.randint(40, 110)
        draw.text((10 * SCALE + size, top + number * 5.2 * SCALE), word, font=font, fill=(shade, shade, shade))


def _taken(sheet: Any, how: Shot, dice: random.Random) -> Any:
    """Return the sheet as a camera sees it: on a table, a little turned, blurred, noisy, unevenly lit."""
    import numpy as np
    from PIL import Image, ImageFilter

    ratio = how.width / sheet.width * dice.uniform(0.86, 0.95)
    page = sheet.resize((round(sheet.width * ratio), round(sheet.height * ratio)), Image.Resampling.LANCZOS)
    width, height = how.width, round(page.height + how.width * 0.22)
    table = Image.new("RGB", (width, height), tuple(dice.randint(50, 120) for _ in range(3)))
    table.paste(page, ((width - page.width) // 2, (height - page.height) // 2))
    rise = how.slant * width
    corners = (0, rise, 0, height - rise, width, height + rise / 2, width, -rise / 2)
    table = table.transform(table.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    table = table.rotate(how.degrees, Image.Resampling.BICUBIC, fillcolor=(80, 80, 80))
    table = table.filter(ImageFilter.GaussianBlur(how.blur))
    light = np.linspace(how.shade, 1.0, width)[None, :] * np.linspace(1.0, (1 + how.shade) / 2, height)[:, None]
    if dice.random() < 0.5:
        light = light[:, ::-1]
    noise = np.random.default_rng(dice.randrange(2**31)).normal(0, how.noise, (height, width, 1))
    pixels = np.clip(np.asarray(table, dtype=np.float32) * light[:, :, None] + noise, 0, 255).astype(np.uint8)
    return Image.open(BytesIO(jpeg(Image.fromarray(pixels), quality=how.quality)))


def main() -> None:
    """Write pictures and their lines into a folder."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else COUNT
    folder.mkdir(parents=True, exist_ok=True)
    for seed in range(count):
        (folder / f"{seed:03}.jpg").write_bytes(jpeg(picture(seed), quality=95))
        (folder / f"{seed:03}.txt").write_text("\n".join(document(seed).lines) + "\n")


if __name__ == "__main__":
    main()
