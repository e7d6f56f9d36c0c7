"""The time to plan the example's bilaterals to a proven optimum, on 2 cores."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time

from benchmarks.machine import Yardstick


def run(_yardstick: Yardstick) -> None:
    """Plan the example once in a fresh process, start-up included, and print what came of it."""
    with tempfile.TemporaryDirectory() as var:
        env = {**os.environ, "EJLAS_VAR": var, "DATABASE_URL": ""}
        command = [sys.executable, "-m", "ejlas"]
        subprocess.run([*command, "load", "examples/rasht2025.yaml"], env=env, check=True, capture_output=True)
        started = time.perf_counter()
        done = subprocess.run(
            [*command, "plan", "rasht2025", "--json", "--workers", "2"], env=env, check=True, capture_output=True
        )
        seconds = time.perf_counter() - started
        result = json.loads(done.stdout)
    print("\nPlanning the example (ejlas plan rasht2025, 2 cores, whole command):")
    print(
        f"  {result['placed']} of {result['requests']} placed, weight {result['value']} of at most {result['bound']}, "
        f"{'proven the most' if result['proven'] else 'not proven'}, {result['gaps']} idle gaps, "
        f"{'proven the fewest' if result['gaps_proven'] else 'not proven'}"
    )
    print(f"  whole command with explanations {seconds:.1f} s, of which the search {result['search_seconds']:.1f} s")
