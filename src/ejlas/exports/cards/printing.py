"""Files of cards in the order in which they are handed out, set by two processes at a time; and one side to look at.

A child takes a chunk of cards through its standard input and ends with its file. While two of them work, the cards of
the next chunk are read: never more than three chunks of photos are held.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import IO, Any

from ejlas.delegations.rules.passes.cards import Design, ElementKind, Sheet, Side
from ejlas.exports.cards import child
from ejlas.exports.cards.drawing import Box, Drawing
from ejlas.exports.cards.values import CardEdition, CardValues
from ejlas.exports.typesetting import FONTS, TEMPLATES, CannotTypeset

CONTENT_TYPE = "application/pdf"
MOST_IN_FILE = 500
N_CHILDREN = 2
PREVIEW_PPI = 144
_MOST_SECONDS = 300

# What the child reads of one card: its boxes as JSON, the text of its code, its photo.
_Frames = tuple[bytes, bytes, bytes]


def render(
    cards: Iterable[CardValues],
    design: Design,
    *,
    edition: CardEdition,
    language: str,
    at: datetime,
    sheet: Sheet = Sheet.CARD,
    n_children: int = N_CHILDREN,
    most_in_file: int = MOST_IN_FILE,
) -> Iterator[bytes]:
    """Yield PDF files of at most 500 cards each, in the order of the cards. Raises CannotTypeset.

    The cards are read from the thread of the caller, a chunk at a time, while the children work.
    """
    drawing = Drawing(design, edition, language)
    order = _order(drawing, at=at, sheet=sheet)
    waiting: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(n_children) as pool:
        try:
            for chunk in _chunks(cards, drawing, most_in_file):
                waiting.append(pool.submit(_set, order, chunk))
                if len(waiting) > n_children:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def preview(
    design: Design,
    values: CardValues,
    *,
    edition: CardEdition,
    side: Side,
    language: str,
    at: datetime,
    ppi: int = PREVIEW_PPI,
) -> bytes:
    """Return one side of a card as PNG, whether or not the design has anything on it. Raises CannotTypeset."""
    drawing = Drawing(design, edition, language)
    order = _order(drawing, at=at, sheet=Sheet.CARD) | {"format": "png", "ppi": ppi}
    order["data"] |= {"n_sides": 1, "fold": "none"}
    return _set(order, deque([_frames([drawing.side(values, side)], values)]))


def _chunks(cards: Iterable[CardValues], drawing: Drawing, most: int) -> Iterator[deque[_Frames]]:
    rest = iter(cards)
    while chunk := deque(_frames(drawing.card(values), values) for values in islice(rest, most)):
        yield chunk


def _frames(sides: list[list[Box]], values: CardValues) -> _Frames:
    # One box a line, and an empty line between the sides: the child puts boxes together that are alike, unread.
    boxes = child.SIDES.join("\n".join(map(_dumped, side)) for side in sides).encode()
    draws = {box["draw"] for side in sides for box in side}
    return boxes, values.code.encode() if "code" in draws else b"", values.photo if "photo" in draws else b""


def _dumped(box: Box) -> str:
    return json.dumps(box, ensure_ascii=False, separators=(",", ":"))


def _order(drawing: Drawing, *, at: datetime, sheet: Sheet) -> dict[str, Any]:
    design, edition = drawing.design, drawing.edition
    photos = [element.width for element in design.elements if element.kind is ElementKind.PHOTO]
    return {
        "templates": str(TEMPLATES),
        "fonts": str(FONTS),
        "format": "pdf",
        "ppi": None,
        "timestamp": int(at.timestamp()),
        "photo_mm": max(photos, default=0),
        "sea": (TEMPLATES / "contours.svg").read_text(),
        "mark": edition.mark or (TEMPLATES / "card-mark.svg").read_text(),
        "data": {
            "title": edition.name.get(drawing.language) or next(iter(edition.name.values()), ""),
            "width": design.width,
            "height": design.height,
            "fold": design.fold.value,
            "sheet": sheet.value,
            "rtl": drawing.is_rtl,
            "n_sides": len(drawing.sides()),
        },
    }


def _set(order: dict[str, Any], cards: deque[_Frames]) -> bytes:
    """Return the file that a child made of these cards, which are let go one by one. Raises CannotTypeset."""
    # By its path, and without the folder of this file among the modules: the child loads typst and nothing of ours.
    with subprocess.Popen(
        [sys.executable, "-P", child.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            # A child that ends early says why.
            with suppress(BrokenPipeError):
                _write(process, json.dumps(order, ensure_ascii=False).encode(), cards)
            made, said = process.communicate(timeout=_MOST_SECONDS)
        finally:
            process.kill()
    if process.returncode:
        raise CannotTypeset(f"card.typ: {said.decode(errors='replace').strip()}")
    return made


def _write(process: subprocess.Popen[bytes], order: bytes, cards: deque[_Frames]) -> None:
    target, process.stdin = process.stdin, None
    if target is None:
        raise CannotTypeset("card.typ: the child has no input")
    with target:
        _write_frame(target, order)
        while cards:
            for frame in cards.popleft():
                _write_frame(target, frame)


def _write_frame(target: IO[bytes], frame: bytes) -> None:
    target.write(len(frame).to_bytes(child.LENGTH_BYTES, "big"))
    target.write(frame)
