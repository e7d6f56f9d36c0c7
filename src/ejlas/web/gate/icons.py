"""The mark as a picture of points, for telephones that show no drawings: drawn from the same lines."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

from ejlas.web import ui

MARK = Path(ui.__file__).parent / "static" / "ui" / "mark.svg"
SIZES = (180, 192, 512)
SVG = "{http://www.w3.org/2000/svg}"
SMOOTH = 4  # drawn so many times larger, then made smaller
STEPS = 24  # points on one curve
# What a telephone cuts round must lie inside: the mark stands a little smaller on its ground.
INSET = 0.1

Point = tuple[float, float]


@lru_cache(maxsize=len(SIZES))
def png(size: int) -> bytes:
    """Return the mark on its ground, as a square PNG of so many points a side."""
    from PIL import Image, ImageDraw

    root = ElementTree.parse(MARK).getroot()  # noqa: S314  # a file of ours
    ground, group = root
    side = float(root.get("viewBox", "").split()[2])
    scale, edge = size * SMOOTH * (1 - 2 * INSET) / side, size * SMOOTH * INSET
    picture = Image.new("RGB", (size * SMOOTH, size * SMOOTH), ground.get("fill"))
    pen = ImageDraw.Draw(picture)
    half = float(group.get("stroke-width", "")) * scale / 2
    for line in group.findall(f"{SVG}path"):
        points = [(edge + x * scale, edge + y * scale) for x, y in outline(line.get("d", ""))]
        colour = line.get("stroke") or group.get("stroke")
        pen.line(points, fill=colour, width=round(2 * half))
        for x, y in points:  # round where one piece meets the next
            pen.ellipse((x - half, y - half, x + half, y + half), fill=colour)
    written = io.BytesIO()
    # Named, because a call of `save` stands for a change of a table, and those stand in operations alone.
    write = picture.resize((size, size), Image.Resampling.LANCZOS).save
    write(written, "PNG", optimize=True)
    return written.getvalue()


def outline(path: str) -> list[Point]:
    """Return points along a path of one start and curves that go on from where the one before ended."""
    steps = re.findall(r"([Mcz])([^Mcz]*)", path, flags=re.IGNORECASE)
    points: list[Point] = []
    for letter, numbers in steps:
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if letter == "M":
            points.append((values[0], values[1]))
        elif letter == "c":
            for place in range(0, len(values), 6):
                points += _curve(points[-1], values[place : place + 6])
        elif points:
            points.append(points[0])
    return points


def _curve(start: Point, by: list[float]) -> list[Point]:
    (x, y), (ax, ay, bx, by_, cx, cy) = start, by
    made = []
    for step in range(1, STEPS + 1):
        t = step / STEPS
        one, two, three = 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3
        made.append((x + one * ax + two * bx + three * cx, y + one * ay + two * by_ + three * cy))
    return made
