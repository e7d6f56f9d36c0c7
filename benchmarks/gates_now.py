"""The supervisor's pages with 100,000 scans behind them: 20 gates, 20,000 people inside."""

from __future__ import annotations

from benchmarks.machine import Yardstick
from benchmarks.pages import on_both_databases

N_SCANS = 100_000
TITLE = "Gates with %(number)s scans on %(database)s; CPU of the web process in ms, scaled: median and worst of 7."


def run(yardstick: Yardstick) -> None:
    """Measure on both databases; the work of PostgreSQL itself is not the web process's."""
    on_both_databases(yardstick, "benchmarks.gates_now_rows", N_SCANS, title=TITLE)
