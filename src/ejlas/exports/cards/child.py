"""The process that sets one file of cards: it loads typst and no framework, and ends when the file is made.

It reads frames, each after its length: first the order as JSON, then for each card its boxes as JSON, the text of its
code and its photo. Photos are made smaller and codes drawn while the cards still come in, so that never more than one
large photo is held. All files that typst reads stand in memory: no photo is ever written to a disk.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from ejlas.exports.cards.fitting import Measure, fitted
from ejlas.exports.cards.pictures import code_svg, photo_svg

LENGTH_BYTES = 8
SIDES = "\n\n"
_PHOTO, _NO_PHOTO = '"draw":"photo"', '"draw":"no-photo"'


def frames(source: BinaryIO) -> Iterator[bytes]:
    """Yield what was written, frame by frame."""
    while head := source.read(LENGTH_BYTES):
        yield source.read(int.from_bytes(head, "big"))


class Cards:
    """The cards of a file as the template takes them: boxes that are alike stand once, a card names them by place."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.order = order
        self.boxes: dict[str, int] = {}
        self.cards: list[list[list[int]]] = []
        self.files: dict[str, bytes] = {}

    def add(self, boxes: str, code: str, photo: bytes) -> None:
        """Take a card, with the picture of its code and of its photo."""
        number = len(self.cards)
        if code:
            self.files[f"code-{number}.svg"] = code_svg(code).encode()
        if photo:
            made = photo_svg(photo, self.order["photo_mm"])
            if made is None:
                boxes = boxes.replace(_PHOTO, _NO_PHOTO)
            else:
                self.files[f"photo-{number}.svg"] = made.encode()
        sides = [side.split("\n") if side else [] for side in boxes.split(SIDES)]
        self.cards.append([[self.boxes.setdefault(box, len(self.boxes)) for box in side] for side in sides])

    def whole(self) -> dict[str, bytes]:
        """Return all files that typst reads."""
        boxes = json.loads(f"[{','.join(self.boxes)}]")
        measure = Measure(Path(self.order["fonts"]))
        parts = {
            "data": self.order["data"],
            "boxes": [fitted(box, measure) if box["draw"] == "words" else box for box in boxes],
            "cards": self.cards,
        }
        made = {f"{name}.json": json.dumps(part, ensure_ascii=False).encode() for name, part in parts.items()}
        return self.files | dict(self._tinted(boxes)) | made

    def _tinted(self, boxes: list[Any]) -> Iterator[tuple[str, bytes]]:
        """Yield the lines of the sea and the mark in each colour in which a card has them."""
        for name, kind in (("mark", "mark"), ("sea", "contour")):
            for colour in {box["fill"] for box in boxes if box["draw"] == kind}:
                yield f"{name}-{colour[1:]}.svg", self.order[name].replace("#000", colour).encode()


def _compiled(order: dict[str, Any], files: dict[str, bytes]) -> bytes:
    import typst

    folder = Path(order["templates"])
    sources: Any = {name: (folder / name).read_bytes() for name in ("card.typ", "paper.typ")} | files
    sources["main"] = sources.pop("card.typ")
    compiler = typst.Compiler(sources, font_paths=[Path(order["fonts"])], ignore_system_fonts=True)
    made: Any
    made, warnings = compiler.compile_with_warnings(
        format=order["format"], ppi=order["ppi"], timestamp=order["timestamp"], pdf_tags=False
    )
    missing = [warning.message for warning in warnings if "unknown font family" in warning.message]
    if missing:
        raise SystemExit("; ".join(missing))
    return bytes(made)


def main() -> None:
    """Read the order and its cards, and write the file."""
    source = frames(sys.stdin.buffer)
    order = json.loads(next(source))
    if not any(Path(order["fonts"]).glob("*.ttf")):
        raise SystemExit(f"no fonts: build the package, which makes {order['fonts']}")
    cards = Cards(order)
    for boxes, code, photo in zip(source, source, source, strict=True):
        cards.add(boxes.decode(), code.decode(), photo)
    sys.stdout.buffer.write(_compiled(order, cards.whole()))


if __name__ == "__main__":
    main()
