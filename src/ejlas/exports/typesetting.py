"""Sets a template on paper, in a process of its own: typst keeps what it has set until its process ends.

A process that printed twelve programmes of 300 items held 1.1 GB for ever; the child costs a tenth of a second.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
FONTS = Path(__file__).parent / "fonts"

_MOST_SECONDS = 120


class CannotTypeset(RuntimeError):
    """The template does not fit its values, or a font is missing because the package has not been built."""


def typeset(template: str, values: object, *, at: datetime) -> bytes:
    """Return the PDF of a template; `values` reach it as JSON, never as markup. Raises CannotTypeset."""
    order = {
        "template": str(TEMPLATES / template),
        "fonts": str(FONTS),
        "values": json.dumps(values, ensure_ascii=False),
        "timestamp": int(at.timestamp()),
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
    return done.stdout


def _child(order: dict[str, str | int]) -> bytes:
    import typst

    template = Path(str(order["template"]))
    paper, warnings = typst.compile_with_warnings(
        template,
        root=template.parent,
        font_paths=[Path(str(order["fonts"]))],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": str(order["values"])},
        timestamp=int(order["timestamp"]),
    )
    missing = [warning.message for warning in warnings if "unknown font family" in warning.message]
    if missing:
        raise SystemExit(f"{'; '.join(missing)}: build the package, which makes {order['fonts']}")
    return bytes(paper)


if __name__ == "__main__":
    sys.stdout.buffer.write(_child(json.loads(sys.stdin.buffer.read())))
