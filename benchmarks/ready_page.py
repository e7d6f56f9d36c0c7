"""“Are we ready?” and the chart of the plan with 100 and with 2,000 obligations; how smoothly the chart scrolls."""

from __future__ import annotations

from benchmarks.machine import Yardstick
from benchmarks.pages import on_both_databases

NUMBERS = (100, 2_000)
TITLE = (
    "Readiness of %(number)s obligations on %(database)s; CPU of the web process in ms, scaled: median and worst of 7."
)


def run(yardstick: Yardstick) -> None:
    """Measure on both databases; the work of PostgreSQL itself is not the web process's."""
    for number in NUMBERS:
        on_both_databases(yardstick, "benchmarks.ready_rows", number, title=TITLE)
