"""Sets a template on paper, in a process of its own: typst keeps what it has set until its process ends.

A process that printed twelve programmes of 300 items held 1.1 GB for ever; the child costs a tenth of a second.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent / "templates"
FONTS = Path(__file__).parent / "fonts"

_MOST_SECONDS = 120
_LENGTH_BYTES = 8


class CannotTypeset(RuntimeError):
    """The template does not fit its values, or a font is missing because the package has not been built."""


def typeset(template: str, values: object, *, at: datetime, is_tagged: bool = True) -> bytes:
    """Return the PDF of a template; `values` reach it as JSON, never as markup. Raises CannotTypeset.

    Tags let a screen reader find its way; each cell of a table costs more of them than its words.
    """
    return typeset_each(template, [(values, at)], is_tagged=is_tagged)[0]


def typeset_each(template: str, papers: Sequence[tuple[object, datetime]], *, is_tagged: bool = True) -> list[bytes]:
    """Return one PDF for each pair of values and moment, all set by one process. Raises CannotTypeset."""
    order = {
        "template": str(TEMPLATES / template),
        "fonts": str(FONTS),
        "is_tagged": is_tagged,
        "papers": [(json.dumps(values, ensure_ascii=False), int(at.timestamp())) for values, at in papers],
    }
    # By its path, and without the folder of this file among the modules: the child loads typst and nothing of ours.
    done = subprocess.run(
        [sys.executable, "-P", __file__],
        input=json.dumps(order).encode(),
        capture_output=True,
        timeout=_MOST_SECONDS,
        check=False,
    )
    if done.returncode:
        raise CannotTypeset(f"{template}: {done.stderr.decode(errors='replace').strip()}")
    return _parted(done.stdout)


def _parted(whole: bytes) -> list[bytes]:
    """Return the papers that the child wrote one behind the other, each after its length."""
    found, place = [], 0
    while place < len(whole):
        start = place + _LENGTH_BYTES
        place = start + int.from_bytes(whole[place:start], "big")
        found.append(whole[start:place])
    return found


def _child(order: dict[str, Any]) -> None:
    import typst

    template = Path(order["template"])
    # One compiler for all papers: the fonts are read, and what the papers have in common is worked out, once.
    compiler = typst.Compiler(
        template, root=template.parent, font_paths=[Path(order["fonts"])], ignore_system_fonts=True
    )
    for values, timestamp in order["papers"]:
        paper: Any
        paper, warnings = compiler.compile_with_warnings(
            format="pdf", sys_inputs={"data": values}, timestamp=timestamp, pdf_tags=order["is_tagged"]
        )
        missing = [warning.message for warning in warnings if "unknown font family" in warning.message]
        if missing:
            raise SystemExit(f"{'; '.join(missing)}: build the package, which makes {order['fonts']}")
        body = bytes(paper)
        sys.stdout.buffer.write(len(body).to_bytes(_LENGTH_BYTES, "big") + body)


if __name__ == "__main__":
    _child(json.load(sys.stdin.buffer))
