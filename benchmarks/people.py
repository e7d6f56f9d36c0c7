"""5,000 people from a spreadsheet, their list at the desk and as XLSX, alone and among 100,000 in the database."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from benchmarks.machine import Yardstick
from benchmarks.pages import database
from benchmarks.search import POSTGRESQL

N_OTHERS = (0, 100_000)


def run(yardstick: Yardstick) -> None:
    """Measure on both databases; the work of PostgreSQL itself is in the seconds, and not in the CPU."""
    for number in N_OTHERS:
        with tempfile.TemporaryDirectory() as var:
            database("drop database if exists ejlas_bench", "create database ejlas_bench")
            for name, address in (("SQLite", f"sqlite:///{var}/bench.sqlite3"), ("PostgreSQL", POSTGRESQL)):
                env = {**os.environ, "DATABASE_URL": address, "EJLAS_VAR": var, "EJLAS_LOG_LEVEL": "warning"}
                env["PYTHONPATH"] = os.pathsep.join(sys.path)
                yardstick.renew()
                print(f"\n5,000 people beside {number:,} others on {name}; scaled.", flush=True)
                command = [sys.executable, "-m", "benchmarks.people_rows", str(number), str(yardstick.loop)]
                subprocess.run(command, env=env, check=True)
