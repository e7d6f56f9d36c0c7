"""Words that stand in their box on one line each: their sizes and heights, known before typst sets anything.

Most words of cards do. Measuring them in the template would cost as much time and memory as setting them; what needs
more lines, smaller letters or an ellipsis is left to the template.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

# As in card.typ.
FLOOR = 6.0
_LINE = {"rtl": 1.2, "ltr": 0.95}
_POINTS = 72 / 25.4
# Fonts are measured at this size. What fills its box to the brim is measured again by the template.
_MEASURED_AT = 100
_BRIM = 0.985


class Measure:
    """Tells how wide words are, in parts of the size of their letters."""

    def __init__(self, fonts: Path) -> None:
        from PIL import ImageFont, features

        # Without the library that joins Persian letters they are measured apart, and then somewhat wider.
        engine = ImageFont.Layout.RAQM if features.check("raqm") else ImageFont.Layout.BASIC
        self._knows_directions = engine is ImageFont.Layout.RAQM

        @lru_cache(maxsize=4)
        def font(direction: str, weight: int) -> Any:
            family = "Vazirmatn" if direction == "rtl" else "NotoSans"
            name = f"{family}-{'Bold' if weight >= 700 else 'Regular'}.ttf"
            return ImageFont.truetype(fonts / name, _MEASURED_AT, layout_engine=engine)

        self._font = font

    def __call__(self, text: str, direction: str, weight: int) -> float:
        options = {"direction": direction} if self._knows_directions else {}
        return float(self._font(direction, weight).getlength(text, **options)) / _MEASURED_AT


def fitted(box: dict[str, Any], measure: Measure) -> dict[str, Any]:
    """Return a box of words with the size of each and what stands above them; as it is where one does not fit."""
    lines = box["words"]
    width, height = box["w"] * _POINTS, box["h"] * _POINTS
    asked = max(FLOOR, box["size"])
    gap = min(asked * 0.14, height * 0.03) if len(lines) > 1 else 0
    room = height - gap * (len(lines) - 1)
    parts = [_LINE[line["dir"]] for line in lines]
    share = min(1, room / sum(part * line["part"] * asked for part, line in zip(parts, lines, strict=True)))
    sizes = [asked * line["part"] * share for line in lines]
    if min(sizes) < FLOOR:
        sizes = [max(FLOOR, size) for size in sizes]
    left = room - sum(part * size for part, size in zip(parts, sizes, strict=True))
    wide = max(
        measure(line["plain"], line["dir"], box["weight"]) * size for line, size in zip(lines, sizes, strict=True)
    )
    if left < -0.1 or wide > width * _BRIM:
        return box
    down = {"top": 0.0, "middle": left / 2, "bottom": left}[box["rise"]]
    return box | {"draw": "lines", "sizes": sizes, "down": max(0.0, down), "gap": gap}
