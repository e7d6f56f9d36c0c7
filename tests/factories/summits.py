"""The two summits that go through everything: the real one of the example, and an invented city network."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ejlas.journeys.summit_file import check
from ejlas.journeys.summit_file.schema import SummitFile

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "rasht2025": ROOT / "examples" / "rasht2025.yaml",
    "atlantic2027": ROOT / "tests" / "data" / "atlantic2027.yaml",
}
SUMMITS = tuple(FILES)


@cache
def summit(slug: str) -> SummitFile:
    """Return the checked summit of this slug; it cannot be changed, so tests may share it."""
    checked = check.check(FILES[slug].read_bytes(), name=FILES[slug].name)
    assert checked.summit is not None, [problem.as_line(slug) for problem in checked.problems]
    return checked.summit
