"""The two colours of an edition as a style sheet, only where a reader can still read what they colour."""

from __future__ import annotations

import re
from collections.abc import Sequence

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LEAST_CONTRAST = 4.5
PAPERS = ("#ffffff", "#071d24")  # of the light and of the dark theme, as in tokens.css


def are_colours(colours: Sequence[str]) -> bool:
    """Tell whether an edition has set two colours, each written #rrggbb."""
    return len(colours) >= 2 and all(_COLOUR.fullmatch(colour) for colour in colours[:2])


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2, 0 for black and 1 for white."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def readable(colour: str, paper: str) -> str:
    """Return the colour, brought towards black or white just so far that it can be read on this paper."""
    goal = 0 if luminance(paper) > 0.5 else 255
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    for step in range(21):
        mixed = "#" + "".join(f"{round(part + (goal - part) * step / 20):02x}" for part in parts)
        if contrast(mixed, paper) >= _LEAST_CONTRAST:
            return mixed
    return "#000000" if goal == 0 else "#ffffff"


def sheet(colours: Sequence[str]) -> bytes:
    """Return the style sheet that gives a page the edition's colours, in light and in dark."""
    light, dark = (
        f"--edition-1:{readable(colours[0], paper)};--edition-2:{readable(colours[1], paper)}" for paper in PAPERS
    )
    return (
        f":root{{{light}}}"
        f'@media(prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{dark}}}}}'
        f':root[data-theme="dark"]{{{dark}}}\n'
    ).encode()
