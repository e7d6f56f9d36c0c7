"""Scans that devices deliver, a day's queue, and the list of 20,000 people that each device keeps."""

from __future__ import annotations

from benchmarks.machine import Yardstick
from benchmarks.pages import on_both_databases

N_PEOPLE = 20_000
TITLE = "The gates of a summit of %(number)s people on %(database)s; scaled."


def run(yardstick: Yardstick) -> None:
    """Measure on both databases, through all of the server but the socket."""
    on_both_databases(yardstick, "benchmarks.gate_rows", N_PEOPLE, title=TITLE)
