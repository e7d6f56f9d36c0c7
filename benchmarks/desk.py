"""The pages of the desk with 5,000 and with 100,000 rows behind them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from benchmarks.machine import Yardstick
from benchmarks.pages import database
from benchmarks.search import POSTGRESQL

NUMBERS = (5_000, 100_000)


def run(yardstick: Yardstick) -> None:
    """Measure on both databases; the work of PostgreSQL itself is not the web process's."""
    for number in NUMBERS:
        with tempfile.TemporaryDirectory() as var:
            database("drop database if exists ejlas_bench", "create database ejlas_bench")
            for name, address in (("SQLite", f"sqlite:///{var}/bench.sqlite3"), ("PostgreSQL", POSTGRESQL)):
                env = {**os.environ, "DATABASE_URL": address, "EJLAS_VAR": var, "EJLAS_LOG_LEVEL": "warning"}
                env["PYTHONPATH"] = os.pathsep.join(sys.path)
                yardstick.renew()
                print(f"\nThe desk on {name}; CPU of the web process in ms, scaled: median and worst of 7.")
                command = [sys.executable, "-m", "benchmarks.desk_rows", str(number), str(yardstick.loop)]
                subprocess.run(command, env=env, check=True)
