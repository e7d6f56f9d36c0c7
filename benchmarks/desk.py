"""The pages of the desk with 5,000 and with 100,000 rows behind them."""

from __future__ import annotations

from benchmarks.machine import Yardstick
from benchmarks.pages import on_both_databases

NUMBERS = (5_000, 100_000)
TITLE = "The desk on %(database)s; CPU of the web process in ms, scaled: median and worst of 7."


def run(yardstick: Yardstick) -> None:
    """Measure on both databases; the work of PostgreSQL itself is not the web process's."""
    for number in NUMBERS:
        on_both_databases(yardstick, "benchmarks.desk_rows", number, title=TITLE)
