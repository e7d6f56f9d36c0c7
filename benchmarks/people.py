"""5,000 people from a spreadsheet, their list at the desk and as XLSX, alone and among 100,000 in the database."""

from __future__ import annotations

from benchmarks.machine import Yardstick
from benchmarks.pages import on_both_databases

N_OTHERS = (0, 100_000)
TITLE = "5,000 people beside %(number)s others on %(database)s; scaled."


def run(yardstick: Yardstick) -> None:
    """Measure on both databases; the work of PostgreSQL itself is in the seconds, and not in the CPU."""
    for number in N_OTHERS:
        on_both_databases(yardstick, "benchmarks.people_rows", number, title=TITLE)
