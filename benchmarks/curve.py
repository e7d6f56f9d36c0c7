"""A curve over doubly logarithmic axes as SVG text, light or dark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor, log10
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 20, 55
STYLE = """<style>
  text { font: 13px sans-serif; fill: #222 }
  .grid { stroke: #ccc; stroke-width: 1 } .axis { stroke: #222 }
  .law { stroke: #888; stroke-dasharray: 6 4; fill: none } .ours { stroke: #06c; stroke-width: 2; fill: none }
  .dot { fill: #06c } .ground { fill: #fff }
  @media (prefers-color-scheme: dark) {
    text { fill: #ddd } .grid { stroke: #444 } .axis { stroke: #ddd } .ours { stroke: #6af } .dot { fill: #6af }
    .ground { fill: #111 }
  }
</style>"""


class Plot:
    """Points, a law through the first of them, and a law of three times as much."""

    def __init__(self, points: Sequence[Point]) -> None:
        self.points = points
        first_x, first_y = points[0]
        self.laws = [[(x, factor * first_y * x / first_x) for x, _y in points] for factor in (1, 3)]
        xs = [x for x, _y in points]
        ys = [y for line in (points, *self.laws) for _x, y in line]
        self.x_range = (floor(log10(min(xs)) * 10) / 10, ceil(log10(max(xs)) * 10) / 10)
        self.y_range = (floor(log10(min(ys))), ceil(log10(max(ys))))

    def svg(self, *, title: str, x_label: str, y_label: str) -> str:
        """Return the whole drawing."""
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
            f"<title>{title}</title>",
            STYLE,
            f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>',
            *self._grid(),
            *(self._line(law, "law") for law in self.laws),
            self._line(self.points, "ours"),
            *(f'<circle class="dot" cx="{self._x(x):.1f}" cy="{self._y(y):.1f}" r="4"/>' for x, y in self.points),
            *self._names_of_laws(),
            f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">{x_label}</text>',
            f'<text transform="translate(18 {(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" '
            f'text-anchor="middle">{y_label}</text>',
            "</svg>",
        ]
        return "\n".join(parts) + "\n"

    def _x(self, value: float) -> float:
        low, high = self.x_range
        return LEFT + (WIDTH - LEFT - RIGHT) * (log10(value) - low) / (high - low)

    def _y(self, value: float) -> float:
        low, high = self.y_range
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (log10(value) - low) / (high - low)

    def _grid(self) -> Iterator[str]:
        bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
        for exponent in range(self.y_range[0], self.y_range[1] + 1):
            y = self._y(10**exponent)
            yield f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>'
            yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10**exponent:g}</text>'
        for value, _seconds in self.points:
            x = self._x(value)
            yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{bottom}"/>'
            yield f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{value:,.0f}</text>'
        yield f'<line class="axis" x1="{LEFT}" x2="{right}" y1="{bottom}" y2="{bottom}"/>'
        yield f'<line class="axis" x1="{LEFT}" x2="{LEFT}" y1="{TOP}" y2="{bottom}"/>'

    def _line(self, points: Sequence[Point], kind: str) -> str:
        path = " ".join(f"{self._x(x):.1f},{self._y(y):.1f}" for x, y in points)
        return f'<polyline class="{kind}" points="{path}"/>'

    def _names_of_laws(self) -> Iterator[str]:
        for law, name in zip(self.laws, ("linear", "3 × linear"), strict=True):
            x, y = law[-1]
            yield f'<text x="{self._x(x) - 8:.1f}" y="{self._y(y) - 8:.1f}" text-anchor="end">{name}</text>'
