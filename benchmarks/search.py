"""The index with 100,000 things: search over everything, pages in the order of a language, wordings that want work."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from benchmarks.machine import Yardstick
from benchmarks.pages import database

POSTGRESQL = "postgresql://ejlas:ejlas@127.0.0.1/ejlas_bench"


def run(yardstick: Yardstick) -> None:
    """Measure on both databases and print one table for each."""
    with tempfile.TemporaryDirectory() as var:
        database("drop database if exists ejlas_bench", "create database ejlas_bench")
        for name, address in (("SQLite", f"sqlite:///{var}/bench.sqlite3"), ("PostgreSQL", POSTGRESQL)):
            env = {**os.environ, "DATABASE_URL": address, "EJLAS_VAR": var}
            env["PYTHONPATH"] = os.pathsep.join(sys.path)
            yardstick.renew()
            print(f"\n100,000 things in three languages; {name}; ms, scaled: median and worst of 9.")
            command = [sys.executable, "-m", "benchmarks.things", str(yardstick.loop)]
            subprocess.run(command, env=env, check=True)
